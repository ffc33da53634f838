#include "vmpool/vm.h"

#include <QRandomGenerator>
#include <array>
#include <utility>

#include "vmpool/migration.h"
#include "vmpool/process_pages.h"
#include "vmpool/vm_limits.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kEntropyBytes = 64;
constexpr std::size_t kEventsKept = 16;
constexpr std::size_t kLargestWorkingSet = 8192;

/// Bytes from the kernel's random pool, for the guest's.
std::string entropy() {
    std::array<quint32, kEntropyBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return {reinterpret_cast<const char*>(words.data()), kEntropyBytes};
}

Time now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

std::string seconds(std::chrono::milliseconds duration) {
    return std::to_string(duration.count() / 1000) + " s";
}

}  // namespace

Vm::Vm(const VmHost& host, std::string id, std::uint32_t number, VmShape shape, Accelerator accelerator,
       QObject* parent)
    : QObject(parent),
      host_(host),
      id_(std::move(id)),
      shape_(std::move(shape)),
      accelerator_(accelerator),
      machine_(host, id_, number),
      born_(Clock::now()),
      idleSince_(born_) {
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, &Vm::onDeadline);
    connect(&machine_, &Machine::ended, this, &Vm::onEnded);
    connect(&machine_, &Machine::qmpEvent, this, &Vm::onQmpEvent);
    const auto runtime = host_.image->runtimes().find(shape_.image);
    awaitedWarm_ = runtime != host_.image->runtimes().end() && runtime->second.resident ? 1 : 0;
}

Vm::~Vm() {
    machine_.disconnect(this);
}

// ---- start

void Vm::boot() {
    start(coldSpec(host_, "dogwatch-" + id_, shape_, accelerator_), GuestSession{}, host_.bootDeadline);
}

void Vm::bootInto(const UniqueFd& memory) {
    VmSpec spec = coldSpec(host_, "dogwatch-" + id_, shape_, accelerator_);
    spec.memory = MemoryKind::Shared;
    spec.memoryFd = memory.get();
    start(std::move(spec), GuestSession{}, host_.bootDeadline);
}

void Vm::clone(std::shared_ptr<const VmTemplate> source) {
    source_ = std::move(source);
    awaitedWarm_ = 0;  // as they stood when it was saved
    VmSpec spec = coldSpec(host_, "dogwatch-" + id_, shape_, accelerator_);
    spec.memory = MemoryKind::CopyOnWrite;
    spec.memoryFd = source_->memoryFd();
    spec.incoming = true;
    start(std::move(spec), GuestSession::restored(source_->runtimes()), host_.cloneDeadline);
    if (isOver()) return;
    auto devices = source_->openDevices();
    if (!devices) return lose(devices.error().message, FailureCause::VmLost);
    restoreDevices(machine_.qmp(), std::move(*devices),
                   [this](const Result<void>& restored) { onRestored(restored); });
}

void Vm::start(VmSpec spec, GuestSession session, std::chrono::milliseconds deadline) {
    setState(VmState::Booting);
    if (auto started = machine_.start(std::move(spec), std::move(session)); !started) {
        lose(started.error().message, FailureCause::VmLost);
        return;
    }
    connectLink();
    setDeadline(deadline);
}

void Vm::connectLink() {
    GuestLink* link = &machine_.link();
    connect(link, &GuestLink::message, this, &Vm::onMessage);
    connect(link, &GuestLink::failed, this, &Vm::onLinkFailed);
    connect(link, &GuestLink::closed, this, [this] {
        // QEMU is ending, and its end tells more. Should it not come, the deadline does.
        linkClosed_ = true;
        if (!isOver()) setDeadline(2s);
    });
}

void Vm::onRestored(const Result<void>& restored) {
    if (isOver()) return;
    if (!restored) return lose("it could not be cloned: " + restored.error().message, FailureCause::VmLost);
    standsStill_ = true;
    hasStopped_ = true;
    bootUs_ = microseconds(Clock::now() - born_);
    memory_ = GuestMemory::find(machine_.pid(), shape_.memoryMiB << 20);
    becomeReady();
}

