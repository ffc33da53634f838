// ExecutionDetails: all there is of one execution: phases, payload, result, output, error, records.
#pragma once

#include <QTimer>

#include "gui/pages/page.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace dogwatch::gui {

class PhaseBar;

class ExecutionDetails final : public Page {
    Q_OBJECT
 public:
    explicit ExecutionDetails(const Workbench& bench, QWidget* parent = nullptr);
    /// Empty: none.
    void showExecution(const QString& id);
    [[nodiscard]] const QString& execution() const { return id_; }

 private:
    void fetch();
    void fill(const json::object& detail);
    void fillError(const json::object& detail);
    void cancel();
    void copyCommand();

    QString id_;
    QString command_;
    QTimer fetchTimer_;  ///< joins what several records in a row would ask for
    QStackedWidget* stack_;
    QLabel* title_;
    QLabel* facts_;
    QLabel* fault_;
    PhaseBar* phases_;
    QTabWidget* tabs_;
    QPlainTextEdit* result_;
    QPlainTextEdit* output_;
    QPlainTextEdit* error_;
    QPlainTextEdit* payload_;
    QPlainTextEdit* records_;
    QPushButton* cancel_;
};

/// A read-only box of code-like text.
QPlainTextEdit* textBox(const QString& name, const QString& placeholder);
/// The member as pretty JSON; empty when it is missing or null.
QString prettyMember(const json::object& object, std::string_view key);
/// Sets the text where it differs, keeping the scroll position.
void setBoxText(QPlainTextEdit* box, const QString& text);

}  // namespace dogwatch::gui
