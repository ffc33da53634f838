// Tour: a few steps through the window, each a callout that points at the real control. It blocks nothing:
// the window can be used while it is shown. Next, Back and Skip, or Right, Left and Escape; that it was seen
// is remembered.
#pragma once

#include <QFrame>
#include <QPointer>
#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QSettings;

namespace dogwatch::gui {

class MainWindow;
class Theme;

class Tour final : public QFrame {
    Q_OBJECT
 public:
    Tour(MainWindow& window, const Theme& theme, QSettings& settings);
    void start();
    /// Starts unless it was seen before, here or in an earlier session.
    void startOnce();
    [[nodiscard]] int step() const { return step_; }
    [[nodiscard]] int count() const { return static_cast<int>(steps_.size()); }
    /// What the current step points at.
    [[nodiscard]] QWidget* target() const { return target_; }

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    struct Step {
        QString title;
        QString text;
        std::function<QWidget*()> find;  ///< goes to the page, too
    };

    void makeSteps();
    void go(int step);
    void place();
    void end();
    void colour();

    MainWindow& window_;
    const Theme& theme_;
    QSettings& settings_;
    std::vector<Step> steps_;
    int step_ = 0;
    QPointer<QWidget> target_;
    QWidget* ring_;  ///< around the target; mouse events go through it
    QLabel* title_;
    QLabel* text_;
    QLabel* progress_;
    QPushButton* skip_;
    QPushButton* back_;
    QPushButton* next_;
};

}  // namespace dogwatch::gui
