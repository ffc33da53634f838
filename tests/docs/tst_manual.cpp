// The commands of the README and of each page of the manual, run as they stand, each page in a shell, a home
// and with a control plane of its own; and what they print is what the page says.
#include <QDir>
#include <QProcess>
#include <QtTest>

#include "tests/docs/pages.h"
#include "tests/e2e/processes.h"

using namespace dogwatch::docs;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 180'000;

/// Where the README keeps its data, instead of where it says: it may be in use.
const QString kSample = u"/tmp/dog"_s;

/// A script that runs each block with its output in a file of its own. A control plane that is started in the
/// background is waited for, as a reader does, and what is to be ended by Ctrl+C is ended so.
QString scriptOf(const QList<Commands>& blocks, const QString& home) {
    QString script = u"set -u\ncd \"$HOME\"\n"_s;
    for (qsizetype i = 0; i < blocks.size(); ++i) {
        QString text;
        for (QString line : blocks[i].script.split(u'\n')) {
            line.replace(kSample, home + u"/dog"_s);
            if (line.contains(u"Ctrl+C"_s))
                line = u"timeout --signal=INT 14 "_s + line.section(u'#', 0, 0).trimmed();
            text += line + u'\n';
            if (line.contains(u"dogwatchd"_s) && line.section(u'#', 0, 0).trimmed().endsWith(u'&'))
                text +=
                    u"for try in $(seq 100); do dogwatchctl --data \"%1\" gauges >/dev/null 2>&1 && break; sleep 0.2; done\n"_s
                        .arg(line.contains(u"--data"_s) ? home + u"/dog"_s
                                                        : home + u"/.local/share/dogwatch"_s);
        }
        script += u"{\n%1\n} >\"$HOME/out.%2\" 2>&1\necho $? >\"$HOME/status.%2\"\n"_s.arg(text).arg(i);
    }
    return script;
}

QString fileContent(const QString& path) {
    QFile file{path};
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString{};
}

void write(const QString& path, const QByteArray& text) {
    QVERIFY(QDir{}.mkpath(QFileInfo{path}.path()));
    QFile file{path};
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

}  // namespace

class TestManual : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        if (!dogwatch::e2e::haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
    }

    void doesWhatItSays_data() {
        QTest::addColumn<QString>("page");
        for (const QString& page : pages())
            if (page == u"README.md"_s || page.startsWith(u"docs/manual/"_s))
                QTest::newRow(qPrintable(page)) << page;
    }

    void doesWhatItSays() {
        QFETCH(QString, page);
        QList<Commands> blocks = commands(content(page));
        QVERIFY2(!blocks.isEmpty(), "the page has no commands");
        if (page.startsWith(u"docs/manual/"_s) && !blocks.first().script.contains(u"dogwatchd"_s)) {
            // What the manual's first page has its reader do before.
            blocks.prepend(commands(content(u"docs/manual/README.md"_s)).constFirst());
        }
        QTemporaryDir home;
        for (const QString& data : {u".local/share/dogwatch"_s, u"dog"_s})
            write(home.filePath(data + u"/dogwatch.conf"_s),
                  "accel = tcg\nwarm = 1\nmax-vms = 3\nstop-timeout = 0s\n");
        QProcess shell;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"HOME"_s, home.path());
        environment.remove(u"XDG_DATA_HOME"_s);
        const QString bin = QDir{environment.value(u"DOGWATCH_BIN"_s)}.absolutePath();
        environment.insert(u"PATH"_s, bin + u':' + environment.value(u"PATH"_s));
        shell.setProcessEnvironment(environment);
        shell.setWorkingDirectory(home.path());
        const QString script = scriptOf(blocks, home.path()) + u"kill $(jobs -p) 2>/dev/null; wait\n"_s;
        shell.start(u"bash"_s, {u"-c"_s, script});
        const bool ended = shell.waitForFinished(kPatience);
        if (!ended) shell.kill();
        QStringList faults;
        for (qsizetype i = 0; i < blocks.size(); ++i) {
            const QString said = fileContent(home.filePath(u"out.%1"_s.arg(i)));
            const QString status = fileContent(home.filePath(u"status.%1"_s.arg(i))).trimmed();
            const QString place = u"%1:%2: "_s.arg(page).arg(blocks[i].line);
            const bool mayFail =
                blocks[i].script.contains(u"Ctrl+C"_s) || blocks[i].script.contains(u"kill "_s);
            if (status != u"0"_s && !mayFail)
                faults += place + u"ended with status %1 and said:\n%2"_s.arg(status, said);
            if (!blocks[i].prints.isEmpty() && !matches(blocks[i].prints, said))
                faults += place + u"should print:\n%1\nbut printed:\n%2"_s.arg(blocks[i].prints, said);
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY2(ended, "the page's commands did not end");
    }

    void matchesTellApart() {
        QVERIFY(matches(u"a …\nb\n"_s, u"a 12\nb\n"_s));
        QVERIFY(!matches(u"a …\nb\n"_s, u"a 12\n"_s));
        QCOMPARE(commands(u"```sh\na\nb\n```\n\n```text\nc\n```\n```sh\nd\n```\ne\n"_s).size(), 2);
        QCOMPARE(commands(u"```sh\na\n```\n\n```text\nc\n```\n"_s).first().prints, u"c\n"_s);
    }
};

QTEST_GUILESS_MAIN(TestManual)
#include "tst_manual.moc"
