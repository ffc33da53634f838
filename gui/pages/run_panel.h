// RunPanel: a payload to run the chosen function with, and what came of it.
#pragma once

#include "gui/pages/page.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace dogwatch::gui {

class JsonField;
class PhaseBar;
class SavedTexts;

class RunPanel final : public Page {
    Q_OBJECT
 public:
    explicit RunPanel(const Workbench& bench, QWidget* parent = nullptr);

    void setPayload(const QString& payload);
    [[nodiscard]] QString payload() const;
    /// Whose payloads are kept under names.
    void setFunction(const QString& function);
    /// Runs the function with the payload, unless that is no JSON.
    void run(const QString& function);
    [[nodiscard]] bool isRunning() const { return running_; }
    /// Forgets the last outcome: another function is shown.
    void clear();

 Q_SIGNALS:
    void payloadEdited();
    void runningChanged(bool running);
    /// A line of the code that the traceback names, from 1; 0 when there is none.
    void faultAt(int line, const QString& message);

 private:
    void showOutcome(const json::object& outcome);
    void showTraceback(const QString& execution, const QString& message);
    void setRunning(bool running);

    bool running_ = false;
    int ordinal_ = 0;  ///< of the latest run; answers to others are not shown
    JsonField* payload_;
    SavedTexts* saved_;
    QLabel* outcome_;
    PhaseBar* phases_;
    QTabWidget* tabs_;
    QPlainTextEdit* result_;
    QPlainTextEdit* output_;
    QPlainTextEdit* error_;
    QPushButton* details_;
    QString execution_;
};

/// The last line of the user's own file that a Python traceback names; 0: none.
int tracebackLine(const QString& traceback);

}  // namespace dogwatch::gui
