// Each condition of docs/conditions.md has a picture: its example as the canvas draws it.
// DOGWATCH_UPDATE_DOCS=1 makes them anew.
#include <QImage>
#include <QPainter>
#include <QtTest>

#include "gui/canvas/model/reference.h"
#include "gui/canvas/view/canvas_scene.h"

using namespace dogwatch::gui;
using namespace dogwatch::gui::canvas;
using namespace Qt::StringLiterals;

namespace {

constexpr qreal kMargin = 20;
constexpr qreal kScale = 0.9;

QImage drawn(const dogwatch::json::object& definition, const Theme& theme) {
    GraphModel model;
    Selection selection;
    CanvasScene scene{model, selection, theme};
    model.open(Graph::fromDefinition(definition), definition);
    const QRectF part = scene.contentRect().adjusted(-kMargin, -kMargin, kMargin, kMargin);
    QImage image{(part.size() * kScale).toSize(), QImage::Format_RGB32};
    image.fill(theme.colors().window);
    QPainter painter{&image};
    painter.setRenderHint(QPainter::Antialiasing);
    scene.render(&painter, image.rect(), part);
    painter.end();
    return image.convertToFormat(QImage::Format_Indexed8, Qt::ThresholdDither);
}

}  // namespace

class TestPictures : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isWhatTheCanvasDraws_data() {
        QTest::addColumn<QString>("key");
        for (const NodeKind& kind : nodeKinds())
            QTest::newRow(std::string{kind.key}.c_str()) << QString::fromStdString(std::string{kind.key});
    }

    void isWhatTheCanvasDraws() {
        QFETCH(QString, key);
        Theme theme;
        theme.choose(Theme::Choice::Light);
        const QImage now = drawn(exampleDefinition(*findKind(key.toStdString())), theme);
        QVERIFY(now.width() > 150 && now.height() > 60);
        const QString path = QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/images/conditions/") + key + u".png"_s;
        if (qEnvironmentVariableIsSet("DOGWATCH_UPDATE_DOCS")) {
            QVERIFY(now.save(path, "PNG", 0));
            return;
        }
        // Fonts differ from machine to machine: the sizes of the drawings are compared, not their dots.
        const QImage kept{path};
        QVERIFY2(!kept.isNull(),
                 qPrintable(path + u" is missing: run this test with DOGWATCH_UPDATE_DOCS=1"_s));
        const auto isLike = [](int a, int b) { return std::abs(a - b) <= std::max(a, b) / 8; };
        QVERIFY2(isLike(now.width(), kept.width()) && isLike(now.height(), kept.height()),
                 qPrintable(path + u" shows another drawing: run this test with DOGWATCH_UPDATE_DOCS=1"_s));
    }
};

QTEST_MAIN(TestPictures)
#include "tst_pictures.moc"
