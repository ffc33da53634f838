#include "gui/pages/kept_texts.h"

#include "gui/models/text.h"
#include "gui/pages/console_file.h"

namespace dogwatch::gui {

TextStore savedTexts(const std::string& dataDir, const QString& file, const QString& group) {
    const ConsoleFile kept{dataDir, file};
    const auto load = [kept, group] {
        QList<std::pair<QString, QString>> list;
        const json::object all = kept.read();
        const json::value* mine = all.if_contains(toUtf8(group));
        if (mine == nullptr || !mine->is_object()) return list;
        for (const auto& member : mine->get_object())
            if (member.value().is_string())
                list.append({fromUtf8(member.key()), fromUtf8(view(member.value().get_string()))});
        return list;
    };
    const auto save = [kept, group](const QList<std::pair<QString, QString>>& list) {
        json::object all = kept.read();
        json::object mine;
        for (const auto& [name, text] : list) mine[toUtf8(name)] = toUtf8(text);
        all[toUtf8(group)] = std::move(mine);
        kept.write(all);
    };
    return {load, save};
}

}  // namespace dogwatch::gui
