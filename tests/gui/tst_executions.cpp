// The Executions page over a real control plane, with real key and mouse events: table, filter, details,
// actions, timeline, causes.
#include <QClipboard>
#include <QCompleter>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QTreeWidget>

#include "console.h"
#include "gui/models/execution_model.h"
#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/timeline_panel.h"
#include "gui/widgets/cause_view.h"
#include "gui/widgets/details_area.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/json_view.h"
#include "gui/widgets/table.h"
#include "gui/widgets/text_view.h"
#include "gui/widgets/timeline_view.h"
#include "plane.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {
constexpr int kAll = 30 + 1 + 2 + 1;  ///< executions once the first test has run
}

class TestExecutions : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        plane_ = std::make_unique<Plane>();
        plane_->addFunction("backup");
        plane_->addFunction("import-orders");
        plane_->addFunction("pager");
        plane_->applyMetaevent(
            R"({"metaevent":"import-broken","when":{"occurs":{"event":"execution.failed","function":"import-*"}},
                "jobs":[{"run":"pager"}]})");
        plane_->applyMetaevent(
            R"({"metaevent":"pager-again","when":{"occurs":{"event":"execution.succeeded","function":"pager"}},
                "fire":{"max_depth":2},"jobs":[{"run":"pager"}]})");
        for (int i = 0; i < 30; ++i)
            plane_->run("backup", R"({"n":)" + std::to_string(i) + R"(,"print":"one\ntwo\none"})");
        failed_ = fromUtf8(plane_->run("import-orders", R"({"fail":"no such table: orders","us":2500000})"));
        openConnected(plane_->directory(), {1280, 900});
        QTest::keyClick(window_.get(), Qt::Key_3, Qt::ControlModifier);
        table_ = window_->findChild<Table*>(u"executionsTable"_s);
        QTRY_VERIFY(table_->isVisible());
    }
    void cleanup() { expectNoWarnings(); }
    void cleanupTestCase() {
        close();
        plane_.reset();
    }

    void whatHappensAppearsOnTop() {
        // 30 backups, one import, and two pagers: the second firing of pager-again is cut.
        QTRY_COMPARE(table_->model()->rowCount(), 30 + 1 + 2);
        QTRY_COMPARE(cell(0, ExecutionModel::Function), u"pager"_s);
        QSignalSpy resets{table_->model(), &QAbstractItemModel::modelReset};
        plane_->run("backup");
        QTRY_COMPARE(table_->model()->rowCount(), kAll);
        QTRY_COMPARE(cell(0, ExecutionModel::Function), u"backup"_s);
        QTRY_COMPARE(cell(0, ExecutionModel::State), u"Succeeded"_s);
        QCOMPARE(resets.size(), 0);
    }

    void theFilterIsTheJournals() {
        auto* field = filterField();
        QTest::mouseClick(field, Qt::LeftButton);
        QTest::keyClicks(field, u"function:import* state:failed duration>2s"_s);
        QTRY_COMPARE(table_->model()->rowCount(), 1);
        QTRY_COMPARE(cell(0, ExecutionModel::State), u"Failed: exception"_s);
        clearFilter();
        QTest::keyClicks(field, u"-trigger:api"_s);
        QTRY_COMPARE(table_->model()->rowCount(), 2);
        clearFilter();
        QTest::keyClicks(field, u"orders"_s);  // a word of its name, or of its message
        QTRY_COMPARE(table_->model()->rowCount(), 1);
        clearFilter();
        QTRY_COMPARE(table_->model()->rowCount(), kAll);
    }

    /// What is wrong is said and marked; the last good filter stays.
    void aFaultyFilterIsMarked() {
        auto* field = filterField();
        QTest::keyClicks(field, u"state:failed durations>2s"_s);
        QVERIFY(field->property("faulty").toBool());
        QVERIFY(field->toolTip().contains(u"durations"_s));
        clearFilter();
        QVERIFY(!field->property("faulty").toBool());
        QTRY_COMPARE(table_->model()->rowCount(), kAll);
    }

    void fieldsAndValuesAreCompleted() {
        auto* field = filterField();
        QTest::keyClicks(field, u"sta"_s);
        auto* popup = field->parent()->findChild<QCompleter*>()->popup();
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(field->text(), u"state:"_s);
        QTest::keyClicks(field, u"fai"_s);
        QTRY_VERIFY(popup->isVisible());
        QTest::keyClick(popup, Qt::Key_Down);
        QTest::keyClick(popup, Qt::Key_Return);
        QCOMPARE(field->text(), u"state:failed "_s);
        QTRY_COMPARE(table_->model()->rowCount(), 1);
        clearFilter();
        QTRY_COMPARE(table_->model()->rowCount(), kAll);
    }

    void pausedItStandsStill() {
        auto* pause = window_->findChild<QPushButton*>(u"pause"_s);
        QTest::mouseClick(pause, Qt::LeftButton);
        plane_->run("backup");
        auto* count = window_->findChild<QLabel*>(u"executionCount"_s);
        QTRY_VERIFY2(count->text().contains(u"1 new"_s), qPrintable(count->text()));
        QCOMPARE(table_->model()->rowCount(), kAll);
        QTest::mouseClick(pause, Qt::LeftButton);
        QTRY_COMPARE(table_->model()->rowCount(), kAll + 1);
    }

    void aFailureIsExplained() {
        window_->executionsPage().choose(failed_);
        auto* tabs = window_->findChild<QTabWidget*>(u"executionTabs"_s);
        QTRY_COMPARE(tabs->tabText(tabs->currentIndex()), u"Error"_s);
        QTRY_VERIFY(qobject_cast<TextView*>(tabs->currentWidget())
                        ->box()
                        ->toPlainText()
                        .contains(u"line 2, in handler"_s));
        QTRY_COMPARE(table_->currentKey(), failed_);
        show(u"Payload"_s);
        auto* payload = qobject_cast<JsonView*>(tabs->currentWidget());
        QCOMPARE(payload->model()->index(0, 1).data().toString(), u"no such table: orders"_s);
        show(u"Attempts"_s);
        auto* attempts = qobject_cast<QTreeWidget*>(tabs->currentWidget());
        QCOMPARE(attempts->topLevelItemCount(), 1);
        QCOMPARE(attempts->topLevelItem(0)->text(2), u"vm-1"_s);
        QCOMPARE(attempts->topLevelItem(0)->text(4), u"failed: exception"_s);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"copyCommand"_s), Qt::LeftButton);
        QVERIFY(QGuiApplication::clipboard()->text().contains(u"invoke import-orders --payload"_s));
        save(u"execution-failed"_s);
    }

    /// failed → import-broken → pager → pager-again → pager → … → cut at depth 2.
    void itsCausesAndEffectsAreDrawn() {
        show(u"Causes"_s);
        auto* causes = window_->executionsPage().findChild<CauseView*>();
        const auto has = [&](const QString& title, const QString& detail) {
            const auto& boxes = causes->graph().boxes;
            return std::any_of(boxes.begin(), boxes.end(), [&](const CauseBox& box) {
                return box.title == title && box.detail.contains(detail);
            });
        };
        QTRY_VERIFY(has(u"A request"_s, {}));
        QVERIFY(has(u"import-broken"_s, u"depth 1"_s));
        QVERIFY(has(u"pager"_s, u"Succeeded"_s));
        QVERIFY(has(u"pager-again"_s, u"depth 2"_s));
        QVERIFY(has(u"pager-again"_s, u"Loop cut"_s));
        save(u"causes"_s);
        // The boxes are buttons: one leads to its execution.
        QPushButton* box = nullptr;
        for (auto* each : causes->findChildren<QPushButton*>())
            if (each->accessibleName() == u"pager"_s) box = each;
        QVERIFY(box != nullptr);
        QTest::mouseClick(box, Qt::LeftButton);
        QTRY_VERIFY(window_->findChild<ExecutionDetails*>()->execution() != failed_);
        show(u"Result"_s);
    }

    void outputIsSearched() {
        clearFilter();
        const QString id = fromUtf8(plane_->run("backup", R"({"print":"one\ntwo\none"})"));
        window_->executionsPage().choose(id);
        show(u"Output"_s);
        auto* tabs = window_->findChild<QTabWidget*>(u"executionTabs"_s);
        auto* output = qobject_cast<TextView*>(tabs->currentWidget());
        QTRY_COMPARE(output->box()->toPlainText(), u"one\ntwo\none"_s);
        output->box()->setFocus();
        QTest::keyClick(output->box(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(output->findChild<QLineEdit*>(), u"one"_s);
        QCOMPARE(output->found(), 2);
        show(u"Result"_s);
    }

    void aRunningOneIsCancelled() {
        const QString id = fromUtf8(plane_->run("backup", R"({"hold":true})"));
        window_->executionsPage().choose(id);
        auto* cancel = window_->findChild<QPushButton*>(u"cancelExecution"_s);
        QTRY_VERIFY(cancel->isEnabled());
        QTRY_COMPARE(table_->currentKey(), id);
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!cancel->isEnabled());
        QTRY_VERIFY(cell(table_->currentIndex().row(), ExecutionModel::State) != u"Running"_s);
        const int before = table_->model()->rowCount();
        QTest::mouseClick(window_->findChild<QPushButton*>(u"runAgain"_s), Qt::LeftButton);
        QTRY_COMPARE(table_->model()->rowCount(), before + 1);
        QTRY_VERIFY(table_->currentKey() != id);
        QTRY_VERIFY(cancel->isEnabled());
        QTest::mouseClick(cancel, Qt::LeftButton);
        QTRY_VERIFY(!cancel->isEnabled());
    }

    void theTimelineShowsThemAndSumsUp() {
        auto* views = window_->findChild<QTabBar*>(u"executionViews"_s);
        QTest::mouseClick(views, Qt::LeftButton, {}, views->tabRect(1).center());
        auto* view = window_->findChild<TimelineView*>();
        QTRY_VERIFY(view->isVisible());
        QTRY_COMPARE(view->data().lanes.size(), 3U);
        QTRY_VERIFY(!view->data().firings.empty());
        // A workspace of a minute is not a stripe in a quarter of an hour.
        const double opened = view->scale().spanUs();
        QVERIFY2(opened < 10.0 * 60 * 1e6, qPrintable(QString::number(opened)));
        QTest::mouseClick(window_->findChild<QPushButton*>(u"timelineFit"_s), Qt::LeftButton);
        QTRY_VERIFY(view->scale().spanUs() < 600e6);
        QTRY_VERIFY(view->data().covers(view->scale().begin(), view->scale().end()));
        const double span = view->scale().spanUs();
        view->setFocus();
        QTest::keyClick(view, Qt::Key_Plus);
        QVERIFY(view->scale().spanUs() < span);
        QTest::keyClick(view, Qt::Key_Minus);
        // Shift and dragging over all of it selects, and its figures appear.
        const QPoint from{160, view->viewport()->height() / 2};
        const QPoint to{view->viewport()->width() - 4, from.y()};
        QTest::mousePress(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, from);
        QTest::mouseMove(view->viewport(), (from + to) / 2);
        QTest::mouseMove(view->viewport(), to);
        QTest::mouseRelease(view->viewport(), Qt::LeftButton, Qt::ShiftModifier, to);
        auto* summary = window_->findChild<QLabel*>(u"timelineSummary"_s);
        QTRY_VERIFY2(summary->text().contains(u"a second"_s), qPrintable(summary->text()));
        QVERIFY(summary->text().contains(u"1 failed"_s) || summary->text().contains(u"3 failed"_s));
        save(u"timeline"_s);
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(!view->selection());
        QTest::mouseClick(views, Qt::LeftButton, {}, views->tabRect(0).center());
    }

    /// Below the list, beside it, or in a window of their own; by mouse and by keyboard; and so again
    /// tomorrow.
    void detailsStandWhereTheyAreWanted() {
        auto* area = window_->findChild<DetailsArea*>(u"executionsArea"_s);
        auto* details = window_->findChild<ExecutionDetails*>();
        const auto placeOf = [this](const QWidget* widget) {
            return QRect{widget->mapTo(window_.get(), QPoint{}), widget->size()};
        };
        QTest::mouseClick(table_, Qt::LeftButton);
        QVERIFY(placeOf(details).top() >= placeOf(table_).bottom());
        auto* turn = area->findChild<QToolButton*>(u"turnDetails"_s);
        QTest::mouseClick(turn, Qt::LeftButton);
        QTRY_VERIFY(placeOf(details).left() >= placeOf(table_).right());
        QVERIFY(details->width() > window_->width() / 4);
        save(u"executions-beside"_s);

        auto* part = area->findChild<QToolButton*>(u"partDetails"_s);
        part->setFocus();
        QTest::keyClick(part, Qt::Key_Space);
        QTRY_VERIFY(details->window() != window_.get());
        QVERIFY(details->isVisible() && !turn->isVisible());
        key(Qt::Key_1);
        QVERIFY(details->isVisible());  // it stays while others are looked at
        key(Qt::Key_3);
        QTest::mouseClick(part, Qt::LeftButton);
        QTRY_COMPARE(details->window(), window_.get());

        QVERIFY(window_->close());
        openConnected(plane_->directory(), {1280, 900});
        key(Qt::Key_3);
        area = window_->findChild<DetailsArea*>(u"executionsArea"_s);
        QVERIFY(area->isBeside());
        QTest::mouseClick(area->findChild<QToolButton*>(u"turnDetails"_s), Qt::LeftButton);
        QTRY_VERIFY(!area->isBeside());
    }

 private:
    [[nodiscard]] QString cell(int row, int column) const {
        return table_->model()->index(row, column).data().toString();
    }
    [[nodiscard]] QLineEdit* filterField() const {
        return window_->executionsPage().findChild<QLineEdit*>(u"filter"_s);
    }
    void clearFilter() const {
        filterField()->setFocus();
        filterField()->selectAll();
        QTest::keyClick(filterField(), Qt::Key_Delete);
    }
    void show(const QString& tab) const {
        auto* tabs = window_->findChild<QTabWidget*>(u"executionTabs"_s);
        for (int i = 0; i < tabs->count(); ++i)
            if (tabs->tabText(i).startsWith(tab))
                QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(i).center());
        QVERIFY(tabs->tabText(tabs->currentIndex()).startsWith(tab));
    }

    std::unique_ptr<Plane> plane_;
    Table* table_ = nullptr;
    QString failed_;
};

QTEST_MAIN(TestExecutions)
#include "tst_executions.moc"
