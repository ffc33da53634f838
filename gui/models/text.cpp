#include "gui/models/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QDateTime local(Time time) {
    return QDateTime::fromMSecsSinceEpoch(toUs(time) / 1000);
}

QString translated(const char* text) {
    return QCoreApplication::translate("dogwatch::gui", text);
}

}  // namespace

QString fromUtf8(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string toUtf8(const QString& text) {
    return text.toStdString();
}

QString clockText(Time time, Time now) {
    const QDateTime when = local(time);
    const QString clock = when.toString(u"HH:mm:ss.zzz"_s);
    if (when.date() == local(now).date()) return clock;
    return when.toString(u"d MMM yyyy "_s) + clock;
}

QString agoText(Time time, Time now) {
    const std::int64_t seconds = (now - time) / std::chrono::seconds{1};
    if (seconds < 1) return translated("now");
    if (seconds < 60) return translated("%1 s ago").arg(seconds);
    if (seconds < 3600) return translated("%1 min ago").arg(seconds / 60);
    if (seconds < 86400) return translated("%1 h ago").arg(seconds / 3600);
    return local(time).toString(u"d MMM yyyy HH:mm"_s);
}

QString untilText(Time time, Time now) {
    if (time <= now) return translated("due");
    const Duration left = time - now;
    if (left < std::chrono::minutes{1}) {
        const double seconds = std::chrono::duration<double>(left).count();
        return translated("in %1 s").arg(QLocale::c().toString(seconds, 'f', 1));
    }
    return translated("in %1").arg(fromUtf8(toWords(std::chrono::duration_cast<std::chrono::seconds>(left))));
}

QString durationText(std::optional<std::int64_t> us) {
    return us ? fromUtf8(toWords(Duration{*us})) : u"–"_s;
}

QString bytesText(std::int64_t bytes) {
    return QLocale::c().formattedDataSize(bytes, bytes < std::int64_t{10} * 1024 ? 1 : 0,
                                          QLocale::DataSizeIecFormat);
}

QString countText(std::int64_t count) {
    QString digits = QString::number(count);
    const qsizetype first = digits.startsWith(u'-') ? 1 : 0;
    for (qsizetype at = digits.size() - 3; at > first; at -= 3) digits.insert(at, QChar{0x2009});
    return digits;
}

QString stateText(ExecutionState state) {
    switch (state) {
        case ExecutionState::Queued: return translated("Queued");
        case ExecutionState::Running: return translated("Running");
        case ExecutionState::Succeeded: return translated("Succeeded");
        case ExecutionState::Failed: return translated("Failed");
        case ExecutionState::Dropped: return translated("Dropped");
    }
    return {};
}

Time wallClock() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

}  // namespace dogwatch::gui
