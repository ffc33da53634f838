// Query: the filter language of the console's tables. Words are sought in all of a row's text; `key:value`
// compares a field (`*` stands for any characters), `key>value` and its kin compare numbers, and durations
// such as `2s`; a leading `-` negates. All terms must hold: function:import* state:failed duration>2s
// -trigger:api
#pragma once

#include <QRegularExpression>
#include <QString>
#include <functional>
#include <vector>

#include "core/model/result.h"

namespace dogwatch::gui {

class Query {
 public:
    /// The value of a field of the row: text, or a number (durations in microseconds); invalid when unknown.
    using Field = std::function<QVariant(const QString& key)>;

    /// `keys`: the fields there are. The error names the faulty term.
    static Result<Query> parse(const QString& text, const QStringList& keys);
    [[nodiscard]] bool isEmpty() const { return terms_.empty(); }
    /// `all`: the row's whole text, asked for only where a free word needs it.
    [[nodiscard]] bool matches(const Field& field, const std::function<QString()>& all) const;

 private:
    enum class Operator { Contains, Like, Less, LessEqual, Greater, GreaterEqual };
    struct Term {
        bool negated = false;
        QString key;  ///< empty: a free word
        Operator op = Operator::Contains;
        QString word;
        QRegularExpression pattern;  ///< of Like
        double number = 0;
    };
    static Result<Term> parseTerm(QString text, const QStringList& keys);
    static bool compares(const Term& term, const QVariant& value);

    std::vector<Term> terms_;
};

}  // namespace dogwatch::gui
