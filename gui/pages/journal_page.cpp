#include "gui/pages/journal_page.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QShortcut>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/pages/kept_texts.h"
#include "gui/pages/range_button.h"
#include "gui/session/record_transfer.h"
#include "gui/widgets/details_area.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/json_view.h"
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

/// The value of `field:` in a filter, for what the control plane itself can select by.
QString termOf(const QString& filter, const QString& field) {
    for (const QString& word : filter.split(u' ', Qt::SkipEmptyParts))
        if (word.startsWith(field + u':')) return word.mid(field.size() + 1);
    return {};
}

}  // namespace

JournalPage::JournalPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      filter_(recordFields()),
      table_(new Table{theme(), tr("Records")}),
      title_(sectionTitle(tr("Record"))),
      json_(new JsonView{theme(), tr("Record as JSON"), tr("Choose a record to see all of it.")}),
      fault_(faultLabel()) {
    auto* layout = makePageLayout(this);
    layout->addLayout(makeHead());
    layout->addWidget(makeProgress());
    layout->addWidget(fault_);
    layout->addWidget(
        new DetailsArea{theme(), u"journalArea"_s, {makeTable(), makeRecord(), tr("The whole record")}}, 1);
    connect(table_, &Table::currentKeyChanged, this, &JournalPage::showRecord);
}

QLayout* JournalPage::makeHead() {
    auto* head = new QHBoxLayout;
    head->addWidget(pageTitle(tr("Journal")), 1);
    auto* in = button(theme(), u"arrow"_s, tr("Import…"), tr("Append the records of a file"));
    auto* out =
        button(theme(), u"save"_s, tr("Export…"), tr("Write the records of the time range to a file"));
    in->setObjectName(u"import"_s);
    out->setObjectName(u"export"_s);
    head->addWidget(in);
    head->addWidget(out);
    connect(in, &QPushButton::clicked, this, [this] { askForFile(false); });
    connect(out, &QPushButton::clicked, this, [this] { askForFile(true); });
    return head;
}

QWidget* JournalPage::makeTable() {
    filter_.setSourceModel(&session().records());
    table_->setObjectName(u"journalTable"_s);
    table_->show(&filter_, RecordModel::Summary, {8, 14, 22, 18});
    table_->setEmptyState(
        u"journal"_s, tr("No records here"),
        tr("Everything that happens leaves a record: executions, machines, firings, changes. They "
           "will appear here as they are written; clear the filter to see all."));
    FilterTarget target = targetOf(filter_);
    target.values = [this](const QString& field) { return valuesOf(field); };
    bar_ = new FilterBar{theme(), target, table_, tr("Filter: event:execution.* function:backup -queued"),
                         savedTexts(session().dataDir(), u"filters.json"_s, u"journal"_s)};
    bar_->addControl(new RangeButton{theme(), session().scope()});
    followRange(filter_, session().scope());
    return makeColumn({bar_, table_});
}

QWidget* JournalPage::makeRecord() {
    auto* panel = new QWidget;
    auto* side = new QVBoxLayout{panel};
    side->setContentsMargins({});
    side->setSpacing(kSmallGap);
    auto* head = new QHBoxLayout;
    head->addWidget(title_, 1);
    auto* open = button(theme(), u"executions"_s, tr("Execution"), tr("Show the execution of this record"));
    auto* copy = button(theme(), u"copy"_s, tr("Copy"), tr("Copy the record as JSON"));
    auto* watch =
        button(theme(), u"metaevents"_s, tr("Watch for this"), tr("Make a metaevent from this record"));
    watch->setObjectName(u"watchRecord"_s);
    auto* history = button(theme(), u"clock"_s, tr("History"),
                           tr("The history bench of a metaevent that looks at it, at this moment (Ctrl+B)"));
    history->setObjectName(u"recordHistory"_s);
    for (QPushButton* each : {open, history, watch, copy}) head->addWidget(each);
    connect(history, &QPushButton::clicked, this, &JournalPage::lookBack);
    side->addLayout(head);
    side->addWidget(json_, 1);
    connect(watch, &QPushButton::clicked, this, &JournalPage::watchChosen);
    connect(copy, &QPushButton::clicked, this, &JournalPage::copyRecord);
    connect(open, &QPushButton::clicked, this, &JournalPage::openExecution);
    auto* shortcut = new QShortcut{QKeySequence{u"Ctrl+B"_s}, this};
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, this, &JournalPage::lookBack);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table_, &QWidget::customContextMenuRequested, this, &JournalPage::showMenu);
    return panel;
}

