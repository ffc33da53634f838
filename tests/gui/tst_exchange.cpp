// Metaevents to files and back, by the menu and the dialogs that people use.
#include <QFileDialog>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QtTest>
#include <optional>

#include "fail_on_warning.h"
#include "stage.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestExchange : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        warnings_.emplace();
        stage_ = std::make_unique<Stage>();
        stage_->open({1280, 800});
        stage_->window().setMode(MainWindow::Metaevents);
        QTRY_COMPARE(rows().size(), std::size_t{1});
    }
    void cleanup() {
        if (warnings_) QCOMPARE(warnings_->take(), QStringList{});
    }
    void cleanupTestCase() { stage_.reset(); }

    void allAreExportedAsTheyWereWritten() {
        stage_->plane().applyMetaevent(kSecond);
        QTRY_COMPARE(rows().size(), std::size_t{2});
        pick(u"Export all…"_s, path(u"all"_s));
        QTRY_VERIFY(QFile::exists(path(u"all"_s)));
        const auto written = definitionsIn(path(u"all"_s));
        QCOMPARE(written.size(), std::size_t{2});
        for (std::size_t i = 0; i < written.size(); ++i)
            QVERIFY(written[i] == json::value(rows()[i].definition));
    }

    void theChosenOneIsExportedAlone() {
        stage_->window().metaeventsPage().choose(u"second"_s);
        pick(u"Export the chosen one…"_s, path(u"one"_s));
        QTRY_VERIFY(QFile::exists(path(u"one"_s)));
        const auto written = definitionsIn(path(u"one"_s));
        QCOMPARE(written.size(), std::size_t{1});
        QVERIFY(written[0] == *parseJson(kSecond));
    }

    void whatWasRemovedComesBack() {
        stage_->plane().removeMetaevent("second");
        QTRY_COMPARE(rows().size(), std::size_t{1});
        stage_->window().metaeventsPage().choose(u"import-broken"_s);
        pick(u"Import…"_s, path(u"all"_s));
        QTRY_COMPARE(rows().size(), std::size_t{2});
        QVERIFY(fault().isEmpty());
        QVERIFY(stage_->window().findChild<QMessageBox*>() == nullptr);  // nothing is lost, nothing is asked
    }

    void whatIsHereIsReplacedWhenThatIsWanted() {
        const QString changed = path(u"changed"_s);
        write(changed, R"({"metaevent":"second","when":{"occurs":{"event":"execution.started"}}})");
        const auto event = [this] { return json::serialize(rows().back().definition); };
        pick(u"Import…"_s, changed);
        answer(u"Cancel"_s);
        QVERIFY(event().find("execution.started") == std::string::npos);
        pick(u"Import…"_s, changed);
        answer(u"Replace"_s);
        QTRY_VERIFY(event().find("execution.started") != std::string::npos);
        QCOMPARE(rows().size(), std::size_t{2});
    }

    void aFaultyFileChangesNothingAndIsToldOf_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("told");
        QTest::newRow("no JSON") << QByteArray{"{\"metaevent\":"} << u"JSON"_s;
        QTest::newRow("a fault in the second")
            << QByteArray{R"([{"metaevent":"third","when":{"occurs":{"event":"a"}}},
            {"metaevent":"fourth","when":{"absent":{"event":"a"},"for":"soon"}}])"}
            << u"1.when"_s;
        QTest::newRow("of another kind") << QByteArray{R"({"functions":[]})"} << u"metaevent"_s;
    }
    void aFaultyFileChangesNothingAndIsToldOf() {
        QFETCH(const QByteArray, text);
        QFETCH(const QString, told);
        write(path(u"faulty"_s), text);
        pick(u"Import…"_s, path(u"faulty"_s));
        QTRY_VERIFY2(fault().contains(told), qPrintable(fault()));
        QCOMPARE(rows().size(), std::size_t{2});
    }

 private:
    static constexpr const char* kSecond =
        R"({"metaevent":"second","description":"as written","when":{"occurs":{"event":"execution.failed"}}})";

    [[nodiscard]] QString path(const QString& name) const { return folder_.filePath(name + u".dogwatch"_s); }
    static void write(const QString& path, const QByteArray& text) {
        QFile file{path};
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }
    static json::array definitionsIn(const QString& path) {
        QFile file{path};
        if (!file.open(QIODevice::ReadOnly)) return {};
        const auto read = parseJson(file.readAll().toStdString());
        return read && read->is_array() ? read->get_array() : json::array{};
    }
    [[nodiscard]] const std::vector<MetaeventRow>& rows() const {
        return stage_->session().metaevents().rows();
    }
    [[nodiscard]] QString fault() const {
        for (const auto* label : stage_->window().metaeventsPage().findChildren<QLabel*>(u"fault"_s))
            if (label->isVisible()) return label->text();
        return {};
    }
    /// The menu's entry by keyboard, and a file in the dialog that it opens.
    void pick(const QString& entry, const QString& file) {
        auto* button = stage_->window().findChild<QToolButton*>(u"metaeventFiles"_s);
        QTRY_VERIFY(button->isVisible());
        for (QAction* action : button->menu()->actions())
            if (action->text() == entry) action->trigger();
        QFileDialog* dialog = nullptr;
        QTRY_VERIFY((dialog = stage_->window().findChild<QFileDialog*>()) != nullptr && dialog->isVisible());
        dialog->selectFile(file);
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        QTRY_VERIFY(stage_->window().findChild<QFileDialog*>() == nullptr);
    }
    void answer(const QString& button) {
        QMessageBox* box = nullptr;
        QTRY_VERIFY((box = stage_->window().findChild<QMessageBox*>(u"replaceImported"_s)) != nullptr);
        QVERIFY(box->informativeText() == u"second"_s);
        for (QAbstractButton* each : box->buttons())
            if (each->text().remove(u'&') == button) QTest::mouseClick(each, Qt::LeftButton);
        QTRY_VERIFY(stage_->window().findChild<QMessageBox*>() == nullptr);
    }

    std::optional<FailOnWarning> warnings_;
    QTemporaryDir folder_;
    std::unique_ptr<Stage> stage_;
};

QTEST_MAIN(TestExchange)
#include "tst_exchange.moc"
