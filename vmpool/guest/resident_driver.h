// Drives a resident runner: an interpreter that starts before there is a function, loads it once and serves
// its executions one after another (docs/guest-protocol.md, "Inside the guest").
#pragma once

#include <memory>
#include <string>

#include "vmpool/guest/frame_stream.h"
#include "vmpool/guest/program_driver.h"
#include "vmpool/guest/runner_frame.h"

namespace dogwatch::guest {

class ResidentDriver : public ProgramDriver {
 public:
    ResidentDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener);

    void warm() override;
    void reseed(const std::string& bytes) override;
    bool rehearse() override;
    void load(const Load& function) override;
    void run(const Run& call) override;
    [[nodiscard]] bool ready() const override { return state_ == State::Ready; }
    bool settle() override;
    void processEnded(const ProcessExit& exit) override;
    void setPaused(bool paused) override;

 private:
    enum class State { Stopped, Starting, Waiting, Loading, Ready, Running };

    void start();
    void stop() override;
    void endRehearsal();
    void sendLoad();
    void sendRun();
    void received(const std::string& body);
    bool accept(RunnerFrame& frame);
    void channelEnded();
    void broken(const std::string& why);

    State state_ = State::Stopped;
    std::unique_ptr<FrameStream> channel_;
    EventLoop::Timer grace_;  ///< between the end of the channel and that of the process
    bool rehearsing_ = false;
};

}  // namespace dogwatch::guest
