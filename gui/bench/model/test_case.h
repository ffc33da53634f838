// TestCase: a short history with the firings that are expected of it, kept with a metaevent's drawing.
#pragma once

#include <string>
#include <vector>

#include "gui/bench/model/study.h"

namespace dogwatch::gui::bench {

struct TestCase {
    static constexpr std::size_t kMostRecords = 1000;

    std::string name;
    Time from{};
    Time until{};
    std::vector<Record> records;
    std::vector<BenchFiring> expected;

    [[nodiscard]] json::object toJson() const;
    static Result<TestCase> fromJson(const json::value& value);
};

struct CaseResult {
    bool passed = false;
    std::string fault;  ///< it could not run
    std::vector<BenchFiring> firings;
};

/// What the visible part of a scope holds, as it is with what was placed and left out by hand. Refused where
/// that is too much for a case.
Result<TestCase> caseOf(std::string name, const Scope& scope, Time from, Time until);

/// Those of a list, as toJson() wrote them; what cannot be read is left out. Null: none.
std::vector<TestCase> casesIn(const json::value* list);

CaseResult runCase(const Subject& subject, const TestCase& one);

}  // namespace dogwatch::gui::bench
