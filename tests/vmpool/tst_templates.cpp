// Templates and clones: what is sealed stays as it is, clones are no twins, and where cloning fails VMs are
// booted. With real QEMU and the real guest image: `make image`.
#include <signal.h>
#include <sys/mman.h>

#include <QDateTime>
#include <QSignalSpy>
#include <algorithm>
#include <set>

#include "tests/vmpool/pool_harness.h"
#include "tests/vmpool/real_host.h"
#include "vmpool/vm_template.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

/// Everything that must be its own in each VM, and the VM's idea of the time.
const char* const kSecrets = R"(
import json, os, random, secrets, ssl, tempfile, time, uuid
def handler(event, context):
    return {"time": time.time(), "secrets": [
        uuid.uuid4().hex, os.urandom(16).hex(), random.random(), random.SystemRandom().random(),
        secrets.token_hex(), ssl.RAND_bytes(32).hex(), next(tempfile._get_candidate_names()),
        open("/proc/sys/kernel/random/uuid").read().strip()]}
)";

std::shared_ptr<Function> python(std::string name, std::string code) {
    return makeFunction(std::move(name), "python3", std::move(code));
}

UniqueFd fileWith(std::string_view content) {
    auto file = makeMemoryFile("test", 0).value();
    if (::write(file.get(), content.data(), content.size()) < 0) qFatal("cannot write a memory file");
    return file;
}

int standing(const PoolHarness& harness) {
    int count = 0;
    for (const auto& vm : harness.pool->status().vms) count += vm.standsStill ? 1 : 0;
    return count;
}

int rehearsed(const PoolHarness& harness) {
    int count = 0;
    for (const auto& vm : harness.pool->status().vms) {
        count += vm.rehearsed && vm.standsStill && vm.state == VmState::Ready ? 1 : 0;
    }
    return count;
}

}  // namespace

class TestTemplates : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void sealsWhatItTakes();
    void refusesWhatIsStale();
    void refusesWhatIsNoGuest();
    void clonesAreReadyAndStandStill();
    void clonesAreNoTwins();
    void survivesTheEndOfATemplateInTheMaking();
    void bootsWhereClonesFail();
    void endsACloneThatDoesNotGoOn();
    void triedOutClonesStandStillOrRun();
    void leavesNothingBehind();

 private:
    static TemplateKey key() { return {"image", "qemu", Accelerator::Tcg, {"python3", 1, Network::None}}; }
    std::unique_ptr<PoolHarness> harness_;
};

void TestTemplates::sealsWhatItTakes() {
    auto memory = makeMemoryFile("memory", 1 << 20).value();
    const int fd = memory.get();
    const auto made = VmTemplate::seal(key(), {"python3"}, std::move(memory), fileWith("QEVM and the rest"));
    QVERIFY2(made, made ? "" : made.error().message.c_str());
    QVERIFY((*made)->check(key()));
    QCOMPARE(::pwrite(fd, "x", 1, 0), -1);
    QCOMPARE(::ftruncate(fd, 0), -1);
    QCOMPARE(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0), MAP_FAILED);
    // What a clone does: a private mapping, whose writes nobody else sees.
    void* mine = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
    QVERIFY(mine != MAP_FAILED);
    *static_cast<char*>(mine) = 'x';
    char seen = 0;
    QCOMPARE(::pread(fd, &seen, 1, 0), 1);
    QCOMPARE(seen, '\0');
    ::munmap(mine, 4096);
}

void TestTemplates::refusesWhatIsStale() {
    const auto made =
        VmTemplate::seal(key(), {}, makeMemoryFile("memory", 1 << 20).value(), fileWith("QEVM"));
    QVERIFY(made);
    for (int i = 0; i < 4; ++i) {
        auto other = key();
        if (i == 0) other.image = "another";
        if (i == 1) other.qemu = "upgraded";
        if (i == 2) other.accelerator = Accelerator::Kvm;
        if (i == 3) other.shape.network = Network::User;
        QVERIFY(!(*made)->check(other));
    }
    // Its memory is not of the size that the key says.
    const auto small = VmTemplate::seal(key(), {}, makeMemoryFile("memory", 4096).value(), fileWith("QEVM"));
    QVERIFY(small && !(*small)->check(key()));
}

