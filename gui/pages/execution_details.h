// ExecutionDetails: all there is of one execution: phases, payload, result, output, error, records.
#pragma once

#include <QTimer>

#include "gui/pages/page.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTreeWidget;

namespace dogwatch::gui {

class CauseView;
class JsonView;
class PhaseBar;
class TextView;

class ExecutionDetails final : public Page {
    Q_OBJECT
 public:
    explicit ExecutionDetails(const Workbench& bench, QWidget* parent = nullptr);
    /// Empty: none.
    void showExecution(const QString& id);
    [[nodiscard]] const QString& execution() const { return id_; }
    /// The command that does the same from a terminal.
    [[nodiscard]] const QString& command() const { return command_; }
    /// The history bench at the moment that tells most of it: how it ended, else the latest.
    void lookBack();

 private:
    QLayout* makeHead();
    void makeTabs();
    void fetch();
    void fill(const json::object& detail);
    void fillFacts(const json::object& detail);
    void fillError(const json::object& detail);
    void fillAttempts(const json::object& detail);
    void fetchCauses();
    void cancel();
    void retry();
    void copyCommand();

    QString id_;
    QString command_;
    bool deadLetter_ = false;
    bool ended_ = false;
    std::optional<Record> latest_;  ///< of its records
    json::object request_;          ///< what a new run of the same is asked with
    QTimer fetchTimer_;             ///< joins what several records in a row would ask for
    QStackedWidget* stack_;
    QLabel* title_;
    QLabel* facts_;
    QLabel* fault_;
    PhaseBar* phases_;
    QTabWidget* tabs_;
    JsonView* result_;
    TextView* output_;
    TextView* error_;
    JsonView* payload_;
    QTreeWidget* attempts_;
    CauseView* causes_;
    JsonView* records_;
    QPushButton* retry_;
    QPushButton* cancel_;
};

/// A read-only box of code-like text.
QPlainTextEdit* textBox(const QString& name, const QString& placeholder);
/// The member as pretty JSON; empty when it is missing or null.
QString prettyMember(const json::object& object, std::string_view key);
/// Sets the text where it differs, keeping the scroll position.
void setBoxText(QPlainTextEdit* box, const QString& text);

}  // namespace dogwatch::gui
