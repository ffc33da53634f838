#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "gui/canvas/view/gallery.h"
#include "gui/canvas/view/node_look.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr qreal kPictureHeight = 44;

/// Draws the marks of one timeline, left to right.
class TimelinePainter {
 public:
    TimelinePainter(QPainter& painter, const QRectF& box, qsizetype count, const Theme& theme)
        : painter_(painter), box_(box), theme_(theme), step_(box.width() / static_cast<qreal>(count)) {}

    void axis() {
        painter_.setPen(QPen{theme_.colors().border, 1.5});
        painter_.drawLine(QPointF{box_.left(), middle()}, QPointF{box_.right(), middle()});
    }
    void bound() {
        painter_.setPen(QPen{theme_.colors().warning, 1.2, Qt::DashLine});
        painter_.drawLine(QPointF{box_.left(), middle() - 6}, QPointF{box_.right(), middle() - 6});
    }
    void mark(char what, qsizetype index) {
        const QPointF at{box_.left() + (static_cast<qreal>(index) + 0.5) * step_, middle()};
        const Colors& colors = theme_.colors();
        switch (what) {
            case 'o': return dot(at, colors.good);
            case 'x': return cross(at);
            case '.': return gap(at);
            case '>': return start(at);
            case '|': return due(at);
            case '^': return bar(at, 17, colors.bad);
            case 'v': return bar(at, 8, colors.good);
            case 'q': return square(at);
            case 'a': return diamond(at, colors.accent);
            case 'b': return diamond(at, roleColor(Role::Combinator, theme_));
            case '!': return bell(at);
            default: return;
        }
    }

 private:
    [[nodiscard]] qreal middle() const { return box_.center().y(); }
    void dot(QPointF at, const QColor& color) {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(color);
        painter_.drawEllipse(at, 4.5, 4.5);
    }
    void cross(QPointF at) {
        painter_.setPen(QPen{theme_.colors().bad, 2.4, Qt::SolidLine, Qt::RoundCap});
        painter_.drawLine(at + QPointF{-4, -4}, at + QPointF{4, 4});
        painter_.drawLine(at + QPointF{-4, 4}, at + QPointF{4, -4});
    }
    void gap(QPointF at) {
        painter_.setPen(QPen{theme_.colors().field, 1.2, Qt::DotLine});
        painter_.setBrush(theme_.colors().surface);
        painter_.drawEllipse(at, 4.5, 4.5);
    }
    void start(QPointF at) {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(theme_.colors().busy);
        painter_.drawPolygon(QPolygonF{{at + QPointF{-4, -5}, at + QPointF{5, 0}, at + QPointF{-4, 5}}});
    }
    void due(QPointF at) {
        painter_.setPen(QPen{theme_.colors().field, 1.4});
        painter_.drawLine(at + QPointF{0, -9}, at + QPointF{0, 9});
    }
    void bar(QPointF at, qreal height, const QColor& color) {
        painter_.fillRect(QRectF{at.x() - 3, middle() + 10 - height, 6, height}, color);
    }
    void square(QPointF at) {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(theme_.colors().muted);
        painter_.drawRoundedRect(QRectF{at.x() - 3.5, at.y() - 7, 7, 14}, 2, 2);
    }
    void diamond(QPointF at, const QColor& color) {
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(color);
        painter_.drawPolygon(
            QPolygonF{{at + QPointF{0, -6}, at + QPointF{6, 0}, at + QPointF{0, 6}, at + QPointF{-6, 0}}});
    }
    void bell(QPointF at) {
        const QColor color = roleColor(Role::Firing, theme_);
        QColor halo = color;
        halo.setAlphaF(0.18F);
        painter_.setPen(Qt::NoPen);
        painter_.setBrush(halo);
        painter_.drawEllipse(at, 13, 13);
        painter_.drawPixmap(QPointF{at.x() - 9, at.y() - 9}, theme_.pixmap(u"bell"_s, color, 18, 2));
    }

    QPainter& painter_;
    QRectF box_;
    const Theme& theme_;
    qreal step_;
};

}  // namespace

void paintTimeline(QPainter& painter, const QRectF& box, std::string_view picture, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    TimelinePainter timeline{painter, box, static_cast<qsizetype>(picture.size()), theme};
    timeline.axis();
    if (picture.find('^') != std::string_view::npos) timeline.bound();
    for (std::size_t i = 0; i < picture.size(); ++i) timeline.mark(picture[i], static_cast<qsizetype>(i));
    painter.restore();
}

GalleryCard::GalleryCard(const Theme& theme, std::string_view picture, const QString& title,
                         const QString& sentence, QWidget* parent)
    : QAbstractButton(parent), theme_(theme), picture_(picture), sentence_(sentence) {
    setText(title);
    setCheckable(true);
    setAutoExclusive(true);
    setAccessibleName(title);
    setAccessibleDescription(sentence);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setMinimumSize(150, 128);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void GalleryCard::paintEvent(QPaintEvent* /*event*/) {
    const Colors& colors = theme_.colors();
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF{rect()}.adjusted(1.5, 1.5, -1.5, -1.5);
    const bool marked = isChecked() || hasFocus();
    painter.setBrush(isChecked() ? colors.selection : underMouse() ? colors.hover : colors.surface);
    painter.setPen(QPen{marked ? colors.accent : colors.border, marked ? 2.0 : 1.0});
    painter.drawRoundedRect(box, 8, 8);
    paintTimeline(painter, {box.left() + 8, box.top() + 6, box.width() - 16, kPictureHeight}, picture_,
                  theme_);
    QFont font = this->font();
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(colors.text);
    const QRectF head{box.left() + 11, box.top() + kPictureHeight + 8, box.width() - 22, 20};
    painter.drawText(head, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF{font}.elidedText(text(), Qt::ElideRight, head.width()));
    font.setWeight(QFont::Normal);
    font.setPointSizeF(font.pointSizeF() * 0.92);
    painter.setFont(font);
    painter.setPen(colors.muted);
    painter.drawText(QRectF{head.left(), head.bottom() + 2, head.width(), box.bottom() - head.bottom() - 6},
                     Qt::TextWordWrap, sentence_);
}

}  // namespace dogwatch::gui::canvas
