#include "gui/models/faults.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <array>
#include <vector>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

struct Faults {
    Q_DECLARE_TR_FUNCTIONS(Faults)
};

/// As the control plane and its client word them; what stands at %1, %2 and so on stays as it is.
// clang-format off
constexpr std::array<const char*, 69> kFaults = {
    QT_TRANSLATE_NOOP("Faults", "There is a function %1 already: update it, or choose another name."),
    QT_TRANSLATE_NOOP("Faults", "There is no function %1: \"functions list\" shows those there are."),
    QT_TRANSLATE_NOOP("Faults", "There is no function named \"%1\"; functions list shows those there are, functions add makes one."),
    QT_TRANSLATE_NOOP("Faults", "There is no metaevent %1: \"metaevents list\" shows those there are."),
    QT_TRANSLATE_NOOP("Faults", "There is no firing %1: \"firings list\" shows those there are."),
    QT_TRANSLATE_NOOP("Faults", "There is no execution %1: \"executions list\" shows those there are."),
    QT_TRANSLATE_NOOP("Faults", "There is no dead letter %1: \"deadletters list\" shows those there are."),
    QT_TRANSLATE_NOOP("Faults", "The execution %1 cannot be cancelled, because it has ended (%2)."),
    QT_TRANSLATE_NOOP("Faults", "The execution %1 is neither queued nor running, so there is nothing to cancel; executions show tells how it ended."),
    QT_TRANSLATE_NOOP("Faults", "The execution %1 does not run."),
    QT_TRANSLATE_NOOP("Faults", "The queue is full (queue_full): %1 requests wait; try again when some of them have run."),
    QT_TRANSLATE_NOOP("Faults", "Another request is taking one of these dead letters."),
    QT_TRANSLATE_NOOP("Faults", "The dead letter %1 cannot be retried: its function %2 is gone."),
    QT_TRANSLATE_NOOP("Faults", "The queue has no room for all of these requests: retry fewer, or later."),
    QT_TRANSLATE_NOOP("Faults", "The firing %1 is one of the metaevent %2, not of %3."),
    QT_TRANSLATE_NOOP("Faults", "The firing %1 does not come about when the journal is played anew: another version of Dogwatch recorded it."),
    QT_TRANSLATE_NOOP("Faults", "The control plane is stopping: try again when it is back."),
    QT_TRANSLATE_NOOP("Faults", "Nothing can be accepted, because the journal cannot be written (%1): it goes on by itself when that is mended."),
    QT_TRANSLATE_NOOP("Faults", "The disk does not keep up with the requests: try again in a moment."),
    QT_TRANSLATE_NOOP("Faults", "It was cancelled."),
    QT_TRANSLATE_NOOP("Faults", "The request is larger than the %1 MiB that one may have."),
    QT_TRANSLATE_NOOP("Faults", "The control plane did not answer \"%1\" within %2."),
    QT_TRANSLATE_NOOP("Faults", "There is no connection to the control plane now."),
    QT_TRANSLATE_NOOP("Faults", "No control plane answers at %1 (%2)."),
    QT_TRANSLATE_NOOP("Faults", "The control plane closed the connection."),
    QT_TRANSLATE_NOOP("Faults", "The connection to the control plane broke: %1."),
    QT_TRANSLATE_NOOP("Faults", "What the control plane sent is not understood: expected %1."),
    QT_TRANSLATE_NOOP("Faults", "This control plane does not know \"%1\": it is older than this program; stop it and start the new one."),
    QT_TRANSLATE_NOOP("Faults", "A large request must arrive within a minute."),
    QT_TRANSLATE_NOOP("Faults", "There are too many large requests at once: try again in a moment."),
    QT_TRANSLATE_NOOP("Faults", "\"%1\" is too long for the path of a socket."),
    QT_TRANSLATE_NOOP("Faults", "Cannot create the data directory %1: %2; give another one with --data."),
    QT_TRANSLATE_NOOP("Faults", "Cannot write to %1: %2; give another data directory with --data."),
    QT_TRANSLATE_NOOP("Faults", "Cannot start a process: %1."),
    QT_TRANSLATE_NOOP("Faults", "Cannot read %1: %2."),
    QT_TRANSLATE_NOOP("Faults", "required"),
    QT_TRANSLATE_NOOP("Faults", "not empty"),
    QT_TRANSLATE_NOOP("Faults", "a non-empty string"),
    QT_TRANSLATE_NOOP("Faults", "a string"),
    QT_TRANSLATE_NOOP("Faults", "true or false"),
    QT_TRANSLATE_NOOP("Faults", "a string of at most %1 bytes without NUL"),
    QT_TRANSLATE_NOOP("Faults", "a whole number from %1 to %2"),
    QT_TRANSLATE_NOOP("Faults", "a duration such as \"30s\", from 1ms to %1"),
    QT_TRANSLATE_NOOP("Faults", "a duration such as \"30s\", from 1 ms to 366 d"),
    QT_TRANSLATE_NOOP("Faults", "a time: whole microseconds, ISO 8601 with a zone, or relative such as \"-24h\""),
    QT_TRANSLATE_NOOP("Faults", "a count and a duration such as \"10/1s\", at most %1 in at most 366d"),
    QT_TRANSLATE_NOOP("Faults", "an object of strings"),
    QT_TRANSLATE_NOOP("Faults", "a string without NUL"),
    QT_TRANSLATE_NOOP("Faults", "a name of letters, digits and _ that starts with no digit"),
    QT_TRANSLATE_NOOP("Faults", "another name: DOGWATCH_ is reserved for Dogwatch itself"),
    QT_TRANSLATE_NOOP("Faults", "at most %1 bytes in all"),
    QT_TRANSLATE_NOOP("Faults", "at most %1 tags"),
    QT_TRANSLATE_NOOP("Faults", "a name and a value of at most %1 bytes"),
    QT_TRANSLATE_NOOP("Faults", "\"python3\", \"sh\", \"lua\", \"node\" or \"provided\""),
    QT_TRANSLATE_NOOP("Faults", "\"once\", \"skip\" or \"all\""),
    QT_TRANSLATE_NOOP("Faults", "\"none\" or \"user\""),
    QT_TRANSLATE_NOOP("Faults", "a string: the source text, or base64 with \"zip\": true"),
    QT_TRANSLATE_NOOP("Faults", "base64, because \"zip\" is true"),
    QT_TRANSLATE_NOOP("Faults", "a zip archive in base64"),
    QT_TRANSLATE_NOOP("Faults", "at most 50 MiB, not %1 bytes"),
    QT_TRANSLATE_NOOP("Faults", "at most 6 MiB of JSON, not %1 bytes"),
    QT_TRANSLATE_NOOP("Faults", "1 to 64 characters of a-z, A-Z, 0-9, '-', '_' and '.'"),
    QT_TRANSLATE_NOOP("Faults", "\"%1\": a function cannot be renamed"),
    QT_TRANSLATE_NOOP("Faults", "an IANA time zone such as \"Europe/Berlin\""),
    QT_TRANSLATE_NOOP("Faults", "nothing beside \"schedule\": a silence ends once, or recurs"),
    QT_TRANSLATE_NOOP("Faults", "how long each silence of the schedule lasts, such as \"2h\""),
    QT_TRANSLATE_NOOP("Faults", "a time, or \"for\": a duration; and with \"schedule\" it recurs"),
    QT_TRANSLATE_NOOP("Faults", "a time in the future"),
    QT_TRANSLATE_NOOP("Faults", "a text of at most %1 bytes"),
};
// clang-format on

