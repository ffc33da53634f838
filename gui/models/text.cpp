#include "gui/models/text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QRegularExpression>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QDateTime local(Time time) {
    return QDateTime::fromMSecsSinceEpoch(toUs(time) / 1000);
}

/// "27 Nov 2026", "27. Nov. 2026".
QString dayText(QDate day) {
    const QLocale locale;
    return locale.language() == QLocale::German ? locale.toString(day, u"d. MMM yyyy"_s)
                                                : locale.toString(day, u"d MMM yyyy"_s);
}

struct TextWords {
    Q_DECLARE_TR_FUNCTIONS(TextWords)
};

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
    return dayText(when.date()) + u' ' + clock;
}

QString withLocalTimes(const QString& text, Time now) {
    static const QRegularExpression kIso{
        QStringLiteral("\\b\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,6})?Z")};
    QString told;
    qsizetype done = 0;
    for (auto found = kIso.globalMatch(text); found.hasNext();) {
        const auto match = found.next();
        const auto time = parseAbsoluteTime(toUtf8(match.captured()));
        told += QStringView{text}.mid(done, match.capturedStart() - done);
        told += time ? clockText(*time, now) : match.captured();
        done = match.capturedEnd();
    }
    told += QStringView{text}.mid(done);
    return told;
}

QString agoText(Time time, Time now) {
    const std::int64_t seconds = (now - time) / std::chrono::seconds{1};
    if (seconds < 1) return TextWords::tr("now");
    if (seconds < 60) return TextWords::tr("%1 s ago").arg(seconds);
    if (seconds < 3600) return TextWords::tr("%1 min ago").arg(seconds / 60);
    if (seconds < 86400) return TextWords::tr("%1 h ago").arg(seconds / 3600);
    return dayText(local(time).date()) + local(time).toString(u" HH:mm"_s);
}

QString untilText(Time time, Time now) {
    if (time <= now) return TextWords::tr("due");
    const Duration left = time - now;
    if (left < std::chrono::minutes{1}) {
        const double seconds = std::chrono::duration<double>(left).count();
        return TextWords::tr("in %1 s").arg(QLocale{}.toString(seconds, 'f', 1));
    }
    return TextWords::tr("in %1").arg(
        fromUtf8(toWords(std::chrono::duration_cast<std::chrono::seconds>(left))));
}

QString durationText(std::optional<std::int64_t> us) {
    if (!us) return u"–"_s;
    QString text = fromUtf8(toWords(Duration{*us}));
    return text.replace(u'.', QLocale{}.decimalPoint());
}

QString bytesText(std::int64_t bytes) {
    return QLocale{}.formattedDataSize(bytes, bytes < std::int64_t{10} * 1024 ? 1 : 0,
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
        case ExecutionState::Queued: return TextWords::tr("Queued");
        case ExecutionState::Running: return TextWords::tr("Running");
        case ExecutionState::Succeeded: return TextWords::tr("Succeeded");
        case ExecutionState::Failed: return TextWords::tr("Failed");
        case ExecutionState::Dropped: return TextWords::tr("Dropped");
    }
    return {};
}

Time wallClock() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

}  // namespace dogwatch::gui
