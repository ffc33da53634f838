#include "gui/widgets/json_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QShortcut>

#include "gui/models/text.h"
#include "gui/widgets/cell_delegate.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

JsonView::JsonView(const Theme& theme, const QString& name, const QString& nothing, QWidget* parent)
    : QTreeView(parent), nothing_(caption(nothing, viewport())) {
    setAccessibleName(name);
    setModel(&model_);
    setItemDelegate(new CellDelegate{theme, this});
    setUniformRowHeights(true);
    setEditTriggers(NoEditTriggers);
    setFont(Theme::codeFont());
    setMinimumHeight(60);
    header()->setStretchLastSection(true);
    header()->resizeSection(JsonTree::Name, 22 * fontMetrics().averageCharWidth());
    nothing_->setAlignment(Qt::AlignCenter);
    auto* copyKey = new QShortcut{QKeySequence::Copy, this};
    copyKey->setContext(Qt::WidgetShortcut);
    connect(copyKey, &QShortcut::activated, this, &JsonView::copy);
    setValue(std::nullopt);
}

void JsonView::setValue(std::optional<json::value> value) {
    if (value && value == value_) return;
    value_ = std::move(value);
    const bool isLeaf = value_ && !value_->is_object() && !value_->is_array();
    if (!value_) {
        model_.setValue(json::object{});
    } else if (isLeaf) {
        model_.setValue(json::object{{toUtf8(tr("value")), *value_}});
    } else {
        model_.setValue(*value_);
    }
    header()->setVisible(value_.has_value());
    nothing_->setVisible(!value_);
    if (model_.rowCount() <= 50) expandToDepth(1);
}

void JsonView::copy() const {
    if (!value_) return;
    const QModelIndex at = currentIndex();
    const QString text = at.isValid() && model_.rowCount(at.siblingAtColumn(0)) == 0
                             ? at.siblingAtColumn(JsonTree::Value).data().toString()
                             : fromUtf8(toPrettyJson(*value_));
    QGuiApplication::clipboard()->setText(text);
}

void JsonView::resizeEvent(QResizeEvent* event) {
    QTreeView::resizeEvent(event);
    nothing_->setGeometry(viewport()->rect());
}

}  // namespace dogwatch::gui
