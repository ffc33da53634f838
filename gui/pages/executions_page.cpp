#include "gui/pages/executions_page.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "gui/models/execution_model.h"
#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/pages/kept_texts.h"
#include "gui/pages/range_button.h"
#include "gui/pages/timeline_panel.h"
#include "gui/widgets/details_area.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

ExecutionsPage::ExecutionsPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      feed_(bench.session),
      table_(new Table{theme(), tr("Executions")}),
      timeline_(new TimelinePanel{bench}),
      views_(new QTabBar),
      stack_(new QStackedWidget),
      pause_(button(theme(), u"pause"_s, tr("Pause"), tr("Let the table stand still"))),
      count_(caption({})),
      details_(new ExecutionDetails{bench}) {
    auto* layout = makePageLayout(this);
    layout->addLayout(makeHead());
    layout->addWidget(
        new DetailsArea{
            theme(), u"executionsArea"_s, {makeTable(), details_, tr("Details of the execution")}},
        1);

    connect(table_, &Table::currentKeyChanged, this, &ExecutionsPage::currentChanged);
    connect(&feed_.table(), &QAbstractItemModel::dataChanged, this, [this] {
        if (awaited_) currentChanged();
    });
    connect(&feed_, &ExecutionFeed::settled, this, [this] {
        showCount();
        selectWanted();
    });
    connect(&feed_.table(), &QAbstractItemModel::rowsInserted, this, &ExecutionsPage::showCount);
    connect(pause_, &QPushButton::toggled, this, [this](bool paused) { feed_.setPaused(paused); });
    connect(details_, &ExecutionDetails::executionChosen, this, &ExecutionsPage::choose);
    connect(details_, &Page::metaeventChosen, this, &Page::metaeventChosen);
    connect(timeline_, &Page::executionChosen, this, &ExecutionsPage::choose);
    connect(details_, &Page::firingChosen, this, &Page::firingChosen);
    connect(details_, &Page::causesWanted, this, &Page::causesWanted);
    connect(details_, &Page::historyWanted, this, &Page::historyWanted);
    connect(timeline_, &Page::firingChosen, this, &Page::firingChosen);
    connect(timeline_, &TimelinePanel::stretchWatched, this, &ExecutionsPage::stretchWatched);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table_, &QWidget::customContextMenuRequested, this, &ExecutionsPage::showMenu);
    auto* history = new QShortcut{QKeySequence{u"Ctrl+B"_s}, this};
    history->setContext(Qt::WidgetWithChildrenShortcut);
    connect(history, &QShortcut::activated, details_, &ExecutionDetails::lookBack);
}

QLayout* ExecutionsPage::makeHead() {
    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Executions")));
    views_->setObjectName(u"executionViews"_s);
    views_->setAccessibleName(tr("Ways to look at executions"));
    views_->setDrawBase(false);
    views_->addTab(tr("Table"));
    views_->addTab(tr("Timeline"));
    connect(views_, &QTabBar::currentChanged, stack_, &QStackedWidget::setCurrentIndex);
    head->addSpacing(kGap);
    head->addWidget(views_);
    count_->setWordWrap(false);
    count_->setObjectName(u"executionCount"_s);
    head->addWidget(count_, 1);
    auto* watch =
        button(theme(), u"metaevents"_s, tr("Watch for this"), tr("Make a metaevent from what is chosen"));
    watch->setObjectName(u"watchExecution"_s);
    connect(watch, &QPushButton::clicked, this, &ExecutionsPage::watchChosen);
    head->addWidget(watch);
    return head;
}

QWidget* ExecutionsPage::makeTable() {
    table_->setObjectName(u"executionsTable"_s);
    table_->show(&feed_.table(), ExecutionModel::Function, {20, 0, 13, 9, 9, 10, 8, 8});
    table_->hideColumn(ExecutionModel::Id);
    table_->setEmptyState(
        u"executions"_s, tr("No executions here"),
        tr("Each run of a function will appear here as it happens. Run one on the Functions page, "
           "or clear the filter."));
    const std::span<const std::string_view> names = executionFilterFields();
    QStringList fields;
    for (const std::string_view name : names) fields.append(fromUtf8(name));
    const FilterTarget target{fields,
                              [this](const QString& text, FilterSpan* fault) {
                                  auto taken = feed_.setFilter(text, fault);
                                  if (taken) timeline_->setFilter(text);
                                  return taken;
                              },
                              [this](const QString& field) { return valuesOf(field); }};
    filter_ = new FilterBar{theme(), target, table_, tr("Filter: function:import* state:failed duration>2s"),
                            savedTexts(session().dataDir(), u"filters.json"_s, u"executions"_s)};
    filter_->addControl(new RangeButton{theme(), session().scope()});
    pause_->setObjectName(u"pause"_s);
    pause_->setCheckable(true);
    filter_->addControl(pause_);

    stack_->addWidget(table_);
    stack_->addWidget(timeline_);
    return makeColumn({filter_, stack_});
}

