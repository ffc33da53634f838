// JsonField: a text box for JSON that says what is wrong while one types.
#pragma once

#include <QWidget>

#include "core/model/json.h"
#include "gui/theme/theme.h"

class QLabel;

namespace dogwatch::gui {

class CodeEditor;

class JsonField final : public QWidget {
    Q_OBJECT
 public:
    JsonField(const Theme& theme, const QString& name, QWidget* parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString& text);
    /// None when the text is no JSON; null when it is empty.
    [[nodiscard]] Result<json::value> value() const;
    [[nodiscard]] CodeEditor* editor() const { return editor_; }
    /// A fault that the control plane found; goes with the next edit.
    void setFault(const QString& fault);

 Q_SIGNALS:
    void changed();

 private:
    void validate();

    CodeEditor* editor_;
    QLabel* fault_;
};

/// A frame around editors, so that they look like the other fields.
QWidget* framed(QWidget* editor);

}  // namespace dogwatch::gui
