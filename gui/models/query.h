// Query: the filter language (core/model/filter.h) applied to the rows of a model.
#pragma once

#include <QRegularExpression>
#include <QString>
#include <functional>
#include <vector>

#include "core/model/filter.h"

namespace dogwatch::gui {

class Query {
 public:
    /// The value of a field of the row: text, or a number (durations in microseconds); invalid when unknown.
    using Field = std::function<QVariant(const QString& key)>;

    /// `keys`: the fields there are. The error names the faulty term, `fault` says where it stands (in the
    /// text's UTF-8).
    static Result<Query> parse(const QString& text, const QStringList& keys, FilterSpan* fault = nullptr);
    [[nodiscard]] bool isEmpty() const { return terms_.empty(); }
    /// `all`: the row's whole text, asked for only where a free word needs it.
    [[nodiscard]] bool matches(const Field& field, const std::function<QString()>& all) const;

 private:
    struct Term {
        FilterTerm term;
        QString key;
        QString word;
        QRegularExpression pattern;  ///< of Like
    };
    static bool compares(const Term& term, const QVariant& value);

    std::vector<Term> terms_;
};

}  // namespace dogwatch::gui
