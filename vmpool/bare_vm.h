// BareVm: QEMU with the pool's own command line but nothing of the pool, driven by blocking reads and writes.
// What benchmarks compare the pool with.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "vmpool/guest_protocol.h"
#include "vmpool/qemu_process.h"
#include "vmpool/vm_template.h"

namespace dogwatch::vmpool {

class BareVm {
 public:
    using Clock = std::chrono::steady_clock;

    /// Boots, up to the agent's first word. Null: it did not.
    static std::unique_ptr<BareVm> boot(const VmSpec& base, const std::string& pidFile);
    /// Starts a clone and hands it all it needs in one go. Null: it cannot be started. Clones that run beside
    /// each other need numbers of their own: each is another user, whose threads are limited.
    static std::unique_ptr<BareVm> clone(const VmSpec& base, const VmTemplate& source,
                                         const std::string& pidFile, std::uint32_t number);

    /// Waits until a clone's state has come in, and lets it run.
    bool resume();
    /// Waits until the agent of a clone has taken clock and randomness.
    bool answered();
    /// Waits until its interpreter stands ready, and no longer takes the processor.
    bool settle();
    /// One ping, answered.
    std::optional<Clock::duration> ping();
    [[nodiscard]] Clock::duration bootTime() const { return bootTime_; }
    [[nodiscard]] std::int64_t pid() const { return process_.pid(); }

 private:
    BareVm(const std::string& pidFile, std::uint32_t number) : process_(pidFile), number_(number) {}
    bool start(VmSpec spec);
    [[nodiscard]] bool sendQmp(const std::string& text, int attached) const;
    std::optional<GuestMessage> read();
    template <typename Message>
    bool readUntil();

    QemuProcess process_;
    std::uint32_t number_;
    UniqueFd agent_;
    UniqueFd qmp_;
    UniqueFd console_;
    FrameReader reader_;
    Clock::duration bootTime_{};
    std::int64_t nonce_ = 0;
};

}  // namespace dogwatch::vmpool
