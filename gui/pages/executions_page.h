// ExecutionsPage: the live table of executions, the same as a timeline, and the details of one.
#pragma once

#include "gui/pages/page.h"
#include "gui/session/execution_feed.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabBar;

namespace dogwatch::gui {

class ExecutionDetails;
class FilterBar;
class Table;
class TimelinePanel;

class ExecutionsPage final : public Page {
    Q_OBJECT
 public:
    explicit ExecutionsPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;
    /// Shows the details of the execution, and selects it where the table has it.
    void choose(const QString& id);
    /// Shows the executions that this filter matches.
    void setFilter(const QString& text);
    [[nodiscard]] ExecutionFeed& feed() { return feed_; }
    enum View { List, Timeline };
    void showView(View view);

 Q_SIGNALS:
    /// "Make a metaevent from this."
    void functionWatched(const QString& name);
    /// "Make a metaevent from this."
    void recordWatched(const dogwatch::Record& record);
    /// The same, from all that happened in a stretch of time.
    void stretchWatched(const std::vector<dogwatch::Record>& records);

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QWidget* makeTable();
    QLayout* makeHead();
    void watchChosen();
    void showMenu(QPoint at);
    void currentChanged();
    void selectWanted();
    void showCount();
    [[nodiscard]] QStringList valuesOf(const QString& field) const;

    ExecutionFeed feed_;
    Table* table_;
    TimelinePanel* timeline_;
    QTabBar* views_;
    QStackedWidget* stack_;
    FilterBar* filter_;
    QPushButton* pause_;
    QLabel* count_;
    ExecutionDetails* details_;
    std::int64_t wanted_ = 0;  ///< number of the execution that shall be current once it is there
    bool awaited_ = false;     ///< the contents of the current row are under way
};

}  // namespace dogwatch::gui
