#include "vmpool/vm.h"

#include <QRandomGenerator>
#include <array>
#include <utility>

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kConsoleKept = 64U << 10U;
constexpr std::size_t kEntropyBytes = 64;
/// The agent enforces time limits itself; when it has not by then, the VM is ended.
constexpr std::chrono::milliseconds kGrace = 10s;
constexpr std::chrono::milliseconds kCancelGrace = 5s;

std::int64_t microseconds(Vm::Clock::duration duration) {
    return std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
}

/// Bytes from the kernel's random pool, for the guest's.
std::string entropy() {
    std::array<quint32, kEntropyBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), words.size());
    return {reinterpret_cast<const char*>(words.data()), kEntropyBytes};
}

Time now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

void keepLast(std::string& text, std::size_t bytes) {
    if (text.size() > bytes) text.erase(0, text.size() - bytes);
}

}  // namespace

Vm::Vm(const VmHost& host, std::string id, std::uint32_t number, VmShape shape, Accelerator accelerator,
       QObject* parent)
    : QObject(parent),
      host_(host),
      id_(std::move(id)),
      number_(number),
      shape_(std::move(shape)),
      accelerator_(accelerator),
      process_(host.runDir + '/' + id_ + ".pid"),
      born_(Clock::now()),
      idleSince_(born_) {
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, &Vm::onDeadline);
    connect(&process_, &QemuProcess::finished, this, &Vm::onProcessFinished);
    const auto runtime = host_.image->runtimes().find(shape_.image);
    awaitedWarm_ = runtime != host_.image->runtimes().end() && runtime->second.resident ? 1 : 0;
}

Vm::~Vm() {
    process_.disconnect(this);
}

VmSpec coldSpec(const VmHost& host, const std::string& name, const VmShape& shape, Accelerator accelerator) {
    VmSpec spec;
    spec.name = name;
    spec.qemu = host.qemu;
    spec.accelerator = accelerator;
    spec.memoryMiB = shape.memoryMiB;
    spec.kernelFd = host.image->kernelFd();
    spec.initrdFd = host.image->initrdFd();
    spec.kernelArguments = host.image->kernelArguments();
    spec.tscKiloHertz = host.tscKiloHertz;
    spec.port = host.image->port();
    spec.network = shape.network;
    for (const auto& disk : host.image->runtimes().at(shape.image).disks) {
        spec.disks.push_back({disk, host.image->diskFd(disk)});
    }
    return spec;
}

void Vm::start() {
    setState(VmState::Booting);
    auto agent = makeSocketPair();
    auto qmp = makeSocketPair();
    auto console = makeSocketPair();
    if (!agent || !qmp || !console) {
        const Error& error = !agent ? agent.error() : !qmp ? qmp.error() : console.error();
        lose(error.message, FailureCause::VmLost);
        return;
    }
    qmp_ = std::make_unique<QmpClient>(std::move(qmp->ours));
    connect(qmp_.get(), &QmpClient::event, this, &Vm::onQmpEvent);
    link_ = std::make_unique<GuestLink>(std::move(agent->ours), GuestSession{}, host_.watchdog);
    connectLink();
    console_ = std::make_unique<FdStream>(std::move(console->ours));
    connect(console_.get(), &FdStream::received, this, &Vm::onConsole);
    VmSpec spec = coldSpec(host_, "dogwatch-" + id_, shape_, accelerator_);
    spec.agentFd = agent->theirs.get();
    spec.qmpFd = qmp->theirs.get();
    spec.consoleFd = console->theirs.get();
    setDeadline(host_.bootDeadline);
    process_.start(QemuCommandLine(spec), confinementFor(spec, number_));
}

void Vm::connectLink() {
    connect(link_.get(), &GuestLink::message, this, &Vm::onMessage);
    connect(link_.get(), &GuestLink::failed, this, &Vm::onLinkFailed);
    connect(link_.get(), &GuestLink::closed, this, [this] {
        // QEMU is ending, and its end tells more. Should it not come, the deadline does.
        linkClosed_ = true;
        if (!isOver()) setDeadline(2s);
    });
}

