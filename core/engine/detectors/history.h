// occurs, changed and streak: what the latest records were.
#pragma once

#include <optional>

#include "core/engine/detectors/detector.h"
#include "core/engine/ring.h"

namespace dogwatch::engine {

class OccursDetector : public Leaf {
 public:
    Truth arm(const Scope&, std::int64_t) { return {}; }
    Truth onRecord(const Scope& scope, Hits) {
        last_ = scope.step.ref;
        return Truth::pulse(true);
    }
    Truth onTimer(const Scope&) { return {}; }
    void evidence(EvidenceList& out) const { out.push_back(last_); }
    [[nodiscard]] std::size_t bytes() const { return 0; }
    void close(TimerQueue&) {}

    template <typename Archive>
    void archive(Archive& a) {
        a.field(last_);
    }

 private:
    EvidenceRef last_ = kNoEvidence;
};

class ChangedDetector : public Leaf {
 public:
    Truth arm(const Scope&, std::int64_t) { return {}; }
    Truth onRecord(const Scope& scope, Hits) {
        const json::value* value = scope.fields.find(scope.node.paths.front());
        if (value == nullptr) return {};
        const bool changed = known_ && !sameValue(*value, previous_);
        if (changed || !known_) previous_ = *value;
        known_ = true;
        before_ = last_;
        last_ = scope.step.ref;
        return Truth::pulse(changed);
    }
    Truth onTimer(const Scope&) { return {}; }
    void evidence(EvidenceList& out) const { out.insert(out.end(), {before_, last_}); }
    [[nodiscard]] std::size_t bytes() const { return sizeof(previous_); }
    void close(TimerQueue&) {}

    /// The value that the next one must differ from; null: none was seen yet.
    [[nodiscard]] const json::value* previous() const { return known_ ? &previous_ : nullptr; }

    template <typename Archive>
    void archive(Archive& a) {
        a.field(known_);
        a.field(previous_);
        a.field(before_);
        a.field(last_);
    }

 private:
    bool known_ = false;
    json::value previous_;
    EvidenceRef before_ = kNoEvidence;
    EvidenceRef last_ = kNoEvidence;
};

class StreakDetector : public Leaf {
 public:
    Truth arm(const Scope& scope, std::int64_t) { return evaluate(scope); }
    Truth onRecord(const Scope& scope, Hits hits) {
        if (hits.back() == 1) {  // it is among those that count
            if (hits.front() == 0) {
                ++length_;
                latest_.push(scope.step.ref);
                if (latest_.size() > kMostEvidence) latest_.pop();
            } else {
                length_ = 0;
                while (!latest_.empty()) latest_.pop();
            }
        }
        return evaluate(scope);
    }
    Truth onTimer(const Scope& scope) { return evaluate(scope); }
    void evidence(EvidenceList& out) const {
        for (std::size_t i = 0; i < latest_.size(); ++i) out.push_back(latest_[i]);
    }
    [[nodiscard]] std::size_t bytes() const { return latest_.bytes(); }
    void close(TimerQueue&) {}
    [[nodiscard]] std::int64_t length() const { return length_; }

    template <typename Archive>
    void archive(Archive& a) {
        a.field(length_);
        a.ring(latest_, [&a](EvidenceRef& ref) { a.field(ref); });
    }

 private:
    Truth evaluate(const Scope& scope) const {
        return Truth::state(scope.spec<condition::Streak>().is.holds(static_cast<double>(length_)));
    }

    std::int64_t length_ = 0;
    Ring<EvidenceRef> latest_;
};

}  // namespace dogwatch::engine
