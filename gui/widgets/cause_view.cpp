#include "gui/widgets/cause_view.h"

#include <QAction>
#include <QLabel>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <algorithm>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kPadding = 10;

/// One box: icon, title, what became of it and when.
class CauseButton final : public QPushButton {
 public:
    CauseButton(const Theme& theme, const CauseBox& box, QWidget* parent)
        : QPushButton(parent), theme_(theme), box_(box) {
        const QString when = clockText(box.time, wallClock());
        setAccessibleName(box.title);
        setAccessibleDescription(box.detail + u", "_s + when);
        setToolTip(box.title + u'\n' + box.detail + u'\n' + when);
        setGeometry(box.place.translated(kPadding, kPadding).toRect());
        setCursor(box.leads == CauseBox::Leads::Nowhere ? Qt::ArrowCursor : Qt::PointingHandCursor);
    }

 protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        const Colors& colors = theme_.colors();
        QPainter painter{this};
        painter.setRenderHint(QPainter::Antialiasing);
        const bool lit = hasFocus() || underMouse();
        const bool strong = hasFocus() || box_.isRoot;
        painter.setPen(QPen{strong ? colors.accent : colors.border, strong ? 2.0 : 1.0});
        painter.setBrush(box_.isRoot ? colors.selection : lit ? colors.hover : colors.surface);
        painter.drawRoundedRect(QRectF{rect()}.adjusted(1, 1, -1, -1), 6, 6);
        painter.drawPixmap(QPointF{10, (height() - 18) / 2.0},
                           theme_.pixmap(box_.icon, theme_.tone(box_.tone), 18, devicePixelRatioF()));
        const QRectF text{36, 5, width() - 42.0, (height() - 10) / 3.0};
        const auto line = [&](int row, const QString& words, const QColor& color, bool bold) {
            QFont drawn = font();
            drawn.setPointSizeF(font().pointSizeF() - (row > 0 ? 1.5 : 0.5));
            if (bold) drawn.setWeight(QFont::DemiBold);
            painter.setFont(drawn);
            painter.setPen(color);
            painter.drawText(
                text.translated(0, row * text.height()), Qt::AlignLeft | Qt::AlignVCenter,
                QFontMetrics{drawn}.elidedText(words, Qt::ElideRight, static_cast<int>(text.width())));
        };
        line(0, box_.title, colors.text, true);
        line(1, box_.detail, theme_.tone(box_.tone), false);
        line(2, clockText(box_.time, wallClock()), colors.muted, false);
    }

 private:
    const Theme& theme_;
    CauseBox box_;
};

}  // namespace

/// The lines, below the boxes.
class CauseView::Canvas final : public QWidget {
 public:
    Canvas(const Theme& theme, const CauseGraph& graph) : theme_(theme), graph_(graph) {
        setObjectName(u"scrolled"_s);
    }

 protected:
    void paintEvent(QPaintEvent* /*event*/) override {
        QPainter painter{this};
        painter.setRenderHint(QPainter::Antialiasing);
        QFont small = font();
        small.setPointSizeF(small.pointSizeF() - 1.5);
        painter.setFont(small);
        for (const CauseLine& line : graph_.lines) drawLine(painter, line);
    }

 private:
    void drawLine(QPainter& painter, const CauseLine& line) {
        const QRectF from = graph_.boxes[line.from].place.translated(kPadding, kPadding);
        const QRectF to = graph_.boxes[line.to].place.translated(kPadding, kPadding);
        const QPointF begin{from.right(), from.center().y()};
        const QPointF end{to.left(), to.center().y()};
        const double bend = std::max((end.x() - begin.x()) / 2, 30.0);
        QPainterPath path{begin};
        path.cubicTo(begin + QPointF{bend, 0}, end - QPointF{bend, 0}, end);
        const bool cut = graph_.boxes[line.to].tone == Tone::Warning;
        const QColor color = cut ? theme_.colors().warning : theme_.colors().field;
        painter.setPen(QPen{color, 1.5, cut ? Qt::DashLine : Qt::SolidLine});
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPolygon(QPolygonF{{end, end + QPointF{-7, -4}, end + QPointF{-7, 4}}});
        if (line.text.isEmpty()) return;
        const QPointF middle = path.pointAtPercent(0.5);
        const QRectF label{middle.x() - 44, middle.y() - 16, 88, 14};
        painter.setPen(theme_.colors().muted);
        painter.drawText(label, Qt::AlignCenter, line.text);
    }

    const Theme& theme_;
    const CauseGraph& graph_;
};

CauseView::CauseView(const Theme& theme, QWidget* parent)
    : QScrollArea(parent), theme_(theme), canvas_(new Canvas{theme, graph_}), text_(caption({}, this)) {
    setWidget(canvas_);
    setAccessibleName(tr("Causes and effects"));
    text_->setAlignment(Qt::AlignCenter);
    connect(&theme, &Theme::changed, canvas_, qOverload<>(&QWidget::update));
}

CauseView::~CauseView() = default;

void CauseView::setText(const QString& text) {
    setGraph({});
    text_->setText(text);
    text_->setGeometry(rect());
    text_->setVisible(!text.isEmpty());
}

void CauseView::setGraph(CauseGraph graph) {
    for (auto* old : canvas_->findChildren<QPushButton*>(Qt::FindDirectChildrenOnly)) {
        old->hide();
        old->setParent(nullptr);
        old->deleteLater();  // it may be the one whose click led here
    }
    graph_ = std::move(graph);
    text_->hide();
    place();
}

void CauseView::place() {
    QWidget* root = nullptr;
    // By level, then from top to bottom: the order in which Tab goes through them.
    std::vector<const CauseBox*> order;
    for (const CauseBox& box : graph_.boxes) order.push_back(&box);
    std::sort(order.begin(), order.end(), [](const CauseBox* a, const CauseBox* b) {
        return std::pair{a->level, a->place.y()} < std::pair{b->level, b->place.y()};
    });
    for (const CauseBox* box : order) {
        auto* button = new CauseButton{theme_, *box, canvas_};
        const auto leads = box->leads;
        const QString target = box->target;
        const QString firing = box->firing;
        const Time time = box->time;
        if (leads == CauseBox::Leads::ToFiring) {
            button->setToolTip(tr("Why it fired: its history bench at that moment"));
            auto* open = new QAction{tr("Show the metaevent"), button};
            connect(open, &QAction::triggered, this, [this, target] { Q_EMIT metaeventChosen(target); });
            auto* center = new QAction{tr("Causes and effects of this firing"), button};
            connect(center, &QAction::triggered, this, [this, firing] { Q_EMIT causesWanted(firing); });
            button->addActions({open, center});
            button->setContextMenuPolicy(Qt::ActionsContextMenu);
        }
        connect(button, &QPushButton::clicked, this, [this, leads, target, firing, time] {
            if (leads == CauseBox::Leads::ToExecution) Q_EMIT executionChosen(target);
            if (leads == CauseBox::Leads::ToMetaevent) Q_EMIT metaeventChosen(target);
            if (leads == CauseBox::Leads::ToFiring) Q_EMIT firingChosen(target, firing, time);
        });
        button->show();
        if (box->isRoot) root = button;
    }
    canvas_->resize((graph_.size + QSizeF{2.0 * kPadding, 2.0 * kPadding}).toSize());
    canvas_->update();
    if (root != nullptr) ensureWidgetVisible(root, 240, 120);
}

}  // namespace dogwatch::gui
