// Drives runtimes that bring their own program: an executable that speaks the AWS Lambda runtime API. It
// starts when the function is loaded, asks for its first invocation when it is ready, and stays.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vmpool/guest/program_driver.h"
#include "vmpool/guest/runtime_api.h"

namespace dogwatch::guest {

class ApiDriver : public ProgramDriver, private RuntimeApi::Listener {
 public:
    ApiDriver(EventLoop& loop, const Sandbox& sandbox, Runtime runtime, DriverListener& listener);

    void warm() override;
    void load(const Load& function) override;
    void run(const Run& call) override;
    [[nodiscard]] bool ready() const override { return state_ == State::Waiting; }
    bool settle() override;
    void processEnded(const ProcessExit& exit) override;

 private:
    /// Busy: it has answered and not asked for the next invocation yet.
    enum class State { Stopped, Starting, Waiting, Running, Busy };

    void nextAsked() override;
    void responded(std::string body) override;
    void failed(RuntimeApi::Failure failure) override;
    void tooLarge() override;
    void initFailed(RuntimeApi::Failure failure) override;

    void start();
    void stop() override;
    void give();
    /// It has answered; whether it has asked for the next invocation shows what it is at.
    void answered(Ending ending);
    [[nodiscard]] std::vector<std::string> environment() const;

    State state_ = State::Stopped;
    std::unique_ptr<RuntimeApi> api_;
};

}  // namespace dogwatch::guest
