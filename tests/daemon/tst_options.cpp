// The command line and the configuration file of dogwatchd, and that the document tells of each setting.
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QtTest>

#include "core/daemon/config_file.h"
#include "core/daemon/options.h"

using namespace dogwatch;
using namespace dogwatch::daemon;

class TestOptions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void nothingNeedsToBeSet() {
        const auto options = parse({});
        QVERIFY2(options.has_value(), options ? "" : options.error().message.c_str());
        QVERIFY(!options->http);
        QCOMPARE(options->maxVms, 8);
        QVERIFY(options->stopTimeout == std::chrono::seconds{10});
    }

    void theFileSetsWhatTheCommandLineLeavesOpen() {
        configure(
            "# mine\n\n  max-vms = 3\nhttp = 127.0.0.1:9000\nlog=warning\nstop-timeout = 1m\nlog-format = "
            "json\n");
        const auto options = parse({QStringLiteral("--http"), QStringLiteral("[::1]:1")});
        QVERIFY2(options.has_value(), options ? "" : options.error().message.c_str());
        QCOMPARE(options->maxVms, 3);
        QCOMPARE(options->http->host, std::string("::1"));
        QVERIFY(options->log.level == LogLevel::Warning);
        QVERIFY(options->log.json);
        QVERIFY(options->stopTimeout == std::chrono::minutes{1});
    }

    void fewVmsNeedFewWarmOnes() {
        QCOMPARE(parse({QStringLiteral("--max-vms"), QStringLiteral("1")})->warm, 1);
        QVERIFY(!parse({QStringLiteral("--max-vms=1"), QStringLiteral("--warm=2")}));
    }

    void faultsTellFileAndLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("unknown") << QByteArray("\nmax-vm = 3\n") << QByteArray("line 2");
        QTest::newRow("not for a file") << QByteArray("data = /tmp\n") << QByteArray("line 1");
        QTest::newRow("no value") << QByteArray("warm =\n") << QByteArray("line 1");
        QTest::newRow("no setting") << QByteArray("# fine\nwarm 3\n") << QByteArray("line 2");
        QTest::newRow("twice") << QByteArray("warm = 1\nwarm = 2\n") << QByteArray("line 2");
        QTest::newRow("no number") << QByteArray("log = info\nmax-vms = many\n") << QByteArray("line 2");
        QTest::newRow("no address") << QByteArray("log = info\n\nhttp = here\n") << QByteArray("line 3");
        QTest::newRow("no level") << QByteArray("log = loud\n") << QByteArray("line 1");
        QTest::newRow("too long a stop") << QByteArray("stop-timeout = 2h\n") << QByteArray("line 1");
    }

    void faultsTellFileAndLine() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, says);
        configure(text);
        const auto options = parse({});
        QVERIFY(!options.has_value());
        const auto message = QByteArray::fromStdString(options.error().text());
        QVERIFY2(message.contains("dogwatch.conf, " + says + ":"), message);
        QVERIFY(!message.contains('\n'));
    }

    void aFaultOfTheCommandLineIsNotTheFiles() {
        configure("max-vms = 4\n");
        const auto options = parse({QStringLiteral("--log"), QStringLiteral("loud")});
        QVERIFY(!options.has_value());
        QVERIFY(options.error().text().find("dogwatch.conf") == std::string::npos);
    }

    void theDocumentTellsOfEachSetting() {
        QFile file(QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/configuration.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression row(QStringLiteral("^\\| `([a-z-]+)` \\|"),
                                            QRegularExpression::MultilineOption);
        QStringList documented;
        for (auto match = row.globalMatch(QString::fromUtf8(file.readAll())); match.hasNext();) {
            documented.append(match.next().captured(1));
        }
        auto settings = settingNames();
        documented.sort();
        settings.sort();
        QCOMPARE(documented, settings);
    }

    void theExampleOfTheDocumentIsFine() {
        QFile file(QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/configuration.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QString example = QString::fromUtf8(file.readAll()).section(QStringLiteral("```"), 1, 1);
        configure(example.section(QLatin1Char('\n'), 1).toUtf8());
        const auto options = parse({});
        QVERIFY2(options.has_value(), options ? "" : options.error().text().c_str());
        QVERIFY(options->http.has_value());
    }

    void cleanup() { QFile::remove(scratch_.filePath(QStringLiteral("dogwatch.conf"))); }

 private:
    Result<Options> parse(const QStringList& arguments) {
        return parseOptions(
            QStringList{QStringLiteral("dogwatchd"), QStringLiteral("--data"), scratch_.path()} + arguments);
    }
    void configure(const QByteArray& text) {
        QFile file(scratch_.filePath(QStringLiteral("dogwatch.conf")));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(text);
    }

    QTemporaryDir scratch_;
};

QTEST_GUILESS_MAIN(TestOptions)
#include "tst_options.moc"
