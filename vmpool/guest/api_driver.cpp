#include "vmpool/guest/api_driver.h"

#include <sys/stat.h>

#include <chrono>
#include <utility>

#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr std::size_t kLongestMessage = 4U << 10U;
constexpr std::size_t kLongestTraceback = 32U << 10U;
constexpr const char* kRegion = "us-east-1";  ///< there is none, and libraries insist on one

Ending exception(const std::string& message, const std::string& traceback = {}) {
    Ending ending;
    ending.cause = Cause::Exception;
    ending.message = toUtf8(message, kLongestMessage);
    ending.traceback = toUtf8(traceback, kLongestTraceback);
    return ending;
}

}  // namespace

ApiDriver::ApiDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener)
    : loop_(loop), sandbox_(sandbox), runtime_(std::move(runtime)), listener_(listener) {}

std::vector<std::string> ApiDriver::environment() const {
    const auto& function = *function_;
    const auto memory = std::to_string(function.limits.memoryBytes >> 20);
    std::vector<std::string> environment{
        "AWS_LAMBDA_RUNTIME_API=" + api_->address(),
        "_HANDLER=" + (function.handler.empty() ? runtime_.handler : function.handler),
        "LAMBDA_TASK_ROOT=" + sandbox_.taskDir,
        "LAMBDA_RUNTIME_DIR=" + sandbox_.taskDir,
        "AWS_LAMBDA_FUNCTION_NAME=" + function.function,
        "AWS_LAMBDA_FUNCTION_VERSION=" + std::to_string(function.version),
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=" + memory,
        "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/" + function.function,
        "AWS_LAMBDA_LOG_STREAM_NAME=" + function.function,
        "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
        "AWS_EXECUTION_ENV=AWS_Lambda_" + runtime_.name,
        std::string("AWS_REGION=") + kRegion,
        std::string("AWS_DEFAULT_REGION=") + kRegion,
        "TZ=:UTC",
        std::string("LD_LIBRARY_PATH=")
            .append(sandbox_.taskDir)
            .append(":")
            .append(sandbox_.taskDir)
            .append("/lib"),
        "DOGWATCH_FUNCTION=" + function.function};
    for (const auto& [name, value] : function.env) environment.push_back(name + "=" + value);
    return environment;
}

void ApiDriver::warm() {
    if (state_ == State::Stopped && function_) start();
}

void ApiDriver::load(const Load& function) {
    function_ = function;
    answered_ = false;
    start();
}

void ApiDriver::start() {
    if (!api_) {
        auto api = RuntimeApi::listen(loop_, static_cast<std::size_t>(kLargestResult), *this);
        if (!api) return fail(exception(api.error()));
        api_ = std::move(*api);
    }
    const auto program = sandbox_.taskDir + "/" + runtime_.command.front();
    struct stat found {};
    if (::stat(sandbox_.outside(program).c_str(), &found) != 0 || !S_ISREG(found.st_mode)) {
        return fail(exception("the code holds no file \"" + runtime_.command.front() +
                              "\", which is what is started"));
    }
    if ((found.st_mode & S_IXUSR) == 0) {
        return fail(exception("the file \"" + runtime_.command.front() +
                              "\" is not executable: set its mode, chmod +x, before it is packed"));
    }
    FunctionProcess::Start start;
    start.argv = {program};
    start.environment = environment();
    start.workDir = sandbox_.taskDir;
    start.limits = &function_->limits;
    auto process = FunctionProcess::start(
        loop_, sandbox_, start,
        [this](Stream stream, std::string_view data) { listener_.printed(stream, data); });
    if (!process) return fail(exception(process.error()));
    process_ = std::move(*process);
    state_ = State::Starting;
}

void ApiDriver::stop() {
    if (api_) api_->hangUp();
    process_.reset();
    state_ = State::Stopped;
}

void ApiDriver::run(const Run& call) {
    call_ = call;
    if (state_ == State::Waiting) {
        give();
    } else if (state_ == State::Stopped) {
        start();
    }
}

void ApiDriver::give() {
    state_ = State::Running;
    listener_.began();
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    api_->give({call_->execution, (now + call_->timeoutUs) / 1000,
                std::string("arn:aws:lambda:") + kRegion + ":000000000000:function:" + function_->function,
                call_->payload});
}

void ApiDriver::nextAsked() {
    if (state_ == State::Running) return;  // another of its threads; it gets the next one
    state_ = State::Waiting;
    if (!std::exchange(answered_, true)) {
        listener_.loaded({});
    } else if (call_) {
        give();
    }
}

void ApiDriver::finish(Ending ending) {
    call_.reset();
    state_ = api_->isAsked() ? State::Waiting : State::Busy;
    listener_.finished(std::move(ending));
}

void ApiDriver::responded(std::string body) {
    Ending ending;
    if (!isJson(body)) return finish(exception("the function responded with what is no JSON"));
    ending.resultBytes = static_cast<std::int64_t>(body.size());
    if (ending.resultBytes <= function_->limits.resultBytes) ending.result = std::move(body);
    finish(std::move(ending));
}

void ApiDriver::failed(RuntimeApi::Failure failure) {
    finish(exception(failure.message, failure.traceback));
}

void ApiDriver::tooLarge() {
    finish(exception("the function responded with more than " + std::to_string(kLargestResult) + " bytes"));
}

void ApiDriver::initFailed(RuntimeApi::Failure failure) {
    if (state_ == State::Starting) fail(exception(failure.message, failure.traceback));
}

bool ApiDriver::abort() {
    call_.reset();
    const bool dead = !process_ || process_->killAll();
    stop();
    return dead;
}

bool ApiDriver::settle() {
    // Its processes are its own affair: the program may well be a script that waits for another.
    process_->drain();
    return true;
}

Usage ApiDriver::usage() const {
    return process_ ? process_->usage() : Usage{};
}

void ApiDriver::setPaused(bool paused) {
    if (process_) process_->setOutputPaused(paused);
}

void ApiDriver::processEnded(const ProcessExit& exit) {
    process_->ended(exit);
    auto ending = process_->ending();
    process_->killAll();
    if (state_ == State::Busy || state_ == State::Waiting) {
        // Between executions that harms nobody: the next one starts it anew.
        stop();
        if (call_) start();
        return;
    }
    if (ending.cause == Cause::None) {
        ending.cause = Cause::Exit;
        ending.message = describeExit(exit.status);
    }
    if (ending.cause == Cause::Exit) ending.message = runtime_.command.front() + " " + ending.message;
    fail(std::move(ending));
}

void ApiDriver::fail(Ending ending) {
    // The process stays as it is: the agent asks for its usage, then aborts.
    state_ = process_ ? state_ : State::Stopped;
    if (function_ && !std::exchange(answered_, true)) {
        function_.reset();
        listener_.loaded(std::move(ending));
    } else if (call_) {
        call_.reset();
        listener_.finished(std::move(ending));
    } else {
        stop();  // nobody waits; the next run() starts it again
    }
}

}  // namespace dogwatch::guest
