// The window at its first contact with a control plane: an empty workspace offers ways on and every page says
// what will be there; a control plane that goes away and comes back, or is of another version, is told of
// calmly, and nothing typed is lost.
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QLocalServer>
#include <QLocalSocket>
#include <QPushButton>
#include <QSignalSpy>

#include "console.h"
#include "core/api/socket_path.h"
#include "gui/models/text.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/journal_page.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/panels.h"
#include "plane.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestFirstContact : public QObject, private Console {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        plane_ = std::make_unique<Plane>();
        openConnected(plane_->directory());
    }
    void cleanup() { expectNoWarnings(); }
    void cleanupTestCase() {
        close();
        plane_.reset();
    }

    void anEmptyWorkspaceOffersThreeWays() {
        auto* ways = window_->findChild<QWidget*>(u"firstSteps"_s);
        QTRY_VERIFY(ways->isVisible());
        QVERIFY(!window_->findChild<QWidget*>(u"outcomesPlot"_s)->isVisible());
        save(u"first-overview"_s);
        const QSignalSpy demo{window_.get(), &MainWindow::demoWanted};
        click(u"firstDemo"_s);
        QCOMPARE(demo.size(), 1);
        for (const auto& [name, page] : {std::pair{u"firstMetaevents"_s, MainWindow::Metaevents},
                                         std::pair{u"firstRecords"_s, MainWindow::Journal}}) {
            key(Qt::Key_1);
            click(name);
            QCOMPARE(mode(), static_cast<int>(page));
            QFileDialog* dialog = nullptr;
            QTRY_VERIFY((dialog = window_->findChild<QFileDialog*>()) != nullptr && dialog->isVisible());
            dialog->reject();
            QTRY_VERIFY(window_->findChild<QFileDialog*>() == nullptr);
        }
    }

    /// What will be here, and how to get it.
    void everyEmptyPageSays() {
        for (int page = MainWindow::Functions; page < MainWindow::ModeCount; ++page) {
            key(static_cast<Qt::Key>(Qt::Key_1 + page));
            QTest::qWait(100);
            save(u"first-page-%1"_s.arg(page));
            if (page == MainWindow::Journal) continue;  // the control plane's own start stands there
            const auto states = window_->findChildren<EmptyState*>();
            const bool told = std::any_of(states.begin(), states.end(), [](const EmptyState* state) {
                const auto labels = state->findChildren<QLabel*>();
                return state->isVisible() && std::count_if(labels.begin(), labels.end(), [](const QLabel* l) {
                                                 return l->isVisible() && l->text().size() > 4;
                                             }) >= 2;
            });
            QVERIFY2(told, qPrintable(QString::number(page)));
        }
    }

    void aWayLeadsToAFunction() {
        key(Qt::Key_1);
        click(u"firstFunction"_s);
        QCOMPARE(mode(), static_cast<int>(MainWindow::Functions));
        auto* name = window_->findChild<QLineEdit*>(u"functionName"_s);
        QTRY_VERIFY(name->isVisible());
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, u"first"_s);
        QTest::keyClick(name, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(session_->functions().find("first"));
        key(Qt::Key_1);
        QTRY_VERIFY(window_->findChild<QWidget*>(u"outcomesPlot"_s)->isVisible());
        QVERIFY(!window_->findChild<QWidget*>(u"firstSteps"_s)->isVisible());
    }

    /// It goes while someone types, and is started again.
    void nothingTypedIsLostWhileItIsAway() {
        key(Qt::Key_2);
        window_->functionsPage().choose(u"first"_s);
        auto* code = window_->findChild<CodeEditor*>(u"code"_s);
        QTRY_VERIFY(code->isVisible());
        auto* banner = window_->findChild<Banner*>();
        QVERIFY(!banner->isVisible());
        const QString before = u"def handler(event, context):\n    return "_s;
        code->setText(before);
        code->setFocus();
        plane_->stop();
        QTRY_VERIFY(banner->isVisible());
        QVERIFY(banner->text().contains(u"nothing typed is lost"_s));
        QVERIFY(banner->action()->isVisible());
        code->setCursorPosition(1, 11);
        QTest::keyClicks(code, u"43"_s);
        QCOMPARE(code->text(), before + u"43"_s);
        save(u"lost"_s);
        // What cannot be done meanwhile is said, and can be done again.
        QTest::keyClick(code, Qt::Key_S, Qt::ControlModifier);
        QTest::qWait(100);
        QVERIFY(window_->functionsPage().hasUnsavedChanges());
        plane_->start();
        QTRY_VERIFY_WITH_TIMEOUT(!banner->isVisible(), 15000);
        QCOMPARE(session_->link(), ControlPlaneSession::Link::Connected);
        QCOMPARE(code->text(), before + u"43"_s);
        QVERIFY(window_->functionsPage().hasUnsavedChanges());
        QTest::keyClick(code, Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(!window_->functionsPage().hasUnsavedChanges());
        QTRY_COMPARE(session_->functions().at(*session_->functions().find("first")).version, 2);
    }

    /// One of another protocol is neither used nor taken for a missing one.
    void anotherVersionIsToldApart() {
        const QString data = folder_.filePath(u"other"_s);
        QVERIFY(QDir{}.mkpath(data));
        QLocalServer server;
        QVERIFY(server.listen(QString::fromStdString(api::socketPath(toUtf8(data)))));
        connect(&server, &QLocalServer::newConnection, this, [&server] {
            QLocalSocket* socket = server.nextPendingConnection();
            connect(socket, &QLocalSocket::readyRead, socket, [socket] {
                while (socket->canReadLine()) {
                    const auto asked = parseJson(socket->readLine().toStdString());
                    if (!asked || !asked->is_object()) continue;
                    const json::value reply{
                        {"jsonrpc", "2.0"},
                        {"id", asked->get_object().at("id")},
                        {"result", {{"program", "dogwatchd"}, {"protocol", 99}, {"pid", 4711}}}};
                    socket->write((toJson(reply) + '\n').c_str());
                }
            });
        });
        open(toUtf8(data));
        auto* banner = window_->findChild<Banner*>();
        QTRY_VERIFY(banner->isVisible());
        QVERIFY2(banner->text().contains(u"version 99"_s), qPrintable(banner->text()));
        QVERIFY2(banner->text().contains(u"stop process 4711 "_s), qPrintable(banner->text()));
        QVERIFY(!banner->action()->isVisible());  // there is no room for another
        save(u"other-version"_s);
        server.close();
        for (QLocalSocket* socket : server.findChildren<QLocalSocket*>()) socket->abort();
        QTRY_VERIFY(banner->action()->isVisible());
        QVERIFY2(!banner->text().contains(u"99"_s), qPrintable(banner->text()));
    }

 private:
    std::unique_ptr<Plane> plane_;
};

QTEST_MAIN(TestFirstContact)
#include "tst_first_contact.moc"
