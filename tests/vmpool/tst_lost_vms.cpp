// Every way in which a real VM ends under an execution: the outcome is `vm_lost`, says why, comes once, and
// at once. In the agent's place stands one that ends its VM in the way that the payload says
// (guest/rogue_agent.cpp).
#include <QFileInfo>

#include "core/model/json.h"
#include "tests/vmpool/pool_harness.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

constexpr const char* kAgent = "base/usr/lib/dogwatch/agent";

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// A cpio archive with one program ("newc"); behind another archive it replaces the file of the same name.
QByteArray cpioOf(const QByteArray& name, const QByteArray& content) {
    const auto entry = [](const QByteArray& path, quint32 mode, const QByteArray& bytes) {
        QByteArray out("070701");
        const quint32 fields[] = {
            1, mode, 0, 0, 1, 0, quint32(bytes.size()), 0, 0, 0, 0, quint32(path.size() + 1), 0};
        for (const auto field : fields) out.append(QByteArray::number(field, 16).rightJustified(8, '0'));
        out.append(path).append('\0');
        while (out.size() % 4 != 0) out.append('\0');
        out.append(bytes);
        while (out.size() % 4 != 0) out.append('\0');
        return out;
    };
    return entry(name, 0100755, content) + entry("TRAILER!!!", 0, {});
}

/// The image of this tree with another agent, as a folder of its own.
bool makeRogueImage(const QString& folder) {
    const QDir real(
        QFileInfo(QString::fromStdString(imageFolder()) + QStringLiteral("/manifest.json")).canonicalPath());
    const QDir own(folder);
    for (const auto& file : real.entryList(QDir::Files)) QFile::link(real.filePath(file), own.filePath(file));
    auto initramfs = contentOf(real.filePath(QStringLiteral("initramfs.cpio")));
    while (initramfs.size() % 512 != 0) initramfs.append('\0');
    initramfs.append(cpioOf(kAgent, contentOf(QStringLiteral(DOGWATCH_ROGUE_AGENT))));
    auto manifest = parseJson(contentOf(real.filePath(QStringLiteral("manifest.json"))).toStdString());
    if (!manifest) return false;
    manifest->as_object()["initramfs"].as_object()["bytes"] = initramfs.size();
    const auto write = [&](const char* name, const QByteArray& bytes) {
        QFile::remove(own.filePath(QLatin1String(name)));
        QFile file(own.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    };
    return write("initramfs.cpio", initramfs) &&
           write("manifest.json", QByteArray::fromStdString(toJson(*manifest)));
}

}  // namespace

class TestLostVms : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase();
    void tellsWhy_data();
    void tellsWhy();

 private:
    QTemporaryDir image_;
    std::unique_ptr<PoolHarness> harness_;
    std::map<QString, std::string> executions_;
};

void TestLostVms::initTestCase() {
    QVERIFY(makeRogueImage(image_.path()));
    PoolConfig config;
    const QString state = image_.filePath(QStringLiteral("state"));
    config.imageDir = image_.path().toStdString();
    config.runDir = state.toStdString() + "/run";
    config.cacheDir = state.toStdString() + "/cache";
    config.accel = AccelChoice::Tcg;
    config.warm = 0;
    config.maxVms = 5;
    harness_ = std::make_unique<PoolHarness>(config);
    const auto started = harness_->start();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
    // All at once: most of the time they only boot.
    for (const auto* how : {"panic", "reset", "power off", "agent killed", "silent"}) {
        auto name = std::string(how);
        std::replace(name.begin(), name.end(), ' ', '-');
        const auto function = makeFunction(name, "sh", "true");
        executions_[QLatin1String(how)] = harness_->submit(function, '"' + std::string(how) + '"', 60s);
    }
}

void TestLostVms::tellsWhy_data() {
    QTest::addColumn<QString>("reason");
    QTest::newRow("panic") << QStringLiteral("the guest's kernel panicked");
    QTest::newRow("agent killed") << QStringLiteral("the guest's kernel panicked");
    QTest::newRow("reset") << QStringLiteral("the guest shut down (guest-reset)");
    QTest::newRow("power off") << QStringLiteral("the guest shut down (guest-shutdown)");
    QTest::newRow("silent") << QStringLiteral("the guest has not answered for 20 s");
}

void TestLostVms::tellsWhy() {
    QFETCH(QString, reason);
    const auto execution = executions_.at(QString::fromLatin1(QTest::currentDataTag()));
    const auto outcome = harness_->wait(execution);
    QVERIFY2(outcome.cause == FailureCause::VmLost && outcome.message == reason.toStdString(),
             outcome.message.c_str());
    QVERIFY(harness_->runs[execution].started);
    QCOMPARE(harness_->runs[execution].outcomes.size(), 1U);
    QVERIFY(harness_->story(outcome.vm).ends_with("vm.lost"));
}

QTEST_GUILESS_MAIN(TestLostVms)
#include "tst_lost_vms.moc"
