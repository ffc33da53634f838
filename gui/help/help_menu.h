// HelpMenu: F1 and the button that lead to the manual, to the about box and to diagnostics.
#pragma once

#include <QObject>
#include <functional>

#include "gui/pages/page.h"

class QToolButton;

namespace dogwatch::gui {

class HelpWindow;

class HelpMenu final : public QObject {
    Q_OBJECT
 public:
    /// `place`: the place of the manual about what is seen now (HelpWindow::showPlace).
    HelpMenu(const Workbench& bench, QWidget* window, std::function<QString()> place);
    /// For the window's mode bar, which takes it.
    [[nodiscard]] QToolButton* makeButton();
    void showManual();
    void showAbout();

 Q_SIGNALS:
    void tourWanted();

 private:
    void copyDiagnostics();

    Workbench bench_;
    QWidget* window_;
    std::function<QString()> place_;
    HelpWindow* help_ = nullptr;  ///< made when first asked for
};

}  // namespace dogwatch::gui
