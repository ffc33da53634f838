#include "core/engine/detectors/sequence.h"

namespace dogwatch::engine {

Truth SequenceDetector::onRecord(const Scope& scope, Hits hits) {
    return Truth::pulse(scope.sequence->onRecord(scope, *this, hits));
}

SequencePool::SequencePool(const condition::Sequence& spec, bool isPartitioned) {
    if (!RunQueue::fits(spec, isPartitioned)) groups_ = std::make_unique<RunGroups>(spec);
    setSpec(spec);
}

void SequencePool::setSpec(const condition::Sequence& spec) {
    if (groups_ == nullptr) {
        queue_.setSpec(spec);
    } else {
        groups_->setSpec(spec);
    }
}

bool SequencePool::onRecord(const Scope& scope, SequenceDetector& detector, Hits hits) {
    if (groups_ != nullptr) return groups_->onRecord(scope, detector, hits);
    EvidenceList completed;
    if (!queue_.onRecord(scope, hits, completed)) return false;
    detector.setCompleted(std::move(completed));
    return true;
}

void SequencePool::onTimer(const Scope& scope, Instance* sole,
                           std::vector<std::pair<Instance*, EvidenceList>>& completed) {
    if (groups_ != nullptr) {
        groups_->onTimer(scope, completed);
        return;
    }
    EvidenceList evidence;
    if (queue_.onTimer(scope, evidence)) completed.emplace_back(sole, std::move(evidence));
}

void SequencePool::leave(SequenceDetector& detector) {
    if (groups_ == nullptr) {
        queue_.leave();
    } else {
        groups_->leave(detector);
    }
}

void SequencePool::close(TimerQueue& timers) {
    queue_.close(timers);
    if (groups_ != nullptr) groups_->close(timers);
}

std::size_t SequencePool::bytes() const {
    return sizeof(SequencePool) + (groups_ == nullptr ? queue_.bytes() : groups_->bytes());
}

void SequencePool::evidence(EvidenceList& out) const {
    if (groups_ == nullptr) {
        queue_.evidence(out);
    } else {
        groups_->evidence(out);
    }
}

std::vector<WaitingRun> SequencePool::waiting(const SequenceDetector& detector, const Step& step,
                                              std::size_t most, std::size_t& all) const {
    return groups_ == nullptr ? queue_.waiting(step, most, all) : groups_->waiting(detector, step, most, all);
}

std::size_t SequencePool::liveRuns(const SequenceDetector& detector, const Step& step) const {
    return groups_ == nullptr ? queue_.liveRuns(step) : groups_->liveRuns(detector, step);
}

std::int64_t SequencePool::nextEnd(const SequenceDetector& detector, std::int64_t after) const {
    return groups_ == nullptr ? queue_.nextEnd(after) : groups_->nextEnd(detector, after);
}

}  // namespace dogwatch::engine
