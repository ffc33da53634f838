#include "gui/bench/view/history_bench.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QSplitter>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "core/engine/interest.h"
#include "gui/bench/view/case_list.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/bench/view/range_box.h"
#include "gui/bench/view/what_if_form.h"
#include "gui/bench/view/why_view.h"
#include "gui/canvas/model/graph_model.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::size_t kMostPoints = 1500;
constexpr std::size_t kSpans = 800;

/// The names that the conditions of a definition refer to.
std::vector<std::string> referred(const Metaevent& definition) {
    std::vector<std::string> names;
    for (const Condition* condition : definition.when.tree()) {
        if (const auto* fired = condition->as<condition::Fired>()) names.push_back(fired->metaevent);
        if (const auto* active = condition->as<condition::Active>()) names.push_back(active->metaevent);
    }
    return names;
}

}  // namespace

HistoryBench::HistoryBench(canvas::GraphModel& model, canvas::Selection& selection, const Theme& theme,
                           HistorySource source, QWidget* parent)
    : QWidget(parent), model_(model), selection_(selection), theme_(theme), source_(std::move(source)) {
    setObjectName(u"historyBench"_s);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    layout->addWidget(makeHead());
    body_ = makeBody();
    layout->addWidget(body_, 1);
    body_->hide();
    windowed_.setSingleShot(true);
    windowed_.setInterval(120ms);
    connectParts();
    showState();
}

HistoryBench::~HistoryBench() = default;

void HistoryBench::begin(const QString& metaevent, std::vector<TestCase> cases) {
    metaevent_ = metaevent;
    cases_ = std::move(cases);
    caseList_->setCases(cases_);
    whatIf_ = {};
    key_.reset();
    keys_->clear();
    answer_.reset();
    leaveMoment();
    lanes_->setCursor(std::nullopt);
    store_.reset();
    news_.clear();
    kept_.reset();
    loader_.cancel();
    runner_.forget();
    lanes_->setHistory({}, 0, 1, toUtf8(metaevent_));
    followDraft();
    if (open_ && isVisible()) load();
    showState();
}

void HistoryBench::setOpen(bool open) {
    if (toggle_->isChecked() != open) toggle_->setChecked(open);  // comes here again
    if (open_ == open) return;
    open_ = open;
    body_->setVisible(open);
    if (!open) {
        leaveMoment();
        lanes_->setCursor(std::nullopt);
    } else if (!store_ && isVisible()) {
        load();
    }
    showState();
    Q_EMIT openChanged(open);
}

void HistoryBench::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (open_ && !store_ && !loader_.isLoading()) load();
}

bool HistoryBench::wantsAll() const {
    const auto subject = draft();
    return subject && engine::Interest(subject->all()).gauges();
}

void HistoryBench::goTo(Time time, std::optional<json::value> key) {
    if (key) key_ = std::move(key);
    const bool isCovered = store_ && toUs(time) >= lanes_->axis().from && toUs(time) <= lanes_->axis().until;
    lanes_->setCursor(time);
    if (!isCovered) {
        // What is being loaded may be another part of the time, or a file that was looked at before.
        if (!store_ && range_->chooseFor(time, wallClock()) && loader_.isLoading()) load();
        lookAt(time);
    }
    setOpen(true);
    ask(Question{time, key_, {}});
}

void HistoryBench::lookAt(Time time) {
    if (!store_) return;  // once it is loaded
    constexpr std::int64_t kAround = 60'000'000;
    lanes_->setAxis(toUs(time) - kAround, toUs(time) + kAround);
}

void HistoryBench::showRecorded(const json::object& explanation) {
    isRecorded_ = true;
    if (const json::value* key = explanation.if_contains("key");
        key != nullptr && key->is_array() && key_ != *key) {
        key_ = *key;
        study();  // the lanes of the instance that fired
    }
    tabs_->setCurrentWidget(why_);
    why_->show(explanation);
    Q_EMIT momentShown(explanation);
}

// ---- the draft at work

Subject HistoryBench::subjectOf(const Metaevent& definition) const {
    Subject subject{definition, {}};
    const auto applied = source_.metaevents();
    std::vector<std::string> wanted = referred(definition);
    std::set<std::string> known{definition.name};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto found = std::find_if(applied.begin(), applied.end(),
                                        [&](const Metaevent& each) { return each.name == wanted[i]; });
        if (found == applied.end() || !known.insert(wanted[i]).second) continue;
        subject.others.push_back(*found);
        for (std::string& name : referred(*found)) wanted.push_back(std::move(name));
    }
    return subject;
}

std::optional<Subject> HistoryBench::draft() const {
    const auto& definition = model_.diagnosis().definition;
    if (!definition) return std::nullopt;
    return subjectOf(*definition);
}

