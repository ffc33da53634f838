#include "vmpool/guest/api_driver.h"

#include <sys/stat.h>

#include <chrono>
#include <utility>

#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr const char* kRegion = "us-east-1";  ///< there is none, and libraries insist on one

}  // namespace

ApiDriver::ApiDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener)
    : ProgramDriver(loop, sandbox, std::move(runtime), listener) {}

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
    for (const auto& [name, value] : function.env)
        environment.push_back(std::string(name).append("=").append(value));
    return environment;
}

void ApiDriver::warm() {
    if (state_ == State::Stopped && function_) start();
}

void ApiDriver::load(const Load& function) {
    await(function);
    start();
}

void ApiDriver::start() {
    if (!api_) {
        auto api = RuntimeApi::listen(loop_, static_cast<std::size_t>(kLargestResult), *this);
        if (!api) return fail(exceptionOf(api.error()));
        api_ = std::move(*api);
    }
    const auto program = sandbox_.taskDir + "/" + runtime_.command.front();
    struct stat found {};
    if (::stat(sandbox_.outside(program).c_str(), &found) != 0 || !S_ISREG(found.st_mode)) {
        return fail(exceptionOf("the code holds no file \"" + runtime_.command.front() +
                                "\", which is what is started"));
    }
    if ((found.st_mode & S_IXUSR) == 0) {
        return fail(exceptionOf("the file \"" + runtime_.command.front() +
                                "\" is not executable: set its mode, chmod +x, before it is packed"));
    }
    FunctionProcess::Start start;
    start.argv = {program};
    start.environment = environment();
    start.workDir = sandbox_.taskDir;
    start.limits = &function_->limits;
    if (startProcess(start, Cause::Exception)) state_ = State::Starting;
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
    if (!tellLoaded() && call_) give();
}

void ApiDriver::answered(Ending ending) {
    state_ = api_->isAsked() ? State::Waiting : State::Busy;
    finish(std::move(ending));
}

void ApiDriver::responded(std::string body) {
    Ending ending;
    if (!isJson(body)) return answered(exceptionOf("the function responded with what is no JSON"));
    ending.resultBytes = static_cast<std::int64_t>(body.size());
    if (ending.resultBytes <= function_->limits.resultBytes) ending.result = std::move(body);
    answered(std::move(ending));
}

void ApiDriver::failed(RuntimeApi::Failure failure) {
    answered(exceptionOf(failure.message, failure.traceback));
}

void ApiDriver::tooLarge() {
    answered(
        exceptionOf("the function responded with more than " + std::to_string(kLargestResult) + " bytes"));
}

void ApiDriver::initFailed(RuntimeApi::Failure failure) {
    if (state_ == State::Starting) fail(exceptionOf(failure.message, failure.traceback));
}

bool ApiDriver::settle() {
    // Its processes are its own affair: the program may well be a script that waits for another.
    process_->drain();
    return true;
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

}  // namespace dogwatch::guest
