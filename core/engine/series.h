// Series: what happened to one condition over a time, in bounded memory: when it was true, and the samples of
// its number. Exact until a bound is reached; beyond it neighbours are joined so that a drawing of that many
// points stays the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace dogwatch::engine {

/// The part of time that is wanted, both ends included.
struct TimeRange {
    std::int64_t from = std::numeric_limits<std::int64_t>::min();
    std::int64_t until = std::numeric_limits<std::int64_t>::max();
};

/// An interval in which a condition was true, or (of pulses) the instants at which it was true at a step
/// alone. Times in µs.
struct Span {
    std::int64_t from = 0;
    std::optional<std::int64_t> until;  ///< none: it is true still
    std::int64_t cause = 0;       ///< seq of the record that the step at `from` goes back to; 0: a timer step
    std::int64_t untilCause = 0;  ///< and at `until`
    bool fromGap = false;         ///< at the step it was still false: true only in the gap after it
    bool untilGap = false;   ///< at the step at `until` it was still true: false only in the gap after it
    std::int64_t count = 1;  ///< of how many it was joined
    bool operator==(const Span&) const = default;
};

/// Spans in the order of time, at most a number of them: beyond it those that begin in the same stretch of
/// time are joined.
class Spans {
 public:
    Spans(std::size_t most, TimeRange range) : most_(most), range_(range) {}

    void add(const Span& span);
    [[nodiscard]] const std::vector<Span>& list() const { return list_; }
    [[nodiscard]] std::int64_t resolution() const { return width_; }  ///< µs of a stretch; 0: none is joined

 private:
    [[nodiscard]] std::int64_t stretchOf(const Span& span) const { return (span.from - origin_) / width_; }
    void join();

    std::size_t most_;
    TimeRange range_;
    std::vector<Span> list_;
    std::int64_t origin_ = 0;
    std::int64_t width_ = 0;
};

struct Sample {
    std::int64_t time = 0;
    double value = 0;  ///< NaN: there is no number from here on
};

/// Samples in the order of time, thinned to at most a number of them: of each stretch of time the first, the
/// last, the smallest and the largest are kept, which is all that a line drawn through them shows (M4: Jugel
/// and others, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014).
class Samples {
 public:
    /// `steps`: the value stays until the next sample, so that one like the last says nothing.
    Samples(std::size_t most, TimeRange range, bool steps) : most_(most), range_(range), steps_(steps) {}

    void add(std::int64_t time, double value);
    [[nodiscard]] const std::vector<Sample>& list() const { return list_; }
    [[nodiscard]] std::int64_t resolution() const {
        return width_;
    }                                                          ///< µs of a stretch; 0: none is left out
    [[nodiscard]] std::int64_t last() const { return last_; }  ///< when one was last added

 private:
    void thin();

    std::size_t most_;
    TimeRange range_;
    bool steps_;
    std::vector<Sample> list_;
    std::optional<Sample> before_;  ///< the last one before the range
    std::int64_t width_ = 0;
    std::int64_t last_ = std::numeric_limits<std::int64_t>::min();
};

}  // namespace dogwatch::engine
