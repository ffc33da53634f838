// VersionsPanel: the versions of a function, and what is different in the editor from one of them.
#pragma once

#include "gui/pages/page.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace dogwatch::gui {

class CodeEditor;

class VersionsPanel final : public Page {
    Q_OBJECT
 public:
    explicit VersionsPanel(const Workbench& bench, QWidget* parent = nullptr);
    /// Another function; empty: none.
    void setFunction(const QString& name);
    /// What the editor holds: compared with the chosen version while this is seen.
    void setDraft(const json::object& draft);
    [[nodiscard]] QString text() const;

 Q_SIGNALS:
    /// The chosen version shall be in the editor.
    void restoreWanted(const dogwatch::json::object& function);

 protected:
    void showEvent(QShowEvent* event) override;

 private:
    void fetchList();
    void fetchVersion();
    void compare();

    QString name_;
    json::object draft_;
    json::object version_;
    QComboBox* versions_;
    QPushButton* restore_;
    QLabel* summary_;
    CodeEditor* diff_;
};

}  // namespace dogwatch::gui
