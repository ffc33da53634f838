// The part of the agent that begins, follows and ends executions.
#include "vmpool/guest/agent.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr int kMostEmitted = 1000;
constexpr std::size_t kMostQueued = 1U
                                    << 20U;  ///< bytes waiting for the host, beyond which the code waits too
constexpr auto kOutputDelay = std::chrono::milliseconds(20);

std::string milliseconds(std::int64_t microseconds) {
    return std::to_string(microseconds / 1000) + " ms";
}

}  // namespace

void Agent::handle(Run run) {
    if (interrupts()) return refuse("run", "a rehearsal is under way", run.execution);
    if (phase_ == Phase::Running) return refuse("run", "an execution is running", run.execution);
    if (phase_ != Phase::Ready) return refuse("run", "no function is loaded", run.execution);
    phase_ = Phase::Running;
    output_ = OutputRelay(load_->limits.streamBytes);
    execution_ = Execution{std::move(run), Clock::now(), !driver_->ready(), std::nullopt, 0, 0};
    failAfter(load_->limits.initTimeoutUs, Cause::Timeout,
              "readying the runtime took longer than its time limit");
    driver_->run(execution_->call);
}

void Agent::began() {
    execution_->began = Clock::now();
    execution_->cpuBaseUs = driver_->usage().cpuUs;
    const auto waited = execution_->delayed ? microseconds(*execution_->began - execution_->asked) : 0;
    send({{"type", "started"}, {"execution", execution_->call.execution}, {"init_us", waited}});
    const auto timeout = execution_->call.timeoutUs;
    failAfter(timeout, Cause::Timeout, "timed out after " + milliseconds(timeout));
}

void Agent::failAfter(std::int64_t microseconds, Cause cause, const std::string& message) {
    deadline_.start(loop_, Clock::now() + std::chrono::microseconds(microseconds), [this, cause, message] {
        Ending ending;
        ending.cause = cause;
        ending.message = message;
        give(std::move(ending));
    });
}

void Agent::give(Ending ending) {
    if (execution_) {
        finished(std::move(ending));
    } else if (phase_ == Phase::Loading) {
        loaded(std::move(ending));
    }
}

void Agent::recognizeOutOfMemory(Ending& ending) const {
    const auto& words = runtimes_.find(load_->runtime)->second.outOfMemory;
    const bool bySignal = ending.cause == Cause::Exit && ending.exitCode && *ending.exitCode > 128;
    if (!bySignal || words.empty() || output_.tail().find(words) == std::string::npos) return;
    ending.cause = Cause::OutOfMemory;
    ending.message = outOfMemoryMessage(load_->limits.memoryBytes);
}

void Agent::handle(const Cancel& cancel) {
    if (!execution_ || execution_->call.execution != cancel.execution) return;  // crossed with its result
    Ending ending;
    ending.cause = Cause::Exit;
    ending.message = "cancelled";
    finished(std::move(ending));
}

void Agent::printed(Stream stream, std::string_view data) {
    if (phase_ != Phase::Running && phase_ != Phase::Loading) return;
    output_.append(stream, data);
    if (!execution_ || !execution_->began) return;
    if (output_.waiting() >= kLargestChunk) {
        sendOutput();
    } else if (output_.waiting() > 0 && !outputDue_.running()) {
        outputDue_.start(loop_, Clock::now() + kOutputDelay, [this] { sendOutput(); });
    }
}

void Agent::sendOutput() {
    outputDue_.stop();
    if (!execution_) return;
    const bool congested = port_.queued() > kMostQueued;
    hold(congested);
    if (congested) {
        outputDue_.start(loop_, Clock::now() + kOutputDelay, [this] { sendOutput(); });
    } else {
        flushOutput();
    }
}

void Agent::flushOutput() {
    while (auto chunk = output_.next()) {
        send({{"type", "output"},
              {"execution", execution_->call.execution},
              {"stream", chunk->stream == Stream::Output ? "stdout" : "stderr"},
              {"data", Bytes{std::move(chunk->data)}}});
    }
}

void Agent::hold(bool held) {
    driver_->setPaused(held);
    emitServer_->setPaused(held);
}

std::string Agent::emitted(const std::string& name, const std::string& data) {
    if (!execution_ || !execution_->began) return "no execution is running";
    if (!isName(name)) return "a name is 1 to 64 of a-z, A-Z, 0-9, '-', '_' and '.'";
    if (data.size() > kLargestEmit) return "the record is too large: at most 65536 bytes of JSON are taken";
    if (!isJson(data)) return "the record's data is no JSON";
    if (execution_->emitted == kMostEmitted) return "an execution may emit 1000 records at most";
    ++execution_->emitted;
    send({{"type", "emitted"}, {"execution", execution_->call.execution}, {"name", name}, {"data", data}});
    if (port_.queued() > kMostQueued) sendOutput();
    return {};
}

void Agent::finished(Ending ending) {
    const auto ended = Clock::now();
    deadline_.stop();
    recognizeOutOfMemory(ending);
    const auto usage = driver_->usage();
    // After an exception the runner is as good as before; after anything else it is gone or not to be
    // trusted.
    const bool keep = execution_->began && (ending.cause == Cause::None || ending.cause == Cause::Exception);
    bool usable = keep && driver_->settle();
    if (!usable) usable = driver_->abort();
    outputDue_.stop();
    hold(false);
    flushOutput();
    sendResult(ending, usage, ended, usable);
    execution_.reset();
    phase_ = Phase::Ready;
    driver_->warm();
}

void Agent::sendResult(const Ending& ending, const Usage& usage, Clock::time_point ended, bool usable) {
    const auto& execution = *execution_;
    const bool succeeded = ending.cause == Cause::None;
    Message result{
        {"type", "result"},
        {"execution", execution.call.execution},
        {"status", succeeded ? "succeeded" : "failed"},
        {"result_bytes", ending.resultBytes},
        {"output", Bytes{output_.tail()}},
        {"output_bytes", output_.total()},
        {"duration_us", execution.began ? microseconds(ended - *execution.began) : 0},
        {"cpu_us", execution.began ? std::max<std::int64_t>(0, usage.cpuUs - execution.cpuBaseUs) : 0},
        {"memory_peak_bytes", usage.memoryPeakBytes},
        {"vm", usable ? "usable" : "tainted"}};
    if (!succeeded) {
        result["cause"] = std::string(causeName(ending.cause));
        result["message"] = toUtf8(ending.message, 4U << 10U);
        if (!ending.traceback.empty()) result["traceback"] = ending.traceback;
    }
    if (ending.exitCode && !succeeded) result["exit_code"] = std::int64_t{*ending.exitCode};
    if (succeeded && !ending.result.empty()) result["result"] = ending.result;
    send(result);
}

}  // namespace dogwatch::guest
