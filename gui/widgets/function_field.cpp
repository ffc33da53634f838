#include "gui/widgets/function_field.h"

#include <QEvent>
#include <QLineEdit>
#include <QSignalBlocker>

#include "gui/models/function_model.h"

namespace dogwatch::gui {

FunctionField::FunctionField(const FunctionModel& functions, const QString& name, const QString& placeholder,
                             QWidget* parent)
    : QComboBox(parent), functions_(functions) {
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setObjectName(name);
    lineEdit()->setPlaceholderText(placeholder);
    lineEdit()->setObjectName(name + QStringLiteral("Text"));
    lineEdit()->installEventFilter(this);
    refresh();
}

void FunctionField::showPopup() {
    refresh();
    QComboBox::showPopup();
}

bool FunctionField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) refresh();
    return QComboBox::eventFilter(watched, event);
}

/// Brings the list up to date; the text stays as it was typed.
void FunctionField::refresh() {
    QStringList names;
    for (int row = 0; row < functions_.rowCount(); ++row)
        names.append(functions_.index(row, FunctionModel::Name).data().toString());
    QStringList shown;
    for (int row = 0; row < count(); ++row) shown.append(itemText(row));
    if (names == shown) return;
    const QString text = currentText();
    const QSignalBlocker quiet(this);
    clear();
    addItems(names);
    setCurrentIndex(-1);
    setEditText(text);
}

}  // namespace dogwatch::gui
