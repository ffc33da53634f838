// What a pool does next, as a pure function.
#include <QTest>

#include "vmpool/pool_plan.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

const VmShape kPython{"python3", 256, Network::None};
const VmShape kLarge{"python3", 1024, Network::None};
const PlanInput::Time kNow{1h};

PlanInput::Vm vm(VmState state, std::chrono::seconds idle = 0s, VmShape shape = kPython) {
    return {state, std::move(shape), false, kNow - idle};
}

PlanInput input(std::vector<PlanInput::Vm> vms) {
    PlanInput input;
    input.vms = std::move(vms);
    input.warm[kPython] = 2;
    input.maxVms = 4;
    input.now = kNow;
    return input;
}

}  // namespace

class TestPoolPlan : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void keepsTheWarmTarget() {
        QCOMPARE(planPool(input({})).boot, (std::vector{kPython, kPython}));
        QCOMPARE(planPool(input({vm(VmState::Booting)})).boot, (std::vector{kPython}));
        QVERIFY(planPool(input({vm(VmState::Ready), vm(VmState::Booting)})).boot.empty());
        // Those that serve a function do not count as ready.
        QCOMPARE(planPool(input({vm(VmState::Running), vm(VmState::Assigned)})).boot.size(), 2U);
    }

    void bootsFewAtOnce() {
        auto in = input({});
        in.maxVms = 100;
        in.wanted[kPython] = 50;
        QCOMPARE(planPool(in).boot.size(), 2U);
        in.vms = {vm(VmState::Booting), vm(VmState::Booting)};
        QVERIFY(planPool(in).boot.empty());
    }

    void respectsTheCap() {
        const auto plan = planPool(
            input({vm(VmState::Running), vm(VmState::Running), vm(VmState::Running), vm(VmState::Running)}));
        QCOMPARE(plan, Plan{});
    }

    void servesRequestsFirst() {
        auto in = input({vm(VmState::Running), vm(VmState::Running), vm(VmState::Running)});
        in.wanted[kLarge] = 1;
        QCOMPARE(planPool(in).boot, (std::vector{kLarge}));
    }

    void displacesTheLongestIdle() {
        auto in = input({vm(VmState::Assigned, 10s), vm(VmState::Assigned, 30s), vm(VmState::Running, 99s),
                         vm(VmState::Assigned, 20s)});
        in.wanted[kPython] = 1;
        const auto plan = planPool(in);
        QCOMPARE(plan.retire, std::vector<std::size_t>{1});
        QCOMPARE(plan.boot, std::vector{kPython});
    }

    void displacesUnusedBeforeAssigned() {
        auto in = input(
            {vm(VmState::Assigned, 30s), vm(VmState::Ready), vm(VmState::Running), vm(VmState::Running)});
        in.wanted[kLarge] = 1;
        QCOMPARE(planPool(in).retire, std::vector<std::size_t>{1});
    }

    void displacesNothingForWarmth() {
        const auto plan = planPool(input({vm(VmState::Assigned, 30s), vm(VmState::Assigned, 30s),
                                          vm(VmState::Assigned, 30s), vm(VmState::Assigned, 30s)}));
        QCOMPARE(plan, Plan{});
    }

    void neverDisplacesWhatRuns() {
        auto in =
            input({vm(VmState::Running), vm(VmState::Running), vm(VmState::Booting), vm(VmState::Running)});
        in.wanted[kLarge] = 3;
        QCOMPARE(planPool(in), Plan{});
    }

    void retiresWhatStandsIdle() {
        auto in = input({vm(VmState::Assigned, 601s), vm(VmState::Ready, 601s), vm(VmState::Ready, 601s),
                         vm(VmState::Ready, 601s, kLarge)});
        const auto plan = planPool(in);
        QCOMPARE(plan.retire, (std::vector<std::size_t>{0, 3}));  // the warm target stays
        QVERIFY(plan.boot.empty());
    }

    void bootsNothingInAdvanceWhenMemoryIsScarce() {
        auto in = input({});
        in.pressure = MemoryPressure::Scarce;
        QCOMPARE(planPool(in), Plan{});
        in.wanted[kPython] = 1;
        QCOMPARE(planPool(in).boot.size(), 1U);
    }

    void givesUpIdleVmsWhenMemoryIsShort() {
        auto in = input({vm(VmState::Ready, 5s), vm(VmState::Assigned, 9s), vm(VmState::Running, 99s)});
        in.pressure = MemoryPressure::Severe;
        QCOMPARE(planPool(in).retire, std::vector<std::size_t>{1});  // one at a time
        in.vms[1].state = VmState::Running;
        QCOMPARE(planPool(in).retire, std::vector<std::size_t>{0});
        in.wanted[kPython] = 1;  // the ready one is about to be used
        QVERIFY(planPool(in).retire.empty());
    }

    void clonesWhereThereIsATemplate() {
        auto in = input({});
        in.maxVms = 100;
        in.templates[kPython] = TemplateStatus::Ready;
        in.wanted[kPython] = 50;
        const auto plan = planPool(in);
        QCOMPARE(plan.clone, (std::vector<VmShape>(4, kPython)));  // queued: two cores do not thrash
        QVERIFY(plan.boot.empty() && plan.save.empty());
        in.vms.assign(4, {VmState::Booting, kPython, false, kNow, true});
        QCOMPARE(planPool(in), Plan{});
    }

    void makesATemplateBeforeAnythingElse() {
        auto in = input({});
        in.wanted[kPython] = 3;
        in.templates[kPython] = TemplateStatus::None;
        const auto plan = planPool(in);
        QCOMPARE(plan.save, std::vector{kPython});
        QVERIFY(plan.boot.empty());
        // While it is in the making the requests wait for it, but not for ever.
        in.vms = {{VmState::Booting, kPython, true, kNow, false}};
        in.templates[kPython] = TemplateStatus::InMaking;
        QCOMPARE(planPool(in), Plan{});
        in.impatient.insert(kPython);
        QCOMPARE(planPool(in).boot, std::vector{kPython});
    }

    void bootsWhereThereIsNone() {
        auto in = input({});
        in.templates[kPython] = TemplateStatus::Unavailable;
        QCOMPARE(planPool(in).boot, (std::vector{kPython, kPython}));
    }
};

QTEST_GUILESS_MAIN(TestPoolPlan)
#include "tst_pool_plan.moc"
