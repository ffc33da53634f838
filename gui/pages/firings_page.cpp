#include "gui/pages/firings_page.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "gui/models/execution_model.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/pages/act_dialogs.h"
#include "gui/pages/kept_texts.h"
#include "gui/pages/range_button.h"
#include "gui/widgets/cause_view.h"
#include "gui/widgets/cell_delegate.h"
#include "gui/widgets/details_area.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/json_view.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

enum FiringStack { NoFiring, OneFiring };
enum JobColumn { JobFunction, JobState, JobExecution, JobColumns };

QHash<QString, QueryFilter::Source> firingFields() {
    using M = FiringModel;
    return {{u"metaevent"_s, {M::Metaevent}},
            {u"key"_s, {M::Key}},
            {u"jobs"_s, {M::Jobs}},
            {u"seen"_s, {M::Seen}}};
}

}  // namespace

FiringsPage::FiringsPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_(firingFields()),
      table_(new Table{theme(), tr("Firings")}),
      stack_(new QStackedWidget),
      title_(new ElidedLabel),
      words_(new QLabel),
      seen_(caption({})),
      fault_(faultLabel()),
      jobs_(new QTreeWidget),
      evidence_(new JsonView{theme(), tr("Evidence"), tr("No records made it true: time alone did.")}),
      tabs_(new QTabWidget),
      causes_(new CauseView{theme()}) {
    auto* nothing = new EmptyState{theme(), stack_};
    nothing->set(u"bell"_s, tr("No firing chosen"),
                 tr("Choose one in the table to see why it came about, its evidence and its jobs."));
    stack_->addWidget(nothing);
    stack_->addWidget(makeDetails());
    auto* layout = makePageLayout(this);
    layout->addLayout(makeHead());
    // A table of a few rows tells more than a graph that is cut.
    layout->addWidget(
        new DetailsArea{theme(), u"firingsArea"_s, {makeTable(), stack_, tr("Details of the firing"), 55}},
        1);
    addShortcuts();
    connect(table_, &Table::currentKeyChanged, this, &FiringsPage::showCurrent);
    connect(table_, &QTableView::activated, this, &FiringsPage::showHistory);
    connect(table_, &QWidget::customContextMenuRequested, this, &FiringsPage::showMenu);
    connect(&session().firings(), &QAbstractItemModel::dataChanged, this, &FiringsPage::showCurrent);
    connect(&session().metaevents(), &QAbstractItemModel::dataChanged, this, &FiringsPage::showCurrent);
    connect(&session(), &ControlPlaneSession::linkChanged, this,
            [this] { loaded_ = loaded_ && session().link() == ControlPlaneSession::Link::Connected; });
}

QLayout* FiringsPage::makeHead() {
    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Firings")), 1);
    return head;
}

QWidget* FiringsPage::makeTable() {
    filter_.setSourceModel(&session().firings());
    table_->setObjectName(u"firingsTable"_s);
    table_->show(&filter_, FiringModel::What, {14, 16, 0, 13, 13, 11});
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    table_->setEmptyState(
        u"bell"_s, tr("Nothing fired here"),
        tr("Each time the criteria of a metaevent come true, it will stand here with the reason in "
           "plain words and what its jobs came to. Make one on the Metaevents page, or clear the filter to "
           "see all."));
    FilterTarget target = targetOf(filter_);
    target.values = [this](const QString& field) { return valuesOf(field); };
    bar_ = new FilterBar{theme(), target, table_, tr("Filter: metaevent:backup-missed open -silenced"),
                         savedTexts(session().dataDir(), u"filters.json"_s, u"firings"_s)};
    bar_->addControl(new RangeButton{theme(), session().scope()});
    followRange(filter_, session().scope());
    return makeColumn({bar_, table_});
}

QStringList FiringsPage::valuesOf(const QString& field) const {
    QStringList values;
    if (field == u"metaevent"_s)
        for (const MetaeventRow& row : session().metaevents().rows()) values.append(fromUtf8(row.name));
    return values;
}

