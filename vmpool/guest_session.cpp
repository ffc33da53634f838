#include "vmpool/guest_session.h"

#include <algorithm>
#include <utility>

namespace dogwatch::vmpool {
GuestSession GuestSession::restored(const std::vector<std::string>& runtimes) {
    GuestSession session;
    session.phase_ = Phase::Idle;
    session.runtimes_ = runtimes;
    return session;
}

void GuestSession::sentRun(std::string execution, std::int64_t streamBytes) {
    phase_ = Phase::Running;
    execution_ = std::move(execution);
    started_ = false;
    streamLeft_ = streamBytes;
    emittedLeft_ = kMostEmitted;
}

Result<void> GuestSession::accept(const GuestMessage& message) {
    if (phase_ == Phase::Booting && !std::holds_alternative<Hello>(message) &&
        !std::holds_alternative<Fault>(message)) {
        return violation("a message before `hello`");
    }
    return std::visit([this](const auto& value) { return take(value); }, message);
}

Result<void> GuestSession::take(const Hello& hello) {
    if (phase_ != Phase::Booting) return violation("a second `hello`");
    if (hello.protocol != kProtocolVersion) {
        return failure(Error::Kind::Unavailable, "the guest image speaks protocol " +
                                                     std::to_string(hello.protocol) + ", this program " +
                                                     std::to_string(kProtocolVersion) +
                                                     ": build it anew with `make image`");
    }
    runtimes_ = hello.runtimes;
    phase_ = Phase::Idle;
    return {};
}

Result<void> GuestSession::take(const Warm& warm) {
    const bool listed = std::find(runtimes_.begin(), runtimes_.end(), warm.runtime) != runtimes_.end();
    if (!listed || !warm_.insert(warm.runtime).second) return violation("an unexpected `warm`");
    return {};
}

Result<void> GuestSession::take(const Configured& /*configured*/) {
    if (configuring_ == 0) return violation("an unexpected `configured`");
    --configuring_;
    return {};
}

Result<void> GuestSession::take(const Rehearsed& /*rehearsed*/) {
    if (!std::exchange(rehearsing_, false)) return violation("an unexpected `rehearsed`");
    return {};
}

Result<void> GuestSession::take(const Loaded& /*loaded*/) {
    if (phase_ != Phase::Loading) return violation("an unexpected `loaded`");
    phase_ = Phase::Ready;
    return {};
}

Result<void> GuestSession::take(const LoadFailed& /*failed*/) {
    if (phase_ != Phase::Loading) return violation("an unexpected `load_failed`");
    phase_ = Phase::Idle;
    return {};
}

Result<void> GuestSession::take(const Started& started) {
    if (!isRunning(started.execution) || started_) return violation("an unexpected `started`");
    started_ = true;
    return {};
}

Result<void> GuestSession::take(const Output& output) {
    if (!isRunning(output.execution) || !started_) return violation("`output` of what does not run");
    streamLeft_ -= static_cast<std::int64_t>(output.data.size());
    if (streamLeft_ < 0) return violation("more `output` than allowed");
    return {};
}

Result<void> GuestSession::take(const Emitted& emitted) {
    if (!isRunning(emitted.execution) || !started_) return violation("`emitted` by what does not run");
    if (--emittedLeft_ < 0) return violation("more `emitted` than allowed");
    return {};
}

Result<void> GuestSession::take(const RunResult& result) {
    if (!isRunning(result.execution)) return violation("a `result` of what does not run");
    if (result.outcome.succeeded && !started_) return violation("a success that never started");
    phase_ = Phase::Ready;
    execution_.clear();
    return {};
}

Result<void> GuestSession::take(const Pong& pong) {
    if (ping_ != pong.nonce) return violation("an unexpected `pong`");
    ping_.reset();
    return {};
}

Result<void> GuestSession::take(const Refused& refused) {
    if (refused.request == "load" && phase_ == Phase::Loading) {
        phase_ = Phase::Idle;
        return {};
    }
    if (refused.request == "run" && phase_ == Phase::Running && !started_) {
        phase_ = Phase::Ready;
        execution_.clear();
        return {};
    }
    return violation("`refused` for `" + refused.request + "`, which it may not refuse now");
}

Result<void> GuestSession::take(const Fault& fault) {
    return failure(Error::Kind::Internal,
                   "the guest says that the host broke the protocol: " + fault.message);
}

}  // namespace dogwatch::vmpool
