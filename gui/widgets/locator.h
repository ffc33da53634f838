// Locator: one field from which everything is reached: type a few letters, Return goes there.
#pragma once

#include <QFrame>

#include "gui/models/locator_model.h"
#include "gui/theme/theme.h"

class QLineEdit;
class QListView;

namespace dogwatch::gui {

class Locator final : public QFrame {
    Q_OBJECT
 public:
    Locator(const Theme& theme, QWidget* window);
    /// Opens over the upper middle of the window.
    void open(std::vector<Place> places);
    [[nodiscard]] LocatorModel& model() { return model_; }

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void go(const QModelIndex& index);
    void step(int by);
    void leave();

    LocatorModel model_;
    QLineEdit* field_;
    QListView* list_;
    QWidget* cameFrom_ = nullptr;
};

}  // namespace dogwatch::gui
