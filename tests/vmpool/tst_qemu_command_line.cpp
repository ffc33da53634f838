// The command line as a value: what QEMU is, and is not, given.
#include <QTest>
#include <algorithm>

#include "vmpool/host_tsc.h"
#include "vmpool/qemu_command_line.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;

namespace {

VmSpec sample() {
    VmSpec spec;
    spec.name = "vm-1";
    spec.kernelFd = 10;
    spec.initrdFd = 11;
    spec.kernelArguments = "quiet panic=-1";
    spec.tscKiloHertz = 2'450'000;
    spec.agentFd = 20;
    spec.qmpFd = 21;
    spec.consoleFd = 22;
    spec.disks = {{"python3", 12}};
    return spec;
}

/// The value that follows `option`; every one, joined by '|', when it comes several times.
std::string valueOf(const QemuCommandLine& line, std::string_view option) {
    std::string values;
    const auto& arguments = line.arguments();
    for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
        if (arguments[i] != option) continue;
        if (!values.empty()) values += '|';
        values += arguments[i + 1];
    }
    return values;
}

bool has(const QemuCommandLine& line, std::string_view argument) {
    return std::find(line.arguments().begin(), line.arguments().end(), argument) != line.arguments().end();
}

}  // namespace

class TestQemuCommandLine : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void bootsCold();
    void usesKvm();
    void confinesQemu();
    void givesNetworkOnlyWhenAsked();
    void hasLittleEnvironment();
    void clonesFromMemory();
    void makesTemplates();
    void tellsTheKernelTheClockRate();
    void measuresTheClockRate();
};

void TestQemuCommandLine::bootsCold() {
    const QemuCommandLine line(sample());
    QCOMPARE(line.program(), "qemu-system-x86_64");
    QCOMPARE(valueOf(line, "-M"), "microvm,rtc=on,mem-merge=off");
    QCOMPARE(valueOf(line, "-m"), "256M");
    QCOMPARE(valueOf(line, "-accel"), "tcg,tb-size=64");
    QCOMPARE(valueOf(line, "-kernel"), "/proc/self/fd/10");
    QCOMPARE(valueOf(line, "-initrd"), "/proc/self/fd/11");
    QVERIFY(valueOf(line, "-chardev").find("socket,id=agent,fd=20") != std::string::npos);
    QCOMPARE(valueOf(line, "-mon"), "chardev=qmp,mode=control");
    QCOMPARE(valueOf(line, "-serial"), "chardev:console");
    QVERIFY(valueOf(line, "-device").find("virtserialport,chardev=agent,name=org.dogwatch.agent,nr=1") !=
            std::string::npos);
    QVERIFY(valueOf(line, "-blockdev").find("read-only=on") != std::string::npos);
    QCOMPARE(valueOf(line, "-add-fd"), "fd=12,set=0");
    auto fds = line.inheritedFds();
    std::sort(fds.begin(), fds.end());
    QCOMPARE(fds, (std::vector<int>{10, 11, 12, 20, 21, 22}));
}

void TestQemuCommandLine::usesKvm() {
    auto spec = sample();
    spec.accelerator = Accelerator::Kvm;
    const QemuCommandLine line(spec);
    QCOMPARE(valueOf(line, "-accel"), "kvm");
    QCOMPARE(valueOf(line, "-cpu"), "host");
}

void TestQemuCommandLine::confinesQemu() {
    const QemuCommandLine line(sample());
    QCOMPARE(valueOf(line, "-sandbox"),
             "on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny");
    QVERIFY(has(line, "-nodefaults"));
    QVERIFY(has(line, "-no-user-config"));
    QCOMPARE(valueOf(line, "-display"), "none");
}

void TestQemuCommandLine::givesNetworkOnlyWhenAsked() {
    auto spec = sample();
    QCOMPARE(valueOf(QemuCommandLine(spec), "-nic"), "none");
    QCOMPARE(valueOf(QemuCommandLine(spec), "-netdev"), "");
    spec.network = Network::User;
    QCOMPARE(valueOf(QemuCommandLine(spec), "-netdev"), "user,id=net");
    QVERIFY(valueOf(QemuCommandLine(spec), "-device").find("virtio-net-device,netdev=net") !=
            std::string::npos);
}

void TestQemuCommandLine::hasLittleEnvironment() {
    auto spec = sample();
    QCOMPARE(QemuCommandLine(spec).environment().size(), 2U);  // PATH and LC_ALL
    spec.relocationsFd = 40;
    spec.heapFd = 41;
    const QemuCommandLine line(spec);
    QCOMPARE(line.environment().at("LD_AUDIT"), "/proc/self/fd/40");
    QCOMPARE(line.environment().at("LD_PRELOAD"), "/proc/self/fd/41");
    for (const int fd : {40, 41})
        QCOMPARE(std::count(line.inheritedFds().begin(), line.inheritedFds().end(), fd), 1);
}

void TestQemuCommandLine::clonesFromMemory() {
    auto spec = sample();
    spec.memory = MemoryKind::CopyOnWrite;
    spec.memoryFd = 30;
    spec.incoming = true;
    const QemuCommandLine line(spec);
    QCOMPARE(valueOf(line, "-M"), "microvm,rtc=on,mem-merge=off,memory-backend=ram");
    QCOMPARE(valueOf(line, "-object"),
             "memory-backend-file,id=ram,size=256M,mem-path=/proc/self/fd/30,share=off");
    QCOMPARE(valueOf(line, "-incoming"), "defer");
    QVERIFY(has(line, "-S"));
    QVERIFY(!has(line, "-kernel") && !has(line, "-initrd") && !has(line, "-append"));
    const auto& fds = line.inheritedFds();
    QVERIFY(std::find(fds.begin(), fds.end(), 10) == fds.end());  // a clone cannot reach the kernel file
}

void TestQemuCommandLine::makesTemplates() {
    auto spec = sample();
    spec.memory = MemoryKind::Shared;
    spec.memoryFd = 30;
    const QemuCommandLine line(spec);
    QCOMPARE(valueOf(line, "-object"),
             "memory-backend-file,id=ram,size=256M,mem-path=/proc/self/fd/30,share=on");
    QVERIFY(has(line, "-kernel"));
}

void TestQemuCommandLine::tellsTheKernelTheClockRate() {
    auto spec = sample();
    QCOMPARE(kernelCommandLine(spec), "quiet panic=-1 console=ttyS0 tsc_early_khz=2450000");
    spec.tscKiloHertz = 0;
    QCOMPARE(kernelCommandLine(spec), "quiet panic=-1 console=ttyS0");
}

void TestQemuCommandLine::measuresTheClockRate() {
    using namespace std::chrono_literals;
    QCOMPARE(tscKiloHertz({1'000, 0ns}, {245'001'000, 100ms}), 2'450'000);
    QCOMPARE(tscKiloHertz({1'000, 0ns}, {2'000, 10us}), 0);   // too close together to tell
    QCOMPARE(tscKiloHertz({2'000, 0ns}, {1'000, 100ms}), 0);  // went backwards
}

QTEST_GUILESS_MAIN(TestQemuCommandLine)
#include "tst_qemu_command_line.moc"
