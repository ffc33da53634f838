// How many VMs are kept ready, and when the host is short of memory.
#include <QTest>

#include "vmpool/demand.h"
#include "vmpool/host_memory.h"

using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

const Demand::Time kStart{1h};

}  // namespace

class TestDemand : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void keepsTheFloor() {
        const Demand none;
        QCOMPARE(none.target(kStart, 2, 4), 2);
        QCOMPARE(none.target(kStart, 0, 4), 0);
    }

    void followsTheBusiestMoment() {
        Demand demand;
        for (int i = 0; i < 10; ++i) demand.note(kStart + i * 10s);  // one now and then
        QCOMPARE(demand.target(kStart + 100s, 0, 8), 1);
        for (int i = 0; i < 5; ++i) demand.note(kStart + 100s + i * 100ms);
        QCOMPARE(demand.target(kStart + 101s, 0, 8), 5);
        QCOMPARE(demand.target(kStart + 101s, 0, 3), 3);  // the ceiling
        QCOMPARE(demand.target(kStart + 101s, 6, 3), 6);
    }

    void forgets() {
        Demand demand;
        for (int i = 0; i < 5; ++i) demand.note(kStart);
        QCOMPARE(demand.target(kStart + Demand::kMemory, 1, 8), 5);
        QCOMPARE(demand.target(kStart + Demand::kMemory + 1ms, 1, 8), 1);
    }

    void isBounded() {
        Demand demand;
        for (int i = 0; i < 100'000; ++i) demand.note(kStart + i * 1us);
        QCOMPARE(demand.target(kStart + 1s, 0, 5000), 1024);
    }

    void readsWhatTheKernelTells() {
        const auto memory =
            parseHostMemory("MemTotal:       24677532 kB\nMemFree:   1 kB\nMemAvailable:    2097152 kB\n",
                            "some avg10=12.50 avg60=0.00 avg300=0.00 total=5\nfull avg10=3.25 avg60=0.00 "
                            "avg300=0.00 total=1\n");
        QCOMPARE(memory.availableMiB, 2048);
        QCOMPARE(memory.someStalled, 12.5);
        QCOMPARE(memory.allStalled, 3.25);
        const auto unknown = parseHostMemory("", "");
        QCOMPARE(judge(unknown, 256), MemoryPressure::None);
        QCOMPARE(judge(parseHostMemory("MemAvailable: garbage", "some avg10=x"), 256), MemoryPressure::None);
        QVERIFY(judge(readHostMemory(), 1'000'000'000) != MemoryPressure::None);
    }

    void judges() {
        QCOMPARE(judge({4096, 0, 0}, 256), MemoryPressure::None);
        QCOMPARE(judge({700, 0, 0}, 256), MemoryPressure::Scarce);
        QCOMPARE(judge({4096, 15, 2}, 256), MemoryPressure::Scarce);
        QCOMPARE(judge({200, 0, 0}, 256), MemoryPressure::Severe);
        QCOMPARE(judge({4096, 60, 30}, 256), MemoryPressure::Severe);
    }
};

QTEST_GUILESS_MAIN(TestDemand)
#include "tst_demand.moc"
