#include "core/engine/detectors/window.h"

#include <algorithm>
#include <cmath>

namespace dogwatch::engine {
namespace {

using Operator = Comparison::Operator;
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

/// Of an entry of a ratio.
constexpr std::int64_t timeOf(std::int64_t timeAndBoth) {
    return timeAndBoth >> 1;
}

/// The first entry, of those numbered from `low` up to `high`, that is still in the window at a time.
template <typename TimeAt>
std::uint64_t firstWithin(std::uint64_t low, std::uint64_t high, std::int64_t within, std::int64_t time,
                          TimeAt timeAt) {
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (timeAt(middle) + within <= time) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

template <typename TimeAt>
std::int64_t leaveAfter(std::uint64_t low, std::uint64_t high, std::int64_t within, std::int64_t time,
                        TimeAt timeAt) {
    const std::uint64_t first = firstWithin(low, high, within, time, timeAt);
    return first < high ? timeAt(first) + within : kNever;
}

}  // namespace

CountBound::CountBound(const Comparison& is)
    : op_(is.op), exact_(is.op == Operator::Equal || is.op == Operator::NotEqual) {
    switch (op_) {
        case Operator::Less:
        case Operator::GreaterEqual: last_ = clampedCount(std::ceil(is.number) - 1); break;
        case Operator::LessEqual:
        case Operator::Greater: last_ = clampedCount(std::floor(is.number)); break;
        case Operator::Equal:
        case Operator::NotEqual:
            if (std::floor(is.number) == is.number) last_ = clampedCount(is.number);
            break;
    }
}

// ---- count

Truth CountDetector::onRecord(const Scope& scope, Hits) {
    while (!times_.empty() && times_.front() + within_ <= scope.step.time) {
        times_.pop();
        ++gone_;
    }
    if (times_.size() == kLargestWindow) {
        times_.pop();
        ++gone_;
        scope.bounds |= kWindowBound;
    }
    times_.push(scope.step.time);
    newest_.push(scope.step.ref);
    return evaluate(scope);
}

Truth CountDetector::onTimer(const Scope& scope) {
    timer_.cameDue();
    return evaluate(scope);
}

Truth CountDetector::evaluate(const Scope& scope) {
    while (!times_.empty() && times_.front() + within_ <= scope.step.time) {
        times_.pop();
        ++gone_;
    }
    const auto n = static_cast<std::int64_t>(times_.size());
    const std::int64_t flip = bound_.nextFlip(n);
    if (flip >= 0 && timer_.covers(gone_).value_or(kNever) > n - flip) {
        timer_.await(scope, gone_, n - flip, times_[static_cast<std::size_t>(n - flip - 1)] + within_);
    }
    return Truth::state(bound_.holds(n));
}

std::int64_t CountDetector::number(const condition::Count& spec, std::int64_t time) const {
    return static_cast<std::int64_t>(times_.size() -
                                     firstWithin(0, times_.size(), spec.within.count(), time,
                                                 [this](std::uint64_t i) { return times_[i]; }));
}

std::int64_t CountDetector::nextLeave(const condition::Count& spec, std::int64_t after) const {
    return leaveAfter(0, times_.size(), spec.within.count(), after,
                      [this](std::uint64_t i) { return times_[i]; });
}

// ---- ratio

RatioDetector::RatioDetector(const condition::Ratio& spec)
    : within_(spec.within.count()), is_(spec.is), samples_(spec.samples) {}

Truth RatioDetector::onRecord(const Scope& scope, Hits hits) {
    if (hits.back() != 1) return evaluate(scope);  // it does not match `to`
    if (entries_.size() == kLargestWindow) {
        evaluate(scope);
        if (entries_.size() == kLargestWindow) {
            leave();
            scope.bounds |= kWindowBound;
        }
    }
    const std::int64_t both = hits.front() == 0 ? 1 : 0;
    entries_.push(scope.step.time * 2 + both);
    both_ += both;
    if (both != 0) newest_.push(scope.step.ref);
    return evaluate(scope);
}

Truth RatioDetector::onTimer(const Scope& scope) {
    timer_.cameDue();
    return evaluate(scope);
}

void RatioDetector::leave() {
    both_ -= entries_.front() & 1;
    entries_.pop();
    ++gone_;
}

Truth RatioDetector::evaluate(const Scope& scope) {
    while (!entries_.empty() && timeOf(entries_.front()) + within_ <= scope.step.time) leave();
    const auto n = static_cast<std::int64_t>(entries_.size());
    if (n < samples_) return {};
    const double bound = is_.number;
    const bool holds = is_.holds(static_cast<double>(both_) / static_cast<double>(n));
    // Each leaving record moves both - bound * n by |1 - bound| or |bound|.
    const double distance = std::fabs(static_cast<double>(both_) - bound * static_cast<double>(n));
    const double most = std::fmax(std::fabs(1 - bound), std::fabs(bound));
    const std::int64_t samples = holds ? n - samples_ + 1 : n;
    const auto covered = timer_.covers(gone_);
    if (covered && *covered <= samples &&
        (*covered <= 1 || most * static_cast<double>(*covered) <= distance * kRoundingMargin)) {
        return Truth::state(holds);
    }
    const std::int64_t leaves =
        std::min(samples, std::max<std::int64_t>(1, clampedCount(distance / most * kRoundingMargin)));
    const std::int64_t look = (leaves + 1) / 2;  // early, so that small changes do not move it
    timer_.await(scope, gone_, look, timeOf(entries_[static_cast<std::size_t>(look - 1)]) + within_);
    return Truth::state(holds);
}

std::pair<std::int64_t, std::int64_t> RatioDetector::number(const condition::Ratio& spec,
                                                            std::int64_t time) const {
    std::int64_t both = 0;
    std::int64_t all = 0;
    for (std::size_t i = entries_.size(); i-- > 0 && timeOf(entries_[i]) + spec.within.count() > time;) {
        both += entries_[i] & 1;
        ++all;
    }
    return {both, all};
}

std::int64_t RatioDetector::nextLeave(const condition::Ratio& spec, std::int64_t after) const {
    return leaveAfter(0, entries_.size(), spec.within.count(), after,
                      [this](std::uint64_t i) { return timeOf(entries_[i]); });
}

// ---- measure

MeasureDetector::MeasureDetector(const Measure& spec)
    : kind_(spec.kind), is_(spec.is), within_(spec.within.count()), samples_(spec.samples) {}

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
    const std::optional<double> value = valueAt(scope);
    leaveBy(scope.step.time);
    if (!value) return judge(scope);
    if (count() == static_cast<std::int64_t>(kLargestWindow)) {
        leave();
        scope.bounds |= kWindowBound;
    }
    enter(scope, *value);
    return judge(scope);
}

std::optional<double> MeasureDetector::valueAt(const Scope& scope) {
    // Another window over the same stream may have read it already.
    if (const auto* entry = stream().enteredAt(scope.step)) return entry->value;
    const json::value* found = scope.fields.find(path_);
    if (found == nullptr) return std::nullopt;
    if (kind_ != Kind::Distinct) return asNumber(*found);
    if (distinct_ == nullptr) distinct_ = std::make_unique<Distinct>();
    return distinct_->add(*found);
}

Truth MeasureDetector::onTimer(const Scope& scope) {
    timer_.cameDue();
    return evaluate(scope);
}

void MeasureDetector::share(std::shared_ptr<WindowStream> stream) {
    stream_ = std::move(stream);
    stream_->widen(within_);
    head_ = tail_ = stream_->end();
}

WindowStream& MeasureDetector::stream() {
    if (stream_ == nullptr) share(std::make_shared<WindowStream>());
    return *stream_;
}

void MeasureDetector::enter(const Scope& scope, double value) {
    stream().enter(scope.step, value);
    tail_ = stream_->end();
    if (isOrderStatistic(kind_)) {
        below_ += value < is_.number ? 1 : 0;
        equal_ += value == is_.number ? 1 : 0;
    } else if (kind_ != Kind::Distinct) {
        sum_.add(value);
        largest_ = std::fmax(largest_, std::fabs(kind_ == Kind::Avg ? value - is_.number : value));
    }
}

void MeasureDetector::leave() {
    const double gone = (*stream_)[head_++].value;
    if (isOrderStatistic(kind_)) {
        below_ -= gone < is_.number ? 1 : 0;
        equal_ -= gone == is_.number ? 1 : 0;
    } else if (kind_ == Kind::Distinct) {
        distinct_->remove(static_cast<std::uint32_t>(gone));
    } else {
        sum_.remove(gone);
        ++evictions_;
        if (sum_.isWorn()) {
            sum_.clear();
            for (std::uint64_t i = head_; i != tail_; ++i) sum_.add((*stream_)[i].value);
        }
        if (evictions_ > count()) measureLargest();
    }
}

void MeasureDetector::leaveBy(std::int64_t time) {
    while (head_ != tail_ && (*stream_)[head_].time + within_ <= time) leave();
}

/// Takes largest_ anew: amortized O(1), as it follows as many evictions as there are entries.
void MeasureDetector::measureLargest() {
    evictions_ = 0;
    largest_ = 0;
    const double base = kind_ == Kind::Avg ? is_.number : 0;
    for (std::uint64_t i = head_; i != tail_; ++i) {
        largest_ = std::fmax(largest_, std::fabs((*stream_)[i].value - base));
    }
}

Truth MeasureDetector::evaluate(const Scope& scope) {
    leaveBy(scope.step.time);
    return judge(scope);
}

/// The truth, when what had to leave has left.
Truth MeasureDetector::judge(const Scope& scope) {
    const std::int64_t n = count();
    if (n < samples_) return {};
    const bool truth = holds();
    const std::int64_t samples = truth ? n - samples_ + 1 : n;
    if (const auto covered = timer_.covers(head_); covered && *covered <= samples && holdsFor(*covered)) {
        return Truth::state(truth);
    }
    const std::int64_t leaves = truth ? std::min(leavesUntilFlip(), samples) : leavesUntilFlip();
    if (leaves > n) return Truth::state(truth);
    const std::int64_t look = (leaves + 1) / 2;  // early, so that small changes do not move it
    timer_.await(scope, head_, look, (*stream_)[head_ + static_cast<std::uint64_t>(look) - 1].time + within_);
    return Truth::state(truth);
}

bool MeasureDetector::holds() const {
    const std::int64_t n = count();
    if (isOrderStatistic(kind_)) {
        const std::int64_t rank = rankOf(kind_, n);
        const int sign = rank <= below_ ? -1 : rank <= below_ + equal_ ? 0 : 1;
        return signHolds(is_.op, sign);
    }
    switch (kind_) {
        case Kind::Sum: return signHolds(is_.op, sum_.compare(is_.number));
        case Kind::Avg: return is_.holds(sum_.value() / static_cast<double>(n));
        default: return is_.holds(static_cast<double>(distinct_->ids.size()));
    }
}

/// Of sum and avg: how far all values together are from the bound.
double MeasureDetector::distance() const {
    const double n = kind_ == Kind::Avg ? static_cast<double>(count()) : 1;
    return std::fabs(sum_.value() - is_.number * n);
}

/// Whether leavesUntilFlip() is at least this.
bool MeasureDetector::holdsFor(std::int64_t leaves) const {
    if (leaves <= 1) return true;
    if (kind_ == Kind::Sum || kind_ == Kind::Avg) {
        return largest_ * static_cast<double>(leaves) <= distance() * kRoundingMargin;
    }
    return leavesUntilFlip() >= leaves;
}

/// A lower bound, at least 1, of how many entries leave before the comparison changes.
std::int64_t MeasureDetector::leavesUntilFlip() const {
    if (isOrderStatistic(kind_)) return ranksUntilFlip();
    if (kind_ == Kind::Distinct) {
        const auto different = static_cast<std::int64_t>(distinct_->ids.size());
        const std::int64_t flip = CountBound(is_).nextFlip(different);
        return flip >= 0 ? different - flip : kNever;
    }
    if (!(largest_ > 0)) return count();
    return std::max<std::int64_t>(1, clampedCount(distance() / largest_ * kRoundingMargin));
}

/// The same of order statistics: a leaving value moves the rank, below_ and equal_ by at most one, and the
/// differences by no more.
std::int64_t MeasureDetector::ranksUntilFlip() const {
    const std::int64_t rank = rankOf(kind_, count());
    const auto distance = [](std::int64_t over) { return over >= 0 ? over + 1 : -over; };
    const std::int64_t below = distance(below_ - rank);          // value >= bound where negative
    const std::int64_t upTo = distance(below_ + equal_ - rank);  // value > bound where negative
    switch (is_.op) {
        case Operator::GreaterEqual:
        case Operator::Less: return below;
        case Operator::Greater:
        case Operator::LessEqual: return upTo;
        default: return std::min(below, upTo);
    }
}

std::size_t MeasureDetector::bytes() const {
    std::size_t bytes = 0;
    if (stream_ != nullptr) bytes += stream_->bytes() / static_cast<std::size_t>(stream_.use_count());
    if (distinct_ != nullptr) {
        bytes += sizeof(Distinct) + distinct_->ids.capacity() * (sizeof(std::string) + 5);
        for (const auto& key : distinct_->keys) bytes += sizeof(std::string) + 2 * key.capacity() + 8;
    }
    return bytes;
}

std::int64_t MeasureDetector::nextLeave(const Measure& spec, std::int64_t after) const {
    return leaveAfter(head_, tail_, spec.within.count(), after,
                      [this](std::uint64_t i) { return (*stream_)[i].time; });
}

MeasureDetector::Number MeasureDetector::number(const Measure& spec, std::int64_t time) const {
    std::vector<double> values;
    for (std::uint64_t i = tail_; i-- > head_ && (*stream_)[i].time + spec.within.count() > time;) {
        values.push_back((*stream_)[i].value);
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
