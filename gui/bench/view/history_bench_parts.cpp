// What the history bench is made of, and how its parts are connected.
#include "gui/bench/view/history_bench.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <algorithm>

#include "gui/bench/view/case_list.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/bench/view/range_box.h"
#include "gui/bench/view/why_view.h"
#include "gui/canvas/model/graph_model.h"
#include "gui/models/text.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::bench {

using namespace Qt::StringLiterals;

QWidget* HistoryBench::makeHead() {
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    toggle_ = button(theme_, u"clock"_s, tr("History"), tr("What would it have done? (Alt+H)"));
    toggle_->setObjectName(u"historyToggle"_s);
    toggle_->setCheckable(true);
    addShortcut(toggle_, QKeySequence{u"Alt+H"_s});
    range_ = new RangeBox;
    reload_ = button(theme_, u"refresh"_s, {}, tr("Load the history anew"));
    reload_->setObjectName(u"reloadHistory"_s);
    newRecords_ =
        button(theme_, u"arrow"_s, {}, tr("Records that came since: load them too; what is seen stays"));
    newRecords_->setObjectName(u"newRecords"_s);
    newRecords_->hide();
    stop_ = button(theme_, u"stop"_s, tr("Stop"), tr("Stop loading"));
    state_ = new ElidedLabel;
    state_->setObjectName(u"historyState"_s);
    keys_ = new QComboBox;
    keys_->setObjectName(u"historyKey"_s);
    keys_->setAccessibleName(tr("Partition whose lanes are shown"));
    asItWas_ =
        button(theme_, u"undo"_s, tr("As it was"), tr("Without the records placed and left out by hand"));
    asItWas_->setObjectName(u"asItWas"_s);
    previous_ = button(theme_, u"chevron"_s, {}, tr("The firing before (P)"));
    previous_->setIcon({});
    previous_->setText(u"‹"_s);
    previous_->setObjectName(u"previousFiring"_s);
    previous_->setFixedWidth(std::max(34, previous_->sizeHint().width()));
    next_ = button(theme_, u"chevron"_s, {}, tr("The next firing (N)"));
    next_->setIcon({});
    next_->setText(u"›"_s);
    next_->setObjectName(u"nextFiring"_s);
    next_->setFixedWidth(std::max(34, next_->sizeHint().width()));
    layout->addWidget(toggle_);
    layout->addWidget(range_);
    layout->addWidget(reload_);
    layout->addWidget(newRecords_);
    layout->addWidget(stop_);
    layout->addWidget(state_, 1);
    layout->addWidget(asItWas_);
    layout->addWidget(keys_);
    layout->addWidget(previous_);
    layout->addWidget(next_);
    return head;
}

QWidget* HistoryBench::makeBody() {
    lanes_ = new LanesView{theme_};
    why_ = new WhyView{theme_, [this](std::int64_t seq) { return recordWords(seq); }};
    caseList_ = new CaseList{theme_};
    tabs_ = new QTabWidget;
    tabs_->tabBar()->setAccessibleName(tr("Parts of the history"));
    tabs_->setObjectName(u"historyTabs"_s);
    tabs_->setDocumentMode(true);
    tabs_->addTab(why_, tr("Why"));
    tabs_->addTab(caseList_, tr("Test cases"));
    tabs_->setMinimumWidth(200);
    auto* split = new QSplitter;
    split->setObjectName(u"historySplitter"_s);
    split->setHandleWidth(kGap);
    split->addWidget(lanes_);
    split->addWidget(tabs_);
    split->setStretchFactor(0, 1);
    split->setCollapsible(0, false);
    split->setSizes({800, 280});
    return split;
}

