#include "gui/widgets/details_area.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QResizeEvent>
#include <QTimer>
#include <QToolButton>
#include <utility>

#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kGripIcon = 14;

}  // namespace

DetailsArea::DetailsArea(const Theme& theme, const QString& name, const Parts& parts, QWidget* parent)
    : QMainWindow(parent, Qt::Widget),
      theme_(theme),
      percent_(parts.percent),
      dock_(new QDockWidget{parts.title}),
      turn_(new QToolButton),
      part_(new QToolButton) {
    setObjectName(name);
    setContextMenuPolicy(Qt::NoContextMenu);  // its own would only list what cannot be closed
    setDockOptions({});
    setCentralWidget(parts.list);
    dock_->setObjectName(name + u"Details"_s);
    dock_->setFeatures(QDockWidget::DockWidgetMovable | QDockWidget::DockWidgetFloatable);
    dock_->setAllowedAreas(Qt::BottomDockWidgetArea | Qt::RightDockWidgetArea | Qt::LeftDockWidgetArea);
    dock_->setTitleBarWidget(makeGrip(parts.title));
    dock_->setWidget(parts.details);
    addDockWidget(Qt::BottomDockWidgetArea, dock_);
    connect(dock_, &QDockWidget::topLevelChanged, this, &DetailsArea::showPlace);
    connect(dock_, &QDockWidget::dockLocationChanged, this, &DetailsArea::showPlace);
    showPlace();
}

QWidget* DetailsArea::makeGrip(const QString& title) {
    auto* grip = new QWidget;
    grip->setObjectName(u"grip"_s);
    grip->setCursor(Qt::SizeAllCursor);
    auto* layout = new QHBoxLayout{grip};
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(caption(title), 1);
    for (QToolButton* each : {turn_, part_}) {
        each->setIconSize({kGripIcon, kGripIcon});
        each->setFocusPolicy(Qt::TabFocus);
        each->setCursor(Qt::ArrowCursor);
        layout->addWidget(each);
    }
    turn_->setObjectName(u"turnDetails"_s);
    part_->setObjectName(u"partDetails"_s);
    connect(turn_, &QToolButton::clicked, this, [this] { setBeside(!isBeside()); });
    connect(part_, &QToolButton::clicked, this, [this] { setApart(!isApart()); });
    return grip;
}

bool DetailsArea::isBeside() const {
    return dockWidgetArea(dock_) != Qt::BottomDockWidgetArea;
}

void DetailsArea::setBeside(bool beside) {
    if (beside == isBeside()) return;
    addDockWidget(beside ? Qt::RightDockWidgetArea : Qt::BottomDockWidgetArea, dock_);
    shareOut();
    showPlace();
}

bool DetailsArea::isApart() const {
    return dock_->isFloating();
}

void DetailsArea::setApart(bool apart) {
    dock_->setFloating(apart);
}

bool DetailsArea::restore(const QByteArray& layout) {
    return wasSharedOut_ = restoreState(layout);
}

void DetailsArea::showPlace() {
    const auto show = [this](QToolButton* button, const QString& icon, const QString& hint) {
        button->setIcon(theme_.icon(icon));
        button->setToolTip(hint);
        button->setAccessibleName(hint);
    };
    show(turn_, isBeside() ? u"below"_s : u"beside"_s,
         isBeside() ? tr("Show the details below the list") : tr("Show the details beside the list"));
    show(part_, u"window"_s,
         isApart() ? tr("Put the details back") : tr("Show the details in a window of their own"));
    turn_->setVisible(!isApart());
}

void DetailsArea::shareOut() {
    setExtent((isBeside() ? width() : height()) * percent_ / 100);
}

void DetailsArea::setExtent(int pixels) {
    resizeDocks({dock_}, {pixels}, isBeside() ? Qt::Horizontal : Qt::Vertical);
}

/// List and details keep their shares; a main window alone would take everything from the list.
void DetailsArea::resizeEvent(QResizeEvent* event) {
    const auto extent = [this](const QSize& size) { return isBeside() ? size.width() : size.height(); };
    const int before = extent(event->oldSize());
    const double share = before > 0 ? static_cast<double>(extent(dock_->size())) / before : 0;
    QMainWindow::resizeEvent(event);
    if (wasSharedOut_ && !isApart() && share > 0) setExtent(qRound(share * extent(event->size())));
}

void DetailsArea::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    // When all around it has got its place.
    if (!std::exchange(wasSharedOut_, true)) QTimer::singleShot(0, this, &DetailsArea::shareOut);
}

}  // namespace dogwatch::gui
