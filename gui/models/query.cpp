#include "gui/models/query.h"

#include <QCoreApplication>
#include <QVariant>
#include <algorithm>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

/// A number, or a duration in microseconds.
std::optional<double> numberOf(const QString& text) {
    bool isNumber = false;
    const double number = text.toDouble(&isNumber);
    if (isNumber) return number;
    const auto duration = parseDuration(toUtf8(text));
    return duration ? std::optional{static_cast<double>(duration->count())} : std::nullopt;
}

tl::unexpected<Error> fault(const char* text, const QString& detail) {
    const QString sentence = QCoreApplication::translate("dogwatch::gui::Query", text).arg(detail);
    return malformed({}, toUtf8(sentence));
}

/// Words, kept together by double quotes.
QStringList split(const QString& text) {
    QStringList parts;
    QString part;
    bool quoted = false;
    for (const QChar c : text) {
        if (c == u'"') {
            quoted = !quoted;
        } else if (c.isSpace() && !quoted) {
            if (!part.isEmpty()) parts.append(std::exchange(part, {}));
        } else {
            part += c;
        }
    }
    if (!part.isEmpty()) parts.append(part);
    return parts;
}

}  // namespace

Result<Query> Query::parse(const QString& text, const QStringList& keys) {
    Query query;
    for (const QString& part : split(text)) {
        auto term = parseTerm(part, keys);
        if (!term) return tl::unexpected(term.error());
        query.terms_.push_back(std::move(*term));
    }
    return query;
}

Result<Query::Term> Query::parseTerm(QString text, const QStringList& keys) {
    Term term;
    if (text.size() > 1 && text.startsWith(u'-')) {
        term.negated = true;
        text.remove(0, 1);
    }
    static const QRegularExpression kComparison{u"^([A-Za-z_]+)(:|>=|<=|>|<)(.*)$"_s};
    const auto match = kComparison.match(text);
    if (!match.hasMatch()) {
        term.word = text;
        return term;
    }
    term.key = match.captured(1).toLower();
    term.word = match.captured(3);
    if (!keys.contains(term.key)) return fault("There is no field “%1” here", term.key);
    if (term.word.isEmpty())
        return fault("“%1” needs a value after it", match.captured(1) + match.captured(2));
    const QString op = match.captured(2);
    if (op == u":"_s) {
        term.op = Operator::Like;
        const QString stars = QRegularExpression::escape(term.word).replace(u"\\*"_s, u".*"_s);
        term.pattern = QRegularExpression{QRegularExpression::anchoredPattern(stars),
                                          QRegularExpression::CaseInsensitiveOption};
        return term;
    }
    term.op = op == u"<"_s    ? Operator::Less
              : op == u"<="_s ? Operator::LessEqual
              : op == u">"_s  ? Operator::Greater
                              : Operator::GreaterEqual;
    const auto number = numberOf(term.word);
    if (!number) return fault("“%1” is neither a number nor a duration such as 2s", term.word);
    term.number = *number;
    return term;
}

bool Query::matches(const Field& field, const std::function<QString()>& all) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) {
        const bool holds = term.key.isEmpty() ? all().contains(term.word, Qt::CaseInsensitive)
                                              : compares(term, field(term.key));
        return holds != term.negated;
    });
}

bool Query::compares(const Term& term, const QVariant& value) {
    if (term.op == Operator::Like) return term.pattern.match(value.toString()).hasMatch();
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (!isNumber || number < 0) return false;
    switch (term.op) {
        case Operator::Less: return number < term.number;
        case Operator::LessEqual: return number <= term.number;
        case Operator::Greater: return number > term.number;
        default: return number >= term.number;
    }
}

}  // namespace dogwatch::gui
