#include "gui/pages/timeline_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/models/text.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/timeline_view.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::int64_t kBars = 6000;
constexpr std::int64_t kBins = 1200;
constexpr std::int64_t kWatched = 5000;  ///< records of a stretch that proposals are made from
constexpr auto kDefaultSpan = 15min;
constexpr auto kPause = 90ms;

}  // namespace

TimelinePanel::TimelinePanel(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      view_(new TimelineView{theme()}),
      by_(new QComboBox),
      now_(button(theme(), u"follow"_s, tr("Now"), tr("Keep the present in view"))),
      summary_(caption({})),
      watch_(button(theme(), u"metaevents"_s, tr("Watch for this"),
                    tr("Make a metaevent from what happened in the selected stretch"))) {
    view_->setObjectName(u"timeline"_s);
    summary_->setObjectName(u"timelineSummary"_s);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    layout->addLayout(makeBar());
    layout->addWidget(view_, 1);
    watch_->setObjectName(u"watchStretch"_s);
    watch_->setEnabled(false);
    auto* foot = new QHBoxLayout;
    foot->addWidget(summary_, 1);
    foot->addWidget(watch_);
    layout->addLayout(foot);
    connect(watch_, &QPushButton::clicked, this, &TimelinePanel::watchSelection);

    askTimer_.setSingleShot(true);
    askTimer_.setInterval(kPause);
    nowTimer_.setInterval(100);
    connect(&askTimer_, &QTimer::timeout, this, &TimelinePanel::ask);
    connect(&nowTimer_, &QTimer::timeout, this, &TimelinePanel::followNow);
    connect(view_, &TimelineView::rangeChanged, this, &TimelinePanel::rangeMoved);
    connect(view_, &TimelineView::selectionChanged, this, &TimelinePanel::askSummary);
    connect(view_, &TimelineView::executionChosen, this, &Page::executionChosen);
    connect(view_, &TimelineView::firingChosen, this, &Page::firingChosen);
    connect(&session().scope(), &Scope::rangeChanged, this, &TimelinePanel::showScope);
    connect(&session(), &ControlPlaneSession::activityChanged, this, [this] {
        if (isVisible() && view_->scale().end() >= wallClock() - 5s && !askTimer_.isActive())
            askTimer_.start(500ms);
    });
    showSummary({});
}

QLayout* TimelinePanel::makeBar() {
    auto* bar = new QHBoxLayout;
    bar->setSpacing(kSmallGap);
    by_->setAccessibleName(tr("Lanes"));
    by_->addItem(tr("Lanes: functions"), u"function"_s);
    by_->addItem(tr("Lanes: machines"), u"vm"_s);
    auto* out = button(theme(), u"zoom-out"_s, {}, tr("Zoom out (-)"));
    auto* in = button(theme(), u"zoom-in"_s, {}, tr("Zoom in (+)"));
    auto* fit = button(theme(), u"overview"_s, tr("All"), tr("Show everything there is"));
    fit->setObjectName(u"timelineFit"_s);
    now_->setCheckable(true);
    auto* hint = new ElidedLabel{tr("Wheel zooms, dragging pans, Shift and dragging selects")};
    hint->setObjectName(u"caption"_s);
    bar->addWidget(by_);
    bar->addWidget(out);
    bar->addWidget(in);
    bar->addWidget(fit);
    bar->addWidget(now_);
    bar->addWidget(hint, 1);
    connect(by_, &QComboBox::currentIndexChanged, this, &TimelinePanel::ask);
    connect(out, &QPushButton::clicked, this, [this] { view_->zoom(0.5); });
    connect(in, &QPushButton::clicked, this, [this] { view_->zoom(2); });
    connect(fit, &QPushButton::clicked, this, &TimelinePanel::fitAll);
    connect(now_, &QPushButton::toggled, this, [this](bool on) {
        on ? nowTimer_.start() : nowTimer_.stop();
        if (on) followNow();
    });
    return bar;
}

void TimelinePanel::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (!std::exchange(shown_, true)) showScope();
    if (now_->isChecked()) nowTimer_.start();
    askTimer_.start();
}