struct FaultPattern {
    QRegularExpression whole;
    const char* text = nullptr;
};

std::vector<FaultPattern> makeFaultPatterns() {
    static const QRegularExpression kGap(QStringLiteral("%[1-9]"));
    std::vector<FaultPattern> patterns;
    for (const char* const text : kFaults) {
        QStringList pieces = QString::fromUtf8(text).split(kGap);
        for (QString& piece : pieces) piece = QRegularExpression::escape(piece);
        patterns.push_back(
            {QRegularExpression(QRegularExpression::anchoredPattern(pieces.join(QStringLiteral("(.*)"))),
                                QRegularExpression::DotMatchesEverythingOption),
             text});
    }
    return patterns;
}

/// Each %1 once, from the front to the end, so that what is filled in is not taken for a place.
QString filledIn(const QString& text, const QRegularExpressionMatch& match) {
    QString words;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const int place = text[at] == u'%' && at + 1 < text.size() ? text[at + 1].digitValue() : -1;
        if (place < 1) {
            words += text[at];
        } else {
            words += match.captured(place);
            ++at;
        }
    }
    return words;
}

}  // namespace

QString faultMessage(const Error& error) {
    static const std::vector<FaultPattern> kPatterns = makeFaultPatterns();
    const QString said = fromUtf8(error.message);
    for (const FaultPattern& pattern : kPatterns) {
        const auto match = pattern.whole.match(said);
        if (!match.hasMatch()) continue;
        return filledIn(Faults::tr(pattern.text), match);
    }
    return said;
}

QString faultText(const Error& error) {
    return error.path.empty() ? faultMessage(error)
                              : fromUtf8(error.path) + QStringLiteral(": ") + faultMessage(error);
}

}  // namespace dogwatch::gui
