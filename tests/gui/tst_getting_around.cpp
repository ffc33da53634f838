// The tour over the real controls, by mouse and by keyboard; and what a page shows as commands, run through a
// shell.
#include <QClipboard>
#include <QMenu>
#include <QProcess>
#include <QStackedWidget>
#include <QtTest>
#include <optional>

#include "core/cli/commands.h"
#include "fail_on_warning.h"
#include "gui/pages/commands.h"
#include "gui/pages/run_panel.h"
#include "gui/tour.h"
#include "stage.h"

using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

struct Ran {
    int status = -1;
    QString out;
    QString err;
};

/// Through a POSIX shell, with the programs of this build first; the control plane is this process, so it
/// must go on.
Ran throughShell(const QString& line) {
    QProcess shell;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PATH"_s, qEnvironmentVariable("DOGWATCH_BIN") + u':' + environment.value(u"PATH"_s));
    shell.setProcessEnvironment(environment);
    shell.start(u"/bin/sh"_s, {u"-c"_s, line});
    (void)QTest::qWaitFor([&shell] { return shell.state() == QProcess::NotRunning; }, 20000);
    return {shell.exitCode(), QString::fromUtf8(shell.readAllStandardOutput()),
            QString::fromUtf8(shell.readAllStandardError())};
}

QAction* actionOf(QMenu& menu, const QString& text) {
    for (QAction* each : menu.actions())
        if (each->text() == text) return each;
    return nullptr;
}

}  // namespace