void TimelinePanel::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    nowTimer_.stop();
    askTimer_.stop();
}

void TimelinePanel::showScope() {
    const Time now = wallClock();
    const TimeRange& range = session().scope().range();
    const Time end = range.until.value_or(now);
    view_->setRange(range.begin(now).value_or(defaultBegin(end)), end);
}

Time TimelinePanel::defaultBegin(Time end) const {
    const ExecutionModel& known = session().executions();
    if (known.hasMoreBehind() || known.rowCount() == 0) return end - kDefaultSpan;
    const Time first = known.at(known.rowCount() - 1).queuedAt.value_or(end - kDefaultSpan);
    const Duration margin = std::max<Duration>((end - first) / 20, 1s);
    return std::max(end - kDefaultSpan, std::min(first, end) - margin);
}

void TimelinePanel::fitAll() {
    now_->setChecked(false);
    session().call(
        "executions.rows", {{"numbers", json::array{1}}}, this, [this](const Result<json::value>& reply) {
            // The first execution may be gone; then the first record that is there tells when it began.
            const auto first = [&]() -> std::optional<Time> {
                if (!reply || !reply->is_object()) return std::nullopt;
                const json::value* list = reply->get_object().if_contains("executions");
                if (list == nullptr || !list->is_array() || list->get_array().empty()) return std::nullopt;
                return timeFromUs(intMember(list->get_array()[0].get_object(), "queued_at"));
            }();
            const auto show = [this](Time begin) {
                const Time now = wallClock();
                const Duration margin = std::max<Duration>((now - begin) / 50, 1ms);
                view_->setRange(begin - margin, now + margin);
            };
            if (first) return show(*first);
            session().call("records.list", {{"limit", 1}}, this, [show](const Result<json::value>& records) {
                if (!records || !records->is_object()) return;
                const json::value* list = records->get_object().if_contains("records");
                if (list != nullptr && list->is_array() && !list->get_array().empty())
                    show(timeFromUs(intMember(list->get_array()[0].get_object(), "time")));
            });
        });
}

void TimelinePanel::followNow() {
    const auto span = Duration{static_cast<std::int64_t>(view_->scale().spanUs())};
    const Time end = wallClock() + span / 20;
    view_->setRange(end - span, end);
}

void TimelinePanel::setFilter(const QString& filter) {
    if (filter == filter_) return;
    filter_ = filter;
    if (isVisible()) askTimer_.start();
}

void TimelinePanel::setCurrent(const QString& execution) {
    view_->setCurrent(execution);
}

bool TimelinePanel::needsMore() const {
    const TimeScale& scale = view_->scale();
    const TimelineData& data = view_->data();
    if (!data.covers(scale.begin(), scale.end())) return true;
    // Counts are as coarse as what was asked for; bars are exact.
    return !data.bins.empty() && scale.spanUs() < askedSpanUs_ / 1.8;
}

void TimelinePanel::rangeMoved() {
    if (isVisible() && needsMore() && !askTimer_.isActive()) askTimer_.start(kPause);
}

void TimelinePanel::ask() {
    if (!isVisible() || session().link() != ControlPlaneSession::Link::Connected) return;
    if (asking_) {
        again_ = true;
        return;
    }
    asking_ = true;
    const TimeScale& scale = view_->scale();
    const double margin = scale.spanUs() * 0.75;  // to pan in without waiting
    askedSpanUs_ = scale.spanUs();
    const std::int64_t since = toUs(scale.begin()) - static_cast<std::int64_t>(margin);
    const std::int64_t until = toUs(scale.end()) + static_cast<std::int64_t>(margin);
    const int ordinal = ++ordinal_;
    json::object params{{"since", since}, {"until", until}, {"filter", toUtf8(filter_)},
                        {"bars", kBars},  {"bins", kBins},  {"by", toUtf8(by_->currentData().toString())}};
    session().call("executions.timeline", params, this,
                   [this, ordinal, since](const Result<json::value>& reply) {
                       asking_ = false;
                       if (ordinal == ordinal_ && reply && reply->is_object()) {
                           TimelineData data = timelineFromJson(reply->get_object(), kBins);
                           data.firings = view_->data().firings;
                           view_->setData(std::move(data));
                           askFirings(since);
                       }
                       if (std::exchange(again_, false)) ask();
                   });
}

