#include "core/cli/long_work.h"

#include <unistd.h>

#include <string>

namespace dogwatch::cli {
namespace {

volatile std::sig_atomic_t interruptRequested = 0;

extern "C" void onInterrupt(int /*signal*/) {
    interruptRequested = 1;
}

/// "1,234,567"
std::string grouped(std::int64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t place = text.size(); place > 3;) {
        place -= 3;
        text.insert(place, ",");
    }
    return text;
}

}  // namespace

Interrupt::Interrupt() {
    interruptRequested = 0;
    struct sigaction action {};
    action.sa_handler = onInterrupt;  // without SA_RESTART: what waits wakes up
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &before_);
}

Interrupt::~Interrupt() {
    sigaction(SIGINT, &before_, nullptr);
}

bool Interrupt::requested() {
    return interruptRequested != 0;
}

ProgressLine::ProgressLine(std::ostream& err, bool isWanted)
    : err_(err), isShown_(isWanted && ::isatty(STDERR_FILENO) == 1) {}

void ProgressLine::show(std::int64_t done, std::int64_t total) {
    if (!isShown_) return;
    isDirty_ = true;
    err_ << "\r\x1b[K" << grouped(done) << " records";
    if (total > 0) err_ << ", " << done * 100 / total << '%';
    err_ << std::flush;
}

void ProgressLine::clear() {
    if (!isDirty_) return;
    isDirty_ = false;
    err_ << "\r\x1b[K" << std::flush;
}

api::Listening listening(ProgressLine& line) {
    return {[&line](const api::Notification& notification) {
                if (notification.method != "progress") return;
                line.show(intMember(notification.params, "done"), intMember(notification.params, "total"));
            },
            Interrupt::requested};
}

}  // namespace dogwatch::cli
