#include "gui/models/query.h"

#include <QVariant>
#include <algorithm>

#include "gui/models/text.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

Result<Query> Query::parse(const QString& text, const QStringList& keys, FilterSpan* fault) {
    std::vector<std::string> names;
    for (const QString& key : keys) names.push_back(toUtf8(key));
    const std::vector<std::string_view> fields{names.begin(), names.end()};
    const auto filter = Filter::parse(toUtf8(text), fields, fault);
    if (!filter) return tl::unexpected(filter.error());
    Query query;
    for (const FilterTerm& term : filter->terms) {
        Term made{term, fromUtf8(term.field), fromUtf8(term.word), {}};
        if (term.op == FilterTerm::Operator::Like) {
            const QString stars = QRegularExpression::escape(made.word).replace(u"\\*"_s, u".*"_s);
            made.pattern = QRegularExpression{QRegularExpression::anchoredPattern(stars),
                                              QRegularExpression::CaseInsensitiveOption};
        }
        query.terms_.push_back(std::move(made));
    }
    return query;
}

bool Query::matches(const Field& field, const std::function<QString()>& all) const {
    return std::all_of(terms_.begin(), terms_.end(), [&](const Term& term) {
        const bool holds = term.key.isEmpty() ? all().contains(term.word, Qt::CaseInsensitive)
                                              : compares(term, field(term.key));
        return holds != term.term.negated;
    });
}

bool Query::compares(const Term& term, const QVariant& value) {
    using Operator = FilterTerm::Operator;
    if (term.term.op == Operator::Like) return term.pattern.match(value.toString()).hasMatch();
    bool isNumber = false;
    const double number = value.toDouble(&isNumber);
    if (!isNumber || number < 0) return false;
    switch (term.term.op) {
        case Operator::Less: return number < term.term.number;
        case Operator::LessEqual: return number <= term.term.number;
        case Operator::Greater: return number > term.term.number;
        default: return number >= term.term.number;
    }
}

}  // namespace dogwatch::gui
