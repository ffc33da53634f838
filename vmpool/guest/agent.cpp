#include "vmpool/guest/agent.h"

#include <sys/utsname.h>

#include "vmpool/guest/api_driver.h"
#include "vmpool/guest/call_driver.h"
#include "vmpool/guest/machine.h"
#include "vmpool/guest/resident_driver.h"
#include "vmpool/guest/text.h"
#include "vmpool/guest/zip.h"

namespace dogwatch::guest {
namespace {

constexpr auto kReconnectDelay = std::chrono::milliseconds(50);

std::unique_ptr<Driver> makeDriver(const Runtime& runtime, EventLoop& loop, const Sandbox& sandbox,
                                   DriverListener& listener) {
    switch (runtime.kind) {
        case Runtime::Kind::Resident:
            return std::make_unique<ResidentDriver>(loop, sandbox, runtime, listener);
        case Runtime::Kind::Api: return std::make_unique<ApiDriver>(loop, sandbox, runtime, listener);
        case Runtime::Kind::Call: break;
    }
    return std::make_unique<CallDriver>(loop, sandbox, runtime, listener);
}

void describe(Message& message, const Ending& ending) {
    message["cause"] = std::string(causeName(ending.cause));
    message["message"] = toUtf8(ending.message, 4U << 10U);
    if (!ending.traceback.empty()) message["traceback"] = ending.traceback;
    if (ending.exitCode) message["exit_code"] = std::int64_t{*ending.exitCode};
}

Ending ending(Cause cause, std::string message) {
    Ending ending;
    ending.cause = cause;
    ending.message = std::move(message);
    return ending;
}

/// What is told of the function and its executions.
bool isOfFunctions(const Message& message) {
    const auto& type = std::get<std::string>(message.find("type")->second);
    return type == "loaded" || type == "load_failed" || type == "started" || type == "output" ||
           type == "emitted" || type == "result";
}

}  // namespace

const char* causeName(Cause cause) {
    switch (cause) {
        case Cause::None: return "";
        case Cause::Exception: return "exception";
        case Cause::Exit: return "exit";
        case Cause::Timeout: return "timeout";
        case Cause::OutOfMemory: return "out_of_memory";
        case Cause::Protocol: return "protocol";
    }
    return "";
}

std::string outOfMemoryMessage(std::int64_t limitBytes) {
    return "the function needed more than its " + std::to_string(limitBytes >> 20) + " MiB of memory";
}

Agent::Agent(EventLoop& loop, Sandbox sandbox, UniqueFd port)
    : loop_(loop),
      sandbox_(std::move(sandbox)),
      port_(loop, std::move(port),
            {[this](const std::string& body) { receive(body); }, [this] { portEnded(); },
             [this](const std::string& why) { fault(why); }}) {}

Result<void> Agent::start() {
    auto processes = ProcessTable::create(loop_, [this](const ProcessExit& exit) { processEnded(exit); });
    if (!processes) return failure(processes.error());
    processes_ = std::move(*processes);
    auto server = EmitServer::listen(
        loop_, sandbox_.outside(sandbox_.emitSocket),
        [this](const std::string& name, const std::string& data) { return emitted(name, data); });
    if (!server) return failure(server.error());
    emitServer_ = std::move(*server);
    for (auto& runtime : findRuntimes(sandbox_.outside(sandbox_.runtimesDir), sandbox_.runtimesDir)) {
        auto driver = makeDriver(runtime, loop_, sandbox_, *this);
        drivers_.emplace(runtime.name, std::move(driver));
        auto name = runtime.name;
        runtimes_.emplace(std::move(name), std::move(runtime));
    }
    hello();
    for (const auto& [name, driver] : drivers_) driver->warm();
    return {};
}

void Agent::send(const Message& message) {
    const auto bytes = frame(encodeMessage(message));
    if (!rehearsing_ || !isOfFunctions(message)) port_.send(bytes);
}

void Agent::hello() {
    utsname system{};
    ::uname(&system);
    TextList names;
    for (const auto& [name, runtime] : runtimes_) names.push_back(name);
    send({{"type", "hello"},
          {"protocol", kProtocolVersion},
          {"agent", std::string(DOGWATCH_VERSION)},
          {"kernel", toUtf8(system.release, 64)},
          {"runtimes", std::move(names)}});
}

void Agent::receive(const std::string& body) {
    auto message = decodeMessage(body);
    if (!message) return fault(message.error());
    auto parsed = toHostMessage(std::move(*message));
    if (!parsed) return fault(parsed.error());
    std::visit([this](auto&& known) { handle(std::forward<decltype(known)>(known)); }, std::move(*parsed));
}

void Agent::fault(const std::string& why) {
    send({{"type", "fault"}, {"message", toUtf8(why, 4U << 10U)}});
    port_.flush(std::chrono::seconds(1));
    port_.setPaused(true);
    loop_.quit(2);
}

void Agent::refuse(const std::string& request, const std::string& why, const std::string& execution) {
    Message message{{"type", "refused"}, {"request", request}, {"message", why}};
    if (!execution.empty()) message["execution"] = execution;
    send(message);
}

void Agent::portEnded() {
    if (!sandbox_.ownMachine) return loop_.quit(0);
    // The host closed its side. What runs has nobody to report to; when the host is back, it begins with our
    // hello.
    port_.clear();
    port_.setPaused(true);
    deadline_.stop();
    if (execution_) {
        execution_.reset();
        driver_->abort();
        driver_->warm();
        phase_ = Phase::Ready;
    }
    reconnect();
}

void Agent::reconnect() {
    reconnect_.start(loop_, Clock::now() + kReconnectDelay, [this] {
        if (port_.hungUp()) return reconnect();
        port_.setPaused(false);
        hello();
    });
}

void Agent::handle(const Shutdown&) {
    loop_.quit(0);
}

void Agent::handle(const Ping& ping) {
    send({{"type", "pong"}, {"nonce", ping.nonce}});
}

void Agent::handle(const Configure& configure) {
    if (phase_ != Phase::Idle && phase_ != Phase::Ready) {
        return refuse("configure", "it is taken while idle or ready only");
    }
    if (sandbox_.ownMachine) {
        if (auto done = configureMachine(configure); !done) return refuse("configure", done.error());
    }
    for (const auto& [name, driver] : drivers_) driver->reseed(randomBytes(32));
    configured_ = true;
    send({{"type", "configured"}});
}

void Agent::handle(Load load) {
    if (interrupts()) return refuse("load", "a rehearsal is under way");
    if (phase_ != Phase::Idle) return refuse("load", "a VM serves one function, and has one");
    if (!configured_) return refuse("load", "configure comes first");
    if (!drivers_.contains(load.runtime)) {
        return refuse("load", "this VM has no runtime \"" + load.runtime + "\"");
    }
    load_ = std::move(load);
    code_.clear();
    phase_ = Phase::Receiving;
}

void Agent::handle(const Code& code) {
    const auto arrived = static_cast<std::int64_t>(code_.size() + code.data.size());
    if (phase_ != Phase::Receiving || interrupts()) return refuse("code", "no code is awaited");
    if (arrived > load_->codeBytes) return fault("more code than code_bytes said");
    code_.append(code.data);
    if (arrived < load_->codeBytes) return;
    codeArrived_ = Clock::now();
    phase_ = Phase::Loading;
    output_ = OutputRelay(0);
    driver_ = drivers_.find(load_->runtime)->second.get();
    failAfter(load_->limits.initTimeoutUs, Cause::Timeout, "loading took longer than its time limit");
    installCode();
    code_ = {};
}

void Agent::installCode() {
    auto installed = load_->zip ? checkZip(code_, load_->limits.memoryBytes) : Result<void>();
    if (installed) installed = sandbox_.prepare(load_->limits);
    if (installed && load_->zip) {
        installed = sandbox_.writeArchive(code_);
        if (installed) return unpack();
    } else if (installed) {
        const auto& runtime = runtimes_.find(load_->runtime)->second;
        const auto file = runtime.sourceFile(load_->handler);
        installed = file ? sandbox_.writeCode(*file, code_, runtime.kind == Runtime::Kind::Api)
                         : failure(file.error());
    }
    if (!installed) return loaded(ending(Cause::Exception, installed.error()));
    driver_->load(*load_);
}

void Agent::unpack() {
    // By the function's own user and within its limits: the archive is as untrusted as what it holds.
    FunctionProcess::Start start;
    start.argv = {"/bin/busybox", "unzip", "-q", "-o", sandbox_.archive, "-d", sandbox_.taskDir};
    start.limits = &load_->limits;
    auto process = FunctionProcess::start(
        loop_, sandbox_, start,
        [this](Stream stream, std::string_view data) { output_.append(stream, data); });
    if (!process) return loaded(ending(Cause::Exception, process.error()));
    unpacker_ = std::move(*process);
}

void Agent::unpacked(const ProcessExit& exit) {
    unpacker_->ended(exit);
    unpacker_->drain();
    auto why = unpacker_->ending();
    unpacker_.reset();
    sandbox_.removeArchive();
    if (why.cause == Cause::None) return driver_->load(*load_);
    if (why.cause == Cause::Exit) {
        why = ending(Cause::Exception, "the zip archive cannot be unpacked: " + output_.tail());
    }
    loaded(std::move(why));
}

void Agent::loaded(Ending ending) {
    deadline_.stop();
    if (ending.cause != Cause::None) return loadFailed(std::move(ending));
    // The other interpreters wait in vain, unless this was a rehearsal.
    for (auto it = drivers_.begin(); !rehearsing_ && it != drivers_.end();) {
        it = it->second.get() == driver_ ? std::next(it) : drivers_.erase(it);
    }
    phase_ = Phase::Ready;
    send({{"type", "loaded"}, {"init_us", microseconds(Clock::now() - codeArrived_)}});
    if (rehearsing_) rehearseRun();
}

void Agent::loadFailed(Ending ending) {
    unpacker_.reset();
    recognizeOutOfMemory(ending);
    driver_->abort();
    Message message{{"type", "load_failed"}, {"output", Bytes{output_.tail()}}};
    describe(message, ending);
    phase_ = Phase::Idle;
    send(message);
    driver_->warm();
}

void Agent::warmed(const std::string& runtime) {
    if (!warmed_.insert(runtime).second) return;
    send({{"type", "warm"}, {"runtime", runtime}, {"init_us", microseconds(Clock::now() - booted_)}});
}

void Agent::processEnded(const ProcessExit& exit) {
    if (unpacker_ && unpacker_->pid() == exit.pid) return unpacked(exit);
    for (const auto& [name, driver] : drivers_) {
        if (driver->owns(exit.pid)) return driver->processEnded(exit);  // may drop drivers: look no further
    }
}

}  // namespace dogwatch::guest