class TestGettingAround : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        warnings_.emplace();
        stage_ = std::make_unique<Stage>();
        stage_->open({1280, 800});
        QVERIFY(QTest::qWaitForWindowActive(&stage_->window()));
    }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }
    void cleanupTestCase() { stage_.reset(); }

    void wordsAreQuotedForTheShell_data() {
        QTest::addColumn<QString>("word");
        for (const QString& word : {u"plain"_s, u"two words"_s, u"it's"_s, u"$(reboot) `x` \"y\" \\"_s,
                                    QString{}, u"ä\nb"_s, u"*"_s, u"-5"_s})
            QTest::newRow(qPrintable(word)) << word;
    }
    void wordsAreQuotedForTheShell() {
        QFETCH(const QString, word);
        QCOMPARE(throughShell(u"printf %s "_s + shellWord(word)).out, word);
    }

    /// From the menu of the page to a shell: the function runs with the payload that stands in the console.
    void aCopiedCommandRuns() {
        MainWindow& window = stage_->window();
        window.setMode(MainWindow::Functions);
        window.functionsPage().choose(u"backup"_s);
        QTRY_COMPARE(window.findChild<QLineEdit*>(u"functionName"_s)->text(), u"backup"_s);
        window.findChild<RunPanel*>()->setPayload(u"{\"note\": \"it's $HOME, \\\"quoted\\\"\"}"_s);
        const QString line = copied(u"Run it with this payload"_s);
        QVERIFY(line.startsWith(u"dogwatchctl --data "_s));
        const Ran ran = throughShell(line);
        QCOMPARE(ran.status, 0);
        QCOMPARE(ran.out.trimmed(), u"{\"note\":\"it's $HOME, \\\"quoted\\\"\"}"_s);
        const Ran saved = throughShell(copied(u"Save it as it stands here"_s));
        QVERIFY2(saved.status == 0, qPrintable(saved.err));
        QVERIFY2(saved.out.contains(u"backup"_s), qPrintable(saved.out));
        // One that has a schedule loses it where the form says none.
        const QString name = u"functions update backup --schedule '0 2 * * *'"_s;
        const QString save = copied(u"Save it as it stands here"_s);
        const Ran scheduled = throughShell(save.section(u" functions "_s, 0, 0) + u' ' + name);
        QVERIFY2(scheduled.status == 0, qPrintable(scheduled.err));
        QCOMPARE(throughShell(save).status, 0);
        const Ran shown =
            throughShell(save.section(u" functions "_s, 0, 0) + u" functions show backup --json"_s);
        QVERIFY2(shown.out.contains(u"\"schedule\":\"\""_s), qPrintable(shown.out));
    }

    void theCommandsOfEachPageAreOnesThatThereAre() {
        MainWindow& window = stage_->window();
        QStringList faults;
        int seen = 0;
        stage_->visit([&](const QString& page) {
            QMenu* menu = window.findChild<QToolButton*>(u"commands"_s)->menu();
            Q_EMIT menu->aboutToShow();
            for (const QAction* action : menu->actions()) {
                // Words as the shell sees them; input is no part of them.
                const Ran words =
                    throughShell(u"dogwatchctl() { for word; do printf '%s\\0' \"$word\"; done; }\n"_s +
                                 action->toolTip());
                std::vector<std::string> arguments;
                for (const QString& word : words.out.chopped(1).split(QChar{u'\0'}))
                    arguments.push_back(toUtf8(word));
                const auto read = dogwatch::cli::parseCommandLine(arguments, dogwatch::cli::commands());
                if (!read)
                    faults.append(page + u": "_s + action->toolTip() + u": "_s +
                                  fromUtf8(read.error().text()));
                ++seen;
            }
        });
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY(seen > 30);
    }

    void theDraftIsAppliedFromATerminal() {
        MainWindow& window = stage_->window();
        window.setMode(MainWindow::Metaevents);
        window.metaeventsPage().choose(u"import-broken"_s);
        window.metaeventsPage().editCurrent();
        QTRY_VERIFY(window.metaeventsPage().editor().isVisible());
        const Ran applied = throughShell(copied(u"Apply this draft"_s));
        QVERIFY2(applied.status == 0, qPrintable(applied.err));
        QVERIFY2(applied.out.contains(u"import-broken"_s), qPrintable(applied.out));
        window.metaeventsPage().leaveEditor();
    }

    void theTourPointsAtRealControls() {
        MainWindow& window = stage_->window();
        Tour& tour = window.tour();
        tour.startOnce();
        QTRY_VERIFY(tour.isVisible());
        for (int i = 0; i < tour.count(); ++i) {
            QCOMPARE(tour.step(), i);
            QTRY_VERIFY(tour.target() != nullptr && tour.target()->isVisible());
            QTest::qWait(80);
            stage_->save(u"tour-%1"_s.arg(i));
            QVERIFY2(window.rect().contains(tour.geometry()), "the callout leaves the window");
            for (const QLabel* label : tour.findChildren<QLabel*>())
                QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
            const auto* ring = window.findChild<QWidget*>(u"tourRing"_s);
            QVERIFY(ring->isVisible() &&
                    ring->geometry().intersects(
                        QRect{tour.target()->mapTo(&window, QPoint{}), tour.target()->size()}));
            if (i == 1) {  // nothing is blocked
                QTest::keyClick(&window, Qt::Key_3, Qt::ControlModifier);
                QTRY_COMPARE(window.findChild<QStackedWidget*>()->currentIndex(),
                             static_cast<int>(MainWindow::Executions));
                QTest::mouseClick(tour.findChild<QPushButton*>(u"tourBack"_s), Qt::LeftButton);
                QCOMPARE(tour.step(), 0);
                QTest::mouseClick(tour.findChild<QPushButton*>(u"tourNext"_s), Qt::LeftButton);
            }
            auto* next = tour.findChild<QPushButton*>(u"tourNext"_s);
            QTRY_VERIFY(next->hasFocus());
            QVERIFY(!next->accessibleDescription().isEmpty());
            i % 2 == 0 ? QTest::keyClick(next, Qt::Key_Right) : QTest::keyClick(next, Qt::Key_Space);
        }
        QVERIFY(!tour.isVisible());
        tour.startOnce();
        QVERIFY2(!tour.isVisible(), "it was seen");
        tour.start();  // from the help menu, again
        QTRY_VERIFY(tour.findChild<QPushButton*>(u"tourNext"_s)->hasFocus());
        QTest::keyClick(tour.findChild<QPushButton*>(u"tourNext"_s), Qt::Key_Escape);
        QVERIFY(!tour.isVisible());
    }

 private:
    /// What the menu entry puts on the clipboard.
    QString copied(const QString& title) {
        QMenu* menu = stage_->window().findChild<QToolButton*>(u"commands"_s)->menu();
        Q_EMIT menu->aboutToShow();
        QAction* action = actionOf(*menu, title);
        if (action == nullptr) return {};
        action->trigger();
        return QGuiApplication::clipboard()->text();
    }

    std::optional<FailOnWarning> warnings_;
    std::unique_ptr<Stage> stage_;
};

QTEST_MAIN(TestGettingAround)
#include "tst_getting_around.moc"
