#include "gui/pages/commands.h"

#include <QRegularExpression>

#include "core/model/json.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QString joined(const QStringList& words) {
    QStringList quoted;
    for (const QString& word : words) quoted.append(shellWord(word));
    return quoted.join(u' ');
}

/// A line that does not stand in the text, to end it with.
QString endOf(const QString& text) {
    const QStringList lines = text.split(u'\n');
    QString end = u"END"_s;
    while (lines.contains(end)) end += u'_';
    return end;
}

QString plain(const json::value& value) {
    return value.is_string() ? fromUtf8(value.get_string()) : fromUtf8(toJson(value));
}

}  // namespace

QString shellWord(const QString& word) {
    static const QRegularExpression kHarmless{u"^[A-Za-z0-9_@%+:,./-]+$"_s};
    if (kHarmless.match(word).hasMatch()) return word;
    QString quoted = word;
    return u'\'' + quoted.replace(u'\'', u"'\\''"_s) + u'\'';
}

CommandLines::CommandLines(const std::string& dataDir)
    : begin_{u"dogwatchctl"_s, u"--data"_s, fromUtf8(dataDir)} {}

void CommandLines::add(const QString& title, const QStringList& words) {
    all_.push_back({title, joined(begin_ + words)});
}

void CommandLines::add(const QString& title, const QStringList& words, const QString& input) {
    const QString text = input.endsWith(u'\n') ? input : input + u'\n';
    const QString end = endOf(text);
    all_.push_back({title, u"%1 <<'%2'\n%3%2\n"_s.arg(joined(begin_ + words), end, text)});
}

QStringList filterOptions(const QString& filter, const QStringList& fields) {
    static const QRegularExpression kTerm{u"(?:^|\\s)([a-z_]+):(?:\"([^\"]*)\"|([^\\s\"]+))"_s};
    QStringList options;
    for (auto match = kTerm.globalMatch(filter); match.hasNext();) {
        const auto term = match.next();
        if (!fields.contains(term.captured(1))) continue;
        options << u"--"_s + term.captured(1) << term.captured(2) + term.captured(3);
    }
    return options;
}

QStringList functionOptions(const std::string& settingsJson) {
    QStringList options;
    const auto read = parseJson(settingsJson);
    if (!read || !read->is_object()) return options;
    const json::object& settings = read->get_object();
    for (const char* key :
         {"runtime", "handler", "memory", "timeout", "concurrency", "retries", "schedule", "timezone"}) {
        const json::value* value = settings.if_contains(key);
        if (value == nullptr || value->is_null() || plain(*value).isEmpty()) continue;
        options << u"--"_s + QString::fromLatin1(key) << plain(*value);
    }
    for (const auto& [member, option] : {std::pair{"env", u"--env"_s}, std::pair{"tags", u"--tag"_s}}) {
        const json::value* pairs = settings.if_contains(member);
        if (pairs == nullptr || !pairs->is_object()) continue;
        for (const auto& pair : pairs->get_object())
            options << option << fromUtf8(pair.key()) + u'=' + plain(pair.value());
    }
    return options;
}

}  // namespace dogwatch::gui