bool Vm::canRun() const {
    return (state_ == VmState::Ready || state_ == VmState::Assigned) && !run_ && !leaving_;
}

void Vm::run(const Invocation& invocation, StartKind kind) {
    run_.emplace();
    run_->invocation = invocation;
    run_->kind = kind;
    run_->accepted = Clock::now();
    if (function_) {
        beginRun();
        return;
    }
    function_ = invocation.function;
    setState(VmState::Assigned);
    link_->load(*function_);
    setDeadline(std::chrono::duration_cast<std::chrono::milliseconds>(LoadLimits{}.initTimeout) + kGrace);
}

void Vm::beginRun() {
    setState(VmState::Running);
    ++executions_;
    link_->run(run_->invocation);
    // Until it has started the runtime may have to be readied anew; its own time counts from then on.
    setDeadline(std::chrono::duration_cast<std::chrono::milliseconds>(LoadLimits{}.initTimeout) + kGrace);
}

void Vm::cancel() {
    if (!run_ || run_->cancelled) return;
    run_->cancelled = true;
    if (link_->session().phase() != GuestSession::Phase::Running) {
        // Its code is still being loaded, which only the end of the VM stops.
        finish(outcomeOf(FailureCause::Exit, "cancelled"), false);
        return;
    }
    link_->cancel(run_->invocation.execution);
    setDeadline(kCancelGrace);
}

void Vm::retire(const std::string& reason) {
    if (isOver()) return;
    if (run_) {
        leaving_ = reason;
    } else {
        end(VmState::Retired, reason);
    }
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
    status.pid = process_.pid();
    status.rssBytes = residentBytes(status.pid);
    status.ageUs = microseconds(Clock::now() - born_);
    return status;
}

void Vm::onMessage(const GuestMessage& message) {
    std::visit([this](const auto& value) { on(value); }, message);
}

void Vm::on(const Hello& /*hello*/) {
    bootUs_ = microseconds(Clock::now() - born_);
    link_->configure({id_, now(), entropy()});
}

void Vm::on(const Configured& /*configured*/) {
    if (state_ != VmState::Booting) return;
    deadline_.stop();
    link_->watch(true);
    idleSince_ = Clock::now();
    setState(VmState::Ready, {{"boot_us", bootUs_}});
    Q_EMIT available();
}

void Vm::on(const Warm& /*warm*/) {
    if (awaitedWarm_ > 0) --awaitedWarm_;
    if (canRun()) Q_EMIT available();
}

void Vm::on(const Loaded& /*loaded*/) {
    if (run_) beginRun();
}

void Vm::on(const LoadFailed& failed) {
    Outcome outcome = outcomeOf(failed.cause, failed.message);
    outcome.traceback = failed.traceback;
    outcome.exitCode = failed.exitCode;
    outcome.output = failed.output;
    outcome.outputBytes = static_cast<std::int64_t>(failed.output.size());
    // Some of its code may have run, so no other function may have this VM.
    finish(std::move(outcome), false);
}

void Vm::on(const Started& /*started*/) {
    if (!run_) return;
    run_->started = Clock::now();
    if (!run_->cancelled) {
        setDeadline(std::chrono::ceil<std::chrono::milliseconds>(run_->invocation.timeout) + kGrace);
    }
    Q_EMIT executionStarted(run_->invocation.execution, id_, run_->kind,
                            microseconds(*run_->started - run_->accepted));
}

void Vm::on(const Output& chunk) {
    output(chunk.data);
}

void Vm::output(std::string_view bytes) {
    if (!run_) return;
    run_->outputBytes += static_cast<std::int64_t>(bytes.size());
    run_->tail.append(bytes);
    keepLast(run_->tail, kOutputKept);
    if (const std::string text = run_->text.add(bytes); !text.empty()) {
        Q_EMIT executionOutput(run_->invocation.execution, text);
    }
}

void Vm::on(const Emitted& emitted) {
    if (!run_) return;
    if (const auto value = parseJson(emitted.data); value) {
        Q_EMIT executionEmitted(run_->invocation.execution, emitted.name, emitted.data);
    } else {
        output("dogwatch: the record " + emitted.name + " was not emitted: " + value.error().text() + '\n');
    }
}