void TimelinePanel::askFirings(std::int64_t since) {
    session().call("firings.list", {{"since", since}, {"limit", 2000}}, this,
                   [this](const Result<json::value>& reply) {
                       if (!reply || !reply->is_object()) return;
                       const json::value* list = reply->get_object().if_contains("firings");
                       if (list == nullptr || !list->is_array()) return;
                       TimelineData data = view_->data();
                       data.firings.clear();
                       for (const json::value& each : list->get_array())
                           if (each.is_object()) data.firings.push_back(firingRowFromJson(each.get_object()));
                       view_->setData(std::move(data));
                   });
}

void TimelinePanel::watchSelection() {
    const auto& selection = view_->selection();
    if (!selection) return;
    json::object params{{"event", "execution.*"},
                        {"since", toUs(selection->begin)},
                        {"until", toUs(selection->end)},
                        {"limit", kWatched},
                        {"newest", true}};
    session().call("records.list", params, this, [this](const Result<json::value>& reply) {
        if (!reply || !reply->is_object()) return;
        const json::value* list = reply->get_object().if_contains("records");
        if (list == nullptr || !list->is_array()) return;
        std::vector<Record> records;
        for (const json::value& each : list->get_array())
            if (auto record = recordFromJson(each, false)) records.push_back(std::move(*record));
        std::sort(records.begin(), records.end(),
                  [](const Record& a, const Record& b) { return a.seq < b.seq; });
        Q_EMIT stretchWatched(records);
    });
}

void TimelinePanel::askSummary() {
    const auto& selection = view_->selection();
    watch_->setEnabled(selection.has_value());
    if (!selection) return showSummary({});
    json::object params{
        {"since", toUs(selection->begin)}, {"until", toUs(selection->end)}, {"filter", toUtf8(filter_)}};
    session().call("executions.summary", params, this, [this](const Result<json::value>& reply) {
        if (reply && reply->is_object() && view_->selection()) showSummary(reply->get_object());
    });
}

void TimelinePanel::showSummary(const json::object& summary) {
    const auto& selection = view_->selection();
    if (!selection || summary.empty()) {
        summary_->setText(tr("Select a stretch of time to see its figures (Return: all that is seen)."));
        return;
    }
    const auto part = [&](std::string_view group, std::string_view key) -> std::optional<std::int64_t> {
        const json::value* object = summary.if_contains(group);
        if (object == nullptr || !object->is_object()) return std::nullopt;
        const json::value* value = object->get_object().if_contains(key);
        return value != nullptr && value->is_int64() ? std::optional{value->get_int64()} : std::nullopt;
    };
    const Duration span = selection->end - selection->begin;
    const std::int64_t total = intMember(summary, "total");
    const double seconds = std::max(std::chrono::duration<double>(span).count(), 1e-6);
    const auto failed = part("states", "failed").value_or(0) + part("states", "dropped").value_or(0);
    QStringList words{tr("%1 selected").arg(durationText(span.count())),
                      tr("executions: %1").arg(countText(total)),
                      tr("%1 a second").arg(QString::number(static_cast<double>(total) / seconds, 'g', 3)),
                      tr("%1 failed").arg(countText(failed))};
    if (const auto p50 = part("duration_us", "p50"))
        words.append(tr("duration %1 (median), %2 (p95), %3 (p99)")
                         .arg(durationText(p50), durationText(part("duration_us", "p95")),
                              durationText(part("duration_us", "p99"))));
    if (const auto wait = part("queue_us", "p95"))
        words.append(tr("waited %1 (p95)").arg(durationText(wait)));
    words.append(tr("busy for %1").arg(durationText(intMember(summary, "busy_us"))));
    summary_->setText(words.join(u"  ·  "_s));
}

}  // namespace dogwatch::gui
