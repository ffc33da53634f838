// Control groups of VMs: made, entered, bounded where the host permits, and removed with all that is in them.
#include <signal.h>

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "vmpool/qemu_process.h"
#include "vmpool/vm_cgroups.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;

class TestVmCgroups : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tellsWhyThereAreNone();
    void boundsAndRemoves();
    void removesThoseOfOwnersThatAreGone();
    void holdsARealProcess();
};

void TestVmCgroups::tellsWhyThereAreNone() {
    const auto none = VmCgroups::open("/proc", 1);
    QVERIFY(!none);
    QVERIFY(none.error().message.find("Delegate=yes") != std::string::npos);
}

void TestVmCgroups::boundsAndRemoves() {
    // An ordinary folder stands in for the hierarchy: what is written can be read.
    const QTemporaryDir dir;
    auto groups = VmCgroups::open(dir.path().toStdString(), ::getpid());
    QVERIFY(groups);
    const auto folder = groups->add("vm-1", 256);
    QVERIFY(folder);
    QFile bound(QString::fromStdString(*folder) + QStringLiteral("/memory.max"));
    QVERIFY(bound.open(QIODevice::ReadOnly));
    QCOMPARE(bound.readAll().toLongLong(), 640LL << 20);
}

void TestVmCgroups::removesThoseOfOwnersThatAreGone() {
    const QTemporaryDir dir;
    QProcess gone;
    gone.start(QStringLiteral("true"), QStringList());
    const auto pid = gone.processId();
    QVERIFY(gone.waitForFinished());
    const QDir parent(dir.path());
    const auto left = QStringLiteral("dogwatch-%1-5").arg(pid);
    const auto living = QStringLiteral("dogwatch-1-5");
    QVERIFY(parent.mkpath(left + QStringLiteral("/vm-1")) && parent.mkdir(living));
    const auto groups = VmCgroups::open(dir.path().toStdString(), ::getpid());
    QVERIFY(groups);
    QVERIFY(!parent.exists(left));
    QVERIFY(parent.exists(living));
}

void TestVmCgroups::holdsARealProcess() {
    auto groups = VmCgroups::openOwn();
    if (!groups) QSKIP(groups.error().message.c_str());
    const auto folder = groups->add("vm-1", 256);
    QVERIFY2(folder, folder ? "" : folder.error().message.c_str());
    const QTemporaryDir dir;
    const auto path = dir.filePath(QStringLiteral("run"));
    QFile script(path);
    QVERIFY(script.open(QIODevice::WriteOnly));
    script.write("#!/bin/sh\nsleep 1000 & sleep 1000\n");  // a child that would outlive it
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::ExeOwner);
    VmSpec spec;
    spec.qemu = path.toStdString();
    Confinement confinement;
    confinement.group = *folder;
    QemuProcess process(dir.filePath(QStringLiteral("pid")).toStdString());
    QSignalSpy finished(&process, &QemuProcess::finished);
    process.start(QemuCommandLine(spec), confinement);
    QVERIFY(process.pid() > 0);
    const auto members = [&] {
        QFile file(QString::fromStdString(*folder) + QStringLiteral("/cgroup.procs"));
        return file.open(QIODevice::ReadOnly) ? file.readAll().count('\n') : 0;
    };
    QTRY_VERIFY(members() >= 2);
    process.kill();
    QTRY_COMPARE(finished.count(), 1);
    QVERIFY(!QDir(QString::fromStdString(*folder)).exists());  // and the child with it
}

QTEST_GUILESS_MAIN(TestVmCgroups)
#include "tst_vm_cgroups.moc"
