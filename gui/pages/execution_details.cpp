#include "gui/pages/execution_details.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "gui/models/execution_model.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/widgets/cause_view.h"
#include "gui/widgets/cell_delegate.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/json_view.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/phase_bar.h"
#include "gui/widgets/text_view.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QString text(const json::object& object, std::string_view key) {
    return fromUtf8(stringMember(object, key));
}

Phases phasesOf(const json::object& detail) {
    Phases phases;
    const json::value* given = detail.if_contains("phases");
    if (given != nullptr && given->is_object()) {
        const auto phase = [&](std::string_view key) -> std::optional<std::int64_t> {
            const json::value* us = given->get_object().if_contains(key);
            return us != nullptr && us->is_int64() ? std::optional{us->get_int64()} : std::nullopt;
        };
        phases = {phase("queue_us"), phase("init_us"), phase("duration_us"), {}};
    }
    phases.start = text(detail, "start");
    return phases;
}

/// One shell word.
QString quoted(QString word) {
    return u"'"_s + word.replace(u"'"_s, u"'\\''"_s) + u"'"_s;
}

}  // namespace

QPlainTextEdit* textBox(const QString& name, const QString& placeholder) {
    auto* box = new QPlainTextEdit;
    box->setReadOnly(true);
    box->setAccessibleName(name);
    box->setPlaceholderText(placeholder);
    box->setFont(Theme::codeFont());
    box->setTabChangesFocus(true);
    box->setMinimumHeight(60);
    return box;
}

QString prettyMember(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value == nullptr || value->is_null() ? QString{} : fromUtf8(toPrettyJson(*value));
}

void setBoxText(QPlainTextEdit* box, const QString& text) {
    if (box->toPlainText() == text) return;
    const int scrolled = box->verticalScrollBar()->value();
    box->setPlainText(text);
    box->verticalScrollBar()->setValue(scrolled);
}