QWidget* FiringsPage::makeDetails() {
    title_->setObjectName(u"sectionTitle"_s);
    words_->setObjectName(u"firingWords"_s);
    words_->setWordWrap(true);
    seen_->setObjectName(u"firingSeen"_s);
    jobs_->setObjectName(u"firingJobs"_s);
    jobs_->setAccessibleName(tr("Jobs of the firing"));
    jobs_->setRootIsDecorated(false);
    jobs_->setItemDelegate(new CellDelegate{theme(), jobs_});
    jobs_->setHeaderLabels({tr("Job"), tr("Outcome"), tr("Execution")});
    connect(jobs_, &QTreeWidget::itemActivated, this, [this](const QTreeWidgetItem* item) {
        const QString id = item->data(0, KeyRole).toString();
        if (!id.isEmpty()) Q_EMIT executionChosen(id);
    });
    evidence_->setObjectName(u"firingEvidence"_s);

    const auto column = [](const QString& title, QWidget* content) {
        auto* panel = new QWidget;
        auto* layout = new QVBoxLayout{panel};
        layout->setContentsMargins({});
        layout->setSpacing(kSmallGap);
        layout->addWidget(sectionTitle(title));
        layout->addWidget(content, 1);
        return panel;
    };
    auto* split = makeSplitter(u"firingDetailSplitter"_s, Qt::Horizontal);
    split->addWidget(column(tr("Jobs (Return opens the execution)"), jobs_));
    split->addWidget(column(tr("Evidence"), evidence_));
    tabs_->setDocumentMode(true);
    tabs_->setObjectName(u"firingTabs"_s);
    tabs_->tabBar()->setAccessibleName(tr("Parts of the firing"));
    tabs_->addTab(split, tr("Jobs and evidence"));
    tabs_->addTab(causes_, tr("Causes"));
    causes_->setObjectName(u"firingCauses"_s);
    connect(tabs_, &QTabWidget::currentChanged, this, &FiringsPage::fetchCauses);
    connect(causes_, &CauseView::executionChosen, this, &Page::executionChosen);
    connect(causes_, &CauseView::metaeventChosen, this, &Page::metaeventChosen);
    connect(causes_, &CauseView::firingChosen, this, &Page::firingChosen);
    connect(causes_, &CauseView::causesWanted, this, &FiringsPage::showCauses);
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    layout->addLayout(makeActions());
    layout->addWidget(words_);
    layout->addWidget(seen_);
    layout->addWidget(fault_);
    layout->addWidget(tabs_, 1);
    return panel;
}

QLayout* FiringsPage::makeActions() {
    history_ = primaryButton(theme(), u"search"_s, tr("History bench"),
                             tr("The drawing and its history at that moment (Ctrl+B)"));
    history_->setObjectName(u"firingHistory"_s);
    acknowledge_ = button(theme(), u"check"_s, tr("Acknowledge…"),
                          tr("Tell others that you have seen to it (Ctrl+Shift+A)"));
    acknowledge_->setObjectName(u"acknowledge"_s);
    silence_ = button(theme(), u"pause"_s, tr("Silence…"), tr("Let its metaevent fire without running jobs"));
    silence_->setObjectName(u"silence"_s);
    auto* open = button(theme(), u"metaevents"_s, tr("Metaevent"), tr("Show the metaevent"));
    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    head->addWidget(title_, 1);
    for (QPushButton* each : {open, silence_, acknowledge_, history_}) head->addWidget(each);
    connect(history_, &QPushButton::clicked, this, &FiringsPage::showHistory);
    connect(acknowledge_, &QPushButton::clicked, this, &FiringsPage::acknowledge);
    connect(silence_, &QPushButton::clicked, this, &FiringsPage::silence);
    connect(open, &QPushButton::clicked, this, [this] {
        if (const FiringRow* row = current()) Q_EMIT metaeventChosen(fromUtf8(row->metaevent));
    });
    return head;
}

void FiringsPage::addShortcuts() {
    const auto add = [this](const QString& keys, void (FiringsPage::*then)()) {
        auto* shortcut = new QShortcut{QKeySequence{keys}, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, then);
    };
    add(u"Ctrl+B"_s, &FiringsPage::showHistory);
    add(u"Ctrl+Shift+A"_s, &FiringsPage::acknowledge);
}

void FiringsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (!std::exchange(loaded_, true)) session().loadFirings();
    showCurrent();
}

void FiringsPage::setFilter(const QString& filter) {
    bar_->field()->setText(filter);
}

bool FiringsPage::choose(const QString& firing) {
    return table_->selectKey(firing);
}

void FiringsPage::showCauses(const QString& firing) {
    if (!choose(firing)) {  // it may be none of those that the filter matches
        setFilter({});
        choose(firing);
    }
    tabs_->setCurrentWidget(causes_);
}

const FiringRow* FiringsPage::current() const {
    const QString key = table_->currentKey();
    const auto at = key.isEmpty() ? std::nullopt : session().firings().find(toUtf8(key));
    return at ? &session().firings().at(*at) : nullptr;
}

void FiringsPage::showCurrent() {
    if (!isVisible()) return;
    const FiringRow* row = current();
    stack_->setCurrentIndex(row != nullptr ? OneFiring : NoFiring);
    if (row == nullptr) {
        shown_.clear();
        return;
    }
    showFacts(*row);
    for (int i = 0; i < jobs_->topLevelItemCount(); ++i) {
        QTreeWidgetItem* item = jobs_->topLevelItem(i);
        const auto state = session().firings().stateOf(toUtf8(item->data(0, KeyRole).toString()));
        if (!state) continue;
        item->setText(JobState, stateText(*state));
        item->setData(JobState, ToneRole, static_cast<int>(stateTone(*state)));
    }
    if (shown_ != fromUtf8(row->id)) {
        setFault(fault_, {});
        fetch();
    }
}

void FiringsPage::showFacts(const FiringRow& row) {
    const Time now = wallClock();
    title_->setText(tr("%1, %2").arg(fromUtf8(row.metaevent), clockText(row.time, now)));
    words_->setText(session().firings().words(row));
    QStringList seen;
    if (row.acknowledged) {
        seen.append(tr("Seen to by %1, %2")
                        .arg(fromUtf8(row.acknowledged->by), clockText(row.acknowledged->time, now)));
        if (!row.acknowledged->note.empty()) seen.back() += u": "_s + fromUtf8(row.acknowledged->note);
    } else {
        seen.append(tr("Nobody has acknowledged it."));
    }
    const auto at = session().metaevents().find(row.metaevent);
    const MetaeventRow* metaevent = at ? &session().metaevents().at(*at) : nullptr;
    if (metaevent != nullptr && !metaevent->silences.empty())
        seen.append(tr("The metaevent is silenced %1.").arg(silenceWords(*metaevent, now)));
    seen_->setText(seen.join(u"  ·  "_s));
    const bool isSilenced = metaevent != nullptr && !metaevent->silences.empty();
    silence_->setText(isSilenced ? tr("End silence") : tr("Silence…"));
    silence_->setIcon(theme().icon(isSilenced ? u"play"_s : u"pause"_s));
    silence_->setEnabled(metaevent != nullptr);
    history_->setEnabled(metaevent != nullptr);
    acknowledge_->setText(row.acknowledged ? tr("Acknowledge again…") : tr("Acknowledge…"));
}

void FiringsPage::fetch() {
    const FiringRow* row = current();
    if (row == nullptr) return;
    shown_ = fromUtf8(row->id);
    jobs_->clear();
    evidence_->setValue(std::nullopt);
    session().call("firings.show", {{"firing", row->id}}, this,
                   [this, wanted = shown_](const Result<json::value>& reply) {
                       if (wanted != shown_) return;
                       if (!reply) return setFault(fault_, faultText(reply.error()));
                       if (reply->is_object()) fill(reply->get_object());
                   });
    fetchCauses();
}

void FiringsPage::fetchCauses() {
    if (tabs_->currentWidget() != causes_ || shown_.isEmpty()) return;
    session().call("causality", {{"of", toUtf8(shown_)}}, this,
                   [this, wanted = shown_](const Result<json::value>& reply) {
                       if (wanted != shown_) return;
                       if (!reply) return causes_->setText(faultText(reply.error()));
                       if (reply->is_object()) causes_->setGraph(causeGraphFromJson(reply->get_object()));
                   });
}