QStringList ExecutionsPage::valuesOf(const QString& field) const {
    if (field == u"state"_s) return {u"queued"_s, u"running"_s, u"succeeded"_s, u"failed"_s, u"dropped"_s};
    if (field == u"error"_s)
        return {u"exception"_s, u"exit"_s, u"timeout"_s, u"out_of_memory"_s, u"vm_lost"_s, u"protocol"_s};
    if (field == u"trigger"_s) return {u"api"_s, u"console"_s, u"schedule"_s, u"metaevent"_s, u"retry"_s};
    QStringList values;
    if (field == u"function"_s)
        for (const FunctionRow& row : session().functions().rows()) values.append(fromUtf8(row.name));
    if (field == u"vm"_s)
        for (const MachineRow& row : session().machines().rows()) values.append(fromUtf8(row.id));
    return values;
}

void ExecutionsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    feed_.setWatched(true);
}

void ExecutionsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    feed_.setWatched(false);
}

void ExecutionsPage::showCount() {
    QString text =
        feed_.isComplete() ? tr("%1 shown").arg(countText(feed_.table().rowCount())) : tr("Searching…");
    if (feed_.isPaused()) text += u"  ·  "_s + tr("paused, %1 new").arg(countText(feed_.missedWhilePaused()));
    count_->setText(text);
}

void ExecutionsPage::currentChanged() {
    const QModelIndex index = table_->currentIndex();
    const Execution* execution = index.isValid() ? feed_.table().executionAt(index.row()) : nullptr;
    awaited_ = index.isValid() && execution == nullptr;
    if (execution == nullptr) return;
    details_->showExecution(fromUtf8(execution->id));
    timeline_->setCurrent(fromUtf8(execution->id));
}

void ExecutionsPage::watchChosen() {
    const std::string key = toUtf8(details_->execution());
    if (key.empty()) return;
    const RecordModel& records = session().records();
    for (int row = 0; row < records.rowCount(); ++row) {  // the latest tells how it ended
        if (records.at(row).execution() != key) continue;
        Q_EMIT recordWatched(records.at(row));
        return;
    }
    if (const auto row = feed_.table().rowOf(key))
        if (const Execution* execution = feed_.table().executionAt(*row))
            Q_EMIT functionWatched(fromUtf8(execution->function));
}

void ExecutionsPage::showMenu(QPoint at) {
    if (details_->execution().isEmpty()) return;
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(theme().icon(u"clock"_s), tr("History bench at this moment"), details_,
                    &ExecutionDetails::lookBack);
    menu->addAction(theme().icon(u"metaevents"_s), tr("Watch for this"), this, &ExecutionsPage::watchChosen);
    menu->popup(table_->viewport()->mapToGlobal(at));
}

void ExecutionsPage::showView(View view) {
    views_->setCurrentIndex(view);
}

void ExecutionsPage::setFilter(const QString& text) {
    filter_->field()->setText(text);
}

void ExecutionsPage::choose(const QString& id) {
    awaited_ = false;
    details_->showExecution(id);
    timeline_->setCurrent(id);
    feed_.findNumber(id, this, [this, id](std::int64_t number) {
        if (details_->execution() != id) return;
        wanted_ = number;
        selectWanted();
    });
}

/// It may be so new that the table has not heard of it yet.
void ExecutionsPage::selectWanted() {
    const auto row = wanted_ > 0 ? feed_.table().rowOf(wanted_) : std::nullopt;
    if (!row) return;
    wanted_ = 0;
    table_->setFollowing(*row == 0);
    table_->setCurrentIndex(feed_.table().index(*row, 0));
    table_->scrollTo(table_->currentIndex(), QAbstractItemView::PositionAtCenter);
}

}  // namespace dogwatch::gui
