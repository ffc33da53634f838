// JournalPage: the records as they come, one of them as a tree, and the way of all of them to a file and
// back.
#pragma once

#include <QPointer>

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QLabel;
class QProgressBar;

namespace dogwatch::gui {

class FilterBar;
class JsonView;
class RecordTransfer;
class Table;

class JournalPage final : public Page {
    Q_OBJECT
 public:
    explicit JournalPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;
    /// Asks for one, to write records to or to read them from.
    void askForFile(bool toWrite);
    void exportTo(const QString& path);
    void importFrom(const QString& path);

 Q_SIGNALS:
    /// "Make a metaevent from this."
    void recordWatched(const dogwatch::Record& record);

 private:
    QLayout* makeHead();
    QWidget* makeTable();
    QWidget* makeRecord();
    QWidget* makeProgress();
    void showRecord(const QString& seq);
    void watchChosen();
    void lookBack();
    void openExecution();
    void copyRecord() const;
    void showMenu(QPoint at);
    void run(RecordTransfer* transfer, const QString& title);
    [[nodiscard]] QStringList valuesOf(const QString& field) const;

    QueryFilter filter_;
    Table* table_;
    FilterBar* bar_;
    QLabel* title_;
    JsonView* json_;
    QWidget* progressRow_;
    QLabel* progressText_;
    QProgressBar* progress_;
    QLabel* fault_;
    QPointer<RecordTransfer> transfer_;
};

}  // namespace dogwatch::gui
