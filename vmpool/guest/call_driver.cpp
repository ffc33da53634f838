#include "vmpool/guest/call_driver.h"

#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <utility>

namespace dogwatch::guest {
namespace {

/// The payload as a file that exists nowhere: no pipe to feed, and a process that does not read it is no
/// matter.
Result<UniqueFd> payloadFile(std::string_view payload) {
    UniqueFd file(::memfd_create("payload", MFD_CLOEXEC));
    if (!file) return systemFailure("payload");
    while (!payload.empty()) {
        const auto size = ::write(file.get(), payload.data(), payload.size());
        if (size <= 0) return systemFailure("payload");
        payload.remove_prefix(static_cast<std::size_t>(size));
    }
    ::lseek(file.get(), 0, SEEK_SET);
    return file;
}

std::vector<std::string> callEnvironment(const Load& function, const Run& call) {
    std::vector<std::string> environment;
    for (const auto& [name, value] : function.env)
        environment.push_back(std::string(name).append("=").append(value));
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now().time_since_epoch());
    environment.push_back("DOGWATCH_FUNCTION=" + function.function);
    environment.push_back("DOGWATCH_EXECUTION=" + call.execution);
    environment.push_back("DOGWATCH_DEADLINE=" + std::to_string(now.count() + call.timeoutUs));
    return environment;
}

}  // namespace

CallDriver::CallDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener)
    : loop_(loop),
      sandbox_(sandbox),
      runtime_(std::move(runtime)),
      listener_(listener),
      lastLine_(kLargestResult) {}

bool CallDriver::rehearse() {
    rehearsing_ = !runtime_.rehearsal.empty();
    if (rehearsing_) listener_.standsIn();
    return rehearsing_;
}

bool CallDriver::settle() {
    if (std::exchange(rehearsing_, false)) listener_.rehearsed();
    return true;  // nothing survives the end of a call's process
}

void CallDriver::load(const Load& function) {
    Ending ending;
    file_ = function.handler.empty() ? runtime_.handler : function.handler;
    if (!isInside(file_) || ::access(sandbox_.outside(sandbox_.taskDir + "/" + file_).c_str(), F_OK) != 0) {
        ending.cause = Cause::Exception;
        ending.message = "the code holds no file \"" + toUtf8(file_, 256) + "\", which its handler names";
    } else {
        function_ = function;
    }
    listener_.loaded(std::move(ending));
}

void CallDriver::run(const Run& call) {
    Ending ending;
    ending.cause = Cause::Exit;
    lastLine_ = LastLine(kLargestResult);
    process_.reset();  // of the last call
    const auto payload = payloadFile(call.payload);
    if (!payload) {
        ending.message = payload.error();
        listener_.finished(std::move(ending));
        return;
    }
    FunctionProcess::Start start;
    start.argv = runtime_.command;
    start.argv.push_back(sandbox_.taskDir + "/" + file_);
    start.environment = callEnvironment(*function_, call);
    start.workDir = sandbox_.taskDir;
    start.input = payload->get();
    start.limits = &function_->limits;
    listener_.began();
    auto process =
        FunctionProcess::start(loop_, sandbox_, start, [this](Stream stream, std::string_view data) {
            if (stream == Stream::Output) lastLine_.feed(data);
            listener_.printed(stream, data);
        });
    if (!process) {
        ending.message = process.error();
        listener_.finished(std::move(ending));
        return;
    }
    process_ = std::move(*process);
}

void CallDriver::processEnded(const ProcessExit& exit) {
    process_->ended(exit);
    process_->killAll();  // what it left behind would keep the pipes open
    listener_.finished(endingOf());
}

Ending CallDriver::endingOf() const {
    auto ending = process_->ending();
    if (ending.cause != Cause::None) return ending;
    auto line = lastLine_.line();
    if (!line.empty() && isJson(line)) {
        ending.resultBytes = static_cast<std::int64_t>(line.size());
        if (ending.resultBytes <= function_->limits.resultBytes) ending.result = std::move(line);
    }
    return ending;
}

bool CallDriver::abort() {
    const bool dead = !process_ || process_->killAll();
    process_.reset();
    if (std::exchange(rehearsing_, false)) listener_.rehearsed();
    return dead;
}

Usage CallDriver::usage() const {
    return process_ ? process_->usage() : Usage{};
}

void CallDriver::setPaused(bool paused) {
    if (process_) process_->setOutputPaused(paused);
}

}  // namespace dogwatch::guest
