// OverviewPage: at a glance whether all is well.
#pragma once

#include <QTimer>

#include "gui/pages/page.h"

class QLabel;

namespace dogwatch::gui {

class FirstSteps;
class OverviewPlots;
class Table;
class Tile;

class OverviewPage final : public Page {
    Q_OBJECT
 public:
    explicit OverviewPage(const Workbench& bench, QWidget* parent = nullptr);
    [[nodiscard]] std::vector<Command> commands() const override;

 Q_SIGNALS:
    // The ways on from an empty workspace.
    void demoWanted();
    void functionWanted();
    void metaeventsFileWanted();
    void recordsFileWanted();

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QLayout* makeTiles();
    QWidget* makeTables();
    void update();
    /// What an empty workspace offers, in place of plots and tables without anything in them.
    void showWaysOrContents();
    void updateTiles(const Activity::Totals& totals);

    QLabel* summary_;
    Tile* rate_;
    Tile* failures_;
    Tile* queue_;
    Tile* machines_;
    Tile* firings_;
    OverviewPlots* plots_;
    QWidget* tables_;
    FirstSteps* ways_;
    Table* functionTable_;
    Table* firingTable_;
    QTimer clock_;  ///< moves the plots on; runs only while the page is seen and there is something to move
};

}  // namespace dogwatch::gui
