// FunctionsPage: the functions, an editor for their code and settings, and a place to try them.
#pragma once

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
struct FunctionTemplate;

class FunctionsPage final : public Page {
    Q_OBJECT
 public:
    explicit FunctionsPage(const Workbench& bench, QWidget* parent = nullptr);
    void choose(const QString& name);
    void startNew(const FunctionTemplate& from);
    [[nodiscard]] bool hasUnsavedChanges() const { return modified_; }
    void save();
    void run();

 Q_SIGNALS:
    /// "Make a metaevent from this."
    void functionWatched(const QString& name);

 private:
    QWidget* makeList();
    QWidget* makeEditor();
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
    RunPanel* runPanel_;

    QString current_;  ///< the saved function that is shown; empty: a new one, or none
    bool isNew_ = false;
    bool modified_ = false;
    bool valid_ = true;
    bool filling_ = false;
    bool saving_ = false;
};

}  // namespace dogwatch::gui
