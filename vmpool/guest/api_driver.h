// Drives runtimes that bring their own program: an executable that speaks the AWS Lambda runtime API. It
// starts when the function is loaded, asks for its first invocation when it is ready, and stays.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "vmpool/guest/driver.h"
#include "vmpool/guest/function_process.h"
#include "vmpool/guest/runtime.h"
#include "vmpool/guest/runtime_api.h"

namespace dogwatch::guest {

class ApiDriver : public Driver, private RuntimeApi::Listener {
 public:
    ApiDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener);

    void warm() override;
    void load(const Load& function) override;
    void run(const Run& call) override;
    [[nodiscard]] bool ready() const override { return state_ == State::Waiting; }
    bool abort() override;
    bool settle() override;
    [[nodiscard]] Usage usage() const override;
    [[nodiscard]] bool owns(pid_t process) const override { return process_ && process_->pid() == process; }
    void processEnded(const ProcessExit& exit) override;
    void setPaused(bool paused) override;

 private:
    /// Busy: it has answered and not asked for the next invocation yet.
    enum class State { Stopped, Starting, Waiting, Running, Busy };

    void nextAsked() override;
    void responded(std::string body) override;
    void failed(RuntimeApi::Failure failure) override;
    void tooLarge() override;
    void initFailed(RuntimeApi::Failure failure) override;

    void start();
    void stop();
    void give();
    void finish(Ending ending);
    /// Whoever waits for the program hears that it failed.
    void fail(Ending ending);
    [[nodiscard]] std::vector<std::string> environment() const;

    EventLoop& loop_;
    const Sandbox& sandbox_;
    Runtime runtime_;
    DriverListener& listener_;
    State state_ = State::Stopped;
    std::unique_ptr<RuntimeApi> api_;
    std::unique_ptr<FunctionProcess> process_;
    std::optional<Load> function_;
    bool answered_ = false;    ///< loaded() was called for function_
    std::optional<Run> call_;  ///< asked for and not finished
};

}  // namespace dogwatch::guest
