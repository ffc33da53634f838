// OverviewPage: at a glance whether all is well.
#pragma once

#include <QTimer>

#include "gui/pages/page.h"

class QLabel;

namespace dogwatch::gui {

class Plot;
class Table;
class Tile;

class OverviewPage final : public Page {
    Q_OBJECT
 public:
    explicit OverviewPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QLayout* makeTiles();
    QLayout* makePlots();
    QLayout* makeTables();
    void update();
    void updateTiles(const Activity::Totals& totals);
    void updatePlots(Time now);

    QLabel* summary_;
    Tile* rate_;
    Tile* failures_;
    Tile* queue_;
    Tile* machines_;
    Tile* firings_;
    Plot* outcomes_;
    Plot* durations_;
    Plot* waits_;
    Table* functionTable_;
    Table* firingTable_;
    QTimer clock_;  ///< moves the plots on; runs only while the page is seen and there is something to move
};

}  // namespace dogwatch::gui
