// The part of the pool's benchmark that concerns single VMs: cold boots, templates, clones and their memory.
#include <QObject>
#include <algorithm>
#include <memory>
#include <numeric>
#include <utility>

#include "vmpool/bare_vm.h"
#include "vmpool/bench_p.h"
#include "vmpool/template_maker.h"

namespace dogwatch::vmpool {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kMostClones = 16;
constexpr int kFewestRounds = 3;
constexpr int kSections = 5;  // boots, clones of three counts, first results

int runsOf(const std::vector<double>& values) {
    return static_cast<int>(values.size());
}

double mebibytes(std::int64_t bytes) {
    return static_cast<double>(bytes) / (1 << 20);
}

class VmBench {
 public:
    VmBench(const VmHost& host, Accelerator accelerator, std::chrono::milliseconds duration,
            const ReportFigure& report)
        : host_(host),
          accelerator_(accelerator),
          share_(duration / kSections),
          report_(report),
          shape_(defaultShape(*host.image)),
          function_(echoFunction(*host.image)) {}

    Result<void> run() {
        if (auto done = measureBoots(); !done) return done;
        if (auto done = makeTemplate(); !done) return done;
        for (const int count : {1, 4, kMostClones}) {
            if (auto done = measureClones(count); !done) return done;
        }
        return measureFirstResults();
    }

 private:
    std::unique_ptr<Vm> makeVm() {
        const auto number = ++last_;
        return std::make_unique<Vm>(host_, "bench-" + std::to_string(number), number, shape_, accelerator_);
    }
    [[nodiscard]] VmSpec bareSpec() const { return coldSpec(host_, "dogwatch-bare", shape_, accelerator_); }
    [[nodiscard]] std::string bareFile(int number) const {
        return host_.runDir + "/bare-" + std::to_string(number) + ".pid";
    }
    void tell(const std::string& bench, double value, const char* unit, const char* baseline, double base,
              int runs) const {
        report_({bench, value, unit, baseline, base > 0 ? value / base : 0, runs});
    }

    Result<void> measureBoots() {
        std::vector<double> ours;
        std::vector<double> bare;
        for (Rounds rounds(share_, kFewestRounds); rounds.next();) {
            const auto vm = makeVm();
            const auto start = Clock::now();
            vm->boot();
            waitFor([&] { return vm->state() != VmState::Booting; });
            if (vm->state() != VmState::Ready) return noAnswer("a VM");
            ours.push_back(milliseconds(Clock::now() - start));
            if (bare.empty()) {
                waitFor([&] { return vm->isWarm() || vm->isOver(); });
                vm->sampleMemory();
                coldMemory_ = mebibytes(vm->status().pssBytes);
            }
            const auto other = BareVm::boot(bareSpec(), bareFile(0));
            if (!other) return noAnswer("QEMU");
            bare.push_back(milliseconds(other->bootTime()));
        }
        coldBoot_ = percentile(ours, 0.5);
        tell("pool.cold_boot", coldBoot_, "ms", "qemu_boot", percentile(bare, 0.5), runsOf(ours));
        return {};
    }

    Result<void> makeTemplate() {
        TemplateMaker maker(host_, templateKey(host_, accelerator_, shape_), "bench-template", 1);
        Result<std::shared_ptr<const VmTemplate>> made;
        bool isDone = false;
        QObject::connect(&maker, &TemplateMaker::done, &maker, [&](const auto& result) {
            made = result;
            isDone = true;
        });
        const auto start = Clock::now();
        maker.start();
        waitFor([&] { return isDone; });
        if (!isDone) return noAnswer("a template");
        if (!made) return tl::unexpected(made.error());
        template_ = *made;
        tell("pool.template", milliseconds(Clock::now() - start), "ms", "cold_boot", coldBoot_, 1);
        return {};
    }

    /// Clones are started at once; the time until the last of their agents has answered.
    Result<void> measureClones(int count) {
        std::vector<double> ours;
        std::vector<double> bare;
        for (Rounds rounds(share_, kFewestRounds); rounds.next();) {
            auto vms = std::vector<std::unique_ptr<Vm>>{};
            const auto start = Clock::now();
            for (int k = 0; k < count; ++k) {
                Vm* vm = vms.emplace_back(makeVm()).get();
                QObject::connect(vm, &Vm::available, vm, [vm] {
                    if (!vm->hasAnswered()) vm->resume();
                });
                vm->clone(template_);
            }
            const auto all = [&](auto&& property) { return std::all_of(vms.begin(), vms.end(), property); };
            waitFor([&] { return all([](const auto& vm) { return vm->hasAnswered() || vm->isOver(); }); });
            if (!all([](const auto& vm) { return vm->hasAnswered(); })) return noAnswer("a clone");
            ours.push_back(milliseconds(Clock::now() - start));
            if (count == kMostClones && bare.empty()) measureMemory(vms);
            vms.clear();
            const auto bareStart = Clock::now();
            if (!cloneBare(count)) return noAnswer("a clone of plain QEMU");
            bare.push_back(milliseconds(bareEnd_ - bareStart));
        }
        const double median = percentile(ours, 0.5);
        const auto name = "pool.clone." + std::to_string(count);
        tell(name, median, "ms", "qemu_clone", percentile(bare, 0.5), runsOf(ours));
        if (count == 1) tell("pool.clone.speedup", coldBoot_ / median, "x", "", 0, runsOf(ours));
        return {};
    }

