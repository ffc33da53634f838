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
    /// Draws a definition that is not applied, such as one from a file.
    void open(const json::object& definition);
    [[nodiscard]] MetaeventEditor& editor() const { return *editor_; }
    void editCurrent();
    /// The drawing, at the moment of a firing.
    void explain(const QString& name, const QString& firing, Time time);
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
    void toggleEnabled();
    void askToRemove();
    void call(std::string_view method);
    [[nodiscard]] const MetaeventRow* current() const;
    [[nodiscard]] std::vector<Record> recentRecords() const;

    QueryFilter filter_;
    QueryFilter firingFilter_;
    Table* list_;
    QStackedWidget* whole_;  ///< lists and details, or the drawing
    QStackedWidget* stack_;
    QLabel* name_;
    QLabel* state_;
    QLabel* sentence_;
    QLabel* facts_;
    QLabel* fault_;
    QPushButton* enable_;
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
