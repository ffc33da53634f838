// The history bench with real events over a file of records: dragging bounds and durations, what if, why at
// any moment, test cases. What it finds is compared with `dogwatchctl backtest` over the same file.
#include <QComboBox>
#include <QFile>
#include <QInputDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QtTest>

#include "gui/bench/view/history_bench.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/bench/view/what_if_form.h"
#include "gui/bench/view/why_view.h"
#include "gui/canvas/view/canvas_view.h"
#include "gui/models/text.h"
#include "gui/pages/metaevent_editor.h"
#include "tests/e2e/processes.h"
#include "tests/gui/fail_on_warning.h"
#include "tests/gui/shots.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace dogwatch::gui::bench;
using namespace Qt::StringLiterals;

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kStart = 1'700'000'000'000'000;
constexpr int kRecords = 400;

json::object counting(int bound, const char* within = "30s") {
    return parseJson(
               R"({"metaevent":"failures","when":{"count":{"event":"execution.failed","function":"import"},"within":")" +
               std::string(within) + R"(","is":[">=",)" + std::to_string(bound) + "]}}")
        ->get_object();
}

}  // namespace

class TestHistoryBench : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        QVERIFY(dir_.isValid());
        file_ = dir_.filePath(u"records.jsonl"_s);
        QFile file(file_);
        QVERIFY(file.open(QIODevice::WriteOnly));
        for (int i = 1; i <= kRecords; ++i) {  // failures that come now thick, now thin
            const std::int64_t time = kStart + 4 * kSecond * i + kSecond * (i * i % 7) / 2;
            const bool failed = i % 5 == 0 || (i / 40 % 2 == 1 && i % 2 == 0);
            const json::object record{{"seq", i},
                                      {"time", time},
                                      {"event", failed ? "execution.failed" : "execution.succeeded"},
                                      {"function", "import"},
                                      {"duration_us", 100'000 + i}};
            file.write((toJson(json::value(record)) + '\n').c_str());
        }
        file.close();
        warnings_.emplace();
    }
    void init() {
        data_ = std::make_unique<QTemporaryDir>();
        session_ = std::make_unique<ControlPlaneSession>(toUtf8(data_->path()));
        editor_ = std::make_unique<MetaeventEditor>(Workbench{*session_, theme_});
        editor_->resize(1300, 860);
        editor_->show();
        editor_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(editor_.get()));
        editor_->edit(counting(4));
        editor_->bench().useRecords(file_);
        QTRY_COMPARE(bench().recordCount(), std::size_t{kRecords});
        settle();
        QVERIFY(!lanes().lanes().empty());
    }
    void cleanup() {
        editor_.reset();
        session_.reset();
        QCOMPARE(warnings_->take(), QStringList{});
    }

    void firingsAreThoseOfTheBacktest() {
        QCOMPARE(shown(), backtested(4));
        QVERIFY(shown().size() > 1);
        shoot(*editor_, u"bench"_s);
    }

    void draggingTheBoundMovesTheFirings() {
        const auto handle = lanes().boundHandle(0);
        QVERIFY(handle);
        const QStringList before = shown();
        press(*handle);
        // Upwards until the drawing says 6.
        QPointF at = *handle;
        for (int i = 0; i < 60 && bound() != 6; ++i) {
            at += QPointF{0, bound() < 6 ? -1.0 : 1.0};
            move(at);
        }
        release(at);
        QCOMPARE(bound(), 6);
        settle();
        QVERIFY(shown() != before);
        QCOMPARE(shown(), backtested(6));
        QVERIFY(editor_->model().isDraft());
        QVERIFY2(state().contains(u"lost"_s), qPrintable(state()));
        shoot(*editor_, u"bench-dragged"_s);
        QTest::keyClick(editor_.get(), Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(bound(), 4);
        settle();
        QCOMPARE(shown(), before);
    }

    void draggingTheDurationMovesTheFirings() {
        const auto handle = lanes().durationHandle(0);
        QVERIFY(handle);
        press(*handle);
        QPointF at = *handle;
        for (int i = 0; i < 8; ++i) move(at -= QPointF{3, 0});  // the window grows to the left
        release(at);
        const auto within =
            std::string(editor_->model().graph().definition().at("when").at("within").get_string());
        QVERIFY2(within != "30s", within.c_str());
        QVERIFY(parseDuration(within).value() > std::chrono::seconds{30});
        settle();
        QCOMPARE(shown(), backtested(4, within.c_str()));
    }

    void aClickOnAFiringTellsWhy() {
        QTest::mouseClick(lanes().viewport(), Qt::LeftButton, {}, lanes().firingPoint(0)->toPoint());
        QTRY_VERIFY2(why().contains(u"Why did it fire?"_s), qPrintable(why()));
        QTRY_VERIFY(why().contains(u"it is 4 (at least 4)"_s));
        QVERIFY(why().contains(u"Evidence"_s));
        auto* bar = editor_->findChild<QLabel*>(u"momentBar"_s);
        QTRY_VERIFY(bar->isVisible());
        const auto* node =
            editor_->findChild<canvas::CanvasView*>(u"canvas"_s)->canvas().item(lanes().lanes().front().node);
        QVERIFY(node->look().live.has_value());
        QCOMPARE(node->look().live->text, u"4 of 4"_s);
        shoot(*editor_, u"bench-why"_s);
        QTest::keyClick(&lanes(), Qt::Key_Escape);
        QTRY_VERIFY(!bar->isVisible());
        QVERIFY(!node->look().live.has_value());
    }

    void theKeyboardScrubs() {
        lanes().setFocus();
        QTest::keyClick(&lanes(), Qt::Key_N);
        QVERIFY(lanes().cursor().has_value());
        QCOMPARE(toUs(*lanes().cursor()), lanes().firings()[0].time);
        QTest::keyClick(&lanes(), Qt::Key_N);
        QCOMPARE(toUs(*lanes().cursor()), lanes().firings()[1].time);
        QTest::keyClick(&lanes(), Qt::Key_P);
        QCOMPARE(toUs(*lanes().cursor()), lanes().firings()[0].time);
        QTest::keyClick(&lanes(), Qt::Key_Left, Qt::ShiftModifier);
        QVERIFY(toUs(*lanes().cursor()) < lanes().firings()[0].time);
        QTRY_VERIFY2(why().contains(u"Why not?"_s) && why().contains(u"more failure"_s), qPrintable(why()));
        const std::int64_t wide = lanes().axis().until - lanes().axis().from;
        QTest::keyClick(&lanes(), Qt::Key_Plus);
        QVERIFY(lanes().axis().until - lanes().axis().from < wide);
        QTest::keyClick(&lanes(), Qt::Key_0);
        QCOMPARE(lanes().axis().until - lanes().axis().from, wide);
    }

    void whatIfARecordHadCome() {
        const QStringList before = shown();
        // Where it is thin, four failures at once.
        const QPoint at{static_cast<int>(lanes().axis().toX(kStart + 60 * kSecond)),
                        static_cast<int>(lanes().recordsArea().center().y())};
        for (int i = 0; i < 4; ++i) {
            QTest::mouseDClick(lanes().viewport(), Qt::LeftButton, {}, at);
            auto* form = bench().findChild<WhatIfForm*>();
            QVERIFY(form != nullptr);
            auto* place = form->findChild<QPushButton*>(u"whatIfPlace"_s);
            QTRY_VERIFY(place->isVisible());
            QTest::mouseClick(place, Qt::LeftButton);
            QTRY_VERIFY(bench().findChild<WhatIfForm*>() == nullptr);
        }
        settle();
        QVERIFY2(state().contains(u"4 placed"_s), qPrintable(state()));
        QVERIFY(shown() != before);
        shoot(*editor_, u"bench-what-if"_s);
        auto* back = editor_->findChild<QPushButton*>(u"asItWas"_s);
        QVERIFY(back->isVisible());
        QTest::mouseClick(back, Qt::LeftButton);
        settle();
        QCOMPARE(shown(), before);
    }

    void whatIfARecordHadNotCome() {
        const QStringList before = shown();
        lanes().setFocus();
        QTest::keyClick(&lanes(), Qt::Key_N);  // the record that made it true
        for (int i = 0; i < 6; ++i) QTest::keyClick(&lanes(), Qt::Key_Plus);
        const QPoint at{static_cast<int>(lanes().axis().toX(toUs(*lanes().cursor()))),
                        static_cast<int>(lanes().recordsArea().center().y())};
        QTest::mouseClick(lanes().viewport(), Qt::LeftButton, {}, at);
        lanes().setFocus();
        QTest::keyClick(&lanes(), Qt::Key_Delete);
        settle();
        QVERIFY2(state().contains(u"1 left out"_s), qPrintable(state()));
        QVERIFY(shown() != before);
        QTest::keyClick(&lanes(), Qt::Key_Delete);  // it counts again
        settle();
        QCOMPARE(shown(), before);
    }

    void aKeyOfAPartitionIsPicked() {
        QFile file(dir_.filePath(u"keys.jsonl"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        std::int64_t seq = 0;
        for (const char* function : {"orders", "orders", "invoices", "orders", "orders"}) {
            ++seq;
            const json::object record{{"seq", seq},
                                      {"time", kStart + seq * kSecond},
                                      {"event", "execution.failed"},
                                      {"function", function}};
            file.write((toJson(json::value(record)) + '\n').c_str());
        }
        file.close();
        editor_->edit(parseJson(R"({"metaevent":"failures","partition":["function"],
            "when":{"count":{"event":"execution.failed"},"within":"30s","is":[">=",4]}})")
                          ->get_object());
        bench().useRecords(file.fileName());
        QTRY_COMPARE(bench().recordCount(), std::size_t{5});
        auto* keys = editor_->findChild<QComboBox*>(u"historyKey"_s);
        QTRY_VERIFY(keys->isVisible() && keys->count() == 3);
        // At the end, four orders failed, and one invoice.
        QTest::mouseClick(lanes().viewport(), Qt::LeftButton, {},
                          QPoint{static_cast<int>(lanes().axis().toX(kStart + 5 * kSecond)) - 1,
                                 static_cast<int>(lanes().laneArea(0).center().y())});
        for (const auto& [key, number] :
             {std::pair{u"orders"_s, u"it is 3"_s}, {u"invoices"_s, u"it is 1"_s}}) {
            keys->setFocus();
            for (int i = 0; i < 4 && !keys->currentText().contains(key); ++i)
                QTest::keyClick(keys, keys->currentIndex() == keys->count() - 1 ? Qt::Key_Up : Qt::Key_Down);
            QVERIFY2(keys->currentText().contains(key), qPrintable(keys->currentText()));
            QTRY_VERIFY2(why().contains(number), qPrintable(why()));
        }
    }

    void testCasesRunOnEveryEditAndOnApply() {
        auto* tabs = editor_->findChild<QTabWidget*>(u"historyTabs"_s);
        tabs->setCurrentIndex(1);
        auto* save = editor_->findChild<QPushButton*>(u"saveCase"_s);
        QTRY_VERIFY(save->isVisible());
        QTest::mouseClick(save, Qt::LeftButton);
        auto* dialog = bench().findChild<QInputDialog*>(u"caseName"_s);
        QVERIFY(dialog != nullptr);
        QTRY_VERIFY(dialog->isVisible());
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(dialog->findChild<QLineEdit*>(), u"a bad hour"_s);
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        auto* list = editor_->findChild<QListWidget*>(u"testCases"_s);
        QTRY_COMPARE(list->count(), 1);
        QTRY_VERIFY2(list->item(0)->text().startsWith(u"✓ a bad hour"_s), qPrintable(list->item(0)->text()));

        editor_->model().setField(lanes().lanes().front().node, "is", json::value(json::array{">=", 6}));
        QTRY_VERIFY2(list->item(0)->text().startsWith(u"✗ a bad hour"_s), qPrintable(list->item(0)->text()));
        shoot(*editor_, u"bench-cases"_s);
        QTest::mouseClick(editor_->findChild<QPushButton*>(u"apply"_s), Qt::LeftButton);
        auto* box = editor_->findChild<QMessageBox*>(u"applyBox"_s);
        QVERIFY(box != nullptr);
        QVERIFY2(box->informativeText().contains(u"a bad hour"_s), qPrintable(box->informativeText()));
        box->reject();

        // Kept with the drawing.
        QTest::mouseClick(editor_->findChild<QPushButton*>(u"closeEditor"_s), Qt::LeftButton);
        editor_->edit(counting(4));
        QCOMPARE(bench().cases().size(), std::size_t{1});
    }

 private:
    [[nodiscard]] HistoryBench& bench() const { return editor_->bench(); }
    [[nodiscard]] LanesView& lanes() const { return bench().lanes(); }
    [[nodiscard]] QString why() const { return editor_->findChild<WhyView*>(u"why"_s)->toPlainText(); }
    [[nodiscard]] QString state() const { return editor_->findChild<QLabel*>(u"historyState"_s)->text(); }
    [[nodiscard]] int bound() const {
        return static_cast<int>(
            editor_->model().graph().definition().at("when").at("is").get_array()[1].to_number<double>());
    }
    /// Until the firings of the last edit stand on the lanes.
    void settle() {
        std::int64_t shownFor = -1;
        const auto connection = connect(&bench(), &HistoryBench::firingsShown, this,
                                        [&](std::int64_t ordinal) { shownFor = ordinal; });
        for (int i = 0; i < 60 && shownFor < bench().ordinal(); ++i) {
            QTest::qWait(25);
            if (i > 15) break;  // nothing that they depend on was edited
        }
        disconnect(connection);
    }
    [[nodiscard]] QStringList shown() const {
        QStringList lines;
        for (const BenchFiring& firing : lanes().firings())
            if (firing.fate != BenchFiring::Fate::Lost)
                lines.append(fromUtf8(toJson(json::value(firing.toLine("failures")))));
        return lines;
    }
    [[nodiscard]] QStringList backtested(int bound, const char* within = "30s") const {
        const QString definitions = dir_.filePath(u"definitions.json"_s);
        QFile file(definitions);
        if (!file.open(QIODevice::WriteOnly)) return {};
        file.write(toJson(json::value(counting(bound, within))).c_str());
        file.close();
        const auto done = e2e::runProgram(
            u"dogwatchctl"_s, {u"backtest"_s, u"--metaevents"_s, definitions, u"--records"_s, file_});
        QStringList lines;
        for (const json::value& line : done.jsonLines()) lines.append(fromUtf8(toJson(line)));
        return lines;
    }

    void press(QPointF at) const { QTest::mousePress(lanes().viewport(), Qt::LeftButton, {}, at.toPoint()); }
    void move(QPointF at) const {
        QWidget* port = lanes().viewport();
        QMouseEvent event{QEvent::MouseMove, at, port->mapToGlobal(at), Qt::NoButton, Qt::LeftButton, {}};
        QApplication::sendEvent(port, &event);
    }
    void release(QPointF at) const {
        QTest::mouseRelease(lanes().viewport(), Qt::LeftButton, {}, at.toPoint());
    }

    QTemporaryDir dir_;
    QString file_;
    std::optional<FailOnWarning> warnings_;
    std::unique_ptr<QTemporaryDir> data_;
    Theme theme_;
    std::unique_ptr<ControlPlaneSession> session_;
    std::unique_ptr<MetaeventEditor> editor_;
};

QTEST_MAIN(TestHistoryBench)
#include "tst_history_bench.moc"
