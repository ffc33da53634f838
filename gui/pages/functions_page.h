// FunctionsPage: the functions, an editor for their code and settings, and a place to try them.
#pragma once

#include <QTimer>
#include <optional>

#include "gui/models/query_filter.h"
#include "gui/pages/page.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTabWidget;

namespace dogwatch::gui {

class CodeEditor;
class FunctionSettings;
class RunPanel;
class Table;
class VersionsPanel;
struct FunctionTemplate;

class FunctionsPage final : public Page {
    Q_OBJECT
 public:
    explicit FunctionsPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;
    void choose(const QString& name);
    void startNew(const FunctionTemplate& from);
    [[nodiscard]] bool hasUnsavedChanges() const { return modified_; }
    void save();
    void run();

 Q_SIGNALS:
    /// "Make a metaevent from this."
    void functionWatched(const QString& name);

 protected:
    void showEvent(QShowEvent* event) override;

 private:
    QWidget* makeList();
    QWidget* makeEditor();
    QLayout* makeEditorHead();
    QWidget* makeCode();
    QWidget* makeDraftNote();
    void openFind();
    /// Writes what is not saved yet beside the control plane's data, so that a crash loses none of it.
    void keepDraft();
    void dropDraft();
    /// Takes up what was not saved when the console ended; whether there was something.
    bool takeUpDraft(const json::object& saved);
    void takeUpNew();
    [[nodiscard]] QString draftFile() const;
    void connectEditor();
    void load(const QString& name);
    void show(const json::object& function);
    void edited();
    void validate();
    void setModified(bool modified);
    void saveThen(const std::function<void()>& next);
    void onSaved(const QString& name, const Result<json::value>& reply, const std::function<void()>& next);
    void askToRemove();
    void updateActions();
    [[nodiscard]] json::object draft() const;
    /// Whether unsaved changes may be left behind.
    bool mayLeave();

    QueryFilter filter_;
    Table* list_;
    QStackedWidget* stack_;
    QLineEdit* name_;
    QLabel* badge_;
    QLabel* fault_;
    QPushButton* new_;
    QPushButton* save_;
    QPushButton* run_;
    QPushButton* remove_;
    QTabWidget* tabs_;
    CodeEditor* code_;
    FunctionSettings* settings_;
    VersionsPanel* versions_;
    RunPanel* runPanel_;
    QWidget* findRow_;
    QLineEdit* find_;
    QWidget* draftNote_;
    QLabel* draftText_;
    QTimer draftTimer_;

    QString current_;  ///< the saved function that is shown; empty: a new one, or none
    bool isNew_ = false;
    bool modified_ = false;
    bool valid_ = true;
    bool filling_ = false;
    bool saving_ = false;
    bool offeredNew_ = false;  ///< the draft of a new function was looked for
};

}  // namespace dogwatch::gui