void FiringsPage::fill(const json::object& firing) {
    const json::value* evidence = firing.if_contains("evidence");
    const bool any = evidence != nullptr && evidence->is_array() && !evidence->get_array().empty();
    evidence_->setValue(any ? std::optional{*evidence} : std::nullopt);
    fillJobs(firing);
}

void FiringsPage::fillJobs(const json::object& firing) {
    jobs_->clear();
    const json::value* jobs = firing.if_contains("jobs");
    if (jobs == nullptr || !jobs->is_array()) return;
    for (const json::value& each : jobs->get_array()) {
        if (!each.is_object()) continue;
        const json::object& job = each.get_object();
        auto* item = new QTreeWidgetItem{jobs_};
        item->setText(JobFunction, fromUtf8(stringMember(job, "run")));
        const std::string execution{stringMember(job, "execution")};
        item->setText(JobExecution, execution.empty() ? u"–"_s : fromUtf8(execution));
        item->setData(0, KeyRole, fromUtf8(execution));
        if (boolMember(job, "silenced")) item->setText(JobState, tr("not run: silenced"));
        if (const auto error = stringMember(job, "error"); !error.empty()) {
            item->setText(JobState, fromUtf8(error));
            item->setData(JobState, ToneRole, static_cast<int>(Tone::Bad));
        }
        if (execution.empty()) continue;
        if (!session().firings().stateOf(execution)) askOutcome(execution);
    }
    for (int column = 0; column < JobColumns; ++column) jobs_->resizeColumnToContents(column);
    showCurrent();
}

void FiringsPage::askOutcome(const std::string& execution) {
    session().call(
        "executions.rows", {{"execution", execution}}, this, [this](const Result<json::value>& reply) {
            const json::value* list =
                reply && reply->is_object() ? reply->get_object().if_contains("executions") : nullptr;
            if (list == nullptr || !list->is_array()) return;
            for (const json::value& each : list->get_array()) {
                if (!each.is_object()) continue;
                const auto state = stateFromName(stringMember(each.get_object(), "state"));
                if (state)
                    session().firings().noteOutcome(std::string{stringMember(each.get_object(), "execution")},
                                                    *state);
            }
        });
}

void FiringsPage::showHistory() {
    if (const FiringRow* row = current())
        Q_EMIT firingChosen(fromUtf8(row->metaevent), fromUtf8(row->id), row->time);
}

void FiringsPage::act(std::string_view method, const json::object& params) {
    session().call(method, params, this, [this](const Result<json::value>& reply) {
        setFault(fault_, reply ? QString{} : faultText(reply.error()));
        session().refreshMetaevents();
    });
}

void FiringsPage::acknowledge() {
    const FiringRow* row = current();
    if (row == nullptr) return;
    auto* dialog = new AcknowledgeDialog{this};
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = row->id] {
        act("firings.acknowledge", {{"firings", json::array{id}}, {"note", toUtf8(dialog->note())}});
    });
    dialog->open();
}

void FiringsPage::silence() {
    const FiringRow* row = current();
    const auto at = row != nullptr ? session().metaevents().find(row->metaevent) : std::nullopt;
    if (!at) return;
    const MetaeventRow& metaevent = session().metaevents().at(*at);
    if (!metaevent.silences.empty()) return act("metaevents.unsilence", {{"name", metaevent.name}});
    auto* dialog = new SilenceDialog{fromUtf8(metaevent.name), this};
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { act("metaevents.silence", dialog->params()); });
    dialog->open();
}

void FiringsPage::showMenu(QPoint at) {
    if (current() == nullptr) return;
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QPushButton* each : {history_, acknowledge_, silence_}) {
        QAction* action = menu->addAction(each->icon(), each->text(), each, &QPushButton::click);
        action->setEnabled(each->isEnabled());
    }
    menu->addAction(theme().icon(u"link"_s), tr("Causes and effects"), this,
                    [this] { showCauses(table_->currentKey()); });
    menu->popup(table_->viewport()->mapToGlobal(at));
}

}  // namespace dogwatch::gui
