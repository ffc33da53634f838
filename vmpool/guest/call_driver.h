// Drives runtimes that start one process for each execution, such as sh: the payload comes on standard input,
// the last line of standard output is the result when it is JSON.
#pragma once

#include <memory>
#include <optional>

#include "vmpool/guest/driver.h"
#include "vmpool/guest/function_process.h"
#include "vmpool/guest/runtime.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {

class CallDriver : public Driver {
 public:
    CallDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener);

    bool rehearse() override;
    void load(const Load& function) override;
    void run(const Run& call) override;
    [[nodiscard]] bool ready() const override { return true; }
    bool abort() override;
    bool settle() override;
    [[nodiscard]] Usage usage() const override;
    [[nodiscard]] bool owns(pid_t process) const override { return process_ && process_->pid() == process; }
    void processEnded(const ProcessExit& exit) override;
    void setPaused(bool paused) override;

 private:
    [[nodiscard]] Ending endingOf() const;

    EventLoop& loop_;
    const Sandbox& sandbox_;
    Runtime runtime_;
    DriverListener& listener_;
    std::optional<Load> function_;
    std::string file_;  ///< the handler, below the working directory
    std::unique_ptr<FunctionProcess> process_;
    LastLine lastLine_;
    bool rehearsing_ = false;
};

}  // namespace dogwatch::guest
