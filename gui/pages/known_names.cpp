#include "gui/pages/known_names.h"

#include <algorithm>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

void addPaths(const json::object& object, const QString& prefix, int depth, QStringList& to) {
    for (const auto& member : object) {
        const QString path = prefix + fromUtf8(member.key());
        if (!to.contains(path)) to.append(path);
        if (member.value().is_object() && depth < 3)
            addPaths(member.value().get_object(), path + u'.', depth + 1, to);
    }
}

QStringList recordPaths(ControlPlaneSession& session) {
    constexpr int kLookedAt = 300;
    QStringList paths{u"event"_s,   u"function"_s, u"execution"_s, u"duration_us"_s,
                      u"error"_s,   u"message"_s,  u"result"_s,    u"trigger"_s,
                      u"attempt"_s, u"cpu_us"_s,   u"exit_code"_s, u"vm"_s};
    const RecordModel& records = session.records();
    for (int row = 0; row < std::min(records.rowCount(), kLookedAt); ++row)
        addPaths(records.at(row).fields, {}, 0, paths);
    paths.sort();
    return paths;
}

}  // namespace

canvas::Names namesOf(ControlPlaneSession& session) {
    canvas::Names names;
    names.functions = [&session] {
        QStringList list;
        for (int row = 0; row < session.functions().rowCount(); ++row)
            list.append(fromUtf8(session.functions().at(row).name));
        return list;
    };
    names.metaevents = [&session] {
        QStringList list;
        for (int row = 0; row < session.metaevents().rowCount(); ++row)
            list.append(fromUtf8(session.metaevents().at(row).name));
        return list;
    };
    names.paths = [&session] { return recordPaths(session); };
    return names;
}

Surroundings surroundingsOf(ControlPlaneSession& session) {
    Surroundings around;
    around.functions.emplace();
    for (int row = 0; row < session.functions().rowCount(); ++row) {
        const FunctionRow& function = session.functions().at(row);
        const auto zone = stringMember(function.definition, "timezone", "UTC");
        const auto cron = Cron::parse(function.schedule, std::string(zone));
        around.functions->emplace(function.name, cron ? std::optional(*cron) : std::nullopt);
    }
    for (int row = 0; row < session.metaevents().rowCount(); ++row)
        if (auto read = metaeventFromJson(session.metaevents().at(row).definition))
            around.metaevents.push_back(*std::move(read));
    return around;
}

}  // namespace dogwatch::gui
