#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "gui/canvas/model/graph_json.h"
#include "gui/canvas/view/property_panel.h"
#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

QToolButton* tool(const Theme& theme, const QString& icon, const QString& hint) {
    auto* made = new QToolButton;
    made->setIcon(theme.icon(icon));
    made->setAutoRaise(true);
    made->setToolTip(hint);
    made->setAccessibleName(hint);
    made->setFocusPolicy(Qt::StrongFocus);
    return made;
}

}  // namespace

StepsEdit::StepsEdit(GraphModel& model, NodeId node, const Theme& theme, QWidget* parent)
    : QWidget(parent), model_(model), node_(node), theme_(theme), rows_(new QVBoxLayout) {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 6);
    layout->setSpacing(6);
    rows_->setSpacing(4);
    layout->addLayout(rows_);
    auto* add = button(theme, u"plus"_s, tr("Add a step"));
    add->setObjectName(u"addStep"_s);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, [this] { model_.addStep(node_); });
    refresh();
}

void StepsEdit::refresh() {
    const Node* node = model_.graph().find(node_);
    if (node == nullptr || node->sockets.empty()) return;
    const json::value steps = fieldValue(*node, "sequence").value_or(json::value{});
    if (steps == shown_ && parts_ == node->sockets[0]) return;
    const QWidget* focused = focusWidget();
    const bool typing = focused != nullptr && isAncestorOf(focused) && parts_ == node->sockets[0] &&
                        qobject_cast<const QLineEdit*>(focused) != nullptr;
    shown_ = steps;
    parts_ = node->sockets[0];
    if (typing) return;  // the line that is typed in says it already
    while (QLayoutItem* item = rows_->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    for (std::size_t i = 0; i < parts_.size(); ++i) addStepRow(i, parts_.size());
}

void StepsEdit::addStepRow(std::size_t index, std::size_t count) {
    const Node& node = *model_.graph().find(node_);
    const bool isNot = node.isStepNot(index);
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(new QLabel{u"%1."_s.arg(index + 1)});
    auto* kind = new QComboBox;
    kind->addItems({tr("happens"), tr("does not happen")});
    kind->setCurrentIndex(isNot ? 1 : 0);
    kind->setAccessibleName(tr("Step %1").arg(index + 1));
    kind->setObjectName(u"step-%1"_s.arg(index));
    layout->addWidget(kind, 1);
    connect(kind, &QComboBox::activated, this,
            [this, index](int chosen) { model_.setStep(node_, index, chosen == 1, std::nullopt); });
    if (isNot && index + 1 == count) {
        const json::value steps = fieldValue(node, "sequence").value_or(json::value{});
        auto* lasts = new SuggestField{[] {
                                           return QStringList{u"30s"_s, u"1m"_s, u"5m"_s, u"10m"_s, u"1h"_s};
                                       },
                                       theme_};
        lasts->setText(fromUtf8(stringMember(steps.get_array()[index].get_object(), "for")));
        lasts->setPlaceholderText(tr("for"));
        lasts->setFixedWidth(84);
        lasts->setAccessibleName(tr("For how long step %1 does not happen").arg(index + 1));
        lasts->setToolTip(tr("How long it must not happen; empty: until the end of “Within”."));
        lasts->setObjectName(u"step-for-%1"_s.arg(index));
        layout->addWidget(lasts);
        connect(lasts, &QLineEdit::textChanged, this, [this, index](const QString& text) {
            const QString trimmed = text.trimmed();
            model_.setStep(node_, index, true,
                           trimmed.isEmpty() ? std::nullopt : std::optional(toUtf8(trimmed)));
        });
    }
    auto* up = tool(theme_, u"chevron-up"_s, tr("Move step %1 up").arg(index + 1));
    up->setArrowType(Qt::UpArrow);
    up->setEnabled(index > 0);
    up->setObjectName(u"step-up-%1"_s.arg(index));
    layout->addWidget(up);
    connect(
        up, &QToolButton::clicked, this,
        [this, index] {
            model_.reorder({node_, 0, index}, index - 1);
        },
        Qt::QueuedConnection);
    auto* remove = tool(theme_, u"cross"_s, tr("Remove step %1").arg(index + 1));
    remove->setObjectName(u"step-remove-%1"_s.arg(index));
    layout->addWidget(remove);
    connect(
        remove, &QToolButton::clicked, this, [this, index] { model_.removeStep(node_, index); },
        Qt::QueuedConnection);
    rows_->addWidget(row);
}

}  // namespace dogwatch::gui::canvas
