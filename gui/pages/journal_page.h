// JournalPage: the records as they come, and one of them as JSON.
#pragma once

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QLabel;

namespace dogwatch::gui {

class CodeEditor;
class Table;

class JournalPage final : public Page {
    Q_OBJECT
 public:
    explicit JournalPage(const Workbench& bench, QWidget* parent = nullptr);

 Q_SIGNALS:
    /// "Make a metaevent from this."
    void recordWatched(const dogwatch::Record& record);

 private:
    void showRecord(const QString& seq);

    QueryFilter filter_;
    Table* table_;
    QLabel* title_;
    CodeEditor* json_;
};

}  // namespace dogwatch::gui
