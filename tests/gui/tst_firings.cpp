// What people do about firings in the console, with real key and mouse events over a real control plane: they
// see why it fired and what its jobs came to, acknowledge it, silence its metaevent, look at its history, and
// run its jobs by hand.
#include <QComboBox>
#include <QDialog>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStatusBar>
#include <QTabBar>
#include <QTabWidget>
#include <QTextBrowser>
#include <QTreeWidget>

#include "console.h"
#include "gui/bench/view/history_bench.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/bench/view/range_box.h"
#include "gui/canvas/view/gallery.h"
#include "gui/models/text.h"
#include "gui/notifications.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/timeline_panel.h"
#include "gui/widgets/cause_view.h"
#include "gui/widgets/firing_strip.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/table.h"
#include "gui/widgets/timeline_view.h"
#include "plane.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestFirings : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        plane_ = std::make_unique<Plane>();
        for (const char* name : {"import-orders", "pager", "backup"}) plane_->addFunction(name);
        plane_->applyMetaevent(
            R"({"metaevent":"import-broken","when":{"occurs":{"event":"execution.failed","function":"import-*"}},
                "jobs":[{"run":"pager","payload":{"text":"it broke","why":"{{ evidence.0.error }}"}}]})");
        openConnected(plane_->directory());
        QTRY_COMPARE(session_->metaevents().rowCount(), 1);
        table_ = window_->findChild<Table*>(u"firingsTable"_s);
    }
    void cleanup() { expectNoWarnings(); }
    void cleanupTestCase() {
        close();
        plane_.reset();
    }

    void jobsAreRunByHandBeforeItEverFired() {
        key(Qt::Key_4);
        window_->metaeventsPage().choose(u"import-broken"_s);
        click(u"runJobs"_s);
        auto* dialog = window_->findChild<QDialog*>(u"tryJobs"_s);
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY(dialog->isVisible());
        QVERIFY(dialog->findChild<QLabel*>(u"trySource"_s)->text().contains(u"has not fired yet"_s));
        QCOMPARE(dialog->findChild<QComboBox*>(u"tryJob"_s)->currentText(), u"pager"_s);
        const auto payload = dialog->findChild<JsonField*>()->value();
        QVERIFY(payload && payload->at("text").as_string() == "it broke");
        QTest::mouseClick(dialog->findChild<QPushButton*>(u"tryRun"_s), Qt::LeftButton);
        auto* outcome = dialog->findChild<QLabel*>(u"tryOutcome"_s);
        QTRY_VERIFY2(outcome->text().contains(u"ucceeded"_s), qPrintable(outcome->text()));
        QVERIFY(dialog->findChild<QPlainTextEdit*>(u"tryResult"_s)->toPlainText().contains(u"it broke"_s));
        save(u"run-by-hand"_s);
        QTest::keyClick(dialog, Qt::Key_Escape);
        QTRY_VERIFY(window_->findChild<QDialog*>(u"tryJobs"_s) == nullptr);
    }

    void aFiringTellsWhyAndWhatItsJobsCameTo() {
        key(Qt::Key_5);
        QCOMPARE(mode(), static_cast<int>(MainWindow::Firings));
        plane_->run("import-orders", R"({"fail":"no such table"})");
        QTRY_COMPARE(table_->model()->rowCount(), 1);
        QTRY_COMPARE(cell(0, FiringModel::Jobs), u"1 succeeded"_s);
        QCOMPARE(cell(0, FiringModel::Seen), u"–"_s);
        clickRow(0);
        auto* words = window_->findChild<QLabel*>(u"firingWords"_s);
        QTRY_VERIFY2(words->text().contains(u"import-*"_s), qPrintable(words->text()));
        auto* jobs = window_->findChild<QTreeWidget*>(u"firingJobs"_s);
        QTRY_COMPARE(jobs->topLevelItemCount(), 1);
        QCOMPARE(jobs->topLevelItem(0)->text(0), u"pager"_s);
        QTRY_COMPARE(jobs->topLevelItem(0)->text(1), stateText(ExecutionState::Succeeded));
        save(u"firings"_s);
        // Return on the job leads to its execution.
        jobs->setFocus();
        jobs->setCurrentItem(jobs->topLevelItem(0));
        QTest::keyClick(jobs, Qt::Key_Return);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Executions));
    }

    void itIsAcknowledgedWithANote() {
        key(Qt::Key_5);
        clickRow(0);
        QTest::keyClick(table_, Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = window_->findChild<QDialog*>(u"acknowledgeDialog"_s);
        QVERIFY(dialog != nullptr);
        auto* note = dialog->findChild<QLineEdit*>(u"acknowledgeNote"_s);
        QTRY_VERIFY(note->hasFocus());
        QTest::keyClicks(note, u"created the table"_s);
        QTest::keyClick(note, Qt::Key_Return);
        QTRY_VERIFY(cell(0, FiringModel::Seen) != u"–"_s);
        QTRY_VERIFY(window_->findChild<QLabel*>(u"firingSeen"_s)->text().contains(u"created the table"_s));
        // The filter finds what is left to do.
        window_->firingsPage().setFilter(u"open"_s);
        QTRY_COMPARE(table_->model()->rowCount(), 0);
        window_->firingsPage().setFilter({});
        QTRY_COMPARE(table_->model()->rowCount(), 1);
    }

    void silencedItFiresAndTellsNobody() {
        key(Qt::Key_5);
        clickRow(0);
        const int unread = window_->notifications().unread();
        click(u"silence"_s);
        auto* dialog = window_->findChild<QDialog*>(u"silenceDialog"_s);
        QVERIFY(dialog != nullptr);
        auto* reason = dialog->findChild<QLineEdit*>(u"silenceReason"_s);
        QTRY_VERIFY(reason->hasFocus());
        save(u"silence"_s);
        QTest::keyClicks(reason, u"deploying"_s);
        QTest::keyClick(reason, Qt::Key_Return);
        QTRY_COMPARE(metaeventState(session_->metaevents().at(0)), u"Silenced"_s);
        plane_->run("import-orders", R"({"fail":"no such table"})");
        QTRY_COMPARE(table_->model()->rowCount(), 2);
        QTRY_COMPARE(cell(0, FiringModel::Jobs), u"silenced"_s);
        QVERIFY(cell(0, FiringModel::What).contains(u"silenced: deploying"_s));
        QCOMPARE(window_->notifications().unread(), unread);
        clickRow(0);
        auto* jobs = window_->findChild<QTreeWidget*>(u"firingJobs"_s);
        QTRY_COMPARE(jobs->topLevelItemCount(), 1);
        QCOMPARE(jobs->topLevelItem(0)->text(1), u"not run: silenced"_s);
        // The metaevent itself says so, too.
        key(Qt::Key_4);
        window_->metaeventsPage().choose(u"import-broken"_s);
        auto* silence = window_->findChild<QLabel*>(u"silenceWords"_s);
        QTRY_VERIFY2(silence->text().contains(u"deploying"_s), qPrintable(silence->text()));
        QVERIFY(window_->findChild<FiringStrip*>()->words().startsWith(u"2 "_s));
        save(u"metaevent-silenced"_s);
        click(u"silenceMetaevent"_s);
        QTRY_COMPARE(session_->metaevents().at(0).silences.size(), std::size_t{0});
        QTRY_VERIFY(!silence->isVisible());
        plane_->run("import-orders", R"({"fail":"no such table"})");
        QTRY_COMPARE(cell(0, FiringModel::Jobs), u"1 succeeded"_s);
        QTRY_COMPARE(window_->notifications().unread(), unread + 1);
    }

    void aSilenceRecursEachWeek() {
        key(Qt::Key_4);
        window_->metaeventsPage().choose(u"import-broken"_s);
        click(u"silenceMetaevent"_s);
        auto* dialog = window_->findChild<QDialog*>(u"silenceDialog"_s);
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY(dialog->isVisible());
        QTest::mouseClick(dialog->findChild<QRadioButton*>(u"silenceKind2"_s), Qt::LeftButton, {},
                          QPoint{8, dialog->findChild<QRadioButton*>(u"silenceKind2"_s)->height() / 2});
        QTest::keyClick(dialog->findChild<QLineEdit*>(u"silenceReason"_s), Qt::Key_Return);
        QTRY_COMPARE(session_->metaevents().at(0).silences.size(), std::size_t{1});
        QCOMPARE(stringMember(session_->metaevents().at(0).silences[0].get_object(), "schedule"),
                 std::string_view{"0 2 * * *"});
        click(u"silenceMetaevent"_s);
        QTRY_COMPARE(session_->metaevents().at(0).silences.size(), std::size_t{0});
    }

    void oneKeyLeadsFromARecordToItsHistory() {
        key(Qt::Key_7);
        auto* journal = window_->findChild<Table*>(u"journalTable"_s);
        const int row = rowOf(*journal, u"execution.failed"_s);
        QVERIFY(row >= 0);
        journal->setFollowing(false);
        journal->setFocus();
        journal->selectRow(row);
        const Time time = timeFromUs(journal->currentIndex().data(TimeRole).toLongLong());
        QTest::keyClick(journal, Qt::Key_B, Qt::ControlModifier);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Metaevents));
        QTRY_VERIFY(bench().isVisible() && bench().isOpen());
        QTRY_VERIFY(bench().lanes().cursor() == time);
        QTRY_VERIFY(bench().recordCount() > 0);
        save(u"history-of-a-record"_s);
    }

    void newRecordsAreTakenUpWhenAsked() {
        QTRY_VERIFY(bench().recordCount() > 0);
        auto* news = window_->findChild<QPushButton*>(u"newRecords"_s);
        const std::size_t before = bench().recordCount();
        bench().lanes().zoomBy(2);
        const auto axis = bench().lanes().axis();
        const auto cursor = bench().lanes().cursor();
        plane_->run("backup");
        QTRY_VERIFY(news->isVisible());
        QTRY_VERIFY2(news->text().startsWith(u"3 new"_s), qPrintable(news->text()));
        QCOMPARE(bench().recordCount(), before);
        QTest::mouseClick(news, Qt::LeftButton);
        QTRY_COMPARE(bench().recordCount(), before + 3);
        QTRY_VERIFY(!news->isVisible());
        QCOMPARE(bench().lanes().axis().from, axis.from);
        QCOMPARE(bench().lanes().axis().until, axis.until);
        QVERIFY(bench().lanes().cursor() == cursor);
    }

    void aSpanWithoutRecordsIsSaidToHaveNone() {
        auto* range = window_->findChild<bench::RangeBox*>(u"historyRange"_s);
        QTRY_VERIFY(bench().recordCount() > 0);
        range->chooseSpan(timeFromUs(1'600'000'000'000'000), timeFromUs(1'600'000'060'000'000));
        QTRY_COMPARE(bench().recordCount(), std::size_t{0});
        auto* state = window_->findChild<QLabel*>(u"historyState"_s);
        QTRY_VERIFY2(state->text().contains(u"0 records"_s), qPrintable(state->text()));
        QVERIFY(bench().lanes().firings().empty());
    }

    void whatThereIsFillsTheLanes() {
        bench().lanes().setCursor(std::nullopt);
        const Time now = wallClock();
        auto* range = window_->findChild<bench::RangeBox*>(u"historyRange"_s);
        range->chooseSpan(now - std::chrono::hours{2}, now + std::chrono::seconds{1});
        QTRY_VERIFY(bench().recordCount() > 0);
        const auto axis = bench().lanes().axis();
        QVERIFY(std::chrono::microseconds{axis.until - axis.from} < std::chrono::minutes{20});
        QTRY_VERIFY(!bench().lanes().firings().empty());
        QVERIFY(axis.from <= bench().lanes().firings().front().time);
    }

    void aFileOfRecordsIsChosen() {
        auto* range = window_->findChild<QComboBox*>(u"historyRange"_s);
        QTRY_VERIFY(range->isVisible());
        range->setFocus();
        QFile file{folder_.filePath(u"history.jsonl"_s)};
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 1; i <= 4; ++i)
            file.write(toJson(json::value{{"seq", i},
                                          {"time", 1'700'000'000'000'000 + i * std::int64_t{1'000'000}},
                                          {"event", "execution.failed"},
                                          {"function", "import-orders"}})
                           .append("\n")
                           .c_str());
        file.close();
        QTest::keyClick(range, Qt::Key_End);
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = range->findChild<QFileDialog*>()) != nullptr);
        dialog->selectFile(file.fileName());
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_COMPARE(bench().recordCount(), std::size_t{4});
        QTRY_COMPARE(bench().lanes().firings().size(), std::size_t{4});
    }

    void theKeyOfTheRecordIsSeen() {
        plane_->applyMetaevent(
            R"({"metaevent":"each-function","partition":["function"],
                "when":{"occurs":{"event":"execution.succeeded"}}})");
        QTRY_COMPARE(session_->metaevents().rowCount(), 2);
        plane_->run("backup");
        plane_->run("pager");
        key(Qt::Key_7);
        auto* journal = window_->findChild<Table*>(u"journalTable"_s);
        QTRY_VERIFY(journal->model()
                        ->index(rowOf(*journal, u"execution.succeeded"_s), RecordModel::Function)
                        .data()
                        .toString() == u"pager"_s);
        for (const auto& [function, other] :
             {std::pair{u"backup"_s, u"pager"_s}, {u"pager"_s, u"backup"_s}}) {
            key(Qt::Key_7);
            int row = 0;
            const auto cell = [&](int column) {
                return journal->model()->index(row, column).data().toString();
            };
            while (cell(RecordModel::Event) != u"execution.succeeded"_s ||
                   cell(RecordModel::Function) != function)
                QVERIFY(++row < journal->model()->rowCount());
            journal->selectRow(row);
            click(u"recordHistory"_s);
            auto* keys = window_->findChild<QComboBox*>(u"historyKey"_s);
            QTRY_VERIFY2(
                keys->isVisible(),
                qPrintable(function + u": "_s + window_->findChild<QLabel*>(u"historyState"_s)->text() +
                           u"; "_s + window_->findChild<bench::RangeBox*>(u"historyRange"_s)->currentText()));
            QTRY_COMPARE(keys->currentData().toString(), u"[\"%1\"]"_s.arg(function));
            auto* why = window_->findChild<QTextBrowser*>(u"why"_s);
            QTRY_VERIFY2(why->toPlainText().contains(u"for the key [\"%1\"]"_s.arg(function)),
                         qPrintable(why->toPlainText()));
            QVERIFY(!why->toPlainText().contains(u"[\"%1\"]"_s.arg(other)));
        }
        plane_->removeMetaevent("each-function");
        QTRY_COMPARE(session_->metaevents().rowCount(), 1);
    }

    void ofSeveralMetaeventsItIsAskedWhich() {
        plane_->applyMetaevent(
            R"({"metaevent":"anything-broken","when":{"occurs":{"event":"execution.failed"}}})");
        QTRY_COMPARE(session_->metaevents().rowCount(), 2);
        key(Qt::Key_7);
        auto* journal = window_->findChild<Table*>(u"journalTable"_s);
        journal->selectRow(rowOf(*journal, u"execution.failed"_s));
        click(u"recordHistory"_s);
        QMenu* menu = nullptr;
        QTRY_VERIFY((menu = window_->findChild<QMenu*>(u"whichMetaevent"_s)) != nullptr && menu->isVisible());
        QTest::keyClick(menu, Qt::Key_Down);
        QTest::keyClick(menu, Qt::Key_Return);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Metaevents));
        auto* name = window_->findChild<QLineEdit*>(u"metaeventName"_s);
        QTRY_COMPARE(name->text(), u"anything-broken"_s);
        // Of what no metaevent looks at, that is said.
        key(Qt::Key_7);
        journal->selectRow(rowOf(*journal, u"function.created"_s));
        click(u"recordHistory"_s);
        QTRY_VERIFY(window_->statusBar()->currentMessage().startsWith(u"No metaevent"_s));
        QCOMPARE(mode(), static_cast<int>(MainWindow::Journal));
    }

    void aFiringLeadsToItsHistory() {
        key(Qt::Key_5);
        clickRow(table_->model()->rowCount() - 1);
        click(u"firingHistory"_s);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Metaevents));
        QTRY_VERIFY(bench().isVisible() && bench().isOpen());
        QTRY_VERIFY(window_->findChild<QLabel*>(u"momentBar"_s)->isVisible());
    }

    /// A metaevent whose job sets it off again: from the firing itself, both ways, and where the loop was
    /// cut.
    void causesOfAFiringAreDrawn() {
        plane_->applyMetaevent(
            R"({"metaevent":"loops","when":{"occurs":{"event":"execution.succeeded","function":"backup"}},
                "fire":{"max_depth":2},"jobs":[{"run":"backup"}]})");
        plane_->run("backup");
        key(Qt::Key_5);
        window_->firingsPage().setFilter(u"metaevent:loops"_s);
        QTRY_COMPARE(table_->model()->rowCount(), 2);
        clickRow(1);
        auto* tabs = window_->findChild<QTabWidget*>(u"firingTabs"_s);
        QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
        auto* causes = window_->findChild<CauseView*>(u"firingCauses"_s);
        QVERIFY(causes->isVisible());
        const auto count = [causes](auto is) {
            const auto& boxes = causes->graph().boxes;
            return std::count_if(boxes.begin(), boxes.end(), is);
        };
        QTRY_COMPARE(count([](const CauseBox& box) { return box.isRoot && box.icon == u"bell"_s; }), 1);
        QTRY_COMPARE(count([](const CauseBox& box) { return box.detail.startsWith(u"Loop cut"_s); }), 1);
        QCOMPARE(count([](const CauseBox& box) { return box.leads == CauseBox::Leads::ToExecution; }), 3);
        save(u"firing-causes"_s);
        // Each box leads on: the first execution by keyboard.
        QPushButton* execution = nullptr;
        for (auto* each : causes->findChildren<QPushButton*>())
            if (execution == nullptr && each->accessibleName() == u"backup"_s) execution = each;
        QVERIFY(execution != nullptr);
        execution->setFocus();
        QTest::keyClick(execution, Qt::Key_Space);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Executions));
        // And from the metaevent's own list back to the graph, though the filter hides the firing.
        window_->firingsPage().setFilter(u"metaevent:import-broken"_s);
        key(Qt::Key_4);
        window_->metaeventsPage().leaveEditor();
        window_->metaeventsPage().choose(u"loops"_s);
        click(u"firingCausesWanted"_s);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Firings));
        QTRY_VERIFY(causes->isVisible());
        QTRY_COMPARE(count([](const CauseBox& box) { return box.isRoot; }), 1);
        window_->firingsPage().setFilter({});
    }

    void aMetaeventIsMadeFromAStretchOfTheTimeline() {
        key(Qt::Key_3);
        auto* views = window_->findChild<QTabBar*>(u"executionViews"_s);
        QTest::mouseClick(views, Qt::LeftButton, {}, views->tabRect(1).center());
        auto* view = window_->findChild<TimelineView*>();
        QTRY_VERIFY(view->isVisible());
        auto* watch = window_->findChild<QPushButton*>(u"watchStretch"_s);
        QVERIFY(!watch->isEnabled());
        QTest::mouseClick(window_->findChild<QPushButton*>(u"timelineFit"_s), Qt::LeftButton);
        QTRY_VERIFY(view->scale().spanUs() < 600e6);
        QTRY_VERIFY(view->data().covers(view->scale().begin(), view->scale().end()));
        const QPoint from{160, view->viewport()->height() / 2};
        const QPoint to{view->viewport()->width() - 4, from.y()};
        QTest::mousePress(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(view->viewport(), (from + to) / 2);
        QTest::mouseMove(view->viewport(), to);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
        QTRY_VERIFY(watch->isEnabled());
        save(u"timeline-selected"_s);
        QTest::mouseClick(watch, Qt::LeftButton);
        QTRY_COMPARE(mode(), static_cast<int>(MainWindow::Metaevents));
        const auto cards = window_->findChildren<canvas::GalleryCard*>();
        QVERIFY(!cards.isEmpty());
        QTRY_VERIFY(cards.front()->isVisible());
        QVERIFY2(cards.front()->accessibleName().contains(u"selected stretch"_s),
                 qPrintable(cards.front()->accessibleName()));
        save(u"from-a-stretch"_s);
    }

 private:
    [[nodiscard]] bench::HistoryBench& bench() const { return window_->metaeventsPage().editor().bench(); }
    [[nodiscard]] QString cell(int row, int column) const {
        return table_->model()->index(row, column).data().toString();
    }
    void clickRow(int row) const {
        QTest::mouseClick(table_->viewport(), Qt::LeftButton, {},
                          table_->visualRect(table_->model()->index(row, FiringModel::What)).center());
    }
    static int rowOf(const Table& table, const QString& event) {
        for (int row = 0; row < table.model()->rowCount(); ++row)
            if (table.model()->index(row, RecordModel::Event).data().toString() == event) return row;
        return -1;
    }

    std::unique_ptr<Plane> plane_;
    Table* table_ = nullptr;
};

QTEST_MAIN(TestFirings)
#include "tst_firings.moc"
