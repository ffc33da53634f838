// MachinesPage: the virtual machines of the pool, what their serial consoles say, and which accelerator is in
// use and why.
#pragma once

#include <QTimer>

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace dogwatch::gui {

class Table;

class MachinesPage final : public Page {
    Q_OBJECT
 public:
    explicit MachinesPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    void refresh();
    void fetchConsole();
    void showStatus();
    void showChosen();
    /// Asks for something that the pool shall do, and says what stands in the way.
    void act(std::string_view method, const json::object& params);

    QueryFilter filter_;
    Table* table_;
    QLabel* verdict_;
    QLabel* reason_;
    QLabel* counts_;
    QLabel* fault_;
    QLabel* consoleTitle_;
    QPlainTextEdit* console_;
    QPushButton* retire_;
    QTimer clock_;  ///< ages, memory and consoles are told by no record: asked each second while seen
};

}  // namespace dogwatch::gui
