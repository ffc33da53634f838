// ExecutionsPage: the live table of executions, and the details of one.
#pragma once

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

namespace dogwatch::gui {

class ExecutionDetails;
class Table;

class ExecutionsPage final : public Page {
    Q_OBJECT
 public:
    explicit ExecutionsPage(const Workbench& bench, QWidget* parent = nullptr);
    /// Selects the execution where the table has it, and shows its details in any case.
    void choose(const QString& id);

 Q_SIGNALS:
    /// "Make a metaevent from this."
    void functionWatched(const QString& name);
    /// "Make a metaevent from this."
    void recordWatched(const dogwatch::Record& record);

 private:
    void watchChosen();
    QueryFilter filter_;
    Table* table_;
    ExecutionDetails* details_;
};

}  // namespace dogwatch::gui
