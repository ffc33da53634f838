// One process of the function with all that descends from it: its confinement, what it prints, how it ended.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/confinement.h"
#include "vmpool/guest/driver.h"
#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/process.h"
#include "vmpool/guest/sandbox.h"

namespace dogwatch::guest {

class FunctionProcess {
 public:
    struct Start {
        std::vector<std::string> argv;
        std::vector<std::string> environment;  ///< beyond Sandbox::environment()
        std::string workDir = "/";
        int input = -1;
        bool channel = false;
        const Limits* limits = nullptr;  ///< may come later, by setLimits()
    };
    using Printed = std::function<void(Stream stream, std::string_view data)>;

    static Result<std::unique_ptr<FunctionProcess>> start(EventLoop& loop, const Sandbox& sandbox,
                                                          const Start& start, Printed printed);
    FunctionProcess(const FunctionProcess&) = delete;
    FunctionProcess& operator=(const FunctionProcess&) = delete;
    ~FunctionProcess() = default;

    [[nodiscard]] pid_t pid() const { return process_.pid; }
    [[nodiscard]] UniqueFd takeChannel() { return std::move(process_.channel); }
    [[nodiscard]] Result<void> setLimits(const Limits& limits);
    void setOutputPaused(bool paused);

    /// Hands out what has been printed so far.
    void drain();
    /// False: something would not die.
    bool killAll();
    bool killOthers() { return confinement_->killOthers(process_.pid); }

    void ended(const ProcessExit& exit) { exit_ = exit; }
    [[nodiscard]] bool hasEnded() const { return exit_.has_value(); }
    /// Why, once it has ended: out of memory, a signal, its exit status (Cause::None for 0).
    [[nodiscard]] Ending ending() const;
    [[nodiscard]] Usage usage() const;

 private:
    FunctionProcess() = default;
    void watch(EventLoop& loop);
    bool readSome(Stream stream);

    std::unique_ptr<Confinement> confinement_;
    Process process_;
    Printed printed_;
    std::optional<ProcessExit> exit_;
    std::int64_t memoryLimit_ = 0;
    EventLoop::Watch output_;
    EventLoop::Watch errors_;
};

}  // namespace dogwatch::guest
