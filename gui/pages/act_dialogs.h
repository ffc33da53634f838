// What people do about firings, as dialogs: until when, and why, a metaevent shall be silent; what was found
// when somebody saw to a firing.
#pragma once

#include <QDialog>

#include "core/model/json.h"

class QButtonGroup;
class QComboBox;
class QDateTimeEdit;
class QLineEdit;
class QSpinBox;
class QTimeEdit;

namespace dogwatch::gui {

class SilenceDialog final : public QDialog {
    Q_OBJECT
 public:
    explicit SilenceDialog(const QString& metaevent, QWidget* parent = nullptr);
    /// The parameters of metaevents.silence, as they are chosen now.
    [[nodiscard]] json::object params() const;

 private:
    enum Kind { For, Until, Recurring };
    void add(Kind kind, const QString& text, QWidget* fields);
    [[nodiscard]] std::string schedule() const;

    QString metaevent_;
    QButtonGroup* kinds_;
    QComboBox* lasts_;
    QDateTimeEdit* until_;
    QComboBox* day_;
    QTimeEdit* begin_;
    QSpinBox* hours_;
    QLineEdit* reason_;
};

class AcknowledgeDialog final : public QDialog {
    Q_OBJECT
 public:
    explicit AcknowledgeDialog(QWidget* parent = nullptr);
    [[nodiscard]] QString note() const;

 private:
    QLineEdit* note_;
};

}  // namespace dogwatch::gui
