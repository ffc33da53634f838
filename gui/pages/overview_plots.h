// OverviewPlots: the last minutes of a control plane in six plots that share a crosshair: outcomes, duration,
// waiting, failures and throttles, queue, machines; in each the bounds that metaevents watch for.
#pragma once

#include <QWidget>
#include <array>

#include "gui/models/thresholds.h"
#include "gui/pages/page.h"

namespace dogwatch::gui {

class Plot;

class OverviewPlots final : public QWidget {
    Q_OBJECT
 public:
    explicit OverviewPlots(const Workbench& bench, QWidget* parent = nullptr);
    using QWidget::update;
    void update(Time now);

 Q_SIGNALS:
    void clicked(int secondsAgo);

 private:
    void updateRecorded(Time now);
    void updateGauges(Time now);
    void updateBounds();
    [[nodiscard]] Plot* plotOf(Measured measured) const;

    ControlPlaneSession& session_;
    Plot* outcomes_;
    Plot* durations_;
    Plot* waits_;
    Plot* failures_;
    Plot* queue_;
    Plot* machines_;
    std::vector<Threshold> thresholds_;
    bool definitionsChanged_ = true;
    std::vector<double> endedAMinute_;  ///< executions, of each second the minute up to it
};

}  // namespace dogwatch::gui
