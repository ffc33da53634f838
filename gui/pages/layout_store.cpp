#include "gui/pages/layout_store.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

QString LayoutStore::fileOf(const QString& name) const {
    return directory_ + (name.isEmpty() ? u"/new-drawing.json"_s : u"/drawing-%1.json"_s.arg(name));
}

std::optional<json::object> LayoutStore::load(const QString& name) const {
    QFile file{fileOf(name)};
    if (!file.open(QIODevice::ReadOnly)) return std::nullopt;
    const QByteArray text = file.readAll();
    auto value = parseJson({text.constData(), static_cast<std::size_t>(text.size())});
    if (!value || !value->is_object()) return std::nullopt;  // someone else's file; it will be written anew
    return std::move(value->get_object());
}

void LayoutStore::save(const QString& name, const json::object& kept) const {
    if (!QDir{}.mkpath(directory_)) return;
    QSaveFile file{fileOf(name)};
    if (!file.open(QIODevice::WriteOnly)) return;
    const std::string text = toPrettyJson(kept);
    file.write(text.data(), static_cast<qint64>(text.size()));
    file.commit();
}

void LayoutStore::remove(const QString& name) const {
    QFile::remove(fileOf(name));
}

}  // namespace dogwatch::gui
