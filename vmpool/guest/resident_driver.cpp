#include "vmpool/guest/resident_driver.h"

#include <charconv>
#include <chrono>
#include <utility>

#include "vmpool/guest/own_pages.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr auto kGrace = std::chrono::seconds(1);

std::string variable(const std::string& name, const std::string& value) {
    return name + "=" + value;
}

std::int64_t nowUs() {
    return std::chrono::duration_cast<std::chrono::microseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// The size must be the result's, or beyond the limit with the result left out.
std::optional<Ending> succeeded(RunnerFrame& frame, std::int64_t largest) {
    Ending ending;
    const auto& digits = frame.fields[0];
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), ending.resultBytes);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    ending.result = std::move(frame.fields[1]);
    const bool whole = ending.resultBytes == static_cast<std::int64_t>(ending.result.size());
    if (whole ? (ending.resultBytes > largest || !isJson(ending.result))
              : (!ending.result.empty() || ending.resultBytes <= largest)) {
        return std::nullopt;
    }
    return ending;
}

}  // namespace

ResidentDriver::ResidentDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime,
                               DriverListener& listener)
    : ProgramDriver(loop, sandbox, std::move(runtime), listener) {}

void ResidentDriver::warm() {
    if (state_ == State::Stopped) start();
}

void ResidentDriver::start() {
    FunctionProcess::Start start;
    start.argv = runtime_.command;
    start.environment = {variable("DOGWATCH_RUNNER_FD", std::to_string(kRunnerFd))};
    start.channel = true;
    start.limits = function_ ? &function_->limits : nullptr;
    if (!startProcess(start, Cause::Exit)) return;
    state_ = State::Starting;
    channel_ = std::make_unique<FrameStream>(
        loop_, process_->takeChannel(),
        FrameStream::Handlers{[this](const std::string& body) { received(body); }, [this] { channelEnded(); },
                              [this](const std::string& why) { broken(why); }});
}

void ResidentDriver::stop() {
    grace_.stop();
    channel_.reset();
    process_.reset();
    state_ = State::Stopped;
    if (rehearsing_) endRehearsal();
}

void ResidentDriver::reseed(const std::string& bytes) {
    if (channel_) channel_->send(encodeRunnerFrame({'S', {bytes.substr(0, 32)}}));
}

bool ResidentDriver::rehearse() {
    if (state_ != State::Waiting) return false;
    rehearsing_ = true;
    channel_->send(encodeRunnerFrame({'T', {}}));
    return true;
}

void ResidentDriver::endRehearsal() {
    rehearsing_ = false;
    function_.reset();
    call_.reset();
    listener_.rehearsed();
}

void ResidentDriver::load(const Load& function) {
    await(function);
    if (state_ == State::Stopped) {
        start();
    } else if (state_ == State::Waiting) {
        sendLoad();
    }
}

void ResidentDriver::sendLoad() {
    if (auto set = process_->setLimits(function_->limits); !set) {
        fail(endingOf(Cause::Protocol, set.error()));
        return;
    }
    const auto& handler = function_->handler.empty() ? runtime_.handler : function_->handler;
    RunnerFrame frame{'L',
                      {function_->function, std::to_string(function_->version), handler,
                       std::to_string(function_->limits.memoryBytes >> 20), sandbox_.taskDir,
                       variable("DOGWATCH_FUNCTION", function_->function)}};
    for (const auto& [name, value] : function_->env) frame.fields.push_back(variable(name, value));
    state_ = State::Loading;
    channel_->send(encodeRunnerFrame(frame));
}

void ResidentDriver::run(const Run& call) {
    call_ = call;
    if (state_ == State::Ready) {
        sendRun();
    } else if (state_ == State::Stopped) {
        start();
    }
}

void ResidentDriver::sendRun() {
    state_ = State::Running;
    listener_.began();
    channel_->send(encodeRunnerFrame(
        {'R',
         {call_->execution, std::to_string(nowUs() + call_->timeoutUs), std::to_string(call_->timeoutUs),
          std::to_string(function_->limits.resultBytes), call_->payload}}));
}

bool ResidentDriver::settle() {
    const bool dead = process_->killOthers();
    process_->drain();
    return dead;
}

void ResidentDriver::setPaused(bool paused) {
    ProgramDriver::setPaused(paused);
    if (channel_ && !grace_.running()) channel_->setPaused(paused);
}

void ResidentDriver::received(const std::string& body) {
    auto frame = decodeRunnerFrame(body);
    if (!frame) {
        broken(frame.error());
    } else if (!accept(*frame)) {
        broken(std::string("the runner sent what is not its turn or not well-formed, of type ") +
               frame->type);
    }
}

bool ResidentDriver::accept(RunnerFrame& frame) {
    const auto fields = frame.fields.size();
    switch (frame.type) {
        case 'W':
            if (fields != 0) return false;
            if (state_ == State::Waiting && rehearsing_) {
                listener_.standsIn();
                return true;
            }
            if (state_ != State::Starting) return false;
            state_ = State::Waiting;
            if (function_) {
                sendLoad();
            } else {
                listener_.warmed(runtime_.name);
            }
            return true;
        case 'T':
            if (fields != 0 || !rehearsing_) return false;
            settle();
            ownPages(process_->pid());
            state_ = State::Waiting;
            endRehearsal();
            return true;
        case 'L':
            if (state_ != State::Loading || fields != 0) return false;
            state_ = State::Ready;
            if (!tellLoaded() && call_) sendRun();
            return true;
        case 'E':
            return state_ == State::Running && fields == 2 &&
                   listener_.emitted(frame.fields[0], frame.fields[1]).empty();
        case 'O': {
            if (state_ != State::Running || fields != 2) return false;
            auto ending = succeeded(frame, function_->limits.resultBytes);
            if (!ending) return false;
            state_ = State::Ready;
            finish(std::move(*ending));
            return true;
        }
        case 'X':
            if (fields != 2 || (state_ != State::Running && state_ != State::Loading)) return false;
            if (state_ == State::Running) {
                state_ = State::Ready;
                finish(exceptionOf(frame.fields[0], frame.fields[1]));
            } else {
                fail(exceptionOf(frame.fields[0], frame.fields[1]));
            }
            return true;
        default: return false;
    }
}

void ResidentDriver::channelEnded() {
    // Normally its end follows and tells the cause; a process that closed the channel and lives on has none.
    channel_->setPaused(true);
    grace_.start(loop_, Clock::now() + kGrace,
                 [this] { broken("the runner closed its channel and went on"); });
}

void ResidentDriver::broken(const std::string& why) {
    fail(endingOf(Cause::Protocol, "the runner's channel is broken, does the code write to descriptor " +
                                       std::to_string(kRunnerFd) + "? " + why));
}

void ResidentDriver::processEnded(const ProcessExit& exit) {
    process_->ended(exit);
    auto ending = process_->ending();
    if (ending.cause == Cause::None) {
        ending.cause = Cause::Exit;
        ending.message = describeExit(exit.status);
    }
    process_->killAll();
    fail(std::move(ending));
}

}  // namespace dogwatch::guest
