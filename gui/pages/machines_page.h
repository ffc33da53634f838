// MachinesPage: the virtual machines of the pool as cards or as a table, what their serial consoles say, and
// which accelerator is in use and why.
#pragma once

#include <QTimer>

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QAction;
class QLabel;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;

namespace dogwatch::gui {

class MachineCards;
class Table;

class MachinesPage final : public Page {
    Q_OBJECT
 public:
    explicit MachinesPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;
    /// Cards, or else a table: the same machines, and one choice among them.
    void showCards(bool cards);
    [[nodiscard]] bool showsCards() const;
    void choose(const QString& vm);

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QWidget* makeHead();
    QWidget* makeViews();
    QAction* makeAction(const QString& icon, const QString& text, const QKeySequence& key,
                        void (MachinesPage::*act)());
    void retire();
    void boot();
    void drain();
    void openExecution();
    void readConsole();
    void refresh();
    void fetchConsole();
    void showStatus();
    void showTemplates();
    /// What can be done with the chosen machine as it is now.
    void showActions();
    void showChosen();
    /// Asks for something that the pool shall do, and says what stands in the way.
    void act(std::string_view method, const json::object& params);

    QueryFilter filter_;
    Table* table_;
    MachineCards* cards_;
    QStackedWidget* views_;
    QLabel* verdict_;
    QLabel* reason_;
    QLabel* counts_;
    QLabel* templates_;
    QLabel* fault_;
    QLabel* consoleTitle_;
    QPlainTextEdit* console_;
    QPushButton* retire_ = nullptr;
    QPushButton* asCards_ = nullptr;
    QPushButton* asTable_ = nullptr;
    QAction* retireAction_ = nullptr;
    QAction* executionAction_ = nullptr;
    QTimer clock_;  ///< ages, memory and consoles are told by no record: asked each second while seen
};

}  // namespace dogwatch::gui
