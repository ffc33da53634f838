// What German told beside English must be: other words, and none of the English ones but those that
// definitions themselves bring.
#pragma once

#include <QRegularExpression>
#include <QString>

namespace dogwatch::test {

/// Empty: it is German.
inline QString whyNotGerman(const QString& english, const QString& german) {
    if (english == german) return QStringLiteral("not told in German: ") + english;
    static const QRegularExpression kQuoted(
        QStringLiteral("\"[^\"]*\"|`[^`]*`|, nicht .*$|(möglich:|eine[sm] von) .*$"));
    static const QRegularExpression kEnglish(QStringLiteral(
        "\\b(the|this|that|these|there|has|have|been|never|always|with|and|or|from|number|whole|must|than|"
        "least|most|one|needs?|required|missing|such|no|its?|are|only|records?|"
        "function|schedule|hours?|minutes?|days?|seconds?|times?)\\b"));
    QString own = german;
    const auto found = kEnglish.match(own.remove(kQuoted));
    return found.hasMatch() ? QStringLiteral("“%1” in: %2").arg(found.captured(), german) : QString();
}

}  // namespace dogwatch::test
