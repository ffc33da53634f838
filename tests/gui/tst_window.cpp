// The window while no control plane answers: it says so, every page can be reached and read, and what is
// typed is checked. Nothing here needs a control plane.
#include <QAbstractButton>
#include <QAbstractItemView>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QtTest>
#include <optional>

#include "fail_on_warning.h"
#include "gui/main_window.h"
#include "gui/models/text.h"
#include "gui/pages/function_templates.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/run_panel.h"
#include "gui/widgets/panels.h"
#include "shots.h"

using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestWindow : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { warnings_.emplace(); }
    void init() {
        dir_ = std::make_unique<QTemporaryDir>();
        settings_ = std::make_unique<QSettings>(dir_->filePath(u"console.ini"_s), QSettings::IniFormat);
        session_ = std::make_unique<ControlPlaneSession>(toUtf8(dir_->path()));
        window_ = std::make_unique<MainWindow>(Workbench{*session_, theme_}, *settings_);
        session_->open(false);
        window_->resize(1024, 640);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
    }
    void cleanup() {
        window_.reset();
        session_.reset();
        QCOMPARE(warnings_->take(), QStringList{});
    }

    void saysThatTheControlPlaneIsMissing() {
        auto* banner = window_->findChild<Banner*>();
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(u"does not answer"_s));
        QVERIFY(banner->action()->isVisible());
    }

    void everyPageIsReachedByKeyboardAndFits() {
        auto* pages = window_->findChild<QStackedWidget*>();
        for (int mode = 0; mode < MainWindow::ModeCount; ++mode) {
            QTest::keyClick(window_.get(), static_cast<Qt::Key>(Qt::Key_1 + mode), Qt::ControlModifier);
            QTRY_COMPARE(pages->currentIndex(), mode);
            QVERIFY2(window_->width() == 1024 && window_->height() == 640,
                     "a page forces the window to grow");
            save(u"page-%1"_s.arg(mode));
        }
    }

    void everyControlHasAName() {
        const auto check = [](const QWidget* widget) {
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            QVERIFY2(named, qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' +
                                       widget->objectName()));
        };
        for (const auto* widget : window_->findChildren<QWidget*>()) {
            if (widget->parent() != nullptr && widget->parent()->inherits("QComboBox")) continue;
            if (widget->objectName().startsWith(u"qt_"_s)) continue;
            const bool acts = widget->inherits("QLineEdit") || widget->inherits("QPushButton") ||
                              widget->inherits("QTableView") || widget->inherits("QsciScintilla") ||
                              widget->inherits("QSpinBox");
            if (acts && !widget->parent()->inherits("QAbstractSpinBox")) check(widget);
        }
    }

    void settingsAreCheckedWhileTyping() {
        window_->setMode(MainWindow::Functions);
        window_->functionsPage().startNew(functionTemplates().front());
        auto* name = window_->findChild<QLineEdit*>(u"functionName"_s);
        QTest::keyClicks(name, u"nightly backup"_s);  // replaces the proposal; a blank is not allowed
        QVERIFY(name->property("faulty").toBool());
        name->selectAll();
        QTest::keyClicks(name, u"nightly-backup"_s);
        QVERIFY(!name->property("faulty").toBool());
        auto* timeout = window_->functionsPage().findChild<QLineEdit*>(u"timeout"_s);
        timeout->selectAll();
        QTest::keyClicks(timeout, u"soon"_s);
        QVERIFY(timeout->property("faulty").toBool());
        QVERIFY(!timeout->toolTip().isEmpty());
        save(u"functions-new"_s);
        QVERIFY(window_->functionsPage().hasUnsavedChanges());
    }

    void aTemplateWritesTheSentence() {
        window_->setMode(MainWindow::Metaevents);
        window_->metaeventsPage().startNew();
        QTest::keyClicks(window_->findChild<QLineEdit*>(u"template-field-function"_s), u"backup"_s);
        auto* duration = window_->findChild<QLineEdit*>(u"template-field-for"_s);
        duration->selectAll();
        QTest::keyClicks(duration, u"10s"_s);
        QTest::keyClicks(window_->findChild<QLineEdit*>(u"template-field-job"_s), u"pager"_s);
        bool said = false;
        for (const auto* label : window_->findChildren<QLabel*>(u"sentence"_s))
            said = said || label->text() == u"When backup has not succeeded for 10 seconds, run pager."_s;
        QVERIFY(said);
        save(u"metaevent-new"_s);
        QTest::mouseClick(window_->findChild<QPushButton*>(u"galleryFinish"_s), Qt::LeftButton);
        QTRY_VERIFY(window_->findChild<QWidget*>(u"canvas"_s)->isVisible());
        QVERIFY2(window_->width() == 1024 && window_->height() == 640,
                 "the drawing forces the window to grow");
        QVERIFY(window_->findChild<QPushButton*>(u"apply"_s)->isEnabled());
        save(u"metaevent-drawing"_s);
    }

    void theLineOfATracebackIsFound() {
        QCOMPARE(
            tracebackLine(
                u"Traceback:\n  File \"/x/runner.py\", line 9\n  File \"/w/main.py\", line 3, in handler"_s),
            3);
        QCOMPARE(tracebackLine(u"no frames"_s), 0);
    }

 private:
    void save(const QString& name) { shootEach(*window_, theme_, name, {window_->size()}); }

    std::optional<FailOnWarning> warnings_;
    Theme theme_;
    std::unique_ptr<QTemporaryDir> dir_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<ControlPlaneSession> session_;
    std::unique_ptr<MainWindow> window_;
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
