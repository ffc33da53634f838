#include "gui/pages/overview_plots.h"

#include <QGridLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/plot.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr auto kLength = static_cast<std::size_t>(Activity::kSeconds);
constexpr std::size_t kMinute = 60;
constexpr double kNone = -1;

double milliseconds(std::int64_t us) {
    return static_cast<double>(us) / 1000.0;
}

PlotSeries emptySeries(const QString& name, Tone tone) {
    return {name, tone, std::vector<double>(kLength, kNone)};
}

/// Of each second the sum of the minute up to it.
std::vector<double> minuteSums(const std::vector<double>& seconds) {
    std::vector<double> sums(seconds.size());
    double sum = 0;
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        sum += seconds[i];
        if (i >= kMinute) sum -= seconds[i - kMinute];
        sums[i] = sum;
    }
    return sums;
}

bool isAllZero(const std::vector<double>& values) {
    return std::all_of(values.begin(), values.end(), [](double value) { return value == 0; });
}

}  // namespace

OverviewPlots::OverviewPlots(const Workbench& bench, QWidget* parent)
    : QWidget(parent), session_(bench.session) {
    auto* grid = new QGridLayout{this};
    grid->setContentsMargins({});
    grid->setSpacing(kGap);
    std::vector<Plot*> plots;
    const auto add = [&](const QString& title, const QString& unit, Plot::Kind kind, const QString& name) {
        auto* card = new Card{{}};
        auto* plot = new Plot{bench.theme, title, unit, kind};
        plot->setObjectName(name);
        card->content()->addWidget(plot);
        const auto at = static_cast<int>(plots.size());
        grid->addWidget(card, at / 3, at % 3);
        plots.push_back(plot);
        return plot;
    };
    outcomes_ = add(tr("Executions"), tr("a second"), Plot::Kind::StackedBars, u"outcomesPlot"_s);
    durations_ = add(tr("Duration"), tr("ms"), Plot::Kind::Lines, u"durationsPlot"_s);
    waits_ = add(tr("Waited in the queue"), tr("ms"), Plot::Kind::Lines, u"waitsPlot"_s);
    failures_ = add(tr("Failures"), tr("a minute"), Plot::Kind::Lines, u"failuresPlot"_s);
    queue_ = add(tr("Queue"), tr("executions"), Plot::Kind::Lines, u"queuePlot"_s);
    machines_ = add(tr("Machines"), tr("VMs"), Plot::Kind::StackedBars, u"machinesPlot"_s);
    for (int column = 0; column < 3; ++column) grid->setColumnStretch(column, 1);
    for (Plot* plot : plots) {
        for (Plot* sibling : plots) connect(plot, &Plot::crosshairMoved, sibling, &Plot::setCrosshair);
        connect(plot, &Plot::clicked, this, &OverviewPlots::clicked);
    }
    const MetaeventModel& metaevents = session_.metaevents();
    const auto onChange = [this] { definitionsChanged_ = true; };
    connect(&metaevents, &QAbstractItemModel::rowsInserted, this, onChange);
    connect(&metaevents, &QAbstractItemModel::rowsRemoved, this, onChange);
    connect(&metaevents, &QAbstractItemModel::dataChanged, this, onChange);
}

void OverviewPlots::update(Time now) {
    updateRecorded(now);
    updateGauges(now);
    updateBounds();
}