void Vm::on(const Hello& /*hello*/) {
    bootUs_ = microseconds(Clock::now() - born_);
    machine_.link().configure({id_, now(), entropy()});
}

void Vm::on(const Configured& /*configured*/) {
    if (!std::exchange(hasAnswered_, true)) noteWorkingSet(&WorkingSets::answer);
    if (state_ == VmState::Booting) {
        machine_.link().watch(true);
        becomeReady();
    } else if (std::exchange(resuming_, false)) {
        if (std::exchange(tryingOut_, false) && canRun()) return standStill();
        if (!run_ || !run_->cancelled) setDeadline(kLongestInit);  // of loading, or of the rehearsal
    }
}

void Vm::becomeReady() {
    deadline_.stop();
    idleSince_ = Clock::now();
    setState(VmState::Ready, {{"boot_us", bootUs_}});
    Q_EMIT available();
}

void Vm::on(const Warm& /*warm*/) {
    if (awaitedWarm_ > 0) --awaitedWarm_;
    if (canRun()) Q_EMIT available();
}

// ---- waiting

void Vm::tryOut() {
    tryingOut_ = true;
    resume();
}

void Vm::rehearse() {
    rehearsal_ = Rehearsal::Underway;
    setDeadline(kLongestInit);
    if (standsStill_) resume();
    machine_.link().rehearse();
}

void Vm::on(const Rehearsed& /*rehearsed*/) {
    rehearsal_ = Rehearsal::Done;
    noteWorkingSet(&WorkingSets::rehearsal);
    standStill();
}

void Vm::standStill() {
    deadline_.stop();
    idleSince_ = Clock::now();
    pause();
    Q_EMIT available();
}

void Vm::pause() {
    standsStill_ = true;
    machine_.link().watch(false);
    // An object that comes and goes: QEMU tidies up after it, and gives back what it freed since its start.
    machine_.qmp().execute(
        "object-add",
        {{"qom-type", "memory-backend-ram"}, {"id", "tidy"}, {"size", std::int64_t{kPageBytes}}});
    machine_.qmp().execute("object-del", {{"id", "tidy"}});
    machine_.qmp().execute("stop", {}, [this, pause = ++pauses_](const Result<json::value>& answer) {
        hasStopped_ = answer.has_value() && standsStill_ && pause == pauses_;
    });
}

void Vm::bringInWorkingSet() {
    if (!std::exchange(hasStopped_, false) || !memory_ || !source_) return;
    const WorkingSets& sets = source_->workingSets();
    const std::optional<WorkingSet>* next = &sets.answer;
    if (isRehearsed()) {
        next = &sets.firstCall;
    } else if (sets.rehearsal && (run_ || isRehearsing())) {
        next = &sets.rehearsal;  // a first call goes where a rehearsal goes
    }
    if (*next) memory_->bringIn(**next);
}

void Vm::noteWorkingSet(std::optional<WorkingSet> WorkingSets::*stretch) {
    if (!memory_ || !source_) return;
    WorkingSets& sets = source_->workingSets();
    auto& set = sets.*stretch;
    if (set) return;
    set = memory_->touched();
    if (!set) return;
    if (stretch == &WorkingSets::firstCall) *set = without(*set, sets.rehearsal.value_or(WorkingSet{}));
    // One that touches very much tells nothing of others, and bringing that in would cost them memory.
    if (set->size() > kLargestWorkingSet) set.reset();
}

void Vm::resume() {
    bringInWorkingSet();
    standsStill_ = false;
    resuming_ = true;
    setDeadline(host_.cloneDeadline);
    machine_.qmp().execute("cont", {}, [this](const Result<json::value>& answer) {
        if (!answer) lose(answer.error().message, FailureCause::VmLost);
    });
    // Sent before anything else, so that no code runs with the template's clock and randomness.
    machine_.link().configure({id_, now(), entropy()});
    machine_.link().watch(true);
}

// ---- end

