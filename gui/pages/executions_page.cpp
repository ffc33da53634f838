#include "gui/pages/executions_page.h"

#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QHash<QString, QueryFilter::Source> executionFields() {
    using M = ExecutionModel;
    return {{u"function"_s, {M::Function}},
            {u"state"_s, {M::State}},
            {u"error"_s, {M::State, M::ErrorRole}},
            {u"duration"_s, {M::Duration, SortRole}},
            {u"waited"_s, {M::QueueWait, SortRole}},
            {u"trigger"_s, {M::Trigger}},
            {u"attempt"_s, {M::Attempt, SortRole}},
            {u"vm"_s, {M::Vm}},
            {u"execution"_s, {M::Id}}};
}

}  // namespace

ExecutionsPage::ExecutionsPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_(executionFields()),
      table_(new Table{theme(), tr("Executions")}),
      details_(new ExecutionDetails{bench}) {
    filter_.setSourceModel(&session().executions());
    table_->show(&filter_, ExecutionModel::Function, {18, 0, 14, 11, 11, 11, 8, 10});
    table_->hideColumn(ExecutionModel::Id);
    table_->setEmptyState(
        u"executions"_s, tr("No executions here"),
        tr("Each run of a function will appear here as it happens. Run one on the Functions page, "
           "or clear the filter."));

    auto* left = new QWidget;
    auto* column = new QVBoxLayout{left};
    column->setContentsMargins({});
    column->setSpacing(kSmallGap);
    column->addWidget(
        new FilterBar{theme(), filter_, table_, tr("Filter: function:import* state:failed* duration>2s")});
    column->addWidget(table_, 1);

    auto* splitter = new QSplitter{Qt::Vertical};
    splitter->setObjectName(u"executionsSplitter"_s);
    splitter->setHandleWidth(kGap);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(details_);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kGap);
    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Executions")), 1);
    auto* watch =
        button(theme(), u"metaevents"_s, tr("Watch for this"), tr("Make a metaevent from what is chosen"));
    watch->setObjectName(u"watchExecution"_s);
    connect(watch, &QPushButton::clicked, this, &ExecutionsPage::watchChosen);
    head->addWidget(watch);
    layout->addLayout(head);
    layout->addWidget(splitter, 1);
    connect(table_, &Table::currentKeyChanged, this, [this](const QString& id) {
        if (!id.isEmpty()) details_->showExecution(id);
    });
}

void ExecutionsPage::watchChosen() {
    const QString id = table_->currentKey();
    const std::string key = toUtf8(id);
    const RecordModel& records = session().records();
    for (int row = 0; row < records.rowCount(); ++row) {  // the latest tells how it ended
        if (records.at(row).execution() != key) continue;
        Q_EMIT recordWatched(records.at(row));
        return;
    }
    if (const auto row = session().executions().find(key))
        Q_EMIT functionWatched(fromUtf8(session().executions().at(*row).function));
}

void ExecutionsPage::choose(const QString& id) {
    if (!table_->selectKey(id)) details_->showExecution(id);
}

}  // namespace dogwatch::gui
