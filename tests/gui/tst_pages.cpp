// Overview, Functions, Journal, the locator and the list of firings, over a real control plane and with real
// key and mouse events.
#include <QComboBox>
#include <QFileDialog>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QToolButton>
#include <QToolTip>

#include "console.h"
#include "gui/models/text.h"
#include "gui/notifications.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/journal_page.h"
#include "gui/pages/range_button.h"
#include "gui/pages/versions_panel.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/locator.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/plot.h"
#include "gui/widgets/table.h"
#include "plane.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestPages : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        plane_ = std::make_unique<Plane>();
        plane_->addFunction("backup");
        plane_->addFunction("import-orders");
        plane_->applyMetaevent(
            R"({"metaevent":"import-broken","when":{"occurs":{"event":"execution.failed","function":"import-*"}}})");
        for (int i = 0; i < 8; ++i) plane_->run("backup");
        openConnected(plane_->directory());
    }
    void cleanup() { expectNoWarnings(); }
    void cleanupTestCase() {
        close();
        plane_.reset();
    }

    void theOverviewLeadsToTheRecords() {
        key(Qt::Key_1);
        plane_->run("import-orders", R"({"fail":"no such table"})");
        Tile* tile = nullptr;
        for (auto* each : window_->findChildren<Tile*>())
            if (each->accessibleName() == u"Failures, 5 min"_s) tile = each;
        QVERIFY(tile != nullptr);
        QTRY_VERIFY(tile->accessibleDescription().startsWith(u"1,"_s));
        QTRY_VERIFY(session_->firings().rowCount() == 1);
        save(u"overview"_s);
        QTest::mouseClick(tile, Qt::LeftButton);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Executions));
        auto* table = window_->findChild<Table*>(u"executionsTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        window_->executionsPage().setFilter({});
    }

    void boundsAreDrawnWhereTheyApply() {
        plane_->applyMetaevent(R"({"metaevent":"long-queue","when":{"gauge":"queued","is":[">",20]}})");
        plane_->applyMetaevent(
            R"({"metaevent":"slow","when":{"measure":"p95","of":"duration_us","over":"backup","within":"5m",
                "is":[">",2500]}})");
        plane_->applyMetaevent(
            R"({"metaevent":"flaky","when":{"ratio":{"event":"execution.failed"},
                "to":{"event":["execution.failed","execution.succeeded"]},"within":"5m","is":[">",0.5]}})");
        key(Qt::Key_1);
        const auto plot = [this](const QString& name) { return window_->findChild<Plot*>(name); };
        QTRY_COMPARE(plot(u"queuePlot"_s)->bounds().size(), std::size_t{1});
        QCOMPARE(plot(u"queuePlot"_s)->bounds().front().name, u"long-queue > 20"_s);
        QTRY_COMPARE(plot(u"durationsPlot"_s)->bounds().size(), std::size_t{1});
        QTRY_COMPARE(plot(u"failuresPlot"_s)->bounds().size(), std::size_t{1});
        QVERIFY(plot(u"waitsPlot"_s)->bounds().empty() && plot(u"machinesPlot"_s)->bounds().empty());
        // Half of the nine that ended in the last minute.
        QCOMPARE(plot(u"failuresPlot"_s)->bounds().front().values.back(), 4.5);
        Plot* durations = plot(u"durationsPlot"_s);
        const auto height = durations->heightOf(durations->bounds().front());
        QVERIFY(height.has_value());
        const QPoint at{durations->width() / 2, static_cast<int>(*height)};
        QHelpEvent asks{QEvent::ToolTip, at, durations->mapToGlobal(at)};
        QApplication::sendEvent(durations, &asks);
        QVERIFY2(QToolTip::text().startsWith(u"slow > 2.5 ms"_s), qPrintable(QToolTip::text()));
        QVERIFY(durations->accessibleDescription().contains(u"slow > 2.5 ms"_s));
        QToolTip::hideText();
        save(u"overview-bounds"_s);
    }

    /// One range for all pages.
    void theTimeRangeIsShared() {
        key(Qt::Key_3);
        auto* table = window_->findChild<Table*>(u"executionsTable"_s);
        QTRY_COMPARE(table->model()->rowCount(), 9);
        session_->scope().setRange({{}, timeFromUs(1), timeFromUs(2)});
        QTRY_COMPARE(table->model()->rowCount(), 0);
        auto* journal = window_->findChild<Table*>(u"journalTable"_s);
        QCOMPARE(journal->model()->rowCount(), 0);
        for (const auto* button : window_->findChildren<RangeButton*>())
            QVERIFY(button->text().startsWith(u"1 Jan"_s));
        session_->scope().setRange({});
        QTRY_COMPARE(table->model()->rowCount(), 9);
        QVERIFY(journal->model()->rowCount() > 20);
    }

    void firingsAreListedUntilSeen() {
        QTRY_COMPARE(window_->notifications().unread(), 1);
        auto* button = window_->findChild<QToolButton*>(u"notices"_s);
        QCOMPARE(button->text(), u"1"_s);
        auto* list = window_->findChild<QListView*>(u"noticeList"_s);
        QVERIFY(list->model()->index(0, 0).data().toString().contains(u"import-broken"_s));
        QMenu* menu = button->menu();
        QTimer::singleShot(0, menu, [list, menu] {
            QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                              list->visualRect(list->model()->index(0, 0)).center());
            if (menu->isVisible()) menu->close();
        });
        QTest::mouseClick(button, Qt::LeftButton);
        QApplication::setActiveWindow(window_.get());
        QCOMPARE(window_->notifications().unread(), 0);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Metaevents));
    }

    void theLocatorGoesAnywhere() {
        key(Qt::Key_1);
        QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
        auto* field = window_->findChild<QLineEdit*>(u"locator"_s);
        QTRY_VERIFY(field->isVisible() && field->hasFocus());
        save(u"locator"_s);
        QTest::keyClicks(field, u"impord"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(mode(), static_cast<int>(MainWindow::Functions));
        auto* name = window_->findChild<QLineEdit*>(u"functionName"_s);
        QTRY_COMPARE(name->text(), u"import-orders"_s);
        QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
        QTRY_VERIFY(field->hasFocus());
        QTest::keyClicks(field, u"theme dark"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QVERIFY(theme_.isDark());
        theme_.choose(Theme::Choice::Light);
        QTest::keyClick(window_.get(), Qt::Key_K, Qt::ControlModifier);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QTRY_COMPARE(QApplication::activeWindow(), window_.get());  // shortcuts work only there
    }

    void theCodeIsSearched() {
        key(Qt::Key_2);
        QCOMPARE(mode(), static_cast<int>(MainWindow::Functions));
        window_->functionsPage().choose(u"backup"_s);
        QTRY_COMPARE(window_->findChild<QLineEdit*>(u"functionName"_s)->text(), u"backup"_s);
        auto* code = window_->findChild<CodeEditor*>(u"code"_s);
        QTRY_VERIFY(code->isVisible());
        code->setFocus();
        QTRY_VERIFY(code->hasFocus());
        QTest::keyClick(code, Qt::Key_F, Qt::ControlModifier);
        auto* find = window_->findChild<QLineEdit*>(u"findInCode"_s);
        QTRY_VERIFY(find->isVisible());
        QTest::keyClicks(find, u"event"_s);
        QCOMPARE(code->selectedText(), u"event"_s);
        int line = 0;
        int column = 0;
        code->getCursorPosition(&line, &column);
        QTest::keyClick(find, Qt::Key_Return);
        int next = 0;
        code->getCursorPosition(&next, &column);
        QVERIFY(next > line);
        QTest::keyClick(find, Qt::Key_Escape);
        QTRY_VERIFY(!find->isVisible());
    }

    void versionsAreCompared() {
        auto* code = window_->findChild<CodeEditor*>(u"code"_s);
        code->setText(u"def handler(event, context):\n    return 42\n"_s);
        QTest::keyClick(code, Qt::Key_S, Qt::ControlModifier);
        auto* tabs = window_->findChild<QTabWidget*>(u"functionTabs"_s);
        QTRY_VERIFY(!window_->functionsPage().hasUnsavedChanges());
        tabs->setCurrentIndex(2);
        auto* panel = window_->findChild<VersionsPanel*>();
        auto* versions = window_->findChild<QComboBox*>(u"versions"_s);
        QTRY_COMPARE(versions->count(), 2);
        QTRY_VERIFY2(panel->text().contains(u"-     return event\n+     return 42"_s),
                     qPrintable(panel->text()));
        save(u"versions"_s);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"restoreVersion"_s), Qt::LeftButton);
        QVERIFY(code->text().contains(u"return event"_s));
        QVERIFY(window_->functionsPage().hasUnsavedChanges());
    }

    /// The window is gone without a word, as in a crash; the next one has what was typed.
    void unsavedChangesOutliveACrash() {
        auto* code = window_->findChild<CodeEditor*>(u"code"_s);
        code->setText(u"def handler(event, context):\n    return 'typed'\n"_s);
        QTest::qWait(600);
        window_.reset();
        session_.reset();
        openConnected(plane_->directory());
        key(Qt::Key_2);
        QTRY_VERIFY(session_->functions().find("backup"));
        window_->functionsPage().choose(u"backup"_s);
        code = window_->findChild<CodeEditor*>(u"code"_s);
        QTRY_VERIFY(code->text().contains(u"typed"_s));
        QVERIFY(window_->functionsPage().hasUnsavedChanges());
        auto* note = window_->findChild<QWidget*>(u"draftNote"_s);
        QTRY_VERIFY(note->isVisible());
        save(u"draft"_s);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"discardDraft"_s), Qt::LeftButton);
        QTRY_VERIFY(code->text().contains(u"return 42"_s));
        QTRY_VERIFY(!note->isVisible());
        QVERIFY(!window_->functionsPage().hasUnsavedChanges());
    }

    void payloadsAreKeptUnderNames() {
        auto* payload = window_->findChild<CodeEditor*>(u"payload"_s);
        payload->setText(u"{\"nightly\": true}"_s);
        auto* button = window_->findChild<QPushButton*>(u"savedPayloads"_s);
        // The menu's first entry asks for a name.
        QMenu* menu = button->menu();
        QTimer::singleShot(0, menu, [menu] {
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(button, Qt::LeftButton);
        QApplication::setActiveWindow(window_.get());
        QDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window_->findChild<QDialog*>()) != nullptr);
        auto* field = dialog->findChild<QLineEdit*>();
        field->selectAll();
        QTest::keyClicks(field, u"night"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QTRY_VERIFY(window_->findChild<QDialog*>() == nullptr);
        payload->setText(u"{}"_s);
        QTimer::singleShot(0, menu, [menu] {
            QTest::keyClick(menu, Qt::Key_Down);
            QTest::keyClick(menu, Qt::Key_Return);
        });
        QTest::mouseClick(button, Qt::LeftButton);
        QApplication::setActiveWindow(window_.get());
        QCOMPARE(payload->text(), u"{\"nightly\": true}"_s);
    }

    void recordsGoToAFileAndComeBack() {
        key(Qt::Key_7);
        const QString path = folder_.filePath(u"records.jsonl"_s);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"export"_s), Qt::LeftButton);
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = window_->findChild<QFileDialog*>()) != nullptr);
        dialog->selectFile(path);
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_VERIFY(QFile::exists(path));
        QFile file{path};
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
        QVERIFY(lines.size() >= 30);
        QVERIFY(lines.first().startsWith("{\"seq\":1,"));
        // Records of now can be appended; what goes back in time is refused, with the line.
        QFile more{folder_.filePath(u"more.jsonl"_s)};
        QVERIFY(more.open(QIODevice::WriteOnly));
        const std::string record = toJson(
            json::value{{"time", toUs(wallClock())}, {"event", "custom.came-back"}, {"data", {{"n", 1}}}});
        more.write(record.c_str());
        more.close();
        window_->findChild<JournalPage*>()->importFrom(more.fileName());
        auto* table = window_->findChild<Table*>(u"journalTable"_s);
        QTRY_COMPARE(table->model()->index(0, RecordModel::Event).data().toString(), u"custom.came-back"_s);
        window_->findChild<JournalPage*>()->importFrom(path);
        bool said = false;
        for (int i = 0; i < 50 && !said; ++i) {
            QTest::qWait(40);
            for (const auto* label : window_->findChildren<QLabel*>(u"fault"_s))
                said = said || label->text().startsWith(u"From line 1 on"_s);
        }
        QVERIFY(said);
        table->selectRow(0);
        save(u"journal"_s);
    }

 private:
    std::unique_ptr<Plane> plane_;
};

QTEST_MAIN(TestPages)
#include "tst_pages.moc"
