// The theme: text can be read on every ground it stands on (WCAG AA), and every icon draws something.
#include <QDir>
#include <QtTest>
#include <optional>

#include "fail_on_warning.h"
#include "gui/theme/theme.h"

using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

class TestTheme : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    // Not before: Qt Test installs its own handler when it begins.
    void initTestCase() { warnings_.emplace(); }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }

    void textIsReadable_data() {
        QTest::addColumn<bool>("dark");
        QTest::newRow("light") << false;
        QTest::newRow("dark") << true;
    }
    void textIsReadable() {
        QFETCH(const bool, dark);
        const Colors c = dark ? darkColors() : lightColors();
        for (const QColor& ground : {c.window, c.surface, c.raised, c.sunken, c.selection, c.hover})
            for (const QColor& text : {c.text, c.muted, c.good, c.bad, c.warning, c.busy, c.accent})
                QVERIFY2(contrast(text, ground) >= 4.5,
                         qPrintable(
                             u"%1 on %2: %3"_s.arg(text.name(), ground.name()).arg(contrast(text, ground))));
        QVERIFY(contrast(c.onAccent, c.accent) >= 4.5);
        QVERIFY(contrast(c.onAccent, c.accentHover) >= 4.5);
        QVERIFY(contrast(c.text, c.warningSurface) >= 4.5);
        // What shows where to act, and where the focus is.
        for (const QColor& ground : {c.window, c.surface, c.raised, c.sunken})
            for (const QColor& mark : {c.field, c.accent})
                QVERIFY2(contrast(mark, ground) >= 3,
                         qPrintable(
                             u"%1 on %2: %3"_s.arg(mark.name(), ground.name()).arg(contrast(mark, ground))));
    }

    void everyIconDraws() {
        Theme theme;
        const QStringList names = QDir{u":/icons"_s}.entryList({u"*.svg"_s});
        QVERIFY(names.size() > 30);
        for (const QString& name : names) {
            const QImage image = theme.pixmap(name.chopped(4), Qt::red, 24, 1.0).toImage();
            bool drawn = false;
            for (int y = 0; y < image.height() && !drawn; ++y)
                for (int x = 0; x < image.width() && !drawn; ++x) drawn = image.pixelColor(x, y).alpha() > 0;
            QVERIFY2(drawn, qPrintable(name));
        }
    }

    void choosingRecolours() {
        Theme theme;
        theme.choose(Theme::Choice::Dark);
        QVERIFY(theme.isDark());
        QCOMPARE(QApplication::palette().color(QPalette::Window), darkColors().window);
        theme.choose(Theme::Choice::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window), lightColors().window);
        QVERIFY(!qApp->styleSheet().contains(u'@'));
    }

 private:
    std::optional<FailOnWarning> warnings_;
};

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
