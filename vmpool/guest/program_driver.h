// ProgramDriver: what the drivers of programs that stay have in common. One process serves executions one
// after another; whoever waits for it, for the loading or for a call, hears when it fails.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "vmpool/guest/driver.h"
#include "vmpool/guest/function_process.h"
#include "vmpool/guest/runtime.h"

namespace dogwatch::guest {

class ProgramDriver : public Driver {
 public:
    bool abort() override;
    [[nodiscard]] Usage usage() const override;
    [[nodiscard]] bool owns(pid_t process) const override { return process_ && process_->pid() == process; }
    void setPaused(bool paused) override;

 protected:
    ProgramDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener);

    /// Starts the process, which prints to the listener. False: it could not, and fail() told so with
    /// `cause`.
    bool startProcess(const FunctionProcess::Start& start, Cause cause);
    /// Lets go of the process and of all that hangs on it.
    virtual void stop() = 0;
    /// Notes a function whose loading somebody waits for.
    void await(const Load& function);
    /// The function is loaded. True: somebody waited for that, and has been told.
    bool tellLoaded();
    /// The call is over.
    void finish(Ending ending);
    /// Whoever waits for the program hears that it failed. The process stays as it is: the agent asks for its
    /// usage, then aborts. Where nobody waits it is stopped; the next load() or run() starts it again.
    void fail(Ending ending);

    EventLoop& loop_;
    const Sandbox& sandbox_;
    Runtime runtime_;
    DriverListener& listener_;
    std::unique_ptr<FunctionProcess> process_;
    std::optional<Load> function_;
    std::optional<Run> call_;  ///< asked for and not finished

 private:
    bool answered_ = false;  ///< loaded() was called for function_
};

/// An end by the code's own doing, with its texts bounded and made valid.
Ending exceptionOf(const std::string& message, const std::string& traceback = {});
/// An end with a reason of ours.
Ending endingOf(Cause cause, const std::string& message);

}  // namespace dogwatch::guest
