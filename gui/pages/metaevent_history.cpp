// MetaeventEditor, the part that knows of time: what is true now, and at a moment of the past.
#include <QAbstractItemView>
#include <QComboBox>
#include <QSplitter>

#include "core/api/socket_path.h"
#include "gui/bench/view/history_bench.h"
#include "gui/canvas/view/canvas_view.h"
#include "gui/canvas/view/sentence_view.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/pages/known_names.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/try_jobs_dialog.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

void MetaeventEditor::makeBench() {
    bench::HistorySource source;
    source.socketPath = [this] { return api::socketPath(session().dataDir()); };
    source.metaevents = [this] { return surroundingsOf(session()).metaevents; };
    source.functions = names_.functions;
    bench_ = new bench::HistoryBench{model_, selection_, theme(), std::move(source)};
    connect(bench_, &bench::HistoryBench::openChanged, this, &MetaeventEditor::fitBench);
    connect(bench_, &bench::HistoryBench::casesChanged, &keeping_, qOverload<>(&QTimer::start));
    connect(bench_, &bench::HistoryBench::momentShown, this, &MetaeventEditor::showMoment);
    connect(bench_, &bench::HistoryBench::momentLeft, this, &MetaeventEditor::leaveMoment);
    connect(bench_, &bench::HistoryBench::recordedFiringAsked, this, &MetaeventEditor::askWhy);
    connect(&session(), &ControlPlaneSession::recordsTaken, bench_, &bench::HistoryBench::noteNew);
}

void MetaeventEditor::fitBench(bool open) {
    const int closed = bench_->sizeHint().height();
    bench_->setMaximumHeight(open ? QWIDGETSIZE_MAX : closed);
    if (benchSplit_ == nullptr) return;
    const int height = benchSplit_->height();
    if (!open) {
        benchSplit_->setSizes({height - closed, closed});  // what it had goes to the drawing
    } else if (benchSplit_->sizes().value(1) < height / 4) {
        benchSplit_->setSizes({height - height * 45 / 100, height * 45 / 100});
    }
}

void MetaeventEditor::editAt(const json::object& definition, Time time, std::optional<json::value> key) {
    edit(definition);
    bench_->goTo(time, std::move(key));
}

void MetaeventEditor::tryJobs() {
    const auto& definition = model_.diagnosis().definition;
    if (!definition) return;
    auto* dialog = new TryJobsDialog{session(), theme(), *definition, this};
    connect(dialog, &TryJobsDialog::executionChosen, this, &Page::executionChosen);
    dialog->open();
}

void MetaeventEditor::askWhy(const QString& firing) {
    const json::object params{
        {"name", toUtf8(keptName())}, {"firing", toUtf8(firing)}, {"language", languageCode()}};
    session().call("metaevents.explain", params, this, [this](const Result<json::value>& reply) {
        if (reply && reply->is_object()) {
            bench_->showRecorded(reply->get_object());
        } else if (!reply) {
            setFault(fault_, faultText(reply.error()));
        }
    });
}

// ---- a moment of the past

void MetaeventEditor::showMoment(const json::object& explanation) {
    moment_ = explanation;
    const Time at = timeFromUs(intMember(explanation, "at"));
    momentBar_->setText(
        tr("As it stood at %1. Escape on the timeline goes back to now.").arg(clockText(at, wallClock())));
    momentBar_->show();
    showLive(explained_);
}

void MetaeventEditor::leaveMoment() {
    if (!moment_) return;
    moment_.reset();
    momentBar_->hide();
    canvas_->canvas().setLive({});
    sentence_->setTruth({});
    showLive(explained_);
}

// ---- now

void MetaeventEditor::showKeys(const json::object& reply) {
    const json::value* list = reply.if_contains("keys");
    const bool isPartitioned = list != nullptr && list->is_array() && !list->get_array().empty() &&
                               list->get_array()[0].is_object() &&
                               !list->get_array()[0].get_object().at("key").is_null();
    keys_->setVisible(isPartitioned);
    if (!isPartitioned || keys_->view()->isVisible()) return;
    const QString chosen = keys_->currentData().toString();
    QStringList texts;
    for (const json::value& each : list->get_array())
        texts.append(fromUtf8(toJson(each.get_object().at("key"))));
    if (!chosen.isEmpty() && !texts.contains(chosen)) texts.append(chosen);
    texts.sort();  // those that acted last come first, which would make them jump
    if (keys_->count() != texts.size() + 1) {
        keys_->clear();
        keys_->addItem(tr("Key that acted last"), QString{});
        for (const QString& text : texts) keys_->addItem(text, text);
        keys_->setCurrentIndex(std::max(0, keys_->findData(chosen)));
    }
}

void MetaeventEditor::showLive(const json::object& reply) {
    const json::object& shown = moment_ ? *moment_ : reply;
    if (shown.empty()) return;
    const bool isLive = !moment_;
    if (isLive && !model_.applied()) return;
    const Time now = isLive ? wallClock() : timeFromUs(intMember(*moment_, "at"));
    const json::object& meant = isLive ? *model_.applied() : model_.graph().definition();
    auto live = canvas::liveOf(shown, model_.graph(), meant, now, isLive ? &history_ : nullptr);
    std::map<std::string, bool> truth;
    if (!isLive)
        for (const auto& [path, node] : model_.graph().paths())
            if (const auto found = live.find(node); found != live.end() && found->second.holds)
                truth.emplace(path, *found->second.holds);
    sentence_->setTruth(std::move(truth));
    const auto row = session().metaevents().find(toUtf8(keptName()));
    canvas::Live& firing = live[model_.graph().root().id];
    if (!isLive) {
        const json::value* fired = shown.if_contains("firing");
        firing.holds = boolMember(shown, "holds");
        firing.text = fired != nullptr && fired->is_object() ? tr("fired at this moment")
                      : *firing.holds                        ? tr("true at this moment")
                                                             : tr("not true at this moment");
    } else if (row) {
        const MetaeventRow& metaevent = session().metaevents().at(*row);
        firing.holds = metaevent.active;
        firing.text = !metaevent.enabled ? tr("disabled")
                      : metaevent.lastFired
                          ? tr("fired %1×, last %2")
                                .arg(countText(metaevent.firings), agoText(*metaevent.lastFired, now))
                          : tr("has not fired");
        if (metaevent.enabled && metaevent.silenced) firing.text = tr("silenced; %1").arg(firing.text);
    } else {
        live.erase(model_.graph().root().id);
    }
    canvas_->canvas().setLive(std::move(live));
}

}  // namespace dogwatch::gui
