// Drives a resident runner: an interpreter that starts before there is a function, loads it once and serves
// its executions one after another (docs/guest-protocol.md, "Inside the guest").
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "vmpool/guest/driver.h"
#include "vmpool/guest/frame_stream.h"
#include "vmpool/guest/function_process.h"
#include "vmpool/guest/runner_frame.h"
#include "vmpool/guest/runtime.h"

namespace dogwatch::guest {

class ResidentDriver : public Driver {
 public:
    ResidentDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener);

    void warm() override;
    void reseed(const std::string& bytes) override;
    bool rehearse() override;
    void load(const Load& function) override;
    void run(const Run& call) override;
    [[nodiscard]] bool ready() const override { return state_ == State::Ready; }
    bool abort() override;
    bool settle() override;
    [[nodiscard]] Usage usage() const override;
    [[nodiscard]] bool owns(pid_t process) const override { return process_ && process_->pid() == process; }
    void processEnded(const ProcessExit& exit) override;
    void setPaused(bool paused) override;

 private:
    enum class State { Stopped, Starting, Waiting, Loading, Ready, Running };

    void start();
    void stop();
    void sendLoad();
    void sendRun();
    void received(const std::string& body);
    bool accept(RunnerFrame& frame);
    void channelEnded();
    void broken(const std::string& why);
    /// Whoever waits for the runner hears that it failed.
    void fail(Ending ending);

    EventLoop& loop_;
    const Sandbox& sandbox_;
    Runtime runtime_;
    DriverListener& listener_;
    State state_ = State::Stopped;
    std::unique_ptr<FunctionProcess> process_;
    std::unique_ptr<FrameStream> channel_;
    EventLoop::Timer grace_;  ///< between the end of the channel and that of the process
    std::optional<Load> function_;
    bool rehearsing_ = false;
    bool answered_ = false;    ///< loaded() was called for function_
    std::optional<Run> call_;  ///< asked for and not finished
};

}  // namespace dogwatch::guest
