#include "vmpool/guest/program_driver.h"

#include <utility>

#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr std::size_t kLongestMessage = 4U << 10U;
constexpr std::size_t kLongestTraceback = 32U << 10U;

}  // namespace

Ending exceptionOf(const std::string& message, const std::string& traceback) {
    Ending ending = endingOf(Cause::Exception, message);
    ending.traceback = toUtf8(traceback, kLongestTraceback);
    return ending;
}

Ending endingOf(Cause cause, const std::string& message) {
    Ending ending;
    ending.cause = cause;
    ending.message = toUtf8(message, kLongestMessage);
    return ending;
}

ProgramDriver::ProgramDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime,
                             DriverListener& listener)
    : loop_(loop), sandbox_(sandbox), runtime_(std::move(runtime)), listener_(listener) {}

bool ProgramDriver::startProcess(const FunctionProcess::Start& start, Cause cause) {
    auto process = FunctionProcess::start(
        loop_, sandbox_, start,
        [this](Stream stream, std::string_view data) { listener_.printed(stream, data); });
    if (!process) {
        fail(endingOf(cause, process.error()));
        return false;
    }
    process_ = std::move(*process);
    return true;
}

void ProgramDriver::await(const Load& function) {
    function_ = function;
    answered_ = false;
}

bool ProgramDriver::tellLoaded() {
    if (std::exchange(answered_, true)) return false;
    listener_.loaded({});
    return true;
}

void ProgramDriver::finish(Ending ending) {
    call_.reset();
    listener_.finished(std::move(ending));
}

void ProgramDriver::fail(Ending ending) {
    if (!process_) stop();
    if (function_ && !std::exchange(answered_, true)) {
        function_.reset();
        listener_.loaded(std::move(ending));
    } else if (call_) {
        finish(std::move(ending));
    } else {
        stop();
    }
}

bool ProgramDriver::abort() {
    call_.reset();
    const bool dead = !process_ || process_->killAll();
    stop();
    return dead;
}

Usage ProgramDriver::usage() const {
    return process_ ? process_->usage() : Usage{};
}

void ProgramDriver::setPaused(bool paused) {
    if (process_) process_->setOutputPaused(paused);
}

}  // namespace dogwatch::guest
