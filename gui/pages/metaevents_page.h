// MetaeventsPage: what is watched for, how it stands, what fired and on what evidence; and the editor.
#pragma once

#include <QTimer>

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QLabel;
class QPushButton;
class QStackedWidget;

namespace dogwatch::gui {

class CodeEditor;
class FiringStrip;
class MetaeventEditor;
class Table;

class MetaeventsPage final : public Page {
    Q_OBJECT
 public:
    explicit MetaeventsPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;
    void choose(const QString& name);
    void startNew(const QString& function = {});
    /// "Make a metaevent from this": begins with what a record suggests.
    void startFrom(const Record& record);
    /// The same, from what happened in a stretch of time.
    void startFromStretch(const std::vector<Record>& records);
    /// Draws a definition that is not applied, such as one from a file.
    void open(const json::object& definition);
    [[nodiscard]] MetaeventEditor& editor() const { return *editor_; }
    void editCurrent();
    /// Applies the definitions of a file: all of them, or none.
    void importFrom(const QString& path);
    /// Applies definitions that were read, and chooses the first.
    void applyImported(const json::value& definitions, const QString& first);
    /// A file with all definitions, or that of the chosen one.
    void askForFile(bool toWrite, bool all);
    /// The drawing with its history, at the moment of a firing; or, without one, at this time.
    void explain(const QString& name, const QString& firing, Time time);
    /// The same at a record, among the records of its partition.
    void explain(const QString& name, const Record& record);
    /// Back from the editor to what was chosen; what was typed is given up.
    void leaveEditor();

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QWidget* makeList();
    QWidget* makeDetail();
    void tick();
    void showCurrent();
    void showFiring(const QString& id);
    QPushButton* makeCausesButton();
    void showFacts(const MetaeventRow& row);
    void showStrip();
    void toggleEnabled();
    void toggleSilence();
    void tryJobs();
    void askToRemove();
    QWidget* makeFilesButton();
    void exportTo(const QString& path, bool all);
    void call(std::string_view method, json::object params = {});
    [[nodiscard]] const MetaeventRow* current() const;
    /// The row of a metaevent, chosen; null: it was removed since.
    const MetaeventRow* chooseNow(const QString& name);
    [[nodiscard]] std::vector<Record> recentRecords() const;

    QueryFilter filter_;
    QueryFilter firingFilter_;
    Table* list_;
    QLabel* listFault_;
    QStackedWidget* whole_;  ///< lists and details, or the drawing
    QStackedWidget* stack_;
    QLabel* name_;
    QLabel* state_;
    QLabel* sentence_;
    QLabel* facts_;
    QLabel* fault_;
    QLabel* silence_;
    FiringStrip* strip_;
    QLabel* stripWords_;
    QPushButton* enable_;
    QPushButton* silenceButton_;
    QPushButton* try_;
    Table* firings_;
    QLabel* evidenceTitle_;
    QPushButton* why_;
    CodeEditor* evidence_;
    MetaeventEditor* editor_;
    QTimer clock_;  ///< countdowns; runs only while the page is seen
    QTimer fetch_;  ///< deadlines move with every record; asked anew while seen
    QString chosen_;
};

}  // namespace dogwatch::gui
