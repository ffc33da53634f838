#include <QAbstractButton>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QTextDocument>

#include "stage.h"

namespace dogwatch::gui {
namespace {

QString place(const QWidget& widget, const QString& text, int has, int needs) {
    return QStringLiteral("%1 %2 “%3”: %4 of %5")
        .arg(QString::fromLatin1(widget.metaObject()->className()), widget.objectName(), text.left(60))
        .arg(has)
        .arg(needs);
}

QString labelFault(const QLabel& label) {
    // What ends in "…" says so, and has the whole in its tool tip.
    if (label.text().isEmpty() || !label.pixmap().isNull() || label.inherits("dogwatch::gui::ElidedLabel"))
        return {};
    const int inner = label.contentsRect().width() - 2 * label.margin();
    if (label.wordWrap()) {
        const int needs = label.heightForWidth(label.width());
        return needs > label.height() + 1 ? place(label, label.text(), label.height(), needs) : QString{};
    }
    int needs = label.fontMetrics().horizontalAdvance(label.text());
    if (Qt::mightBeRichText(label.text())) {
        QTextDocument document;
        document.setDefaultFont(label.font());
        document.setHtml(label.text());
        needs = static_cast<int>(document.idealWidth());
    }
    if (needs > inner + 1) return place(label, label.text(), inner, needs);
    return label.fontMetrics().height() > label.height() + 1
               ? place(label, label.text(), label.height(), label.fontMetrics().height())
               : QString{};
}

QString buttonFault(const QAbstractButton& button) {
    if (button.text().isEmpty() || !button.inherits("QPushButton")) {
        const auto* tool = qobject_cast<const QToolButton*>(&button);
        const bool isCheck = button.inherits("QCheckBox") || button.inherits("QRadioButton");
        if (!isCheck && (tool == nullptr || tool->toolButtonStyle() == Qt::ToolButtonIconOnly)) return {};
        if (tool != nullptr && !tool->icon().isNull() && tool->toolButtonStyle() == Qt::ToolButtonIconOnly)
            return {};
    }
    if (button.text().isEmpty()) return {};
    const QSize needs = button.sizeHint();
    if (needs.width() > button.width() + 1)
        return place(button, button.text(), button.width(), needs.width());
    const int text = button.fontMetrics().height();
    return text > button.height() ? place(button, button.text(), button.height(), text) : QString{};
}

QString comboFault(const QComboBox& box) {
    QStyleOptionComboBox option;
    option.initFrom(&box);
    option.subControls = QStyle::SC_All;
    option.editable = box.isEditable();
    const QRect inner =
        box.style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, &box);
    const int needs = box.fontMetrics().horizontalAdvance(box.currentText());
    return needs > inner.width() + 2 ? place(box, box.currentText(), inner.width(), needs) : QString{};
}

QString tabFault(const QTabBar& bar) {
    const QFontMetrics metrics = bar.fontMetrics();
    for (int i = 0; i < bar.count(); ++i)
        if (metrics.horizontalAdvance(bar.tabText(i)) > bar.tabRect(i).width())
            return place(bar, bar.tabText(i), bar.tabRect(i).width(),
                         metrics.horizontalAdvance(bar.tabText(i)));
    if (bar.count() > 0 && bar.tabRect(bar.count() - 1).right() > bar.width())
        return place(bar, bar.tabText(bar.count() - 1), bar.width(), bar.tabRect(bar.count() - 1).right());
    return {};
}

/// Whether it can be brought into view by scrolling, so that standing outside is no fault.
bool scrolls(const QWidget& widget) {
    for (const QWidget* above = widget.parentWidget(); above != nullptr; above = above->parentWidget())
        if (above->inherits("QAbstractScrollArea")) return true;
    return false;
}

}  // namespace

QStringList clippedTexts(const QWidget& window) {
    QStringList faults;
    for (const auto* widget : window.findChildren<QWidget*>()) {
        if (!widget->isVisible() || widget->window() != &window) continue;
        QString fault;
        if (const auto* label = qobject_cast<const QLabel*>(widget)) fault = labelFault(*label);
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget)) fault = buttonFault(*button);
        if (const auto* box = qobject_cast<const QComboBox*>(widget)) fault = comboFault(*box);
        if (const auto* bar = qobject_cast<const QTabBar*>(widget)) fault = tabFault(*bar);
        const QRect in{widget->mapTo(&window, QPoint{}), widget->size()};
        const bool isText = widget->inherits("QLabel") || widget->inherits("QAbstractButton");
        if (fault.isEmpty() && isText && !scrolls(*widget) && !window.rect().contains(in) && !in.isEmpty())
            fault = place(*widget, widget->accessibleName(), window.width(), in.right());
        if (!fault.isEmpty()) faults.append(fault);
    }
    return faults;
}

}  // namespace dogwatch::gui