void HistoryBench::followDraft() {
    if (!model_.diagnosis().hasFaults()) lanes_->setLanes(lanesOf(model_));
    lanes_->setSelected(selection_.single());
    if (!open_) return;
    if (store_ && !hasGauge_ && from_ && wantsAll()) return load();
    study();
}

void HistoryBench::changeScope() {
    ++scopeVersion_;
    lanes_->setWhatIf(whatIf_);
    showWhatIf();
    study();
    showState();
}

void HistoryBench::study() {
    ++ordinal_;
    const auto subject = draft();
    if (!store_ || !subject) return showState();
    StudyRequest request;
    request.ordinal = ordinal_;
    request.scopeVersion = scopeVersion_;
    request.scope = {store_, from_, until_, whatIf_};
    request.subject = *subject;
    if (const auto& applied = model_.applied())
        if (auto read = metaeventFromJson(json::value(*applied))) request.applied = *std::move(read);
    request.cases = cases_;
    request.trace.from = timeFromUs(lanes_->axis().from);
    request.trace.until = timeFromUs(lanes_->axis().until);
    request.trace.points = kMostPoints;
    request.trace.spans = kSpans;
    request.trace.keysTraced = 1;
    if (key_) request.trace.keys = {*key_};
    if (!isRecorded_) request.question = question_;
    runner_.ask(std::move(request));
}

void HistoryBench::takeFirings(const std::shared_ptr<const FiringsAnswer>& answer) {
    answer_ = answer;
    fault_.clear();
    lanes_->setFirings(answer);
    caseList_->setResults(cases_, answer->cases);
    const auto failed = failures().size();
    tabs_->setTabText(1, cases_.empty() ? tr("Test cases")
                         : failed > 0   ? tr("Test cases: %1 fail").arg(failed)
                                        : tr("Test cases: %1 pass").arg(cases_.size()));
    showState();
    Q_EMIT firingsShown(answer->ordinal);
}

void HistoryBench::takeTrace(const std::shared_ptr<const engine::MetaeventTrace>& trace) {
    lanes_->setTrace(trace);
    const bool isPartitioned = !trace->keys.empty() && !trace->keys.front().key.is_null();
    keys_->setVisible(isPartitioned);
    if (!isPartitioned) return;
    keys_->clear();
    keys_->addItem(tr("First key"), QString{});
    constexpr int kMostShown = 200;
    for (const auto& key : trace->keys) {
        const QString text = fromUtf8(toJson(key.key));
        keys_->addItem(tr("%1 (%n times true)", nullptr, static_cast<int>(key.rises)).arg(text), text);
        if (keys_->count() > kMostShown) break;
    }
    if (!key_) return;
    const QString chosen = fromUtf8(toJson(*key_));
    if (keys_->findData(chosen) < 0) keys_->addItem(chosen, chosen);  // without a record in this time
    keys_->setCurrentIndex(keys_->findData(chosen));
}

void HistoryBench::showState() {
    const bool loading = loader_.isLoading();
    stop_->setVisible(open_ && loading);
    reload_->setVisible(open_ && !loading);
    range_->setVisible(open_);
    previous_->setVisible(open_);
    next_->setVisible(open_);
    const bool any = answer_ && !answer_->firings.empty();
    previous_->setEnabled(any);
    next_->setEnabled(any);
    keys_->setVisible(open_ && keys_->count() > 1);
    asItWas_->setVisible(open_ && !whatIf_.empty());
    showNews();
    if (!open_) return state_->setText(tr("What would it have done over what was recorded?"));
    if (loading) return;
    if (!fault_.isEmpty()) return state_->setText(fault_);
    if (model_.diagnosis().hasFaults())
        return state_->setText(tr("The draft has faults: mend them, and it is tried on the history."));
    if (!answer_ || !store_) return state_->setText({});
    using Fate = BenchFiring::Fate;
    std::int64_t counts[4] = {};
    for (const BenchFiring& firing : answer_->firings) ++counts[static_cast<int>(firing.fate)];
    const std::int64_t lost = counts[static_cast<int>(Fate::Lost)];
    const auto total = static_cast<std::int64_t>(answer_->firings.size()) - lost;
    QString text = tr("Firings: %1").arg(countText(total));
    if (answer_->isCompared && model_.isDraft()) {
        text += u" · "_s + tr("%1 gained, %2 lost, %3 kept")
                               .arg(countText(counts[static_cast<int>(Fate::Gained)]), countText(lost),
                                    countText(counts[static_cast<int>(Fate::Kept)]));
    }
    text += u"  ·  "_s + tr("%1 records").arg(countText(static_cast<std::int64_t>(store_->size())));
    if (!whatIf_.empty())
        text += u"  ·  "_s +
                tr("what if: %1 placed, %2 left out").arg(whatIf_.added.size()).arg(whatIf_.removed.size());
    if (isCut_) text += u"  ·  "_s + tr("the latest are missing: choose a shorter time");
    state_->setText(text);
    state_->setToolTip(tr("Found in %1 ms").arg(answer_->milliseconds, 0, 'f', 1));
}

