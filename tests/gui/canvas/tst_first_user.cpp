// Tried as a new user would, with real events on a real control plane and real virtual machines: from an
// empty workspace to "if backup has not succeeded for 10 s, run pager", and seeing it fire.
// DOGWATCH_TEST_SHOTS names a directory for a picture of each step.
#include <QAbstractItemView>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTextBrowser>
#include <QtTest>

#include "console.h"
#include "gui/bench/view/history_bench.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/models/text.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/metaevents_page.h"
#include "tests/e2e/processes.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPatience = 120'000;  // virtual machines boot slowly without an accelerator

}  // namespace

class TestFirstUser : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        if (!e2e::haveImage()) QSKIP("there is no guest image: \"make image\" builds it");
        QVERIFY2(plane_.start(), qPrintable(plane_.log()));
        openConnected(toUtf8(plane_.dataDir()));
    }
    void cleanup() { expectNoWarnings(); }
    void cleanupTestCase() { close(); }

    void fromNothingToAFiring() {
        QElapsedTimer taken;
        taken.start();
        shoot(*window_, u"first-user-1-empty"_s);
        addFunction(u"backup"_s);
        addFunction(u"pager"_s);
        shoot(*window_, u"first-user-2-functions"_s);

        QTest::keyClick(window_.get(), Qt::Key_4, Qt::ControlModifier);
        QTRY_VERIFY(find<QPushButton>(u"newMetaevent"_s) != nullptr);
        shoot(*window_, u"first-user-3-metaevents"_s);
        click(u"newMetaevent"_s);
        shoot(*window_, u"first-user-4-gallery"_s);
        click(u"template-dead-man"_s);
        type(u"template-field-function"_s, u"backup"_s);
        type(u"template-field-for"_s, u"10s"_s);
        type(u"template-field-job"_s, u"pager"_s);
        shoot(*window_, u"first-user-5-template"_s);
        click(u"galleryFinish"_s);
        shoot(*window_, u"first-user-6-drawn"_s);
        QTRY_VERIFY(find<QPushButton>(u"apply"_s)->isEnabled());
        click(u"apply"_s);
        QTRY_COMPARE(session_->metaevents().rowCount(), 1);
        QTRY_VERIFY(!find<QPushButton>(u"apply"_s)->isEnabled());
        QTest::qWait(1500);  // for the picture alone: the conditions come to life
        shoot(*window_, u"first-user-7-applied"_s);

        QTRY_VERIFY_WITH_TIMEOUT(session_->firings().rowCount() == 1, kPatience);
        QTest::qWait(1500);  // likewise
        shoot(*window_, u"first-user-8-fired"_s);
        QCOMPARE(session_->firings().at(0).metaevent, std::string("backup-missed"));
        QTRY_VERIFY_WITH_TIMEOUT(ranPager(), kPatience);
        qInfo("from nothing to a firing and its job: %lld s", taken.elapsed() / 1000);
    }

    void theDrawingSaysWhatIsApplied() {
        const auto& row = session_->metaevents().at(0);
        QCOMPARE(fromUtf8(toJson(json::value(row.definition.at("when")))),
                 uR"({"absent":{"event":"execution.succeeded","function":"backup"},"for":"10s"})"_s);
        QVERIFY(!window_->metaeventsPage().editor().model().isDraft());
        click(u"closeEditor"_s);
        shoot(*window_, u"first-user-9-details"_s);
    }

    void oneClickTellsWhyItFired() {
        QTRY_VERIFY(find<QPushButton>(u"whyFired"_s)->isEnabled());
        click(u"whyFired"_s);
        QTRY_VERIFY(find<QTextBrowser>(u"why"_s) != nullptr);
        auto* why = find<QTextBrowser>(u"why"_s);
        QTRY_VERIFY2(why->toPlainText().startsWith(u"It fired at"_s), qPrintable(why->toPlainText()));
        QVERIFY(why->toPlainText().contains(u"backup has not succeeded for 10 seconds"_s));
        // The journal holds it, and the bench finds it at the same time: the definition was live.
        const auto& lanes = window_->metaeventsPage().editor().bench().lanes();
        QTRY_VERIFY(!lanes.firings().empty());
        shoot(*window_, u"first-user-10-why"_s);
    }

 private:
    template <class T>
    [[nodiscard]] T* find(const QString& name) const {
        T* last = nullptr;
        for (T* found : window_->findChildren<T*>(name))
            if (found->isVisible()) last = found;
        return last;
    }
    void type(const QString& name, const QString& text) {
        QTRY_VERIFY2(find<QLineEdit>(name) != nullptr, qPrintable(name));
        auto* field = find<QLineEdit>(name);
        QTest::mouseClick(field, Qt::LeftButton);
        QTest::keyClick(field, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(field, text);
        if (auto* popup = QApplication::activePopupWidget()) QTest::keyClick(popup, Qt::Key_Escape);
    }
    void addFunction(const QString& name) {
        const int before = session_->functions().rowCount();
        QTest::keyClick(window_.get(), Qt::Key_2, Qt::ControlModifier);
        QTRY_VERIFY(find<QPushButton>(u"newFunction"_s) != nullptr);
        if (before == 0) {
            for (auto* button : window_->findChildren<QPushButton*>())
                if (button->isVisible() && button->text() == u"New function"_s)
                    QTest::mouseClick(button, Qt::LeftButton);
        } else {
            auto* make = find<QPushButton>(u"newFunction"_s);
            QTimer::singleShot(0, make->menu(), [menu = make->menu()] {  // its own event loop runs then
                QTest::mouseClick(menu, Qt::LeftButton, {},
                                  menu->actionGeometry(menu->actions().front()).center());
            });
            QTest::mouseClick(make, Qt::LeftButton);
            QApplication::setActiveWindow(window_.get());  // offscreen, nobody gives back what the menu took
        }
        type(u"functionName"_s, name);
        click(u"save"_s);
        QTRY_COMPARE(session_->functions().rowCount(), before + 1);
    }
    [[nodiscard]] bool ranPager() const {
        const ExecutionModel& executions = session_->executions();
        for (int row = 0; row < executions.rowCount(); ++row)
            if (executions.at(row).function == "pager" &&
                executions.at(row).state == ExecutionState::Succeeded)
                return true;
        return false;
    }

    e2e::ControlPlane plane_;
};

QTEST_MAIN(TestFirstUser)
#include "tst_first_user.moc"
