// MetaeventEditor: one definition as a form and as JSON, two views of the same. The control plane checks it
// while one types: its sentence is shown, and its objections, at their place.
#pragma once

#include <QTimer>

#include "gui/models/absence_form.h"
#include "gui/pages/page.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace dogwatch::gui {

class JsonField;

class MetaeventEditor final : public Page {
    Q_OBJECT
 public:
    explicit MetaeventEditor(const Workbench& bench, QWidget* parent = nullptr);

    /// A new absence.
    void startNew(const QString& function = {});
    void edit(const json::object& definition);

 Q_SIGNALS:
    void applied(const QString& name);
    void cancelled();

 private:
    QWidget* makeForm();
    QWidget* makeJson();
    void fillForm(const AbsenceForm& form);
    [[nodiscard]] AbsenceForm readForm() const;
    void onFormChanged();
    void onJsonChanged();
    void setDefinition(const json::object& definition);
    void check();
    void showChecked(const Result<json::value>& reply);
    void showFault(const Error* error);
    void apply();

    json::object definition_;  ///< as edited; what the form does not show is kept in it
    bool valid_ = false;
    bool filling_ = false;
    int ordinal_ = 0;  ///< of the latest check
    QTimer checkTimer_;

    QLabel* title_;
    QLabel* sentence_;
    QLabel* fault_;
    QLabel* warnings_;
    QPushButton* apply_;
    QTabWidget* tabs_;
    QWidget* formBody_;
    QLabel* formNote_;
    QLineEdit* name_;
    QComboBox* function_;
    QComboBox* what_;
    QLineEdit* duration_;
    QCheckBox* fromFirst_;
    QComboBox* job_;
    JsonField* payload_;
    QLineEdit* cooldown_;
    QLineEdit* repeat_;
    JsonField* json_;
};

}  // namespace dogwatch::gui