void Vm::retire(const std::string& reason) {
    if (isOver()) return;
    if (run_) {
        leaving_ = reason;
    } else {
        end(VmState::Retired, reason);
    }
}

void Vm::onLinkFailed(const Error& error) {
    lose(error.message,
         error.kind == Error::Kind::Unavailable ? FailureCause::VmLost : FailureCause::Protocol);
}

void Vm::onQmpEvent(const std::string& name, const json::object& /*data*/) {
    events_.push_back(name);
    if (events_.size() > kEventsKept) events_.pop_front();
    if (name == "GUEST_PANICKED") lose("the guest's kernel panicked", FailureCause::VmLost);
}

void Vm::onEnded(const std::string& why) {
    if (!isOver()) lose(why, FailureCause::VmLost);
    deadline_.stop();
    sayGone();
}

void Vm::sayGone() {
    if (!std::exchange(saidGone_, true)) Q_EMIT gone();
}

void Vm::onDeadline() {
    if (linkClosed_) {
        lose("the connection to the guest broke", FailureCause::VmLost);
    } else if (state_ == VmState::Booting) {
        lose("the guest did not answer within " +
                 seconds(source_ ? host_.cloneDeadline : host_.bootDeadline) + " of its start",
             FailureCause::VmLost);
    } else if (resuming_) {
        lose("the guest did not go on within " + seconds(host_.cloneDeadline), FailureCause::VmLost);
    } else if (isRehearsing()) {
        lose("the guest did not end its rehearsal", FailureCause::VmLost);
    } else if (run_ && run_->cancelled) {
        finish(outcomeOf(FailureCause::Exit, "cancelled"), false);
    } else if (run_ && run_->started) {
        lose("the guest did not end an execution at its time limit", FailureCause::Timeout);
    } else {
        lose("the guest did not start an execution in time", FailureCause::VmLost);
    }
}

void Vm::lose(const std::string& reason, FailureCause cause) {
    if (isOver()) return;
    end(VmState::Lost, reason);
    if (!run_) return;
    Outcome outcome = outcomeOf(cause, reason);
    outcome.vm = id_;
    outcome.output = tailAsUtf8(outcome.output, kOutputKept);
    const std::string execution = run_->invocation.execution;
    run_.reset();
    Q_EMIT executionFinished(execution, outcome);
}

void Vm::end(VmState state, const std::string& reason) {
    deadline_.stop();
    setState(state, {{"reason", reason}});
    machine_.kill();
    if (!machine_.isRunning()) QTimer::singleShot(0, this, &Vm::sayGone);
}

void Vm::setDeadline(std::chrono::milliseconds wait) {
    deadline_.start(wait);
}

void Vm::setState(VmState state, json::object fields) {
    const VmState before = std::exchange(state_, state);
    // Between executions a VM goes to and fro between assigned and running: only the first assignment is
    // news.
    if (state == VmState::Running || (state == VmState::Assigned && before == VmState::Running)) return;
    fields["image"] = shape_.image;
    Q_EMIT changed({id_, std::string("vm.") + vmStateName(state), function_ ? function_->name : std::string{},
                    std::move(fields)});
}

void Vm::sampleMemory() {
    pssBytes_ = proportionalBytes(machine_.pid());
    memorySampled_ = Clock::now();
}

VmStatus Vm::status() const {
    VmStatus status;
    status.vm = id_;
    status.state = state_;
    status.image = shape_.image;
    status.function = function_ ? function_->name : std::string{};
    status.execution = execution();
    status.executions = executions_;
    status.bootUs = bootUs_;
    status.pid = machine_.pid();
    status.origin = startName(source_ ? StartKind::Clone : StartKind::Cold);
    status.standsStill = standsStill_;
    status.rehearsed = isRehearsed();
    status.rssBytes = residentBytes(status.pid);
    status.pssBytes = pssBytes_;
    status.cpuUs = processorUs(status.pid);
    status.events.assign(events_.begin(), events_.end());
    status.ageUs = microseconds(Clock::now() - born_);
    return status;
}

}  // namespace dogwatch::vmpool
