#include "gui/pages/execution_details.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTabWidget>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/phase_bar.h"

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
      title_(sectionTitle({})),
      facts_(caption({})),
      fault_(faultLabel()),
      phases_(new PhaseBar{theme()}),
      tabs_(new QTabWidget),
      result_(textBox(tr("Result"), tr("No result"))),
      output_(textBox(tr("Output"), tr("It printed nothing"))),
      error_(textBox(tr("Error"), tr("No error"))),
      payload_(textBox(tr("Payload"), tr("No payload"))),
      records_(textBox(tr("Records"), tr("No records"))),
      cancel_(button(theme(), u"stop"_s, tr("Cancel"), tr("End this execution"))) {
    auto* panel = new QWidget;
    auto* layout = new QVBoxLayout{panel};
    layout->setContentsMargins({});
    layout->setSpacing(8);
    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    title_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    title_->setMinimumWidth(1);
    head->addWidget(title_, 1);
    auto* copy =
        button(theme(), u"copy"_s, tr("Copy command"), tr("Copy a dogwatchctl command that runs it again"));
    head->addWidget(copy);
    head->addWidget(cancel_);
    layout->addLayout(head);
    layout->addWidget(facts_);
    layout->addWidget(phases_);
    layout->addWidget(fault_);
    tabs_->setDocumentMode(true);
    tabs_->addTab(result_, tr("Result"));
    tabs_->addTab(output_, tr("Output"));
    tabs_->addTab(error_, tr("Error"));
    tabs_->addTab(payload_, tr("Payload"));
    tabs_->addTab(records_, tr("Records"));
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
    connect(copy, &QPushButton::clicked, this, &ExecutionDetails::copyCommand);
    connect(cancel_, &QPushButton::clicked, this, &ExecutionDetails::cancel);
    connect(&session(), &ControlPlaneSession::executionTouched, this, [this](const QString& id) {
        if (id == id_) fetchTimer_.start();
    });
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
                       if (!reply) return setFault(fault_, fromUtf8(reply.error().text()));
                       if (reply->is_object()) fill(reply->get_object());
                   });
}

void ExecutionDetails::fill(const json::object& detail) {
    const auto state = stateFromName(stringMember(detail, "state"));
    const QString function = text(detail, "function");
    title_->setText(function + u"  "_s + (state ? stateText(*state) : QString{}));
    title_->setStyleSheet(state ? u"color: %1"_s.arg(theme().tone(stateTone(*state)).name()) : QString{});
    QStringList facts{text(detail, "execution"), tr("version %1").arg(intMember(detail, "version"))};
    facts.append(tr("attempt %1").arg(intMember(detail, "attempt", 1)));
    if (const QString trigger = text(detail, "trigger"); !trigger.isEmpty())
        facts.append(tr("by %1").arg(trigger));
    if (const QString vm = text(detail, "vm"); !vm.isEmpty()) facts.append(tr("in %1").arg(vm));
    if (const QString cause = text(detail, "cause"); !cause.isEmpty())
        facts.append(tr("because of %1").arg(cause));
    facts_->setText(facts.join(u"  ·  "_s));
    phases_->set(phasesOf(detail));
    setFault(fault_, {});
    setBoxText(result_, prettyMember(detail, "result"));
    setBoxText(output_, text(detail, "output"));
    setBoxText(payload_, prettyMember(detail, "payload"));
    setBoxText(records_, prettyMember(detail, "records"));
    fillError(detail);
    const QString payload = detail.contains("payload") ? fromUtf8(toJson(detail.at("payload"))) : u"null"_s;
    command_ = u"dogwatchctl --data %1 invoke %2 --payload %3"_s.arg(quoted(fromUtf8(session().dataDir())),
                                                                     function, quoted(payload));
    cancel_->setEnabled(state && (*state == ExecutionState::Queued || *state == ExecutionState::Running));
}

void ExecutionDetails::fillError(const json::object& detail) {
    const QString error = text(detail, "error");
    QStringList parts;
    if (!error.isEmpty()) parts.append(error + u": "_s + text(detail, "message"));
    if (const QString traceback = text(detail, "traceback"); !traceback.isEmpty()) parts.append(traceback);
    setBoxText(error_, parts.join(u"\n\n"_s));
    const int errorTab = tabs_->indexOf(error_);
    tabs_->setTabIcon(errorTab, error.isEmpty() ? QIcon{} : theme().icon(u"cross"_s));
    if (!error.isEmpty() && tabs_->currentWidget() == result_) tabs_->setCurrentIndex(errorTab);
    if (error.isEmpty() && tabs_->currentIndex() == errorTab) tabs_->setCurrentWidget(result_);
}

void ExecutionDetails::cancel() {
    session().call("executions.cancel", {{"execution", toUtf8(id_)}}, this,
                   [this](const Result<json::value>& reply) {
                       setFault(fault_, reply ? QString{} : fromUtf8(reply.error().text()));
                   });
}

void ExecutionDetails::copyCommand() {
    QGuiApplication::clipboard()->setText(command_);
}

}  // namespace dogwatch::gui
