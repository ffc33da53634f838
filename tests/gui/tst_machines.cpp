// The Machines page over a control plane with real virtual machines, by mouse and keyboard: cards and table
// show the same, and what is done to a machine is seen to happen.
#include <QLabel>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QtTest>

#include "console.h"
#include "gui/models/text.h"
#include "gui/pages/machines_page.h"
#include "gui/widgets/table.h"
#include "tests/e2e/processes.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 120'000;  // a slow machine under TCG

}  // namespace

class TestMachines : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        if (!e2e::haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        QVERIFY2(plane_.start({u"--accel"_s, u"tcg"_s, u"--warm"_s, u"1"_s, u"--max-vms"_s, u"2"_s}),
                 qPrintable(plane_.log()));
        openConnected(toUtf8(plane_.dataDir()));
    }

    void cleanup() { expectNoWarnings(); }

    void cleanupTestCase() { close(); }

    /// The pool boots a template first, and then clones of it.
    void aMachineComesUp() {
        QTest::keyClick(window_.get(), Qt::Key_6, Qt::ControlModifier);
        QTRY_VERIFY(cards().isVisible());
        save(u"machines-none"_s);
        QTRY_VERIFY_WITH_TIMEOUT(ready() > 0, kPatience);
        QTRY_COMPARE(cards().model()->rowCount(), session_->machines().rowCount());
        QTRY_VERIFY(session_->machines().at(0).cpuPermille >= 0);
        QVERIFY(session_->machines().at(0).bootUs > 0);
        QTRY_VERIFY(label(u"Templates that machines are cloned from: "_s).contains(u"made in"_s));
    }

    void cardsAndTableShowOneChoice() {
        QTest::mouseClick(cards().viewport(), Qt::LeftButton, {}, cards().visualRect(firstCard()).center());
        const QString vm = cards().currentIndex().data(KeyRole).toString();
        QVERIFY(!vm.isEmpty());
        save(u"machines-cards"_s);
        click(u"asTable"_s);
        QVERIFY(table().isVisible() && !cards().isVisible());
        QCOMPARE(table().currentKey(), vm);
        QVERIFY(label(u"Serial console of "_s).endsWith(vm));
        save(u"machines-table"_s);
        // Back by keyboard.
        auto* asCards = window_->findChild<QPushButton*>(u"asCards"_s);
        asCards->setFocus(Qt::TabFocusReason);
        QTest::keyClick(asCards, Qt::Key_Space);
        QVERIFY(cards().isVisible() && !table().isVisible());
        QCOMPARE(cards().currentIndex().data(KeyRole).toString(), vm);
    }

    void oneMoreIsBooted() {
        const int before = session_->machines().rowCount();
        QCOMPARE(before, 1);
        click(u"bootOne"_s);
        QTRY_COMPARE_WITH_TIMEOUT(cards().model()->rowCount(), 2, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(ready(), 2, kPatience);
        save(u"machines-two"_s);
        // There is room for no other, and the page says so.
        cards().setFocus();
        QTest::keyClick(&cards(), Qt::Key_Insert);
        QTRY_VERIFY(!fault().isEmpty());
        save(u"machines-full"_s);
    }

    void theChosenOneIsRetired() {
        QTest::mouseClick(cards().viewport(), Qt::LeftButton, {}, cards().visualRect(firstCard()).center());
        const QString first = cards().currentIndex().data(KeyRole).toString();
        cards().setFocus();
        QTest::keyClick(&cards(), Qt::Key_Right);
        const QString second = cards().currentIndex().data(KeyRole).toString();
        QVERIFY(second != first);
        QTest::keyClick(&cards(), Qt::Key_Delete);
        QTRY_VERIFY_WITH_TIMEOUT(!session_->machines().find(toUtf8(second)), kPatience);
        QVERIFY(fault().isEmpty());
        QVERIFY(session_->machines().find(toUtf8(first)));
        QVERIFY(has(u"vm.retired"_s, second));

        QTest::mouseClick(cards().viewport(), Qt::LeftButton, {}, cards().visualRect(firstCard()).center());
        click(u"retire"_s);
        QTRY_VERIFY_WITH_TIMEOUT(!session_->machines().find(toUtf8(first)), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(ready() > 0, kPatience);  // another is kept ready
    }

    void allAreDrainedFromTheMenuOfTheTable() {
        click(u"asTable"_s);
        const QString before = table().model()->index(0, 0).data(KeyRole).toString();
        const QPoint place = table().visualRect(table().model()->index(0, 0)).center();
        QTest::mouseClick(table().viewport(), Qt::LeftButton, {}, place);
        QTimer::singleShot(0, this, [] {  // the menu's own event loop runs then
            auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
            if (menu != nullptr) QTest::keyClick(menu, Qt::Key_Up);  // the last entry
            if (menu != nullptr) QTest::keyClick(menu, Qt::Key_Return);
        });
        QContextMenuEvent asks{QContextMenuEvent::Mouse, place, table().viewport()->mapToGlobal(place)};
        QApplication::sendEvent(table().viewport(), &asks);
        QTRY_VERIFY_WITH_TIMEOUT(!session_->machines().find(toUtf8(before)), kPatience);
        QTRY_VERIFY_WITH_TIMEOUT(ready() > 0, kPatience);
    }

    void aMachineAtWorkLeadsToItsExecution() {
        QCOMPARE(plane_
                     .ctl({u"functions"_s, u"add"_s, u"slow"_s, u"--runtime"_s, u"sh"_s, u"--code"_s,
                           plane_.file(u"slow.sh"_s, "sleep 20\n")})
                     .status,
                 0);
        QCOMPARE(plane_.ctl({u"invoke"_s, u"slow"_s, u"--async"_s}).status, 0);
        const auto busy = [this] {
            for (const MachineRow& row : session_->machines().rows())
                if (row.state == "running" && !row.execution.empty()) return fromUtf8(row.id);
            return QString{};
        };
        QTRY_VERIFY_WITH_TIMEOUT(!busy().isEmpty(), kPatience);
        click(u"asCards"_s);
        for (int row = 0; row < cards().model()->rowCount(); ++row) {
            const QModelIndex card = cards().model()->index(row, 0);
            if (card.data(KeyRole).toString() == busy())
                QTest::mouseClick(cards().viewport(), Qt::LeftButton, {}, cards().visualRect(card).center());
        }
        QTRY_VERIFY(session_->machines().at(*session_->machines().find(toUtf8(busy()))).executions >= 0);
        save(u"machines-busy"_s);
        QTest::keyClick(&cards(), Qt::Key_Return);
        QTRY_VERIFY(!window_->machinesPage().isVisible());
    }

    void theViewIsRemembered() {
        window_->setMode(MainWindow::Machines);
        click(u"asTable"_s);
        window_->close();
        openConnected(toUtf8(plane_.dataDir()));
        QTRY_VERIFY(window_->machinesPage().isVisible());
        QVERIFY(!window_->machinesPage().showsCards());
        QVERIFY(table().isVisible());
    }

 private:
    [[nodiscard]] QListView& cards() const { return *window_->findChild<QListView*>(u"machineCards"_s); }
    [[nodiscard]] Table& table() const { return *window_->findChild<Table*>(u"machinesTable"_s); }
    [[nodiscard]] QModelIndex firstCard() const { return cards().model()->index(0, 0); }
    [[nodiscard]] int ready() const {
        int count = 0;
        for (const MachineRow& row : session_->machines().rows()) count += row.state == "ready" ? 1 : 0;
        return count;
    }
    [[nodiscard]] QString fault() const {
        const auto* label = window_->machinesPage().findChild<QLabel*>(u"fault"_s);
        return label->isVisible() ? label->text() : QString{};
    }
    /// The text of a visible label that begins so.
    [[nodiscard]] QString label(const QString& begin) const {
        for (const auto* each : window_->machinesPage().findChildren<QLabel*>())
            if (each->isVisible() && each->text().startsWith(begin)) return each->text();
        return {};
    }
    [[nodiscard]] bool has(const QString& event, const QString& vm) {
        for (const auto& line : plane_.ctlJson({u"records"_s, u"tail"_s, u"--event"_s, event}).jsonLines())
            if (stringMember(line.as_object(), "vm") == toUtf8(vm)) return true;
        return false;
    }
    /// For looking at: DOGWATCH_TEST_SHOTS names a directory.

    e2e::ControlPlane plane_;
};

QTEST_MAIN(TestMachines)
#include "tst_machines.moc"