void TestTemplates::refusesWhatIsNoGuest() {
    for (const char* content : {"", "QEV", "garbage"}) {
        QVERIFY(!VmTemplate::seal(key(), {}, makeMemoryFile("memory", 1 << 20).value(), fileWith(content)));
    }
    auto memory = makeMemoryFile("memory", 4096).value();
    void* mapped = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, memory.get(), 0);
    QVERIFY(mapped != MAP_FAILED);
    QVERIFY(!VmTemplate::seal(key(), {}, std::move(memory), fileWith("QEVM")));  // QEMU still writes it
    ::munmap(mapped, 4096);
}

void TestTemplates::clonesAreReadyAndStandStill() {
    harness_ = std::make_unique<PoolHarness>(2, 6);
    const auto started = harness_->start();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    QTRY_COMPARE_WITH_TIMEOUT(rehearsed(*harness_), 2, 90'000);
    const auto status = harness_->pool->status();
    QCOMPARE(status.templates.size(), 1U);
    QCOMPARE(status.templates[0].state, "ready");
    QVERIFY(status.templates[0].bytes > 0);
    QCOMPARE(status.failedBoots + status.failedClones, 0);
    for (const auto& vm : status.vms) {
        QCOMPARE(vm.origin, "clone");
        QFile maps(QStringLiteral("/proc/%1/maps").arg(vm.pid));  // it started with what hastens it
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const auto mapped = maps.readAll();
        QVERIFY(mapped.contains("dogwatch-qemu-heap") && mapped.contains("dogwatch-qemu-relocations"));
    }
    const auto id = harness_->submit(python("first", "def handler(e, c): return e\n"), "41");
    QCOMPARE(harness_->wait(id).result, "41");
    QCOMPARE(harness_->runs[id].kind, StartKind::Warm);
    QCOMPARE(harness_->story(harness_->runs[id].vm), "vm.booting vm.ready vm.assigned");
    // The VM that was saved told of its life, too.
    QVERIFY(std::any_of(harness_->events.begin(), harness_->events.end(), [](const VmEvent& event) {
        return event.event == "vm.retired" && stringMember(event.fields, "reason") == "saved as a template";
    }));
}

void TestTemplates::clonesAreNoTwins() {
    // At once, so that some VMs are rehearsed and others just restored.
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i)
        ids.push_back(harness_->submit(python("twin-" + std::to_string(i), kSecrets)));
    std::set<std::string> vms;
    std::set<std::string> seen;
    std::size_t drawn = 0;
    for (const auto& id : ids) {
        const auto outcome = harness_->wait(id);
        QVERIFY2(outcome.succeeded, outcome.message.c_str());
        vms.insert(outcome.vm);
        const auto result = parseJson(outcome.result).value().as_object();
        const double skew = result.at("time").to_number<double>() -
                            static_cast<double>(QDateTime::currentMSecsSinceEpoch()) / 1000.0;
        QVERIFY2(skew < 1 && skew > -60, std::to_string(skew).c_str());
        for (const auto& secret : result.at("secrets").as_array()) {
            seen.insert(toJson(secret));
            ++drawn;
        }
    }
    QCOMPARE(vms.size(), 4U);
    QCOMPARE(drawn, 32U);
    QCOMPARE(seen.size(), drawn);
}