// ---- moments

void HistoryBench::ask(std::optional<Question> question) {
    isRecorded_ = false;
    question_ = std::move(question);
    tabs_->setCurrentWidget(why_);
    study();
}

void HistoryBench::leaveMoment() {
    question_.reset();
    isRecorded_ = false;
    why_->showNothing();
    Q_EMIT momentLeft();
}

QString HistoryBench::recordWords(std::int64_t seq) const {
    if (!store_) return {};
    const auto& entries = store_->entries();
    const auto found =
        std::lower_bound(entries.begin(), entries.end(), seq,
                         [](const auto& entry, std::int64_t wanted) { return entry.seq < wanted; });
    if (found == entries.end() || found->seq != seq) {
        return seq > (entries.empty() ? 0 : entries.back().seq) && !whatIf_.added.empty()
                   ? tr("a record placed by hand")
                   : QString();
    }
    const Record record = store_->record(static_cast<std::size_t>(found - entries.begin()));
    return tr("%1: %2 %3")
        .arg(clockText(record.time, timeFromUs(lanes_->axis().until)), fromUtf8(record.event),
             fromUtf8(record.function()));
}

// ---- edits by dragging

void HistoryBench::setBound(canvas::NodeId node, double value) {
    const canvas::Node* found = model_.graph().find(node);
    const auto now = found != nullptr ? canvas::fieldValue(*found, "is") : std::nullopt;
    if (!now || !now->is_array() || now->get_array().size() != 2) return;
    json::value number = value;
    if (std::floor(value) == value && std::abs(value) < 1e15) number = static_cast<std::int64_t>(value);
    model_.setField(node, "is", json::value(json::array{now->get_array()[0], number}));
}

void HistoryBench::setDuration(canvas::NodeId node, std::int64_t us) {
    const auto& lanes = lanes_->lanes();
    const auto lane =
        std::find_if(lanes.begin(), lanes.end(), [node](const Lane& each) { return each.node == node; });
    if (lane == lanes.end()) return;
    const Duration wanted = std::clamp(Duration{us}, kShortestDuration, kLongestDuration);
    model_.setField(node, lane->durationKey, json::value(json::string(toText(wanted))));
}

// ---- what if, and test cases

void HistoryBench::showWhatIf() {
    asItWas_->setVisible(open_ && !whatIf_.empty());
}

void HistoryBench::placeRecord(Time time, QPoint globalPos) {
    const auto& definition = model_.diagnosis().definition;
    auto* form = new WhatIfForm{theme_, time, definition ? recordsLike(*definition) : std::vector<Record>{},
                                source_.functions(), this};
    connect(form, &WhatIfForm::placed, this, [this](const Record& record) {
        whatIf_.added.push_back(record);
        changeScope();
    });
    form->move(globalPos);
    form->open();
}

void HistoryBench::saveCase() {
    if (!store_) return;
    const auto axis = lanes_->axis();
    auto made = caseOf({}, {store_, from_, until_, whatIf_}, timeFromUs(axis.from), timeFromUs(axis.until));
    if (!made) {
        fault_ = faultText(made.error());
        return showState();
    }
    const auto subject = draft();
    if (!subject) return;
    made->expected = runCase(*subject, *made).firings;
    auto* dialog = new QInputDialog{this};
    dialog->setObjectName(u"caseName"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Test case"));
    dialog->setLabelText(tr("Records: %1; firings expected of them: %2. What is the case about?")
                             .arg(made->records.size())
                             .arg(made->expected.size()));
    dialog->setTextValue(tr("Case %1").arg(cases_.size() + 1));
    connect(dialog, &QInputDialog::textValueSelected, this,
            [this, one = *std::move(made)](const QString& name) mutable {
                one.name = toUtf8(name.trimmed());
                cases_.push_back(one);
                caseList_->setCases(cases_);
                tabs_->setCurrentWidget(caseList_);
                Q_EMIT casesChanged();
                study();
            });
    dialog->open();
}

void HistoryBench::acceptCase(int index) {
    const auto subject = draft();
    if (!subject || index < 0 || static_cast<std::size_t>(index) >= cases_.size()) return;
    TestCase& one = cases_[static_cast<std::size_t>(index)];
    one.expected = runCase(*subject, one).firings;
    ++scopeVersion_;  // so that they run again
    Q_EMIT casesChanged();
    study();
}

QStringList HistoryBench::failures() const {
    QStringList lines;
    if (!answer_ || answer_->cases.size() != cases_.size()) return lines;
    for (std::size_t i = 0; i < cases_.size(); ++i)
        if (!answer_->cases[i].passed)
            lines.append(u"%1: %2"_s.arg(fromUtf8(cases_[i].name), caseWords(cases_[i], answer_->cases[i])));
    return lines;
}

}  // namespace dogwatch::gui::bench
