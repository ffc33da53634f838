// The agent: serves the host over the port (docs/guest-protocol.md). One function, one execution at a time.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "vmpool/guest/driver.h"
#include "vmpool/guest/emit_server.h"
#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/frame_stream.h"
#include "vmpool/guest/function_process.h"
#include "vmpool/guest/host_message.h"
#include "vmpool/guest/output_relay.h"
#include "vmpool/guest/process_table.h"
#include "vmpool/guest/runtime.h"
#include "vmpool/guest/sandbox.h"

namespace dogwatch::guest {

constexpr std::size_t kLargestEmit = 64U << 10U;  ///< bytes of an emitted record's data

class Agent : private DriverListener {
 public:
    Agent(EventLoop& loop, Sandbox sandbox, UniqueFd port);
    ~Agent() override = default;
    Agent(const Agent&) = delete;
    Agent& operator=(const Agent&) = delete;

    /// Says hello, starts the interpreters. An error: it cannot serve.
    Result<void> start();

 private:
    enum class Phase { Idle, Receiving, Loading, Ready, Running };
    struct Execution {
        Run call;
        Clock::time_point asked;
        bool delayed = false;  ///< the runtime was not ready when it was asked for
        std::optional<Clock::time_point> began;
        std::int64_t cpuBaseUs = 0;  ///< used by the runner before it began
        int emitted = 0;
    };

    void receive(const std::string& body);
    void handle(const Configure& configure);
    void handle(const Rehearse& rehearse);
    void handle(Load load);
    void handle(const Code& code);
    void handle(Run run);
    void handle(const Cancel& cancel);
    void handle(const Ping& ping);
    void handle(const Shutdown& shutdown);
    void portEnded();
    void reconnect();
    void fault(const std::string& why);
    void refuse(const std::string& request, const std::string& why, const std::string& execution = {});
    void send(const Message& message);
    void hello();

    void installCode();
    void unpack();
    void unpacked(const ProcessExit& exit);
    void loadFailed(Ending ending);
    void failAfter(std::int64_t microseconds, Cause cause, const std::string& message);
    /// An interpreter may have ended itself for lack of memory: that is no mere signal.
    void recognizeOutOfMemory(Ending& ending) const;
    /// Ends what is being loaded or run.
    void give(Ending ending);
    void sendOutput();
    void flushOutput();
    /// While the host does not read, neither what the code prints nor what it emits is taken, so that it
    /// waits.
    void hold(bool held);
    void sendResult(const Ending& ending, const Usage& usage, Clock::time_point ended, bool usable);
    void processEnded(const ProcessExit& exit);
    void rehearseNext();
    void rehearseRun();
    /// Takes a message of ours as if the host had sent it.
    void cue(const Message& message);
    /// Whether a message of the host comes amid a rehearsal, whose function it must not meet.
    [[nodiscard]] bool interrupts() const { return rehearsing_ && !isCue_; }

    void warmed(const std::string& runtime) override;
    void standsIn() override;
    void rehearsed() override;
    void loaded(Ending ending) override;
    void began() override;
    void printed(Stream stream, std::string_view data) override;
    std::string emitted(const std::string& name, const std::string& data) override;
    void finished(Ending ending) override;

    EventLoop& loop_;
    Sandbox sandbox_;
    FrameStream port_;
    std::optional<ProcessTable> processes_;
    std::unique_ptr<EmitServer> emitServer_;
    std::map<std::string, Runtime, std::less<>> runtimes_;
    std::map<std::string, std::unique_ptr<Driver>, std::less<>> drivers_;
    std::set<std::string> warmed_;  ///< told to the host
    Clock::time_point booted_ = Clock::now();

    Phase phase_ = Phase::Idle;
    bool configured_ = false;
    bool rehearsing_ = false;              ///< what a function of ours says, nobody hears
    bool isCue_ = false;                   ///< what is being received is ours
    std::vector<std::string> toRehearse_;  ///< runtimes
    std::string onStage_;                  ///< the runtime that is being rehearsed
    EventLoop::Timer rehearsalStep_;
    std::optional<Load> load_;
    std::string code_;  ///< arrived so far
    Clock::time_point codeArrived_;
    std::unique_ptr<FunctionProcess> unpacker_;
    Driver* driver_ = nullptr;  ///< of the function's runtime; one of drivers_
    std::optional<Execution> execution_;
    OutputRelay output_{0};
    EventLoop::Timer deadline_;  ///< of loading, of readying the runtime, or of the execution
    EventLoop::Timer outputDue_;
    EventLoop::Timer reconnect_;
};

}  // namespace dogwatch::guest
