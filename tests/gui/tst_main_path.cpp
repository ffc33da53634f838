// The main path in the window, with real key and mouse events, a real control plane and real virtual
// machines: from an empty workspace to two functions and a metaevent that fires and runs one of them.
#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest>

#include "console.h"
#include "gui/models/text.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/run_panel.h"
#include "tests/e2e/processes.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 120'000;  // a slow machine under TCG

}  // namespace

class TestMainPath : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        if (!e2e::haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        QVERIFY2(plane_.start(), qPrintable(plane_.log()));
        openConnected(toUtf8(plane_.dataDir()));
    }

    void cleanup() { expectNoWarnings(); }

    void cleanupTestCase() { close(); }

    void aNewFunctionIsWrittenAndRun() {
        newFunction(MainWindow::Functions, 0, u"backup"_s);
        QTest::keyClick(window_->focusWidget(), Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(session_->functions().find("backup"), kPatience);
        auto* result = window_->findChild<QPlainTextEdit*>(u"result"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!window_->findChild<RunPanel*>()->isRunning(), kPatience);
        QVERIFY2(result->toPlainText().contains(u"\"ok\": true"_s), qPrintable(plane_.log()));
    }

    void aSecondOneIsSaved() {
        newFunction(MainWindow::Functions, 3, u"pager"_s);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"save"_s), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(session_->functions().find("pager"), kPatience);
    }

    /// The names are typed with the completer on, and the models change meanwhile: neither may eat a word.
    void aMetaeventIsMadeFromATemplate() {
        QTest::keyClick(window_.get(), Qt::Key_4, Qt::ControlModifier);
        auto* make = window_->findChild<QPushButton*>(u"newMetaevent"_s);
        QTRY_VERIFY(make->isVisible());
        QTest::mouseClick(make, Qt::LeftButton);
        type(u"template-field-function"_s, u"backup"_s);
        QTest::keyClick(window_->focusWidget(), Qt::Key_Tab);
        session_->refreshFunctions();
        auto* duration = window_->metaeventsPage().findChild<QLineEdit*>(u"template-field-for"_s);
        typeInto(duration, u"2s"_s);
        type(u"template-field-job"_s, u"pager"_s);
        const std::int64_t before = session_->functions().rowCount();
        QCOMPARE(plane_
                     .ctl({u"functions"_s, u"add"_s, u"another"_s, u"--runtime"_s, u"sh"_s, u"--code"_s,
                           plane_.file(u"another.sh"_s, "true\n")})
                     .status,
                 0);
        QTRY_VERIFY_WITH_TIMEOUT(session_->functions().rowCount() > before, kPatience);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"galleryFinish"_s), Qt::LeftButton);
        QTest::keyClick(window_->focusWidget(), Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(session_->metaevents().find("backup-missed"), kPatience);
        const auto shown = plane_.ctlJson({u"metaevents"_s, u"show"_s, u"backup-missed"_s}).json();
        const auto& definition = shown.at("definition").as_object();
        QCOMPARE(
            fromUtf8(toJson(definition.at("when"))),
            u"{\"absent\":{\"event\":\"execution.succeeded\",\"function\":\"backup\"},\"for\":\"2s\"}"_s);
        QCOMPARE(fromUtf8(toJson(definition.at("jobs").as_array()[0].at("run"))), u"\"pager\""_s);
    }

    void itFiresAndItsJobRuns() {
        const auto paged = [&] {
            for (int row = 0; row < session_->executions().rowCount(); ++row) {
                const Execution& execution = session_->executions().at(static_cast<std::size_t>(row));
                if (execution.function == "pager" && execution.trigger == "metaevent" &&
                    execution.state == ExecutionState::Succeeded)
                    return true;
            }
            return false;
        };
        QTRY_VERIFY_WITH_TIMEOUT(paged(), kPatience);
        QVERIFY(session_->firings().rowCount() > 0);
    }

 private:
    /// Ctrl+N on the Functions page, the template at this place of the menu, and the name.
    void newFunction(int mode, int entry, const QString& name) {
        QTest::keyClick(window_.get(), static_cast<Qt::Key>(Qt::Key_1 + mode), Qt::ControlModifier);
        auto* button = window_->findChild<QPushButton*>(u"newFunction"_s);
        QTRY_VERIFY(button->isVisible());
        QMenu* menu = button->menu();
        QTimer::singleShot(0, menu, [menu, entry] {  // the menu's own event loop runs then
            for (int i = 0; i <= entry; ++i) QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(button, Qt::LeftButton);
        QTRY_VERIFY(!menu->isVisible());
        QApplication::setActiveWindow(window_.get());  // offscreen, nobody gives back what the menu took
        typeInto(window_->findChild<QLineEdit*>(u"functionName"_s), name);
    }

    void type(const QString& field, const QString& text) {
        typeInto(window_->findChild<QLineEdit*>(field), text);
    }

    static void typeInto(QLineEdit* field, const QString& text) {
        QVERIFY(field != nullptr && field->isVisible());
        QTest::mouseClick(field, Qt::LeftButton);
        field->selectAll();
        QTest::keyClicks(field, text);
        QCOMPARE(field->text(), text);
    }

    e2e::ControlPlane plane_;
};

QTEST_MAIN(TestMainPath)
#include "tst_main_path.moc"