void HistoryBench::connectParts() {
    connect(toggle_, &QPushButton::toggled, this, &HistoryBench::setOpen);
    connect(range_, &RangeBox::rangeChosen, this, &HistoryBench::load);
    connect(reload_, &QPushButton::clicked, this, &HistoryBench::reload);
    connect(newRecords_, &QPushButton::clicked, this, &HistoryBench::reload);
    connect(stop_, &QPushButton::clicked, this, [this] {
        loader_.cancel();
        showState();
    });
    connect(previous_, &QPushButton::clicked, lanes_, [this] { lanes_->stepToFiring(false); });
    connect(next_, &QPushButton::clicked, lanes_, [this] { lanes_->stepToFiring(true); });
    connect(asItWas_, &QPushButton::clicked, this, [this] {
        whatIf_ = {};
        changeScope();
    });
    connect(keys_, &QComboBox::activated, this, [this](int index) {
        key_ =
            index > 0 ? std::optional{*parseJson(toUtf8(keys_->itemData(index).toString()))} : std::nullopt;
        if (question_) question_->key = key_;
        study();
    });

    connect(&loader_, &RecordLoader::progressed, this, [this](std::int64_t records) {
        state_->setText(tr("Loading: %1 records").arg(countText(records)));
    });
    connect(&loader_, &RecordLoader::loaded, this, &HistoryBench::take);
    connect(&loader_, &RecordLoader::failed, this, [this](const QString& sentence) {
        fault_ = sentence;
        showState();
    });
    connect(&runner_, &StudyRunner::firingsFound, this, &HistoryBench::takeFirings);
    connect(&runner_, &StudyRunner::traced, this,
            [this](std::int64_t /*ordinal*/, const auto& trace) { takeTrace(trace); });
    connect(&runner_, &StudyRunner::explained, this,
            [this](std::int64_t /*ordinal*/, const json::object& found) {
                if (!question_ || isRecorded_) return;
                why_->show(found);
                Q_EMIT momentShown(found);
            });
    connect(&runner_, &StudyRunner::reading, this, [this](double share) {
        if (share < 1) state_->setText(tr("Reading fields: %1 %").arg(static_cast<int>(share * 100)));
    });
    connect(&runner_, &StudyRunner::failed, this, [this](const QString& sentence) {
        fault_ = sentence;
        showState();
    });

    connect(&model_, &canvas::GraphModel::changed, this, &HistoryBench::followDraft);
    connect(&selection_, &canvas::Selection::changed, this,
            [this] { lanes_->setSelected(selection_.single()); });
    connect(lanes_, &LanesView::laneChosen, this, [this](canvas::NodeId node) { selection_.choose(node); });
    connect(lanes_, &LanesView::cursorMoved, this, [this](std::optional<Time> time) {
        if (!time) return leaveMoment();
        ask(Question{*time, key_, {}});
    });
    connect(lanes_, &LanesView::firingPicked, this, [this](const BenchFiring& firing) {
        Question question{timeFromUs(firing.time), key_, {}};
        if (!firing.key.empty()) question.key = parseJson(firing.key).value_or(nullptr);
        if (firing.fate != BenchFiring::Fate::Lost) question.firing = firing;
        ask(std::move(question));
    });
    connect(lanes_, &LanesView::recordedFiringPicked, this, [this](const RecordedFiring& firing) {
        ask(Question{timeFromUs(firing.time), key_, {}});
        isRecorded_ = true;
        Q_EMIT recordedFiringAsked(fromUtf8(firing.id));
    });
    connect(lanes_, &LanesView::boundDragged, this, &HistoryBench::setBound);
    connect(lanes_, &LanesView::durationDragged, this, &HistoryBench::setDuration);
    connect(lanes_, &LanesView::axisChanged, &windowed_, qOverload<>(&QTimer::start));
    connect(&windowed_, &QTimer::timeout, this, &HistoryBench::study);
    connect(lanes_, &LanesView::placeAsked, this, &HistoryBench::placeRecord);
    connect(lanes_, &LanesView::leaveOutAsked, this, [this](std::int64_t seq) {
        if (whatIf_.removed.erase(seq) == 0) whatIf_.removed.insert(seq);
        changeScope();
    });
    connect(lanes_, &LanesView::withdrawAsked, this, [this](std::size_t added) {
        whatIf_.added.erase(whatIf_.added.begin() + static_cast<std::ptrdiff_t>(added));
        changeScope();
    });
    connect(why_, &WhyView::nodeAsked, this,
            [this](const std::string& path) { selection_.choose(model_.graph().locate(path).node); });
    connect(why_, &WhyView::timeAsked, this, [this](std::int64_t us) { goTo(timeFromUs(us)); });
    connect(why_, &WhyView::recordAsked, this, [this](std::int64_t seq) {
        if (!store_) return;
        const auto& entries = store_->entries();
        const auto found = std::find_if(entries.begin(), entries.end(),
                                        [seq](const auto& entry) { return entry.seq == seq; });
        if (found != entries.end()) goTo(timeFromUs(found->time));
    });
    connect(caseList_, &CaseList::saveAsked, this, &HistoryBench::saveCase);
    connect(caseList_, &CaseList::acceptAsked, this, &HistoryBench::acceptCase);
    connect(caseList_, &CaseList::removeAsked, this, [this](int index) {
        if (index < 0 || static_cast<std::size_t>(index) >= cases_.size()) return;
        cases_.erase(cases_.begin() + index);
        caseList_->setCases(cases_);
        Q_EMIT casesChanged();
        study();
    });
}

// ---- opening

}  // namespace dogwatch::gui::bench