ExecutionDetails::ExecutionDetails(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      stack_(new QStackedWidget{this}),
      title_(new ElidedLabel),
      facts_(caption({})),
      fault_(faultLabel()),
      phases_(new PhaseBar{theme()}),
      tabs_(new QTabWidget),
      result_(new JsonView{theme(), tr("Result"), tr("No result")}),
      output_(new TextView{theme(), tr("Output"), tr("It printed nothing")}),
      error_(new TextView{theme(), tr("Error"), tr("No error")}),
      payload_(new JsonView{theme(), tr("Payload"), tr("No payload")}),
      attempts_(new QTreeWidget),
      causes_(new CauseView{theme()}),
      records_(new JsonView{theme(), tr("Records"), tr("No records")}),
      retry_(button(theme(), u"redo"_s, tr("Run again"), tr("Run the function again with the same payload"))),
      cancel_(button(theme(), u"stop"_s, tr("Cancel"), tr("End this execution"))) {
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addLayout(makeHead());
    layout->addWidget(facts_);
    layout->addWidget(phases_);
    layout->addWidget(fault_);
    makeTabs();
    layout->addWidget(tabs_, 1);

    auto* nothing = new EmptyState{theme(), stack_};
    nothing->set(u"executions"_s, tr("No execution chosen"),
                 tr("Choose one in the table to see its phases, payload, result, output and records."));
    stack_->addWidget(nothing);
    stack_->addWidget(panel);
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins({});
    outer->addWidget(stack_);

    fetchTimer_.setSingleShot(true);
    fetchTimer_.setInterval(120);
    connect(&fetchTimer_, &QTimer::timeout, this, &ExecutionDetails::fetch);
    connect(&theme(), &Theme::changed, this,
            [this] { fetchTimer_.start(); });  // colours of what is filled in
    connect(&session(), &ControlPlaneSession::executionTouched, this, [this](const QString& id) {
        if (id == id_) fetchTimer_.start();
    });
}

QLayout* ExecutionDetails::makeHead() {
    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    title_->setObjectName(u"sectionTitle"_s);
    head->addWidget(title_, 1);
    auto* copy =
        button(theme(), u"copy"_s, tr("Copy command"), tr("Copy a dogwatchctl command that runs it again"));
    copy->setObjectName(u"copyCommand"_s);
    retry_->setObjectName(u"runAgain"_s);
    cancel_->setObjectName(u"cancelExecution"_s);
    auto* history = button(theme(), u"clock"_s, tr("History"),
                           tr("The history bench of a metaevent that looks at it, at this moment (Ctrl+B)"));
    history->setObjectName(u"executionHistory"_s);
    connect(history, &QPushButton::clicked, this, &ExecutionDetails::lookBack);
    for (QPushButton* each : {history, copy, retry_, cancel_}) head->addWidget(each);
    connect(copy, &QPushButton::clicked, this, &ExecutionDetails::copyCommand);
    connect(retry_, &QPushButton::clicked, this, &ExecutionDetails::retry);
    connect(cancel_, &QPushButton::clicked, this, &ExecutionDetails::cancel);
    return head;
}

void ExecutionDetails::makeTabs() {
    tabs_->setDocumentMode(true);
    tabs_->setObjectName(u"executionTabs"_s);
    attempts_->setAccessibleName(tr("Attempts"));
    attempts_->setRootIsDecorated(false);
    attempts_->setItemDelegate(new CellDelegate{theme(), attempts_});
    attempts_->setHeaderLabels(
        {tr("Attempt"), tr("Began"), tr("VM"), tr("Waited"), tr("Ended"), tr("Duration")});
    tabs_->tabBar()->setAccessibleName(tr("Parts of the execution"));
    tabs_->addTab(result_, tr("Result"));
    tabs_->addTab(output_, tr("Output"));
    tabs_->addTab(error_, tr("Error"));
    tabs_->addTab(payload_, tr("Payload"));
    tabs_->addTab(attempts_, tr("Attempts"));
    tabs_->addTab(causes_, tr("Causes"));
    tabs_->addTab(records_, tr("Records"));
    connect(tabs_, &QTabWidget::currentChanged, this, [this] {
        if (tabs_->currentWidget() == causes_) fetchCauses();
    });
    connect(causes_, &CauseView::executionChosen, this, &Page::executionChosen);
    connect(causes_, &CauseView::metaeventChosen, this, &Page::metaeventChosen);
    connect(causes_, &CauseView::firingChosen, this, &Page::firingChosen);
    connect(causes_, &CauseView::causesWanted, this, &Page::causesWanted);
}

void ExecutionDetails::showExecution(const QString& id) {
    if (id == id_) return;
    id_ = id;
    setFault(fault_, {});
    if (id.isEmpty()) {
        stack_->setCurrentIndex(0);
    } else {
        fetch();
    }
}

void ExecutionDetails::fetch() {
    if (id_.isEmpty()) return;
    const QString wanted = id_;
    session().call("executions.show", {{"execution", toUtf8(id_)}}, this,
                   [this, wanted](const Result<json::value>& reply) {
                       if (wanted != id_) return;
                       stack_->setCurrentIndex(1);
                       if (!reply) return setFault(fault_, faultText(reply.error()));
                       if (reply->is_object()) fill(reply->get_object());
                   });
    if (tabs_->currentWidget() == causes_) fetchCauses();
}

void ExecutionDetails::fetchCauses() {
    if (id_.isEmpty()) return;
    const QString wanted = id_;
    session().call("causality", {{"of", toUtf8(id_)}}, this,
                   [this, wanted](const Result<json::value>& reply) {
                       if (wanted != id_) return;
                       if (!reply) return causes_->setText(faultText(reply.error()));
                       if (reply->is_object()) causes_->setGraph(causeGraphFromJson(reply->get_object()));
                   });
}

void ExecutionDetails::fill(const json::object& detail) {
    const auto value = [&](std::string_view key) -> std::optional<json::value> {
        const json::value* found = detail.if_contains(key);
        return found == nullptr || found->is_null() ? std::nullopt : std::optional{*found};
    };
    const auto state = stateFromName(stringMember(detail, "state"));
    const QString function = text(detail, "function");
    title_->setText(function + u"  "_s + (state ? stateText(*state) : QString{}));
    title_->setStyleSheet(state ? u"color: %1"_s.arg(theme().tone(stateTone(*state)).name()) : QString{});
    fillFacts(detail);
    phases_->set(phasesOf(detail));
    setFault(fault_, {});
    result_->setValue(value("result"));
    output_->setText(text(detail, "output"));
    payload_->setValue(value("payload"));
    records_->setValue(value("records"));
    fillAttempts(detail);
    fillError(detail);
    const QString payload = detail.contains("payload") ? fromUtf8(toJson(detail.at("payload"))) : u"null"_s;
    command_ = u"dogwatchctl --data %1 invoke %2 --payload %3"_s.arg(quoted(fromUtf8(session().dataDir())),
                                                                     function, quoted(payload));
    request_ = {{"function", toUtf8(function)}, {"async", true}, {"trigger", "console"}};
    request_["payload"] = value("payload").value_or(json::value{});
    deadLetter_ = boolMember(detail, "dead_letter");
    ended_ = state && *state != ExecutionState::Queued && *state != ExecutionState::Running;
    cancel_->setEnabled(!ended_);
    retry_->setEnabled(ended_);
    retry_->setText(deadLetter_ ? tr("Retry") : tr("Run again"));
}

void ExecutionDetails::fillFacts(const json::object& detail) {
    QStringList facts{text(detail, "execution"), tr("version %1").arg(intMember(detail, "version"))};
    facts.append(tr("attempt %1").arg(intMember(detail, "attempt", 1)));
    if (const QString trigger = text(detail, "trigger"); !trigger.isEmpty())
        facts.append(tr("by %1").arg(trigger));
    if (const QString vm = text(detail, "vm"); !vm.isEmpty()) facts.append(tr("in %1").arg(vm));
    if (const std::int64_t cpu = intMember(detail, "cpu_us"); cpu > 0)
        facts.append(tr("%1 of processor time").arg(durationText(cpu)));
    if (const std::int64_t peak = intMember(detail, "memory_peak_bytes"); peak > 0)
        facts.append(tr("%1 of memory at most").arg(bytesText(peak)));
    facts_->setText(facts.join(u"  ·  "_s));
}

void ExecutionDetails::fillAttempts(const json::object& detail) {
    attempts_->clear();
    latest_.reset();
    const json::value* records = detail.if_contains("records");
    if (records == nullptr || !records->is_array()) return;
    QTreeWidgetItem* item = nullptr;
    for (const json::value& each : records->get_array()) {
        const auto record = recordFromJson(each, false);
        if (!record) continue;
        latest_ = *record;
        const auto words = [&](std::string_view key) { return fromUtf8(stringMember(record->fields, key)); };
        const auto span = [&](std::string_view key) {
            return record->fields.contains(key) ? durationText(intMember(record->fields, key)) : QString{};
        };
        if (record->event == "execution.started") {
            item = new QTreeWidgetItem{attempts_};
            item->setText(
                0, QString::number(intMember(record->fields, "attempt", attempts_->topLevelItemCount())));
            item->setText(1, clockText(record->time, wallClock()));
            item->setText(2, words("vm"));
            item->setText(3, span("queue_us"));
        } else if (item != nullptr &&
                   (record->event == "execution.succeeded" || record->event == "execution.failed")) {
            const bool failed = record->event == "execution.failed";
            item->setText(4, failed ? tr("failed: %1").arg(words("error")) : tr("succeeded"));
            item->setData(4, ToneRole, static_cast<int>(failed ? Tone::Bad : Tone::Good));
            item->setToolTip(4, words("message"));
            item->setText(5, span("duration_us"));
        }
    }
    for (int column = 0; column < attempts_->columnCount(); ++column)
        attempts_->resizeColumnToContents(column);
    tabs_->setTabText(tabs_->indexOf(attempts_), attempts_->topLevelItemCount() > 1
                                                     ? tr("Attempts (%1)").arg(attempts_->topLevelItemCount())
                                                     : tr("Attempts"));
}

void ExecutionDetails::fillError(const json::object& detail) {
    const QString error = text(detail, "error");
    QStringList parts;
    if (!error.isEmpty()) parts.append(error + u": "_s + text(detail, "message"));
    if (const QString traceback = text(detail, "traceback"); !traceback.isEmpty()) parts.append(traceback);
    error_->setText(parts.join(u"\n\n"_s));
    const int errorTab = tabs_->indexOf(error_);
    tabs_->setTabIcon(errorTab, error.isEmpty() ? QIcon{} : theme().icon(u"cross"_s));
    if (!error.isEmpty() && tabs_->currentWidget() == result_) tabs_->setCurrentIndex(errorTab);
    if (error.isEmpty() && tabs_->currentIndex() == errorTab) tabs_->setCurrentWidget(result_);
}

void ExecutionDetails::cancel() {
    session().call("executions.cancel", {{"execution", toUtf8(id_)}}, this,
                   [this](const Result<json::value>& reply) {
                       setFault(fault_, reply ? QString{} : faultText(reply.error()));
                   });
}

void ExecutionDetails::retry() {
    const auto shown = [this](const Result<json::value>& reply) {
        if (!reply) return setFault(fault_, faultText(reply.error()));
        if (!reply->is_object()) return;
        const json::object& object = reply->get_object();
        QString id = text(object, "execution");
        if (const auto* list = object.if_contains("executions"); list != nullptr && list->is_array() &&
                                                                 !list->get_array().empty() &&
                                                                 list->get_array()[0].is_string())
            id = fromUtf8(view(list->get_array()[0].get_string()));
        if (!id.isEmpty()) Q_EMIT executionChosen(id);
    };
    if (deadLetter_) {
        session().call("deadletters.retry", {{"executions", json::array{toUtf8(id_)}}}, this, shown);
    } else {
        session().call("invoke", request_, this, shown);
    }
}

void ExecutionDetails::lookBack() {
    if (latest_) Q_EMIT historyWanted(*latest_);
}

void ExecutionDetails::copyCommand() {
    QGuiApplication::clipboard()->setText(command_);
}

}  // namespace dogwatch::gui