void OverviewPlots::updateRecorded(Time now) {
    PlotSeries median = emptySeries(tr("median"), Tone::Busy);
    PlotSeries p95 = emptySeries(tr("p95"), Tone::Warning);
    PlotSeries waited = emptySeries(tr("p95"), Tone::Warning);
    std::vector<double> succeeded(kLength, 0.0);
    std::vector<double> failed(kLength, 0.0);
    std::vector<double> throttled(kLength, 0.0);
    const std::int64_t last = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    for (const ActivityBucket& bucket : session_.activity().buckets()) {
        const std::int64_t at = Activity::kSeconds - 1 - (last - bucket.second);
        if (at < 0 || at >= Activity::kSeconds) continue;
        const auto i = static_cast<std::size_t>(at);
        succeeded[i] = bucket.succeeded;
        failed[i] = bucket.failed;
        throttled[i] = bucket.throttled;
        std::vector<std::int64_t> values = bucket.durationsUs;
        if (const auto us = percentile(values, 50)) median.values[i] = milliseconds(*us);
        if (const auto us = percentile(values, 95)) p95.values[i] = milliseconds(*us);
        std::vector<std::int64_t> waits = bucket.waitsUs;
        if (const auto us = percentile(waits, 95)) waited.values[i] = milliseconds(*us);
    }
    std::vector<double> ended(kLength);
    for (std::size_t i = 0; i < kLength; ++i) ended[i] = succeeded[i] + failed[i];
    endedAMinute_ = minuteSums(ended);
    // Where nothing ran there is nothing to tell of; where something ran, no failure is a fact.
    if (isAllZero(ended)) succeeded.assign(kLength, kNone), failed.assign(kLength, kNone);
    const bool nothing = isAllZero(endedAMinute_) && isAllZero(throttled);
    failures_->setSeries(
        {{tr("failed"), Tone::Bad, nothing ? std::vector<double>(kLength, kNone) : minuteSums(failed)},
         {tr("throttled"), Tone::Warning,
          nothing ? std::vector<double>(kLength, kNone) : minuteSums(throttled)}});
    outcomes_->setSeries(
        {{tr("succeeded"), Tone::Good, std::move(succeeded)}, {tr("failed"), Tone::Bad, std::move(failed)}});
    durations_->setSeries({std::move(median), std::move(p95)});
    waits_->setSeries({std::move(waited)});
}

void OverviewPlots::updateGauges(Time now) {
    PlotSeries queued = emptySeries(tr("queued"), Tone::Warning);
    PlotSeries executing = emptySeries(tr("running"), Tone::Busy);
    PlotSeries running = emptySeries(tr("running"), Tone::Busy);
    PlotSeries assigned = emptySeries(tr("assigned"), Tone::Muted);
    PlotSeries ready = emptySeries(tr("ready"), Tone::Good);
    PlotSeries booting = emptySeries(tr("booting"), Tone::Warning);
    const auto seconds = session_.activity().gauges(now);
    for (std::size_t i = 0; i < seconds.size(); ++i) {
        if (!seconds[i]) continue;
        const PlaneGauges& gauges = *seconds[i];
        queued.values[i] = static_cast<double>(gauges.queued);
        executing.values[i] = static_cast<double>(gauges.executing);
        running.values[i] = static_cast<double>(gauges.running);
        assigned.values[i] = static_cast<double>(gauges.assigned);
        ready.values[i] = static_cast<double>(gauges.ready);
        booting.values[i] = static_cast<double>(gauges.booting);
    }
    queue_->setSeries({std::move(queued), std::move(executing)});
    machines_->setSeries({std::move(running), std::move(assigned), std::move(ready), std::move(booting)});
}

void OverviewPlots::updateBounds() {
    if (std::exchange(definitionsChanged_, false)) thresholds_ = thresholdsOf(session_.metaevents().rows());
    std::array<std::pair<Plot*, std::vector<PlotBound>>, 5> bounds{
        {{durations_, {}}, {waits_, {}}, {failures_, {}}, {queue_, {}}, {machines_, {}}}};
    for (const Threshold& threshold : thresholds_) {
        PlotBound bound;
        bound.name = threshold.metaevent + u' ' + threshold.bound;
        bound.words =
            threshold.active ? tr("%1. This metaevent is active.").arg(threshold.words) : threshold.words;
        bound.crossed = threshold.active;
        if (threshold.isShare) {
            for (const double ended : endedAMinute_)
                bound.values.push_back(ended > 0 ? ended * threshold.value : kNone);
        } else {
            bound.values = {threshold.value};
        }
        const auto found = std::find_if(bounds.begin(), bounds.end(),
                                        [&](const auto& each) { return each.first == plotOf(threshold.of); });
        if (found != bounds.end()) found->second.push_back(std::move(bound));
    }
    for (auto& [plot, list] : bounds) plot->setBounds(std::move(list));
}

Plot* OverviewPlots::plotOf(Measured measured) const {
    switch (measured) {
        case Measured::Failures:
        case Measured::Throttles: return failures_;
        case Measured::Duration: return durations_;
        case Measured::Wait: return waits_;
        case Measured::Queued:
        case Measured::Running: return queue_;
        case Measured::Machines: return machines_;
    }
    return nullptr;
}

}  // namespace dogwatch::gui
