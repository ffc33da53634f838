#include "core/engine/detectors/window.h"

#include <algorithm>
#include <cmath>

namespace dogwatch::engine {
namespace {

using Operator = Comparison::Operator;
using Phase = TimerQueue::Phase;
using condition::Measure;

constexpr double kRoundingMargin = 1 - 1e-9;

/// A number as a count, however large the bound is.
std::int64_t clampedCount(double number) {
    return static_cast<std::int64_t>(std::clamp(number, -1.0, 1e15));
}

bool isOrderStatistic(Measure::Kind kind) {
    return kind != Measure::Kind::Sum && kind != Measure::Kind::Avg && kind != Measure::Kind::Distinct;
}

/// Of n values in order, which one the measure is (from 1): nearest rank.
std::int64_t rankOf(Measure::Kind kind, std::int64_t n) {
    const auto nearest = [n](std::int64_t percent) { return (percent * n + 99) / 100; };
    switch (kind) {
        case Measure::Kind::Min: return 1;
        case Measure::Kind::Max: return n;
        case Measure::Kind::P50: return nearest(50);
        case Measure::Kind::P90: return nearest(90);
        case Measure::Kind::P95: return nearest(95);
        case Measure::Kind::P99: return nearest(99);
        default: return 0;
    }
}

/// Compares a sign, that of value - bound, as the operator asks.
bool signHolds(Operator op, int sign) {
    return Comparison{op, 0}.holds(sign);
}

/// The newest entries of a window as evidence.
template <typename Entries>
void newest(const Entries& entries, EvidenceList& out) {
    const std::size_t first = entries.size() > kMostEvidence ? entries.size() - kMostEvidence : 0;
    for (std::size_t i = first; i < entries.size(); ++i) out.push_back(entries[i].ref);
}

template <typename Entry>
std::int64_t timeOf(const Entry& entry) {
    if constexpr (requires { entry.time; }) {
        return entry.time;
    } else {
        return entry.timeAndBoth >> 1;
    }
}

/// The first entry that is still in the window at a time.
template <typename Entries>
std::size_t firstWithin(const Entries& entries, std::int64_t within, std::int64_t time) {
    std::size_t low = 0;
    std::size_t high = entries.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (timeOf(entries[middle]) + within <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

template <typename Entries>
std::int64_t leaveAfter(const Entries& entries, std::int64_t within, std::int64_t time) {
    const std::size_t first = firstWithin(entries, within, time);
    return first < entries.size() ? timeOf(entries[first]) + within : kNever;
}

/// How many entries leave until the truth may change: the window's timer is for the last of them.
template <typename Entries>
void awaitLeave(const Scope& scope, TimerSlot& timer, const Entries& entries, std::int64_t leaves,
                std::int64_t within) {
    const auto n = static_cast<std::int64_t>(entries.size());
    if (leaves < 1 || leaves > n) return;
    scope.arm(timer, timeOf(entries[static_cast<std::size_t>(leaves - 1)]) + within, Phase::AnyStep);
}

}  // namespace

std::optional<std::int64_t> nextFlipBelow(const Comparison& is, std::int64_t number) {
    const bool holds = is.holds(static_cast<double>(number));
    const double bound = is.number;
    std::int64_t next = -1;
    switch (is.op) {
        case Operator::Less: next = holds ? -1 : clampedCount(std::ceil(bound) - 1); break;
        case Operator::LessEqual: next = holds ? -1 : clampedCount(std::floor(bound)); break;
        case Operator::GreaterEqual: next = holds ? clampedCount(std::ceil(bound) - 1) : -1; break;
        case Operator::Greater: next = holds ? clampedCount(std::floor(bound)) : -1; break;
        case Operator::Equal:
        case Operator::NotEqual:
            if (static_cast<double>(number) == bound) {
                next = number - 1;
            } else if (std::floor(bound) == bound) {
                next = clampedCount(bound);
            }
            break;
    }
    return next >= 0 && next < number ? std::optional{next} : std::nullopt;
}

// ---- count

Truth CountDetector::onRecord(const Scope& scope, Hits) {
    if (entries_.size() == kLargestWindow) {
        const std::int64_t left = scope.step.time - scope.spec<condition::Count>().within.count();
        while (!entries_.empty() && entries_.front().time <= left) entries_.pop();
        if (entries_.size() == kLargestWindow) {
            entries_.pop();
            scope.bounds |= kWindowBound;
        }
    }
    entries_.push({scope.step.time, scope.step.ref});
    return evaluate(scope);
}

Truth CountDetector::onTimer(const Scope& scope) {
    return evaluate(scope);
}

Truth CountDetector::evaluate(const Scope& scope) {
    const auto& spec = scope.spec<condition::Count>();
    const std::int64_t within = spec.within.count();
    while (!entries_.empty() && entries_.front().time + within <= scope.step.time) entries_.pop();
    const auto n = static_cast<std::int64_t>(entries_.size());
    if (const auto flip = nextFlipBelow(spec.is, n)) awaitLeave(scope, timer_, entries_, n - *flip, within);
    return Truth::state(spec.is.holds(static_cast<double>(n)));
}

void CountDetector::evidence(EvidenceList& out) const {
    newest(entries_, out);
}

std::int64_t CountDetector::number(const condition::Count& spec, std::int64_t time) const {
    return static_cast<std::int64_t>(entries_.size() - firstWithin(entries_, spec.within.count(), time));
}

std::int64_t CountDetector::nextLeave(const condition::Count& spec, std::int64_t after) const {
    return leaveAfter(entries_, spec.within.count(), after);
}

// ---- ratio

Truth RatioDetector::onRecord(const Scope& scope, Hits hits) {
    if (hits.back() != 1) return evaluate(scope);  // it does not match `to`
    if (entries_.size() == kLargestWindow) {
        evaluate(scope);
        if (entries_.size() == kLargestWindow) {
            both_ -= entries_.front().timeAndBoth & 1;
            entries_.pop();
            scope.bounds |= kWindowBound;
        }
    }
    const std::int64_t both = hits.front() == 0 ? 1 : 0;
    entries_.push({scope.step.time * 2 + both, scope.step.ref});
    both_ += both;
    return evaluate(scope);
}

Truth RatioDetector::onTimer(const Scope& scope) {
    return evaluate(scope);
}

Truth RatioDetector::evaluate(const Scope& scope) {
    const auto& spec = scope.spec<condition::Ratio>();
    const std::int64_t within = spec.within.count();
    while (!entries_.empty() && (entries_.front().timeAndBoth >> 1) + within <= scope.step.time) {
        both_ -= entries_.front().timeAndBoth & 1;
        entries_.pop();
    }
    const auto n = static_cast<std::int64_t>(entries_.size());
    if (n < spec.samples) return {};
    const double bound = spec.is.number;
    const bool holds = spec.is.holds(static_cast<double>(both_) / static_cast<double>(n));
    // Each leaving record moves both - bound * n by |1 - bound| or |bound|.
    const double distance = std::fabs(static_cast<double>(both_) - bound * static_cast<double>(n));
    const double most = std::fmax(std::fabs(1 - bound), std::fabs(bound));
    std::int64_t leaves = std::max<std::int64_t>(1, clampedCount(distance / most * kRoundingMargin));
    if (holds) leaves = std::min(leaves, n - spec.samples + 1);
    awaitLeave(scope, timer_, entries_, leaves, within);
    return Truth::state(holds);
}

void RatioDetector::evidence(EvidenceList& out) const {
    for (std::size_t i = entries_.size(), found = 0; i-- > 0 && found < kMostEvidence;) {
        if ((entries_[i].timeAndBoth & 1) == 0) continue;
        out.push_back(entries_[i].ref);
        ++found;
    }
}

std::pair<std::int64_t, std::int64_t> RatioDetector::number(const condition::Ratio& spec,
                                                            std::int64_t time) const {
    std::int64_t both = 0;
    std::int64_t all = 0;
    for (std::size_t i = entries_.size();
         i-- > 0 && (entries_[i].timeAndBoth >> 1) + spec.within.count() > time;) {
        both += entries_[i].timeAndBoth & 1;
        ++all;
    }
    return {both, all};
}

std::int64_t RatioDetector::nextLeave(const condition::Ratio& spec, std::int64_t after) const {
    return leaveAfter(entries_, spec.within.count(), after);
}

// ---- measure

std::uint32_t MeasureDetector::Distinct::add(const json::value& value) {
    std::string key;
    appendCanonical(key, value);
    const auto [found, isNew] = ids.try_emplace(key, 0);
    if (isNew) {
        if (free.empty()) {
            free.push_back(static_cast<std::uint32_t>(counts.size()));
            counts.push_back(0);
            keys.emplace_back();
        }
        found->second = free.back();
        free.pop_back();
        keys[found->second] = std::move(key);
    }
    ++counts[found->second];
    return found->second;
}

void MeasureDetector::Distinct::remove(std::uint32_t id) {
    if (--counts[id] > 0) return;
    ids.erase(keys[id]);
    keys[id].clear();
    free.push_back(id);
}

Truth MeasureDetector::onRecord(const Scope& scope, Hits) {
    const auto& spec = scope.spec<Measure>();
    const json::value* found = scope.fields.find(scope.node.paths.front());
    if (found != nullptr) {
        if (spec.kind == Measure::Kind::Distinct) {
            if (distinct_ == nullptr) distinct_ = std::make_unique<Distinct>();
            if (entries_.size() == kLargestWindow) scope.bounds |= kWindowBound;
            enter(spec, scope.step.time, scope.step.ref, distinct_->add(*found));
        } else if (const auto value = asNumber(*found)) {
            if (entries_.size() == kLargestWindow) scope.bounds |= kWindowBound;
            enter(spec, scope.step.time, scope.step.ref, *value);
        }
    }
    return evaluate(scope);
}

Truth MeasureDetector::onTimer(const Scope& scope) {
    return evaluate(scope);
}

void MeasureDetector::enter(const Measure& spec, std::int64_t time, EvidenceRef ref, double value) {
    if (entries_.size() == kLargestWindow) leave(spec);
    entries_.push({time, ref, value});
    if (isOrderStatistic(spec.kind)) {
        below_ += value < spec.is.number ? 1 : 0;
        equal_ += value == spec.is.number ? 1 : 0;
    } else if (spec.kind != Measure::Kind::Distinct) {
        sum_.add(value);
        largest_ =
            std::fmax(largest_, std::fabs(spec.kind == Measure::Kind::Avg ? value - spec.is.number : value));
    }
}

void MeasureDetector::leave(const Measure& spec) {
    const Entry gone = entries_.front();
    entries_.pop();
    if (isOrderStatistic(spec.kind)) {
        below_ -= gone.value < spec.is.number ? 1 : 0;
        equal_ -= gone.value == spec.is.number ? 1 : 0;
    } else if (spec.kind == Measure::Kind::Distinct) {
        distinct_->remove(static_cast<std::uint32_t>(gone.value));
    } else {
        sum_.remove(gone.value);
        ++evictions_;
        if (sum_.isWorn()) {
            sum_.clear();
            for (std::size_t i = 0; i < entries_.size(); ++i) sum_.add(entries_[i].value);
        }
        if (evictions_ > static_cast<std::int64_t>(entries_.size())) measureLargest(spec);
    }
}

/// Takes largest_ anew: amortized O(1), as it follows as many evictions as there are entries.
void MeasureDetector::measureLargest(const Measure& spec) {
    evictions_ = 0;
    largest_ = 0;
    const double base = spec.kind == Measure::Kind::Avg ? spec.is.number : 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        largest_ = std::fmax(largest_, std::fabs(entries_[i].value - base));
    }
}

Truth MeasureDetector::evaluate(const Scope& scope) {
    const auto& spec = scope.spec<Measure>();
    const std::int64_t within = spec.within.count();
    while (!entries_.empty() && entries_.front().time + within <= scope.step.time) leave(spec);
    const auto n = static_cast<std::int64_t>(entries_.size());
    if (n < spec.samples) return {};
    const bool truth = holds(spec);
    std::int64_t leaves = leavesUntilFlip(spec);
    if (truth) leaves = std::min(leaves, n - spec.samples + 1);
    awaitLeave(scope, timer_, entries_, leaves, within);
    return Truth::state(truth);
}

bool MeasureDetector::holds(const Measure& spec) const {
    const auto n = static_cast<std::int64_t>(entries_.size());
    if (isOrderStatistic(spec.kind)) {
        const std::int64_t rank = rankOf(spec.kind, n);
        const int sign = rank <= below_ ? -1 : rank <= below_ + equal_ ? 0 : 1;
        return signHolds(spec.is.op, sign);
    }
    switch (spec.kind) {
        case Measure::Kind::Sum: return signHolds(spec.is.op, sum_.compare(spec.is.number));
        case Measure::Kind::Avg: return spec.is.holds(sum_.value() / static_cast<double>(n));
        default: return spec.is.holds(static_cast<double>(distinct_->ids.size()));
    }
}

/// A lower bound, at least 1, of how many entries leave before the comparison changes.
std::int64_t MeasureDetector::leavesUntilFlip(const Measure& spec) const {
    const auto n = static_cast<std::int64_t>(entries_.size());
    if (isOrderStatistic(spec.kind)) {
        // A leaving value moves the rank, below_ and equal_ by at most one, and the differences by no more.
        const std::int64_t rank = rankOf(spec.kind, n);
        const auto distance = [](std::int64_t over) { return over >= 0 ? over + 1 : -over; };
        const std::int64_t below = distance(below_ - rank);          // value >= bound where negative
        const std::int64_t upTo = distance(below_ + equal_ - rank);  // value > bound where negative
        switch (spec.is.op) {
            case Operator::GreaterEqual:
            case Operator::Less: return below;
            case Operator::Greater:
            case Operator::LessEqual: return upTo;
            default: return std::min(below, upTo);
        }
    }
    if (spec.kind == Measure::Kind::Distinct) {
        const auto different = static_cast<std::int64_t>(distinct_->ids.size());
        const auto flip = nextFlipBelow(spec.is, different);
        return flip ? different - *flip : kNever;
    }
    const double bound = spec.is.number * (spec.kind == Measure::Kind::Avg ? static_cast<double>(n) : 1);
    const double distance = std::fabs(sum_.value() - bound);
    if (!(largest_ > 0)) return n;
    return std::max<std::int64_t>(1, clampedCount(distance / largest_ * kRoundingMargin));
}

void MeasureDetector::evidence(EvidenceList& out) const {
    newest(entries_, out);
}

std::size_t MeasureDetector::bytes() const {
    std::size_t bytes = entries_.bytes();
    if (distinct_ != nullptr) {
        bytes += sizeof(Distinct) + distinct_->ids.capacity() * (sizeof(std::string) + 5);
        for (const auto& key : distinct_->keys) bytes += sizeof(std::string) + 2 * key.capacity() + 8;
    }
    return bytes;
}

std::int64_t MeasureDetector::nextLeave(const Measure& spec, std::int64_t after) const {
    return leaveAfter(entries_, spec.within.count(), after);
}

MeasureDetector::Number MeasureDetector::number(const Measure& spec, std::int64_t time) const {
    std::vector<double> values;
    for (std::size_t i = entries_.size(); i-- > 0 && entries_[i].time + spec.within.count() > time;) {
        values.push_back(entries_[i].value);
    }
    Number number;
    number.samples = static_cast<std::int64_t>(values.size());
    if (values.empty()) return number;
    if (isOrderStatistic(spec.kind)) {
        const auto rank = values.begin() + (rankOf(spec.kind, number.samples) - 1);
        std::nth_element(values.begin(), rank, values.end());
        number.value = *rank;
    } else if (spec.kind == Measure::Kind::Distinct) {
        std::sort(values.begin(), values.end());
        number.value = static_cast<double>(std::unique(values.begin(), values.end()) - values.begin());
    } else {
        RunningSum sum;
        for (const double value : values) sum.add(value);
        number.value =
            sum.value() / (spec.kind == Measure::Kind::Avg ? static_cast<double>(number.samples) : 1);
    }
    return number;
}

}  // namespace dogwatch::engine
