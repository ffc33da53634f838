#include "core/engine/detectors/run_groups.h"

#include <algorithm>

namespace dogwatch::engine {

using Phase = TimerQueue::Phase;

void RunGroups::setSpec(const condition::Sequence& spec) {
    spec_ = &spec;
    size_ = spec.steps.size();
    within_ = spec.within.count();
    endsInNot_ = spec.steps.back().isNot;
    overlaps_ = spec.overlap;
    hasKeys_ = !spec.by.empty();
    nots_ = 0;
    for (std::size_t i = 0; i < std::min<std::size_t>(size_, 64); ++i) {
        if (spec.steps[i].isNot) nots_ |= std::uint64_t{1} << i;
    }
    lastFor_ = spec.steps.back().duration ? spec.steps.back().duration->count() : kNever;
}

bool RunGroups::onRecord(const Scope& scope, SequenceDetector& detector, Hits hits) {
    if (hits.front() != 0 && isIdle()) return false;
    if (!hasKeys_) {
        if (detector.sole_ == kNone) detector.sole_ = openGroup(scope.owner.instance, detector, {});
        return onRecord(scope, detector, detector.sole_, hits);
    }
    std::string& key = scratch_;
    key.clear();
    for (const PathId path : scope.node.paths) {
        const json::value* value = scope.fields.find(path);
        if (value == nullptr) return false;
        appendCanonical(key, *value);
    }
    auto found = detector.groups_.find(key);
    if (found == detector.groups_.end()) {
        if (hits.front() != 0) return false;  // it could only act on runs, and there are none
        found = detector.groups_.emplace(key, openGroup(scope.owner.instance, detector, key)).first;
    }
    return onRecord(scope, detector, found->second, hits);
}

std::uint32_t RunGroups::openGroup(Instance* instance, SequenceDetector& detector, std::string key) {
    if (freeGroups_.empty()) {
        freeGroups_.push_back(static_cast<std::uint32_t>(groups_.size()));
        groups_.emplace_back();
    }
    const std::uint32_t id = freeGroups_.back();
    freeGroups_.pop_back();
    Group& group = groups_[id];
    group.instance = instance;
    group.detector = &detector;
    group.key = std::move(key);
    group.waiting.assign(size(), {});
    group.live = 0;
    return id;
}

bool RunGroups::onRecord(const Scope& scope, SequenceDetector& detector, std::uint32_t group, Hits hits) {
    bool completed = false;
    // From the last step to the first: no run is acted on twice, and to advance goes before to die.
    for (std::size_t i = hits.size(); i-- > 0;) {
        const std::uint16_t step = hits[i];
        if (step == 0) continue;
        if (isNot(step)) {
            kill(group, step);
        } else {
            const std::size_t from = isNot(step - 1U) ? step - 1U : step;
            completed = advance(scope, detector, group, from, step + 1U, !completed) || completed;
        }
    }
    if (hits.front() == 0 && (overlaps_ || !livesIn(group, scope.step))) {
        if (size() == 1) {
            if (!completed) detector.setCompleted({scope.step.ref});
            completed = true;
        } else {
            start(scope, group);
        }
    }
    if (groups_[group].live == 0) close(group);
    return completed;
}

/// Forgets a group without runs; the one of a sequence without `by` stays.
void RunGroups::close(std::uint32_t id) {
    if (!hasKeys_) return;
    Group& group = groups_[id];
    group.detector->groups_.erase(group.key);
    group.instance = nullptr;
    group.detector = nullptr;
    freeGroups_.push_back(id);
}

/// Ends the oldest run of its group, which may be its group's last.
void RunGroups::end(std::uint32_t id) {
    const std::uint32_t group = runs_[id].group;
    takeHead(groups_[group].waiting[runs_[id].position]);
    free(id);
    if (groups_[group].live == 0) close(group);
}

bool RunGroups::advance(const Scope& scope, SequenceDetector& detector, std::uint32_t group, std::size_t from,
                        std::size_t to, bool isFirst) {
    bool completed = false;
    for (std::uint32_t id = kNone; (id = takeHead(groups_[group].waiting[from])) != kNone;) {
        Run& run = runs_[id];
        if (scope.step.passed(endOf(run))) {
            free(id);
            continue;
        }
        if (run.evidence.size() < kMostEvidence) run.evidence.push_back(scope.step.ref);
        if (to == size()) {
            if (!completed && isFirst) detector.setCompleted({run.evidence.begin(), run.evidence.end()});
            completed = true;
            free(id);
        } else {
            run.matched = scope.step.time;
            wait(scope, id, group, to);
        }
    }
    return completed;
}

void RunGroups::start(const Scope& scope, std::uint32_t group) {
    ++groups_[group].live;  // first of all: what ends below may be the last other run of this group
    if (live_ >= kMostRuns) {
        dropPassed(scope.step);
        if (live_ >= kMostRuns) {
            dropOldest();
            scope.bounds |= kRunsBound;
        }
    }
    const std::uint32_t id = freeRun_ != kNone ? freeRun_ : static_cast<std::uint32_t>(runs_.size());
    if (freeRun_ == kNone) {
        runs_.emplace_back();
    } else {
        freeRun_ = runs_[id].next;
    }
    Run& run = runs_[id];
    run.start = run.matched = scope.step.time;
    run.group = group;
    run.evidence.clear();
    run.evidence.push_back(scope.step.ref);
    run.position = 0;
    ++live_;
    link(open_, id);
    wait(scope, id, group, 1);
}

/// Puts a run, which is in no list of its group, where it waits at `position`.
void RunGroups::wait(const Scope& scope, std::uint32_t id, std::uint32_t group, std::size_t position) {
    Run& run = runs_[id];
    run.position = static_cast<std::uint32_t>(position);
    run.next = kNone;
    List& list = groups_[group].waiting[position];
    (list.head == kNone ? list.head : runs_[list.tail].next) = id;
    list.tail = id;
    if (isClosing(run)) {
        unlink(open_, id);
        link(closing_, id);
    }
    armTimer(scope);
}

/// Exact where the timer may complete a run; else it only tidies up, and once in a while will do.
void RunGroups::armTimer(const Scope& scope) {
    // One for all instances: it belongs to none.
    if (timer_.slot == kNoTimer) {
        timer_.slot = scope.timers.open({scope.owner.metaevent, nullptr, scope.owner.node});
    }
    if (closing_.oldest != kNone) scope.arm(timer_, endOf(runs_[closing_.oldest]), Phase::TimerStep);
    if (open_.oldest == kNone) return;
    if (endsInNot_ && lastFor_ == kNever) {
        scope.arm(timer_, runs_[open_.oldest].start + within_, Phase::TimerStep);
    } else if (!timer_.isArmed()) {
        scope.arm(timer_, runs_[open_.newest].start + within_, Phase::TimerStep);
    }
}

void RunGroups::kill(std::uint32_t group, std::size_t position) {
    List& list = groups_[group].waiting[position];
    if (size_ == 2 && live_ == groups_[group].live && list.head != kNone) {  // they are all that there are
        runs_[list.tail].next = freeRun_;
        freeRun_ = list.head;
        list = {};
        open_ = closing_ = {};
        live_ = groups_[group].live = 0;
        return;
    }
    for (std::uint32_t id = kNone; (id = takeHead(groups_[group].waiting[position])) != kNone;) free(id);
}

bool RunGroups::livesIn(std::uint32_t group, const Step& step) {
    for (List& list : groups_[group].waiting) {
        while (list.head != kNone && step.passed(endOf(runs_[list.head]))) free(takeHead(list));
    }
    return groups_[group].live > 0;
}

/// Ends the runs that this step finds past their end, without completing any: there is nothing to complete
/// before the timer step of an end.
void RunGroups::dropPassed(const Step& step) {
    while (open_.oldest != kNone && step.passed(endOf(runs_[open_.oldest]))) {
        end(open_.oldest);
    }
}

void RunGroups::dropOldest() {
    std::uint32_t id = open_.oldest;
    if (id == kNone || (closing_.oldest != kNone && runs_[closing_.oldest].start < runs_[id].start)) {
        id = closing_.oldest;
    }
    end(id);
}

void RunGroups::onTimer(const Scope& scope, std::vector<std::pair<Instance*, EvidenceList>>& completed) {
    timer_.cameDue();
    for (Ages* ages : {&open_, &closing_}) {
        while (ages->oldest != kNone && scope.step.passed(endOf(runs_[ages->oldest]))) {
            const std::uint32_t id = ages->oldest;
            const Run& run = runs_[id];
            Instance* instance = groups_[run.group].instance;
            const bool again = !completed.empty() && completed.back().first == instance;
            if (endsInNot_ && run.position + 1 == size_ && !again) {
                completed.emplace_back(instance, EvidenceList{run.evidence.begin(), run.evidence.end()});
            }
            end(id);
        }
    }
    armTimer(scope);
}

void RunGroups::leave(SequenceDetector& detector) {
    const auto drop = [this](std::uint32_t group) {
        for (std::size_t position = 0; position < size(); ++position) kill(group, position);
        groups_[group].instance = nullptr;
        groups_[group].detector = nullptr;
        freeGroups_.push_back(group);
    };
    if (detector.sole_ != SequenceDetector::kNone) drop(detector.sole_);
    for (const auto& [key, group] : detector.groups_) drop(group);
    detector.groups_.clear();
    detector.sole_ = SequenceDetector::kNone;
}

std::uint32_t RunGroups::takeHead(List& list) {
    const std::uint32_t id = list.head;
    if (id != kNone) {
        list.head = runs_[id].next;
        if (list.head == kNone) list.tail = kNone;
    }
    return id;
}

void RunGroups::free(std::uint32_t id) {
    Run& run = runs_[id];
    unlink(isClosing(run) ? closing_ : open_, id);
    run.evidence.clear();
    --live_;
    --groups_[run.group].live;
    run.next = freeRun_;
    freeRun_ = id;
}

void RunGroups::link(Ages& ages, std::uint32_t id) {
    Run& run = runs_[id];
    run.older = ages.newest;
    run.newer = kNone;
    (ages.newest == kNone ? ages.oldest : runs_[ages.newest].newer) = id;
    ages.newest = id;
}

void RunGroups::unlink(Ages& ages, std::uint32_t id) {
    const Run& run = runs_[id];
    (run.older == kNone ? ages.oldest : runs_[run.older].newer) = run.newer;
    (run.newer == kNone ? ages.newest : runs_[run.newer].older) = run.older;
}

std::size_t RunGroups::bytes() const {
    std::size_t bytes = sizeof(RunGroups);
    if (runs_.capacity() > 2) bytes += runs_.capacity() * sizeof(Run);
    if (groups_.capacity() > 1) bytes += groups_.capacity() * sizeof(Group);
    for (const auto& group : groups_) {
        if (group.waiting.capacity() > 4) bytes += group.waiting.capacity() * sizeof(List);
        if (group.key.capacity() > 15) bytes += group.key.capacity();
    }
    return bytes;
}

std::size_t RunGroups::liveRuns(const SequenceDetector& detector, const Step& step) const {
    std::size_t live = 0;
    forEachGroup(detector, [&](const Group& group) {
        live += group.live;
        for (const List& list : group.waiting) {  // in the order of their ends
            for (std::uint32_t id = list.head; id != kNone && step.passed(endOf(runs_[id]));
                 id = runs_[id].next) {
                --live;
            }
        }
    });
    return live;
}

std::int64_t RunGroups::nextEnd(const SequenceDetector& detector, std::int64_t after) const {
    std::int64_t next = kNever;
    forEachGroup(detector, [&](const Group& group) {
        for (const List& list : group.waiting) {
            std::uint32_t id = list.head;
            while (id != kNone && endOf(runs_[id]) <= after) id = runs_[id].next;
            if (id != kNone) next = std::min(next, endOf(runs_[id]));
        }
    });
    return next;
}

std::vector<WaitingRun> RunGroups::waiting(const SequenceDetector& detector, const Step& step,
                                           std::size_t most, std::size_t& all) const {
    std::vector<WaitingRun> runs;
    forEachGroup(detector, [&](const Group& group) {
        for (const List& list : group.waiting) {
            for (std::uint32_t id = list.head; id != kNone; id = runs_[id].next) {
                const Run& run = runs_[id];
                if (!step.passed(endOf(run))) runs.push_back({run.start, run.position, endOf(run)});
            }
        }
    });
    all = runs.size();
    const auto kept = static_cast<std::ptrdiff_t>(std::min(most, all));
    std::partial_sort(runs.begin(), runs.begin() + kept, runs.end(),
                      [](const WaitingRun& a, const WaitingRun& b) { return a.started < b.started; });
    runs.resize(static_cast<std::size_t>(kept));
    return runs;
}

}  // namespace dogwatch::engine
