// FiringsPage: what fired, when and why, what its jobs came to, and what people do about it: acknowledge a
// firing, silence its metaevent, look at its history.
#pragma once

#include "core/api/client.h"
#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;
class QTreeWidget;

namespace dogwatch::gui {

class CauseView;
class FilterBar;
class JsonView;
class Table;

class FiringsPage final : public Page {
    Q_OBJECT
 public:
    explicit FiringsPage(const Workbench& bench, QWidget* parent = nullptr);
    /// Shows the firings that this filter matches.
    void setFilter(const QString& filter);
    /// Makes a firing the current one.
    bool choose(const QString& firing);
    /// The same, with what led to it and what it led to.
    void showCauses(const QString& firing);
    [[nodiscard]] std::vector<Command> commands() const override;

 protected:
    void showEvent(QShowEvent* event) override;

 private:
    QLayout* makeHead();
    QWidget* makeTable();
    QWidget* makeDetails();
    QLayout* makeActions();
    void addShortcuts();
    void showCurrent();
    void showFacts(const FiringRow& row);
    void fetch();
    void fetchCauses();
    void fill(const json::object& firing);
    void fillJobs(const json::object& firing);
    void askOutcome(const std::string& execution);
    void showHistory();
    void acknowledge();
    void silence();
    void showMenu(QPoint at);
    [[nodiscard]] const FiringRow* current() const;
    [[nodiscard]] QStringList valuesOf(const QString& field) const;
    /// Calls, and tells what went wrong.
    void act(std::string_view method, const json::object& params);

    QueryFilter filter_;
    Table* table_;
    FilterBar* bar_ = nullptr;
    QStackedWidget* stack_;
    QLabel* title_;
    QLabel* words_;
    QLabel* seen_;
    QLabel* fault_;
    QPushButton* history_ = nullptr;
    QPushButton* acknowledge_ = nullptr;
    QPushButton* silence_ = nullptr;
    QTreeWidget* jobs_;
    JsonView* evidence_;
    QTabWidget* tabs_;
    CauseView* causes_;
    QString shown_;  ///< the firing whose jobs and evidence stand there
    bool loaded_ = false;
};

}  // namespace dogwatch::gui
