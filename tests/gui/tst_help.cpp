// Help within the window: F1 leads to the page about what is seen, the about box tells versions, diagnostics
// tell nothing private; and files of metaevents open as drawings that are not applied. No control plane is
// needed.
#include <QClipboard>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStatusBar>
#include <QTemporaryDir>
#include <QTextBlock>
#include <QTextBrowser>
#include <QtTest>

#include "fail_on_warning.h"
#include "gui/help/help_menu.h"
#include "gui/help/help_window.h"
#include "gui/main_window.h"
#include "gui/models/text.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/metaevents_page.h"

using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestHelp : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() {
        warnings_.emplace();
        QCoreApplication::setApplicationVersion(u"9.8.7"_s);
        session_ = std::make_unique<ControlPlaneSession>(toUtf8(dir_.path()));
        settings_ = std::make_unique<QSettings>(dir_.filePath(u"console.ini"_s), QSettings::IniFormat);
        window_ = std::make_unique<MainWindow>(Workbench{*session_, theme_}, *settings_);
        window_->show();
        QVERIFY(QTest::qWaitForWindowExposed(window_.get()));
        QApplication::setActiveWindow(window_.get());
    }
    void cleanup() {
        window_.reset();
        session_.reset();
        QCOMPARE(warnings_->take(), QStringList{});
    }

    void f1LeadsToThePage_data() {
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("heading");
        QTest::newRow("overview") << int{MainWindow::Overview} << u"Dogwatch, by task"_s;
        QTest::newRow("functions") << int{MainWindow::Functions} << u"Your first function"_s;
        QTest::newRow("metaevents") << int{MainWindow::Metaevents} << u"Conditions"_s;
        QTest::newRow("journal") << int{MainWindow::Journal} << u"The console"_s;
    }
    void f1LeadsToThePage() {
        QFETCH(int, mode);
        QFETCH(QString, heading);
        window_->setMode(mode);
        QTest::keyClick(window_.get(), Qt::Key_F1);
        auto* help = window_->findChild<HelpWindow*>();
        QVERIFY(help != nullptr);
        QTRY_VERIFY(help->isVisible());
        QApplication::setActiveWindow(help);  // offscreen, no window manager does
        auto* text = help->findChild<QTextBrowser*>();
        QVERIFY2(text->toPlainText().startsWith(heading), qPrintable(text->toPlainText().left(80)));
        const QString pictures = qEnvironmentVariable("DOGWATCH_PICTURES");
        if (!pictures.isEmpty()) help->grab().save(pictures + u"/help-%1.png"_s.arg(mode));
        QTest::keyClick(text, Qt::Key_Escape);
        QTRY_VERIFY(!help->isVisible());
    }

    void linksLeadOn() {
        HelpWindow help{theme_};
        help.showPlace(u"manual/README.md"_s);
        auto* text = help.findChild<QTextBrowser*>();
        Q_EMIT text->anchorClicked(QUrl{u"watch-a-backup.md"_s});
        QCOMPARE(help.page(), u"manual/watch-a-backup.md"_s);
        Q_EMIT text->anchorClicked(QUrl{u"../conditions.md#missed"_s});
        QCOMPARE(help.page(), u"conditions.md"_s);
        QCOMPARE(text->textCursor().block().text(), u"missed"_s);
        QTest::keyClick(text, Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(help.page(), u"manual/watch-a-backup.md"_s);
    }

    void aboutTellsVersionsAndNothingPrivate() {
        window_->findChild<HelpMenu*>()->showAbout();
        auto* box = window_->findChild<QMessageBox*>();
        QVERIFY(box != nullptr);
        QVERIFY(box->text().contains(u"9.8.7"_s));
        QVERIFY(box->informativeText().contains(QString::fromLatin1(qVersion())));
        const auto buttons = box->buttons();
        const auto copy = std::find_if(buttons.begin(), buttons.end(), [](const QAbstractButton* button) {
            return button->text().contains(u"iagnostics"_s);
        });
        QVERIFY(copy != buttons.end());
        QGuiApplication::clipboard()->clear();
        QTest::mouseClick(*copy, Qt::LeftButton);
        QVERIFY(box->isVisible());
        const QString told = QGuiApplication::clipboard()->text();
        QVERIFY2(told.contains(u"dogwatch: 9.8.7"_s) && told.contains(u"control plane: "_s),
                 qPrintable(told));
        QVERIFY2(!told.contains(dir_.path()) && !told.contains(QSysInfo::machineHostName()),
                 qPrintable(told));
        box->close();
    }

    void aFileOpensAsADrawing() {
        window_->openFile(
            write("[{\"metaevent\":\"quiet\",\"when\":{\"absent\":\"hello\",\"for\":\"24h\"}}]"));
        auto& editor = window_->metaeventsPage().editor();
        QTRY_VERIFY(editor.isVisible());
        const auto definition = editor.model().graph().definition();
        QCOMPARE(fromUtf8(dogwatch::stringMember(definition, "metaevent")), u"quiet"_s);
    }

    void aFileThatIsNoneIsToldSo_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no JSON") << QByteArray{"hello"};
        QTest::newRow("nothing in it") << QByteArray{"[]"};
        QTest::newRow("a number") << QByteArray{"3"};
    }
    void aFileThatIsNoneIsToldSo() {
        QFETCH(QByteArray, content);
        const QString path = write(content);
        window_->openFile(path);
        QVERIFY2(window_->statusBar()->currentMessage().startsWith(path),
                 qPrintable(window_->statusBar()->currentMessage()));
        QVERIFY(!window_->metaeventsPage().editor().isVisible());
    }

 private:
    QString write(const QByteArray& content) {
        QFile file{dir_.filePath(u"mine.dogwatch"_s)};
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) qFatal("cannot write");
        return file.fileName();
    }

    QTemporaryDir dir_;
    Theme theme_;
    std::optional<FailOnWarning> warnings_;
    std::unique_ptr<ControlPlaneSession> session_;
    std::unique_ptr<QSettings> settings_;
    std::unique_ptr<MainWindow> window_;
};

QTEST_MAIN(TestHelp)
#include "tst_help.moc"