void TestTemplates::survivesTheEndOfATemplateInTheMaking() {
    PoolHarness harness(1, 4);
    QVERIFY(harness.start());
    // Once while it boots, once while it is being gone through or saved.
    for (const auto state : {VmState::Booting, VmState::Ready}) {
        const auto isThere = [&] {
            const auto vms = harness.pool->status().vms;
            return !vms.empty() && vms[0].state == state && vms[0].pid > 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), 60'000);
        const auto victim = harness.pool->status().vms[0];
        ::kill(static_cast<pid_t>(victim.pid), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(harness.story(victim.vm).ends_with("vm.lost"), true, 10'000);
    }
    QTRY_COMPARE_WITH_TIMEOUT(rehearsed(harness), 1, 90'000);
    const auto outcome = harness.invoke(python("after", "def handler(e, c): return 1\n"));
    QVERIFY2(outcome.succeeded, outcome.message.c_str());
}

void TestTemplates::bootsWhereClonesFail() {
    PoolConfig config;
    PoolHarness scratch;
    const auto wrapper = scratch.dir.filePath(QStringLiteral("qemu"));
    QFile script(wrapper);
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\ncase \"$*\" in *-incoming*) exit 9;; esac\nexec qemu-system-x86_64 \"$@\"\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::ExeOwner | QFile::ReadOther | QFile::ExeOther);
    QFile::setPermissions(scratch.dir.path(), script.permissions() | QFile::WriteOwner);
    config.imageDir = imageFolder();
    config.runDir = scratch.dir.filePath(QStringLiteral("run")).toStdString();
    config.cacheDir = config.runDir;
    config.accel = AccelChoice::Tcg;
    config.qemu = wrapper.toStdString();
    config.warm = 1;
    PoolHarness harness(config);
    QVERIFY(harness.start());
    const auto id = harness.submit(python("anyhow", "def handler(e, c): return 1\n"));
    const auto outcome = harness.wait(id);
    QVERIFY2(outcome.succeeded, outcome.message.c_str());
    QCOMPARE(harness.runs[id].kind, StartKind::Cold);
    const auto status = harness.pool->status();
    QVERIFY(status.failedClones >= 3);
    QCOMPARE(status.templates.at(0).problem, "its clones did not come up");
}

void TestTemplates::endsACloneThatDoesNotGoOn() {
    const QTemporaryDir dir;
    auto host = realHost(dir);
    QVERIFY2(host, host ? "" : host.error().message.c_str());
    host->cloneDeadline = 3s;
    const auto shape = defaultShape(*host->image);
    const auto made = makeTemplate(*host, shape);
    QVERIFY(made);
    Vm vm(*host, "vm-2", 2, shape, Accelerator::Tcg);
    QSignalSpy finished(&vm, &Vm::executionFinished);
    vm.clone(made);
    QTRY_COMPARE_WITH_TIMEOUT(vm.state(), VmState::Ready, 10'000);
    ::kill(static_cast<pid_t>(vm.machine().pid()), SIGSTOP);
    Invocation invocation;
    invocation.execution = "e-1";
    invocation.function = python("stuck", "def handler(e, c): return 1\n");
    vm.run(invocation, StartKind::Clone);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10'000);
    const auto outcome = finished[0][1].value<Outcome>();
    QCOMPARE(outcome.cause, FailureCause::VmLost);
    QCOMPARE(outcome.message, "the guest did not go on within 3 s");
    QTRY_COMPARE(vm.machine().isRunning(), false);
}

void TestTemplates::triedOutClonesStandStillOrRun() {
    const QTemporaryDir dir;
    auto host = realHost(dir);
    QVERIFY2(host, host ? "" : host.error().message.c_str());
    const auto shape = defaultShape(*host->image);
    const auto made = makeTemplate(*host, shape);
    QVERIFY(made);
    Invocation invocation;
    invocation.execution = "e-1";
    invocation.function = python("echo", "def handler(e, c): return e\n");
    invocation.payload = "7";
    invocation.timeout = 60s;
    for (const bool midway : {false, true}) {
        Vm vm(*host, midway ? "vm-3" : "vm-2", midway ? 3 : 2, shape, Accelerator::Tcg);
        QSignalSpy finished(&vm, &Vm::executionFinished);
        vm.clone(made);
        QTRY_COMPARE_WITH_TIMEOUT(vm.state(), VmState::Ready, 10'000);
        QVERIFY(!vm.isTriedOut() && vm.status().standsStill);
        vm.tryOut();
        QVERIFY(vm.isTryingOut() && vm.canRun());
        if (!midway) {
            QTRY_VERIFY_WITH_TIMEOUT(vm.isTriedOut(), 10'000);
            QVERIFY(vm.status().standsStill && vm.canRun());
        }
        vm.run(invocation, StartKind::Clone);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 10'000);
        const auto outcome = finished[0][1].value<Outcome>();
        QVERIFY2(outcome.succeeded, outcome.message.c_str());
        QCOMPARE(outcome.result, "7");
        QVERIFY(vm.isTriedOut() && !vm.status().standsStill && vm.canRun());
    }
}

void TestTemplates::leavesNothingBehind() {
    const QDir run(harness_->dir.filePath(QStringLiteral("run")));
    QTRY_VERIFY(standing(*harness_) > 0);
    harness_.reset();
    // Nobody in this process holds a template's memory any more.
    for (const auto& entry :
         QDir(QStringLiteral("/proc/self/fd")).entryInfoList(QDir::System | QDir::Files)) {
        QVERIFY2(!entry.symLinkTarget().contains(QStringLiteral("memfd:dogwatch")),
                 qPrintable(entry.symLinkTarget()));
    }
}

QTEST_GUILESS_MAIN(TestTemplates)
#include "tst_templates.moc"
