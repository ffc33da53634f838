// HelpWindow: the manual, read within the program: the same pages as in docs/, which are part of it.
#pragma once

#include <QWidget>

#include "gui/theme/theme.h"

class QTextBrowser;

namespace dogwatch::gui {

class HelpWindow final : public QWidget {
    Q_OBJECT
 public:
    explicit HelpWindow(const Theme& theme, QWidget* parent = nullptr);
    /// `place`: a page below docs/, and a heading of it if wanted: "console.md#keys".
    void showPlace(const QString& place);
    [[nodiscard]] QString page() const;

 private:
    void follow(const QUrl& url);
    void goToHeading(const QString& anchor);
    void colour();

    const Theme& theme_;
    QTextBrowser* text_;
};

}  // namespace dogwatch::gui