QWidget* JournalPage::makeProgress() {
    progressRow_ = new QWidget;
    progressText_ = caption({});
    progressText_->setWordWrap(false);
    progress_ = new QProgressBar;
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress"));
    auto* cancel = button(theme(), u"stop"_s, tr("Cancel"), tr("End it here"));
    cancel->setObjectName(u"cancelTransfer"_s);
    auto* row = new QHBoxLayout{progressRow_};
    row->setContentsMargins({});
    row->addWidget(progressText_);
    row->addWidget(progress_, 1);
    row->addWidget(cancel);
    progressRow_->hide();
    connect(cancel, &QPushButton::clicked, this, [this] {
        if (transfer_) transfer_->cancel();
    });
    return progressRow_;
}

QStringList JournalPage::valuesOf(const QString& field) const {
    if (field == u"event"_s)
        return {u"execution.*"_s,
                u"execution.queued"_s,
                u"execution.started"_s,
                u"execution.succeeded"_s,
                u"execution.failed"_s,
                u"execution.retrying"_s,
                u"execution.dropped"_s,
                u"execution.throttled"_s,
                u"metaevent.*"_s,
                u"metaevent.fired"_s,
                u"metaevent.cleared"_s,
                u"metaevent.suppressed"_s,
                u"metaevent.acknowledged"_s,
                u"metaevent.silenced"_s,
                u"metaevent.unsilenced"_s,
                u"vm.*"_s,
                u"function.*"_s,
                u"custom.*"_s};
    QStringList values;
    if (field == u"function"_s)
        for (const FunctionRow& row : session().functions().rows()) values.append(fromUtf8(row.name));
    return values;
}

void JournalPage::showRecord(const QString& seq) {
    if (seq.isEmpty()) return;
    const auto row = session().records().find(seq.toLongLong());
    if (!row) return;
    const Record& record = session().records().at(*row);
    title_->setText(tr("Record %1: %2").arg(seq, fromUtf8(record.event)));
    json_->setValue(json::value(toJson(record)));
}

void JournalPage::watchChosen() {
    if (const auto row = session().records().find(table_->currentKey().toLongLong()))
        Q_EMIT recordWatched(session().records().at(*row));
}

void JournalPage::lookBack() {
    if (const auto row = session().records().find(table_->currentKey().toLongLong()))
        Q_EMIT historyWanted(session().records().at(*row));
}

void JournalPage::openExecution() {
    const QString id = table_->currentIndex().data(RecordModel::ExecutionRole).toString();
    if (!id.isEmpty()) Q_EMIT executionChosen(id);
}

void JournalPage::copyRecord() const {
    if (const auto row = session().records().find(table_->currentKey().toLongLong()))
        QGuiApplication::clipboard()->setText(fromUtf8(toPrettyJson(toJson(session().records().at(*row)))));
}

void JournalPage::showMenu(QPoint at) {
    if (table_->currentKey().isEmpty()) return;
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(theme().icon(u"clock"_s), tr("History bench at this moment"), this,
                    &JournalPage::lookBack);
    menu->addAction(theme().icon(u"metaevents"_s), tr("Watch for this"), this, &JournalPage::watchChosen);
    menu->addAction(theme().icon(u"executions"_s), tr("Show the execution"), this,
                    &JournalPage::openExecution);
    menu->addAction(theme().icon(u"copy"_s), tr("Copy as JSON"), this, &JournalPage::copyRecord);
    menu->popup(table_->viewport()->mapToGlobal(at));
}

void JournalPage::askForFile(bool toWrite) {
    auto* dialog = new QFileDialog{this, toWrite ? tr("Export records") : tr("Import records")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toWrite ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toWrite ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Records, a JSON object a line (*.jsonl);;All files (*)"));
    dialog->setDefaultSuffix(u"jsonl"_s);
    if (toWrite) dialog->selectFile(u"records.jsonl"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, toWrite](const QString& path) { toWrite ? exportTo(path) : importFrom(path); });
    dialog->open();
}

void JournalPage::exportTo(const QString& path) {
    auto* transfer = new RecordExport{session(), path, this};
    transfer->setSelection(termOf(bar_->field()->text(), u"event"_s),
                           termOf(bar_->field()->text(), u"function"_s));
    run(transfer, tr("Exporting to %1").arg(path));
}

void JournalPage::importFrom(const QString& path) {
    run(new RecordImport{session(), path, this}, tr("Importing %1").arg(path));
}

void JournalPage::run(RecordTransfer* transfer, const QString& title) {
    if (transfer_) transfer_->cancel();
    transfer_ = transfer;
    setFault(fault_, {});
    progress_->setValue(0);
    progressText_->setText(title);
    progressRow_->show();
    connect(transfer, &RecordTransfer::progressed, this, [this, title](std::int64_t records, double share) {
        progress_->setValue(static_cast<int>(share * 1000));
        progressText_->setText(tr("%1: %2 records").arg(title, countText(records)));
    });
    connect(transfer, &RecordTransfer::finished, this, [this, transfer](const QString& fault) {
        transfer->deleteLater();
        if (transfer != transfer_) return;
        transfer_.clear();
        progressRow_->hide();
        setFault(fault_, fault);
    });
    transfer->start();
}

}  // namespace dogwatch::gui
