#include "gui/widgets/mode_bar.h"

#include <QButtonGroup>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

ModeBar::ModeBar(const Theme& theme, QWidget* parent)
    : QWidget(parent), theme_(theme), group_(new QButtonGroup{this}), layout_(new QVBoxLayout{this}) {
    setObjectName(u"modeBar"_s);
    setAttribute(Qt::WA_StyledBackground);
    setAccessibleName(tr("Pages"));
    layout_->setContentsMargins(6, 6, 6, 6);
    layout_->setSpacing(2);  // seven pages fit into 640 pixels
    layout_->addStretch();
    connect(group_, &QButtonGroup::idClicked, this, &ModeBar::chosen);
}

void ModeBar::addMode(const QString& icon, const QString& name) {
    const int id = static_cast<int>(group_->buttons().size());
    auto* button = new QToolButton{this};
    button->setText(name);
    button->setIcon(theme_.icon(icon));
    button->setIconSize({20, 20});
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setCheckable(true);
    button->ensurePolished();
    button->setMinimumWidth(std::max(84, button->sizeHint().width()));
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);  // all as wide as the longest name
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    addShortcut(button, QKeySequence{u"Ctrl+%1"_s.arg(id + 1)});
    button->setToolTip(tr("%1 (Ctrl+%2)").arg(name).arg(id + 1));
    group_->addButton(button, id);
    layout_->insertWidget(id, button);
}

void ModeBar::setCurrent(int mode) {
    if (QAbstractButton* button = group_->button(mode)) button->setChecked(true);
}

void ModeBar::addFoot(QWidget* widget) {
    layout_->addWidget(widget, 0, Qt::AlignHCenter);
}

}  // namespace dogwatch::gui
