// The menu in which the language of the console is chosen. What is on the screen keeps its own until the next
// start, and the menu says so.
#pragma once

#include <functional>

class QMenu;
class QSettings;
class QString;
class QWidget;

namespace dogwatch::gui {

/// `told`: gets a sentence for the status bar after a choice.
QMenu* makeLanguageMenu(QSettings& settings, QWidget* parent,
                        const std::function<void(const QString&)>& told);

}  // namespace dogwatch::gui
