// The part of the agent that rehearses. A function of ours, one for each runtime, goes the whole way that a
// real one goes, begun by messages as the host sends them and ended by a result that nobody hears. What is
// read and, under TCG, translated on that way is there when the first real function comes; nothing else of it
// stays.
#include <fstream>
#include <sstream>

#include "vmpool/guest/agent.h"

namespace dogwatch::guest {
namespace {

constexpr std::int64_t kPatienceUs = 30'000'000;
constexpr auto kSettling = std::chrono::milliseconds(150);
const char* const kExecution = "rehearsal";

Message loadOf(const Runtime& runtime, std::size_t codeBytes) {
    const auto usual = Sandbox::usualLimits();
    return {{"type", "load"},
            {"function", "rehearsal"},
            {"version", std::int64_t{1}},
            {"runtime", runtime.name},
            {"code_bytes", static_cast<std::int64_t>(codeBytes)},
            {"zip", false},
            {"env", TextMap{{"REHEARSAL", "1"}}},
            {"memory_bytes", usual.memoryBytes},
            {"processes", usual.processes},
            {"open_files", usual.openFiles},
            {"tmp_bytes", usual.tmpBytes},
            {"init_timeout_us", kPatienceUs}};
}

Message runOf() {
    return {{"type", "run"},
            {"execution", kExecution},
            {"attempt", std::int64_t{1}},
            {"payload", R"({"n": 1, "text": "ä"})"},
            {"timeout_us", kPatienceUs}};
}

}  // namespace

void Agent::handle(const Rehearse&) {
    if (phase_ != Phase::Idle || rehearsing_ || !configured_) {
        return refuse("rehearse", "it is taken before `load` only");
    }
    rehearsing_ = true;
    // Every VM has the shell; one that has another runtime, too, is there for that.
    for (const auto& [name, runtime] : runtimes_) {
        if (runtime.kind != Runtime::Kind::Call || runtimes_.size() == 1) toRehearse_.push_back(name);
    }
    rehearseNext();
}

void Agent::rehearseNext() {
    while (!toRehearse_.empty()) {
        onStage_ = std::move(toRehearse_.back());
        toRehearse_.pop_back();
        if (drivers_.at(onStage_)->rehearse()) return;  // standsIn() or rehearsed() follows
    }
    (void)sandbox_.renew();  // should it fail, the next load says so
    // The machine is to stand still then, and its kernel has some tidying up to do.
    rehearsalStep_.start(loop_, Clock::now() + kSettling, [this] {
        rehearsing_ = false;
        send({{"type", "rehearsed"}});
    });
}

void Agent::standsIn() {
    const Runtime& runtime = runtimes_.at(onStage_);
    const auto folder = sandbox_.outside(sandbox_.runtimesDir) + "/" + runtime.name;
    std::ifstream file(folder + "/" + runtime.rehearsal);
    std::ostringstream code;
    if (runtime.rehearsal.empty() || !(code << file.rdbuf())) {
        drivers_.at(onStage_)->settle();
        return;
    }
    cue(loadOf(runtime, code.str().size()));
    cue({{"type", "code"}, {"data", Bytes{code.str()}}});
}

void Agent::cue(const Message& message) {
    isCue_ = true;
    receive(encodeMessage(message));
    isCue_ = false;
}

void Agent::rehearseRun() {
    // Later, as the host's message would come: whoever says that it is loaded is not done yet.
    rehearsalStep_.start(loop_, Clock::now(), [this] {
        if (phase_ == Phase::Ready) cue(runOf());
    });
}

void Agent::rehearsed() {
    rehearsalStep_.start(loop_, Clock::now(), [this] {
        if (!rehearsing_) return;
        deadline_.stop();
        outputDue_.stop();
        execution_.reset();
        load_.reset();
        driver_ = nullptr;
        phase_ = Phase::Idle;
        rehearseNext();
    });
}

}  // namespace dogwatch::guest