    bool cloneBare(int count) {
        std::vector<std::unique_ptr<BareVm>> vms;
        for (int k = 0; k < count; ++k) {
            if (!vms.emplace_back(
                    BareVm::clone(bareSpec(), *template_, bareFile(k), static_cast<std::uint32_t>(k))))
                return false;
        }
        const bool answered =
            std::all_of(vms.begin(), vms.end(), [](const auto& vm) { return vm->resume(); }) &&
            std::all_of(vms.begin(), vms.end(), [](const auto& vm) { return vm->answered(); });
        bareEnd_ = Clock::now();
        return answered;
    }

    /// What one of them takes: as a clone that has answered, and when its runtime was gone through.
    void measureMemory(const std::vector<std::unique_ptr<Vm>>& vms) {
        tellMemory("pool.clone.pss", vms);
        for (const auto& vm : vms) vm->rehearse();
        waitFor([&] {
            return std::all_of(vms.begin(), vms.end(),
                               [](const auto& vm) { return vm->isRehearsed() || vm->isOver(); });
        });
        tellMemory("pool.clone.pss_rehearsed", vms);
    }

    void tellMemory(const char* bench, const std::vector<std::unique_ptr<Vm>>& vms) {
        for (const auto& vm : vms) vm->sampleMemory();
        const double sum = std::accumulate(vms.begin(), vms.end(), 0.0, [](double total, const auto& vm) {
            return total + mebibytes(vm->status().pssBytes);
        });
        tell(bench, sum / static_cast<double>(vms.size()), "MiB", "booted_vm", coldMemory_,
             static_cast<int>(vms.size()));
    }

    /// From the request to the result, for VMs in each of the states that one may find.
    Result<void> measureFirstResults() {
        std::vector<double> booted;
        std::vector<double> cloned;
        std::vector<double> restored;
        std::vector<double> rehearsed;
        for (Rounds rounds(share_, kFewestRounds); rounds.next();) {
            auto vm = makeVm();
            vm->boot();
            waitFor([&] { return (vm->state() == VmState::Ready && vm->isWarm()) || vm->isOver(); });
            if (!firstResult(*vm, Clock::now(), booted)) return noAnswer("a function in a booted VM");
            const auto request = Clock::now();
            vm = makeClone();
            if (!firstResult(*vm, request, cloned)) return noAnswer("a function in a clone on demand");
            vm = makeClone();
            if (vm->canRun()) vm->tryOut();
            waitFor([&] { return vm->isTriedOut() || vm->isOver(); });
            if (!firstResult(*vm, Clock::now(), restored)) return noAnswer("a function in a clone");
            vm = makeClone();
            if (vm->canRun()) vm->rehearse();
            waitFor([&] { return vm->isRehearsed() || vm->isOver(); });
            if (!firstResult(*vm, Clock::now(), rehearsed))
                return noAnswer("a function in a rehearsed clone");
        }
        const double base = percentile(booted, 0.5);
        tell("pool.first_result.cloned", percentile(cloned, 0.5), "ms", "booted_vm", base, runsOf(cloned));
        tell("pool.first_result.restored", percentile(restored, 0.5), "ms", "booted_vm", base,
             runsOf(restored));
        tell("pool.first_result.rehearsed", percentile(rehearsed, 0.5), "ms", "booted_vm", base,
             runsOf(rehearsed));
        return {};
    }

    std::unique_ptr<Vm> makeClone() {
        auto vm = makeVm();
        vm->clone(template_);
        waitFor([&] { return vm->state() != VmState::Booting; });
        return vm;
    }

    bool firstResult(Vm& vm, Clock::time_point request, std::vector<double>& times) {
        if (!vm.canRun()) return false;
        Invocation invocation;
        invocation.execution = "bench-" + std::to_string(++last_);
        invocation.function = function_;
        invocation.timeout = std::chrono::seconds{60};
        std::optional<Outcome> outcome;
        QObject::connect(&vm, &Vm::executionFinished, &vm,
                         [&](const std::string&, const Outcome& end) { outcome = end; });
        vm.run(invocation, StartKind::Clone);
        waitFor([&] { return outcome.has_value(); });
        times.push_back(milliseconds(Clock::now() - request));
        return outcome && outcome->succeeded;
    }

    const VmHost& host_;
    Accelerator accelerator_;
    std::chrono::milliseconds share_;  ///< of each section
    const ReportFigure& report_;
    VmShape shape_;
    std::shared_ptr<const Function> function_;
    std::shared_ptr<const VmTemplate> template_;
    double coldBoot_ = 0;
    double coldMemory_ = 0;
    Clock::time_point bareEnd_;
    std::uint32_t last_ = 0;
};

}  // namespace

Result<void> benchVms(const VmHost& host, Accelerator accelerator, std::chrono::milliseconds duration,
                      const ReportFigure& report) {
    return VmBench(host, accelerator, duration, report).run();
}

}  // namespace dogwatch::vmpool
