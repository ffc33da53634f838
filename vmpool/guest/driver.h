// A driver runs the function of one runtime: by a resident runner, by a process for each call, … The agent
// tells it what to do and hears through DriverListener how it went.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vmpool/guest/host_message.h"
#include "vmpool/guest/process_table.h"

namespace dogwatch::guest {

enum class Cause { None, Exception, Exit, Timeout, OutOfMemory, Protocol };
const char* causeName(Cause cause);  ///< as the protocol spells it; "" for None

enum class Stream { Output, Errors };

/// What people read when the memory limit was the cause.
std::string outOfMemoryMessage(std::int64_t limitBytes);

/// How loading or an execution ended.
struct Ending {
    Cause cause = Cause::None;
    std::string message;
    std::string traceback;
    std::optional<int> exitCode;
    std::string result;            ///< JSON text; empty: none, or larger than allowed
    std::int64_t resultBytes = 0;  ///< its full size
};

struct Usage {
    std::int64_t cpuUs = 0;  ///< of the processes so far
    std::int64_t memoryPeakBytes = 0;
};

class DriverListener {
 public:
    virtual ~DriverListener() = default;
    virtual void warmed(const std::string& runtime) = 0;  ///< an interpreter waits for a function
    /// After rehearse(): load() and run() with a function that leaves nothing behind are welcome now;
    /// settle() or abort() ends it.
    virtual void standsIn() = 0;
    virtual void rehearsed() = 0;            ///< the rehearsal is over, however far it went
    virtual void loaded(Ending ending) = 0;  ///< answers load()
    virtual void began() = 0;                ///< the code of run() begins now
    virtual void printed(Stream stream, std::string_view data) = 0;
    /// A record that the code emits. The answer is empty, or says why it is not taken.
    virtual std::string emitted(const std::string& name, const std::string& data) = 0;
    virtual void finished(Ending ending) = 0;  ///< answers run(), also where it never began
};

class Driver {
 public:
    virtual ~Driver() = default;
    /// Starts what can be started ahead: an interpreter before there is a function (warmed() follows), or
    /// anew after abort(), with the function loaded.
    virtual void warm() {}
    virtual void reseed(const std::string& /*bytes*/) {}
    /// Goes through a call that leaves nothing behind, so that the first real one finds warm caches:
    /// standsIn() follows where the listener is to give it, then rehearsed(). False: there is nothing to go
    /// through, and neither will come.
    virtual bool rehearse() { return false; }
    /// The code is in the working directory.
    virtual void load(const Load& function) = 0;
    /// After loaded() without a cause, and after the answer to the last one.
    virtual void run(const Run& call) = 0;
    /// Whether run() would begin at once.
    [[nodiscard]] virtual bool ready() const = 0;
    /// Kills every process. The next warm(), run() or load() starts anew. False: something would not die.
    virtual bool abort() = 0;
    /// After an execution that ended well: kills what it left behind, hands out what was printed. False as
    /// above.
    virtual bool settle() = 0;
    [[nodiscard]] virtual Usage usage() const = 0;
    [[nodiscard]] virtual bool owns(pid_t process) const = 0;
    /// A process that it owns ended.
    virtual void processEnded(const ProcessExit& exit) = 0;
    /// Stops or resumes taking what the code prints and emits, so that it waits.
    virtual void setPaused(bool paused) = 0;
};

}  // namespace dogwatch::guest
