// GuestSession: which message the guest may send when (docs/guest-protocol.md, States and Violations). Pure.
//
// The host tells what it sent; accept() then judges what comes. After a violation the VM is killed.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vmpool/guest_protocol.h"

namespace dogwatch::vmpool {

class GuestSession {
 public:
    enum class Phase { Booting, Idle, Loading, Ready, Running };

    GuestSession() = default;
    /// A clone: its agent said hello before it was saved, and waits.
    static GuestSession restored(const std::vector<std::string>& runtimes);

    [[nodiscard]] Phase phase() const { return phase_; }
    [[nodiscard]] const std::vector<std::string>& runtimes() const { return runtimes_; }

    void sentConfigure() { ++configuring_; }
    void sentRehearse() { rehearsing_ = true; }
    void sentLoad() { phase_ = Phase::Loading; }
    void sentRun(std::string execution, std::int64_t streamBytes);
    void sentPing(std::int64_t nonce) { ping_ = nonce; }
    [[nodiscard]] bool awaitsPong() const { return ping_.has_value(); }

    /// Takes the message into account, or says why it must not come now.
    Result<void> accept(const GuestMessage& message);

 private:
    Result<void> take(const Hello& hello);
    Result<void> take(const Warm& warm);
    Result<void> take(const Configured& configured);
    Result<void> take(const Rehearsed& rehearsed);
    Result<void> take(const Loaded& loaded);
    Result<void> take(const LoadFailed& failed);
    Result<void> take(const Started& started);
    Result<void> take(const Output& output);
    Result<void> take(const Emitted& emitted);
    Result<void> take(const RunResult& result);
    Result<void> take(const Pong& pong);
    Result<void> take(const Refused& refused);
    Result<void> take(const Fault& fault);
    [[nodiscard]] bool isRunning(const std::string& execution) const {
        return phase_ == Phase::Running && execution == execution_;
    }

    Phase phase_ = Phase::Booting;
    std::vector<std::string> runtimes_;
    std::set<std::string> warm_;
    int configuring_ = 0;
    bool rehearsing_ = false;
    std::optional<std::int64_t> ping_;
    std::string execution_;
    bool started_ = false;
    std::int64_t streamLeft_ = 0;
    std::int64_t emittedLeft_ = 0;
};

}  // namespace dogwatch::vmpool
