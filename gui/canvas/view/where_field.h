// WhereEdit: the conditions on fields of a record, a row each: path, operator, value.
#pragma once

#include "gui/canvas/view/fields.h"

class QComboBox;
class QVBoxLayout;

namespace dogwatch::gui::canvas {

class WhereEdit final : public FieldEdit {
    Q_OBJECT
 public:
    WhereEdit(const Names& names, const Theme& theme, QWidget* parent);
    void show(const FieldJson& value) override;
    [[nodiscard]] QWidget* marked() override { return this; }

 private:
    struct Row {
        QWidget* widget;
        SuggestField* path;
        QComboBox* op;
        SuggestField* value;
    };
    void addRow(const QString& path, const QString& op, const json::value& value);
    void removeRow(QWidget* widget);
    void clear();
    void tell();
    [[nodiscard]] FieldJson value() const;

    Names names_;
    const Theme& theme_;
    QVBoxLayout* rows_;
    std::vector<Row> list_;
    bool showing_ = false;
};

/// The value of a clause as its operator wants it, from what was typed; and back.
json::value clauseValueFromText(const QString& op, const QString& text);
QString textFromClauseValue(const QString& op, const json::value& value);

}  // namespace dogwatch::gui::canvas
