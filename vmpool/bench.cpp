#include "vmpool/bench.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>
#include <algorithm>
#include <array>
#include <numeric>
#include <optional>

#include "vmpool/guest_protocol.h"
#include "vmpool/host_tsc.h"
#include "vmpool/qemu_process.h"
#include "vmpool/vm.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kBurst = 50;
constexpr std::chrono::milliseconds kPatience = 120s;

double microseconds(Clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

/// Nearest rank.
double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    return values[rank];
}

/// Turns the event loop until `done`, or gives up.
bool waitFor(const std::function<bool()>& done) {
    QEventLoop loop;
    QTimer patience;
    patience.setSingleShot(true);
    patience.start(kPatience);
    while (!done() && patience.isActive()) loop.processEvents(QEventLoop::WaitForMoreEvents);
    return done();
}

/// QEMU with the pool's own command line, but nothing of the pool: a blocking read of the agent's socket.
class BareVm {
 public:
    static std::unique_ptr<BareVm> boot(const VmSpec& base, const std::string& pidFile) {
        auto agent = makeSocketPair();
        auto qmp = makeSocketPair();
        auto console = makeSocketPair();
        if (!agent || !qmp || !console) return nullptr;
        auto vm = std::unique_ptr<BareVm>(new BareVm(pidFile));
        vm->agent_ = std::move(agent->ours);
        vm->others_ = {std::move(qmp->ours), std::move(console->ours)};
        ::fcntl(vm->agent_.get(), F_SETFL, 0);
        VmSpec spec = base;
        spec.agentFd = agent->theirs.get();
        spec.qmpFd = qmp->theirs.get();
        spec.consoleFd = console->theirs.get();
        const auto start = Clock::now();
        vm->process_.start(QemuCommandLine(spec), confinementFor(spec, 0));
        if (!vm->read().has_value()) return nullptr;
        vm->bootTime_ = Clock::now() - start;
        return vm;
    }
    [[nodiscard]] Clock::duration bootTime() const { return bootTime_; }

    /// One ping, answered.
    std::optional<Clock::duration> ping() {
        const auto start = Clock::now();
        const std::string frame = encodePing(++nonce_);
        if (::write(agent_.get(), frame.data(), frame.size()) != static_cast<ssize_t>(frame.size()))
            return std::nullopt;
        for (;;) {
            const auto message = read();
            if (!message) return std::nullopt;
            if (std::holds_alternative<Pong>(*message)) return Clock::now() - start;
        }
    }
    /// Waits until its interpreter stands ready, and no longer takes the processor.
    bool settle() {
        for (;;) {
            const auto message = read();
            if (!message) return false;
            if (std::holds_alternative<Warm>(*message)) return true;
        }
    }

 private:
    explicit BareVm(const std::string& pidFile) : process_(pidFile) {}

    std::optional<GuestMessage> read() {
        for (;;) {
            if (const auto body = reader_.next(); !body) {
                return std::nullopt;
            } else if (*body) {
                auto message = decodeGuestMessage(**body);
                return message ? std::optional(std::move(*message)) : std::nullopt;
            }
            pollfd entry{agent_.get(), POLLIN, 0};
            if (::poll(&entry, 1, static_cast<int>(kPatience.count())) != 1) return std::nullopt;
            std::array<char, 4096> buffer{};
            const auto count = ::read(agent_.get(), buffer.data(), buffer.size());
            if (count <= 0) return std::nullopt;
            reader_.append({buffer.data(), static_cast<std::size_t>(count)});
        }
    }

    QemuProcess process_;
    UniqueFd agent_;
    std::array<UniqueFd, 2> others_;
    FrameReader reader_;
    Clock::duration bootTime_{};
    std::int64_t nonce_ = 0;
};

class Bench {
 public:
    Bench(const PoolBenchOptions& options, const std::function<void(const Figure&)>& report)
        : options_(options), report_(report) {}

    Result<void> run() {
        pool_ = std::make_unique<Pool>(options_.pool);
        if (auto started = pool_->start(); !started)
            return started;  // checks QEMU and image, makes the folders
        if (auto ready = prepareSpec(); !ready) return ready;
        if (auto invoked = measureInvokes(); !invoked) return invoked;
        pool_.reset();
        return measureBoots();
    }

 private:
    static tl::unexpected<Error> noAnswer(const std::string& what) {
        return failure(Error::Kind::Unavailable,
                       what + " did not come up: `dogwatchctl pool console` may tell why");
    }

    Result<void> prepareSpec() {
        auto image = GuestImage::open(options_.pool.imageDir);
        if (!image) return tl::unexpected(image.error());
        host_.image = std::make_shared<const GuestImage>(std::move(*image));
        host_.qemu = QStandardPaths::findExecutable(QString::fromStdString(options_.pool.qemu)).toStdString();
        host_.runDir = options_.pool.runDir;
        const TscSample first = sampleTsc();
        QTimer ready;
        ready.setSingleShot(true);
        ready.start(kTscInterval);
        waitFor([&] { return !ready.isActive() && pool_->status().accelerator != "probing"; });
        host_.tscKiloHertz = tscKiloHertz(first, sampleTsc());
        accelerator_ = pool_->status().accelerator == "kvm" ? Accelerator::Kvm : Accelerator::Tcg;
        return {};
    }

