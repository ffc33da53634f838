// What concerns the executions of a Vm: loading, running, and what comes back.
#include <utility>

#include "vmpool/vm.h"
#include "vmpool/vm_limits.h"

namespace dogwatch::vmpool {
namespace {

void keepLast(std::string& text, std::size_t bytes) {
    if (text.size() > bytes) text.erase(0, text.size() - bytes);
}

}  // namespace

bool Vm::canRun() const {
    return (state_ == VmState::Ready || state_ == VmState::Assigned) && !run_ && !leaving_ && !isRehearsing();
}

void Vm::run(const Invocation& invocation, StartKind kind) {
    run_.emplace();
    run_->invocation = invocation;
    run_->kind = kind;
    run_->accepted = Clock::now();
    if (standsStill_) resume();
    if (function_) {
        beginRun();
        return;
    }
    function_ = invocation.function;
    setState(VmState::Assigned);
    machine_.link().load(*function_);
    if (!resuming_) setDeadline(kLongestInit);
}

void Vm::beginRun() {
    setState(VmState::Running);
    ++executions_;
    machine_.link().run(run_->invocation);
    // Until it has started the runtime may have to be readied anew; its own time counts from then on.
    if (!resuming_) setDeadline(kLongestInit);
}

void Vm::cancel() {
    if (!run_ || run_->cancelled) return;
    run_->cancelled = true;
    if (machine_.link().session().phase() != GuestSession::Phase::Running) {
        // Its code is still being loaded, which only the end of the VM stops.
        finish(outcomeOf(FailureCause::Exit, "cancelled"), false);
        return;
    }
    machine_.link().cancel(run_->invocation.execution);
    setDeadline(kCancelGrace);
}

void Vm::onMessage(const GuestMessage& message) {
    std::visit([this](const auto& value) { on(value); }, message);
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

void Vm::finish(Outcome outcome, bool reusable) {
    deadline_.stop();
    outcome.vm = id_;
    outcome.output = tailAsUtf8(outcome.output, kOutputKept);
    const std::string execution = run_->invocation.execution;
    if (executions_ == 1 && isRehearsed() && outcome.succeeded) noteWorkingSet(&WorkingSets::firstCall);
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

}  // namespace dogwatch::vmpool
