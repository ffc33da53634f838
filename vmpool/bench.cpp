#include "vmpool/bench.h"

#include <QEventLoop>
#include <QStandardPaths>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <optional>

#include "vmpool/bare_vm.h"
#include "vmpool/bench_p.h"
#include "vmpool/host_tsc.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

constexpr int kBurst = 50;
constexpr int kUnmeasured = 20;
constexpr int kFewestInvokes = 100;
constexpr std::chrono::milliseconds kBenchPatience = 120s;

}  // namespace

double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::lround(share * static_cast<double>(values.size() - 1)));
    return values[rank];
}

bool waitFor(const std::function<bool()>& done) {
    QEventLoop loop;
    QTimer patience;
    patience.setSingleShot(true);
    patience.start(kBenchPatience);
    while (!done() && patience.isActive()) loop.processEvents(QEventLoop::WaitForMoreEvents);
    return done();
}

std::shared_ptr<const Function> echoFunction(const GuestImage& image) {
    Function function;
    function.name = "bench";
    function.runtime = image.runtimes().contains("python3") ? "python3" : "sh";
    function.code =
        function.runtime == "sh" ? "echo 1\n" : "def handler(event, context):\n    return event\n";
    return std::make_shared<const Function>(std::move(function));
}

namespace {

class Bench {
 public:
    Bench(const PoolBenchOptions& options, const ReportFigure& report) : options_(options), report_(report) {}

    Result<void> run() {
        pool_ = std::make_unique<Pool>(options_.pool);
        if (auto started = pool_->start(); !started)
            return started;  // checks QEMU and image, makes the folders
        if (auto ready = prepareSpec(); !ready) return ready;
        if (auto invoked = measureInvokes(); !invoked) return invoked;
        pool_.reset();
        return benchVms(host_, accelerator_, options_.duration * 3 / 4, report_);
    }

 private:
    Result<void> prepareSpec() {
        auto image = GuestImage::open(options_.pool.imageDir);
        if (!image) return tl::unexpected(image.error());
        host_.image = std::make_shared<const GuestImage>(std::move(*image));
        host_.qemu = QStandardPaths::findExecutable(QString::fromStdString(options_.pool.qemu)).toStdString();
        host_.preloads = openPreloads(options_.pool.preloadDir);
        host_.starter = std::make_shared<QemuStarter>(host_.qemu, host_.preloads);
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

    Result<void> measureInvokes() {
        const auto bare = BareVm::boot(bareSpec(defaultShape(*host_.image)), host_.runDir + "/bare.pid");
        if (!bare || !bare->settle()) return noAnswer("QEMU");
        const auto shared = echoFunction(*host_.image);
        std::vector<double> overheads;
        std::vector<double> pings;
        for (int i = 0; i < kUnmeasured; ++i) {  // these find cold caches
            Clock::duration total{};
            const auto outcome = invoke(shared, total);
            if (!outcome || !outcome->succeeded) return noAnswer("a function");
        }
        for (Rounds rounds(options_.duration / 4, kFewestInvokes); rounds.next();) {
            Clock::duration total{};
            const auto outcome = invoke(shared, total);
            if (!outcome || !outcome->succeeded) return noAnswer("a function");
            const auto ping = bare->ping();
            if (!ping) return noAnswer("a ping's answer");
            overheads.push_back(microsecondsOf(total) - static_cast<double>(outcome->durationUs));
            pings.push_back(microsecondsOf(*ping));
        }
        const double ping = percentile(pings, 0.5);
        const int runs = static_cast<int>(pings.size());
        tell("pool.warm_invoke.p50", percentile(overheads, 0.5), "us", "agent_ping", ping, runs);
        tell("pool.warm_invoke.p99", percentile(overheads, 0.99), "us", "agent_ping", ping, runs);
        tell("pool.agent_ping", ping, "us", "", 0, runs);
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
        tell("pool.burst", microsecondsOf(Clock::now() - start) / kBurst, "us", "one_invoke",
             microsecondsOf(alone), kBurst);
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
    const ReportFigure& report_;
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
