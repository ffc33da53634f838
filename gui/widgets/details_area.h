// DetailsArea: a list and the details of what is chosen in it. The details are docked below the list or
// beside it, or stand in a window of their own, which stays when another page is shown: dragged there by
// their grip, or put there by its buttons.
#pragma once

#include <QMainWindow>

#include "gui/theme/theme.h"

class QDockWidget;
class QToolButton;

namespace dogwatch::gui {

class DetailsArea final : public QMainWindow {
    Q_OBJECT
 public:
    struct Parts {
        QWidget* list;
        QWidget* details;
        QString title;     ///< of the details
        int percent = 40;  ///< of the height, or beside the list of the width, that the details get at first
    };

    /// The layout is remembered under `name`: saveState(), restore().
    DetailsArea(const Theme& theme, const QString& name, const Parts& parts, QWidget* parent = nullptr);

    [[nodiscard]] bool isBeside() const;
    void setBeside(bool beside);
    [[nodiscard]] bool isApart() const;
    void setApart(bool apart);
    /// What saveState() gave. False: it makes no sense, and nothing has changed.
    bool restore(const QByteArray& layout);

 protected:
    void showEvent(QShowEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    QWidget* makeGrip(const QString& title);
    void showPlace();
    void shareOut();
    void setExtent(int pixels);

    const Theme& theme_;
    int percent_;
    QDockWidget* dock_;
    QToolButton* turn_;
    QToolButton* part_;
    bool wasSharedOut_ = false;
};

}  // namespace dogwatch::gui
