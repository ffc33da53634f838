// ScreenshotTour: fills the console with the demo, on a real control plane and real VMs, and renders every
// page, light and dark, large and small, to DIR/NAME.png.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <deque>
#include <functional>

#include "gui/main_window.h"

namespace dogwatch::gui {

class ScreenshotTour final : public QObject {
    Q_OBJECT
 public:
    ScreenshotTour(MainWindow& window, const Workbench& bench, QString directory, QObject* parent = nullptr);
    /// Waits until there is something to see, then renders.
    void start();

 Q_SIGNALS:
    /// `fault`: one sentence; empty when all pages were rendered.
    void finished(const QString& fault);

 private:
    void waitForLife();
    void plan();
    void planPages(const QString& suffix);
    void next();
    void shoot(const QString& name);
    [[nodiscard]] QString executionToShow() const;
    [[nodiscard]] QString metaeventToShow() const;

    MainWindow& window_;
    Workbench bench_;
    QString directory_;
    QTimer poll_;
    int polls_ = 0;
    std::deque<std::function<void()>> steps_;
    QString fault_;
};

}  // namespace dogwatch::gui
