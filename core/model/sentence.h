// Sentence: a definition in plain words: "when backup has not succeeded for 24 hours, at most once an hour,
// run page-oncall". In pieces, so that a view can link each to what it stands for.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/model/grammar.h"
#include "core/model/metaevent.h"

namespace dogwatch {

struct Phrase {
    std::string text;  ///< with the spaces around it
    std::string path;  ///< JSON path of what it stands for ("when.all.1", "fire.cooldown"); empty: mere glue
    bool operator==(const Phrase&) const = default;
};

struct Sentence {
    std::vector<Phrase> phrases;
    [[nodiscard]] std::string text() const;
};

/// The whole definition as one sentence, without a full stop.
Sentence sentenceOf(const Metaevent& definition, const Grammar& grammar = Grammar::english());

/// One condition and what is below it as a clause: "backup has not succeeded for 24 hours".
Sentence clauseOf(const Condition& condition, const Grammar& grammar = Grammar::english(),
                  Grammar::Order order = Grammar::Order::Main);

/// In English, exactly, never rounded: "24 hours", "7 days", "1 hour 30 minutes".
std::string durationInWords(Duration duration);

/// "a", "a and b", "a, b and c".
std::string joinWords(const std::vector<std::string>& words, std::string_view last = "and");

}  // namespace dogwatch