    Result<void> measureBoots() {
        const VmShape shape = defaultShape(*host_.image);
        std::vector<double> ours;
        std::vector<double> bare;
        for (int i = 0; i < options_.boots; ++i) {
            Vm vm(host_, "bench-" + std::to_string(i), 1, shape, accelerator_);
            const auto start = Clock::now();
            vm.start();
            waitFor([&] { return vm.state() != VmState::Booting; });
            if (vm.state() != VmState::Ready) return noAnswer("a VM");
            ours.push_back(microseconds(Clock::now() - start));
            vm.retire("measured");
            waitFor([&] { return vm.status().pid == 0; });
            const auto other = BareVm::boot(bareSpec(shape), host_.runDir + "/bare.pid");
            if (!other) return noAnswer("QEMU");
            bare.push_back(microseconds(other->bootTime()));
        }
        tell("pool.cold_boot", percentile(ours, 0.5) / 1000, "ms", "qemu_boot", percentile(bare, 0.5) / 1000,
             options_.boots);
        return {};
    }

    Result<void> measureInvokes() {
        const auto bare = BareVm::boot(bareSpec(defaultShape(*host_.image)), host_.runDir + "/bare.pid");
        if (!bare || !bare->settle()) return noAnswer("QEMU");
        Function function;
        function.name = "bench";
        function.runtime = host_.image->runtimes().contains("python3") ? "python3" : "sh";
        function.code =
            function.runtime == "sh" ? "echo 1\n" : "def handler(event, context):\n    return event\n";
        const auto shared = std::make_shared<const Function>(std::move(function));
        std::vector<double> overheads;
        std::vector<double> pings;
        for (int i = 0; i < options_.invokes + 20; ++i) {
            Clock::duration total{};
            const auto outcome = invoke(shared, total);
            if (!outcome || !outcome->succeeded) return noAnswer("a function");
            const auto ping = bare->ping();
            if (!ping) return noAnswer("a ping's answer");
            if (i < 20) continue;  // the first ones find cold caches
            overheads.push_back(microseconds(total) - static_cast<double>(outcome->durationUs));
            pings.push_back(microseconds(*ping));
        }
        const double ping = percentile(pings, 0.5);
        tell("pool.warm_invoke.p50", percentile(overheads, 0.5), "us", "agent_ping", ping, options_.invokes);
        tell("pool.warm_invoke.p99", percentile(overheads, 0.99), "us", "agent_ping", ping, options_.invokes);
        tell("pool.agent_ping", ping, "us", "", 0, options_.invokes);
        return measureBurst(shared);
    }

    Result<void> measureBurst(const std::shared_ptr<const Function>& function) {
        Clock::duration alone{};
        if (!invoke(function, alone)) return noAnswer("a function");
        std::vector<Invocation> queue;
        for (int i = 0; i < kBurst; ++i) queue.push_back(invocation(function));
        int finished = 0;
        QObject scope;
        QObject::connect(pool_.get(), &Pool::executionFinished, &scope, [&] { ++finished; });
        const auto offerAll = [&] {
            std::erase_if(queue, [&](const auto& each) { return pool_->offer(each); });
        };
        QObject::connect(pool_.get(), &Pool::capacityChanged, &scope, offerAll);
        const auto start = Clock::now();
        offerAll();
        if (!waitFor([&] { return finished == kBurst; })) return noAnswer("a burst's last result");
        tell("pool.burst", microseconds(Clock::now() - start) / kBurst, "us", "one_invoke",
             microseconds(alone), kBurst);
        return {};
    }

    std::optional<Outcome> invoke(const std::shared_ptr<const Function>& function, Clock::duration& total) {
        std::optional<Outcome> outcome;
        const Invocation request = invocation(function);
        QObject scope;
        QObject::connect(pool_.get(), &Pool::executionFinished, &scope,
                         [&](const std::string& id, const Outcome& end) {
                             if (id == request.execution) outcome = end;
                         });
        bool taken = false;
        QObject::connect(pool_.get(), &Pool::capacityChanged, &scope,
                         [&] { taken = taken || pool_->offer(request); });
        const auto start = Clock::now();
        taken = pool_->offer(request);
        waitFor([&] { return outcome.has_value(); });
        total = Clock::now() - start;
        return outcome;
    }

    Invocation invocation(const std::shared_ptr<const Function>& function) {
        Invocation request;
        request.execution = "bench-" + std::to_string(++last_);
        request.function = function;
        request.timeout = 60s;
        return request;
    }

    [[nodiscard]] VmSpec bareSpec(const VmShape& shape) const {
        return coldSpec(host_, "dogwatch-bare", shape, accelerator_);
    }

    void tell(const char* bench, double value, const char* unit, const char* baseline, double base,
              int runs) const {
        report_({bench, value, unit, baseline, base > 0 ? value / base : 0, runs});
    }

    PoolBenchOptions options_;
    const std::function<void(const Figure&)>& report_;
    std::unique_ptr<Pool> pool_;
    VmHost host_;
    Accelerator accelerator_ = Accelerator::Tcg;
    int last_ = 0;
};

}  // namespace

Result<void> benchPool(const PoolBenchOptions& options, const std::function<void(const Figure&)>& report) {
    return Bench(options, report).run();
}

}  // namespace dogwatch::vmpool
