// Filter: the display filter that console, control plane and journal share. Words are sought in all text of
// a row; `field:value` compares a whole field (`*` stands for any characters), `field>value` and its kin
// compare numbers and durations; a leading `-` negates; quotes keep blanks together. All terms must hold:
// function:import* state:failed duration>2s -trigger:api
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/result.h"

namespace dogwatch {

struct FilterTerm {
    enum class Operator { Contains, Like, Less, LessEqual, Greater, GreaterEqual };
    bool negated = false;
    std::string field;  ///< lower case; empty: a free word
    Operator op = Operator::Contains;
    std::string word;   ///< as written, without the quotes
    double number = 0;  ///< of the comparisons; durations in microseconds

    bool operator==(const FilterTerm&) const = default;
};

/// Where in the text something stands, in bytes.
struct FilterSpan {
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Filter {
    std::vector<FilterTerm> terms;

    /// `fields`: those there are. After an error `fault`, when given, says which term is to blame.
    static Result<Filter> parse(std::string_view text, std::span<const std::string_view> fields,
                                FilterSpan* fault = nullptr);
    bool operator==(const Filter&) const = default;
};

/// Fields of an execution that a filter may name.
std::span<const std::string_view> executionFilterFields();

}  // namespace dogwatch
