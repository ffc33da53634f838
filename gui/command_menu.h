// The button that copies what the current page shows or does as a command line of dogwatchctl
// (pages/commands.h).
#pragma once

#include <functional>

class QString;
class QToolButton;
class QWidget;

namespace dogwatch::gui {

class Page;
class Theme;

/// `page` says which is seen; `told` gets a sentence for the status bar. Ctrl+Shift+C opens its menu.
QToolButton* makeCommandButton(const Theme& theme, QWidget* window, const std::function<const Page*()>& page,
                               const std::function<void(const QString&)>& told);

}  // namespace dogwatch::gui
