// FunctionSettings: the form of a function's runtime, limits, schedule, environment and tags. The model's own
// reader checks it while one types; the faulty field says why.
#pragma once

#include <QHash>
#include <QWidget>

#include "core/model/json.h"
#include "core/model/result.h"
#include "gui/theme/theme.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace dogwatch::gui {

class FunctionSettings final : public QWidget {
    Q_OBJECT
 public:
    explicit FunctionSettings(const Theme& theme, QWidget* parent = nullptr);

    /// `function`: FUNCTION of docs/api.md.
    void set(const json::object& function);
    /// The settings as FUNCTION's members.
    [[nodiscard]] json::object get() const;
    [[nodiscard]] QString runtime() const;
    /// Shows a fault at the field that its path names; whether there is one.
    bool showFault(const Error* error);

 Q_SIGNALS:
    void changed();

 private:
    void addRow(QFormLayout* form, const QString& title, const QString& member, QWidget* field,
                const QString& hint);

    QComboBox* runtime_;
    QLineEdit* handler_;
    QSpinBox* memory_;
    QLineEdit* timeout_;
    QSpinBox* concurrency_;
    QSpinBox* retries_;
    QLineEdit* schedule_;
    QLineEdit* timezone_;
    QPlainTextEdit* environment_;
    QPlainTextEdit* tags_;
    QHash<QString, QWidget*> fields_;  ///< by the member's name
    QHash<QString, QLabel*> hints_;
    bool filling_ = false;
};

}  // namespace dogwatch::gui
