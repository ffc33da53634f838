// What is certain of a condition's truth (static_checks.h).
#include <algorithm>

#include "core/model/satisfiable.h"
#include "core/model/static_checks.h"

namespace dogwatch {
namespace {

using namespace condition;
using Truth = Verdict::Truth;

constexpr Verdict kNever{Truth::Never, Truth::Never};
constexpr Verdict kAlways{Truth::Always, Truth::Always};
constexpr Verdict kPulse{Truth::Sometimes, Truth::Never};

Truth inverse(Truth truth) {
    switch (truth) {
        case Truth::Never: return Truth::Always;
        case Truth::Always: return Truth::Never;
        case Truth::Sometimes: return Truth::Sometimes;
    }
    return truth;
}

/// At least `count` of them.
Truth atLeast(std::size_t count, const std::vector<Truth>& truths) {
    const auto always = std::count(truths.begin(), truths.end(), Truth::Always);
    const auto never = std::count(truths.begin(), truths.end(), Truth::Never);
    if (static_cast<std::size_t>(always) >= count) return Truth::Always;
    return truths.size() - static_cast<std::size_t>(never) < count ? Truth::Never : Truth::Sometimes;
}

Verdict pointByPoint(const Condition& condition, std::size_t count) {
    std::vector<Truth> steps;
    std::vector<Truth> gaps;
    for (const auto& child : condition.children) {
        const Verdict verdict = verdictOf(child);
        steps.push_back(verdict.step);
        gaps.push_back(verdict.gap);
    }
    return {atLeast(count, steps), atLeast(count, gaps)};
}

/// True of every number there can be, though perhaps not before there are samples.
Verdict compared(const Condition& condition) {
    const auto quantity = quantityOf(condition);
    if (!quantity) return {};
    if (!satisfiable(quantity->domain, {quantity->is})) return kNever;
    if (quantity->samples > kLargestWindow) return kNever;
    return !quantity->needsSamples && universal(quantity->domain, quantity->is) ? kAlways : Verdict{};
}

/// A schedule of times of day in UTC whose instants never lie further apart than the duration.
bool coversAllTime(const During& during) {
    const std::string& text = during.schedule.text();
    const bool daily = text.ends_with(" * * *") && during.schedule.timezone() == "UTC";
    if (!daily) return false;
    constexpr int kMostLooks = 10'000;
    const Time start{};
    Time last = start;
    for (int i = 0; i < kMostLooks && last <= start + std::chrono::days{2}; ++i) {
        const auto next = during.schedule.after(last);
        if (!next) return false;
        if (i > 0 && *next - last > during.duration) return false;
        last = *next;
    }
    return last > start + std::chrono::days{2};
}

bool isNever(const Verdict& verdict) {
    return verdict == kNever;
}

Verdict allOf(const Condition& condition) {
    if (contradiction(condition)) return kNever;
    Verdict verdict = pointByPoint(condition, condition.children.size());
    if (pulsesExcludeEachOther(condition)) verdict = kNever;
    return verdict;
}

Verdict held(const Condition& child) {
    // For as long as it takes it must be true at steps and in gaps alike.
    const Verdict verdict = verdictOf(child);
    return verdict.step == Truth::Never || verdict.gap == Truth::Never ? kNever : Verdict{};
}

}  // namespace

Verdict verdictOf(const Condition& condition) {
    if (condition.as<Occurs>() || condition.as<Changed>() || condition.as<Sequence>() || condition.as<At>() ||
        condition.as<Fired>()) {
        return kPulse;
    }
    if (condition.as<All>()) return allOf(condition);
    if (condition.as<Any>()) return pointByPoint(condition, 1);
    if (const auto* c = condition.as<AtLeast>())
        return pointByPoint(condition, static_cast<std::size_t>(c->count));
    if (condition.as<Not>()) {
        const Verdict verdict = verdictOf(condition.children.front());
        return {inverse(verdict.step), inverse(verdict.gap)};
    }
    if (condition.as<Held>()) return held(condition.children.front());
    if (condition.as<Recent>()) {
        const Verdict verdict = verdictOf(condition.children.front());
        return verdict == kAlways || isNever(verdict) ? verdict : Verdict{};
    }
    if (const auto* c = condition.as<During>()) return coversAllTime(*c) ? kAlways : Verdict{};
    return compared(condition);
}

}  // namespace dogwatch
