#include "gui/pages/console_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include "gui/models/text.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

ConsoleFile::ConsoleFile(const std::string& dataDir, const QString& name)
    : folder_(fromUtf8(dataDir) + u"/console"_s), path_(folder_ + u'/' + name) {}

json::object ConsoleFile::read() const {
    QFile file{path_};
    if (!file.open(QIODevice::ReadOnly)) return {};
    const QByteArray text = file.readAll();
    auto value = parseJson({text.constData(), static_cast<std::size_t>(text.size())});
    return value && value->is_object() ? std::move(value->get_object()) : json::object{};
}

bool ConsoleFile::write(const json::object& object) const {
    QSaveFile file{path_};
    if (!QDir{}.mkpath(QFileInfo{path_}.path()) || !file.open(QIODevice::WriteOnly)) return false;
    const std::string text = toPrettyJson(object);
    file.write(text.data(), static_cast<qint64>(text.size()));
    return file.commit();
}

void ConsoleFile::remove() const {
    QFile::remove(path_);
}

}  // namespace dogwatch::gui
