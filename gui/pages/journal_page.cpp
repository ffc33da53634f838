#include "gui/pages/journal_page.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QSplitter>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QHash<QString, QueryFilter::Source> recordFields() {
    using M = RecordModel;
    return {{u"event"_s, {M::Event}},
            {u"function"_s, {M::Function}},
            {u"execution"_s, {M::Function, M::ExecutionRole}},
            {u"seq"_s, {M::Seq, SortRole}}};
}

}  // namespace

JournalPage::JournalPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_(recordFields()),
      table_(new Table{theme(), tr("Records")}),
      title_(sectionTitle(tr("Record"))),
      json_(new CodeEditor{theme(), tr("Record as JSON")}) {
    filter_.setSourceModel(&session().records());
    table_->show(&filter_, RecordModel::Summary, {8, 14, 22, 18});
    table_->setEmptyState(
        u"journal"_s, tr("No records here"),
        tr("Everything that happens leaves a record: executions, machines, firings, changes. They "
           "will appear here as they are written; clear the filter to see all."));
    json_->setLanguage(CodeEditor::Language::Json);
    json_->setReadOnly(true);
    json_->setMarginWidth(0, 0);

    auto* left = new QWidget;
    auto* column = new QVBoxLayout{left};
    column->setContentsMargins({});
    column->setSpacing(kSmallGap);
    column->addWidget(
        new FilterBar{theme(), filter_, table_, tr("Filter: event:execution.* function:backup -queued")});
    column->addWidget(table_, 1);

    auto* right = new QWidget;
    auto* side = new QVBoxLayout{right};
    side->setContentsMargins({});
    side->setSpacing(kSmallGap);
    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    auto* copy = button(theme(), u"copy"_s, tr("Copy"), tr("Copy the record as JSON"));
    auto* watch =
        button(theme(), u"metaevents"_s, tr("Watch for this"), tr("Make a metaevent from this record"));
    watch->setObjectName(u"watchRecord"_s);
    head->addWidget(watch);
    head->addWidget(copy);
    side->addLayout(head);
    connect(watch, &QPushButton::clicked, this, [this] {
        if (const auto row = session().records().find(table_->currentKey().toLongLong()))
            Q_EMIT recordWatched(session().records().at(*row));
    });
    side->addWidget(framed(json_), 1);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(json_->text()); });

    auto* splitter = new QSplitter{Qt::Vertical};
    splitter->setObjectName(u"journalSplitter"_s);
    splitter->setHandleWidth(kGap);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);

    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kGap);
    layout->addWidget(pageTitle(tr("Journal")));
    layout->addWidget(splitter, 1);
    connect(table_, &Table::currentKeyChanged, this, &JournalPage::showRecord);
}

void JournalPage::showRecord(const QString& seq) {
    if (seq.isEmpty()) return;
    const auto row = session().records().find(seq.toLongLong());
    if (!row) return;
    const Record& record = session().records().at(*row);
    title_->setText(tr("Record %1: %2").arg(seq, fromUtf8(record.event)));
    json_->setText(fromUtf8(toPrettyJson(toJson(record))));
}

}  // namespace dogwatch::gui