void Vm::on(const RunResult& result) {
    if (!run_) return;
    Outcome outcome = result.outcome;
    if (run_->cancelled && !outcome.succeeded) {
        outcome.cause = FailureCause::Exit;
        outcome.message = "cancelled";
    }
    if (!outcome.result.empty()) {
        if (const auto value = parseJson(outcome.result); !value) {
            outcome.succeeded = false;
            outcome.cause = FailureCause::Exception;
            outcome.message = "the result is not JSON that can be kept: " + value.error().text();
            outcome.result.clear();
        }
    }
    if (result.tainted && !leaving_) leaving_ = "an execution could not be cleaned up after";
    finish(std::move(outcome), true);
}

void Vm::on(const Pong& /*pong*/) {}

void Vm::on(const Refused& refused) {
    finish(outcomeOf(FailureCause::Protocol,
                     "the guest refused to " + refused.request + " it: " + refused.message),
           false);
}

void Vm::on(const Fault& /*fault*/) {}  // never accepted by the session: comes as a failure of the link

void Vm::onLinkFailed(const Error& error) {
    lose(error.message,
         error.kind == Error::Kind::Unavailable ? FailureCause::VmLost : FailureCause::Protocol);
}

void Vm::onQmpEvent(const std::string& name, const json::object& data) {
    if (name == "GUEST_PANICKED") {
        lose("the guest's kernel panicked", FailureCause::VmLost);
    } else if (name == "SHUTDOWN") {
        const auto reason = stringMember(data, "reason", "unknown");
        shutdownReason_ = "the guest shut down (" + std::string(reason) + ')';
    }
}

void Vm::onProcessFinished(const std::string& why) {
    if (!isOver()) lose(shutdownReason_.empty() ? why : shutdownReason_, FailureCause::VmLost);
    deadline_.stop();
    if (link_) link_->close();
    sayGone();
}

void Vm::sayGone() {
    if (!std::exchange(saidGone_, true)) Q_EMIT gone();
}

void Vm::onDeadline() {
    if (linkClosed_) {
        lose("the connection to the guest broke", FailureCause::VmLost);
    } else if (state_ == VmState::Booting) {
        lose("the guest did not answer within " + std::to_string(host_.bootDeadline.count() / 1000) +
                 " s of its start",
             FailureCause::VmLost);
    } else if (run_ && run_->cancelled) {
        finish(outcomeOf(FailureCause::Exit, "cancelled"), false);
    } else if (run_ && run_->started) {
        lose("the guest did not end an execution at its time limit", FailureCause::Timeout);
    } else {
        lose("the guest did not start an execution in time", FailureCause::VmLost);
    }
}

void Vm::onConsole(std::string_view bytes) {
    consoleText_.append(bytes);
    if (consoleText_.size() > 2 * kConsoleKept) keepLast(consoleText_, kConsoleKept);
}

void Vm::finish(Outcome outcome, bool reusable) {
    deadline_.stop();
    outcome.vm = id_;
    outcome.output = tailAsUtf8(outcome.output, kOutputKept);
    const std::string execution = run_->invocation.execution;
    run_.reset();
    idleSince_ = Clock::now();
    if (reusable && !leaving_) {
        setState(VmState::Assigned);
    } else {
        end(VmState::Retired, leaving_.value_or(outcome.message));
    }
    Q_EMIT executionFinished(execution, outcome);
    if (canRun()) Q_EMIT available();
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
    if (link_) link_->close();
    setState(state, {{"reason", reason}});
    process_.kill();
    if (!process_.isRunning()) QTimer::singleShot(0, this, &Vm::sayGone);
}

Outcome Vm::outcomeOf(FailureCause cause, const std::string& message) const {
    Outcome outcome;
    outcome.cause = cause;
    outcome.message = message;
    if (!run_) return outcome;
    outcome.output = run_->tail;
    outcome.outputBytes = run_->outputBytes;
    if (run_->started) outcome.durationUs = microseconds(Clock::now() - *run_->started);
    return outcome;
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

}  // namespace dogwatch::vmpool
