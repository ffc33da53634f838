#include "gui/pages/run_panel.h"

#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/pages/kept_texts.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/phase_bar.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QString text(const json::object& object, std::string_view key) {
    return fromUtf8(stringMember(object, key));
}

}  // namespace

int tracebackLine(const QString& traceback) {
    static const QRegularExpression kFrame{u"File \"[^\"]*main(?:\\.py)?\", line (\\d+)"_s};
    int line = 0;
    for (const auto& match : kFrame.globalMatch(traceback)) line = match.captured(1).toInt();
    return line;
}

RunPanel::RunPanel(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      payload_(new JsonField{theme(), tr("Payload, JSON")}),
      outcome_(new ElidedLabel{tr("Not run yet")}),
      phases_(new PhaseBar{theme()}),
      tabs_(new QTabWidget),
      result_(textBox(tr("Result"), tr("What the function returns will be here."))),
      output_(textBox(tr("Output"), tr("What the function prints will be here."))),
      error_(textBox(tr("Error"), tr("No error"))),
      details_(button(theme(), u"arrow"_s, tr("Details"), tr("Show this execution on the Executions page"))) {
    payload_->editor()->setObjectName(u"payload"_s);
    result_->setObjectName(u"result"_s);
    outcome_->setObjectName(u"sectionTitle"_s);
    auto* left = new QWidget;
    auto* leftLayout = new QVBoxLayout{left};
    leftLayout->setContentsMargins({});
    leftLayout->setSpacing(kSmallGap);
    saved_ = new SavedTexts{theme(), tr("Saved payloads"), [this] { return payload_->text(); }};
    saved_->setObjectName(u"savedPayloads"_s);
    connect(saved_, &SavedTexts::chosen, payload_, &JsonField::setText);
    connect(payload_, &JsonField::changed, this, &RunPanel::payloadEdited);
    auto* payloadHead = new QHBoxLayout;
    payloadHead->addWidget(sectionTitle(tr("Payload (JSON)")), 1);
    payloadHead->addWidget(saved_);
    leftLayout->addLayout(payloadHead);
    leftLayout->addWidget(payload_, 1);

    auto* right = new QWidget;
    auto* rightLayout = new QVBoxLayout{right};
    rightLayout->setContentsMargins({});
    rightLayout->setSpacing(kSmallGap);
    auto* head = new QHBoxLayout;
    head->addWidget(outcome_, 1);
    head->addWidget(details_);
    rightLayout->addLayout(head);
    rightLayout->addWidget(phases_);
    tabs_->setDocumentMode(true);
    tabs_->tabBar()->setAccessibleName(tr("What came of it"));
    tabs_->addTab(result_, tr("Result"));
    tabs_->addTab(output_, tr("Output"));
    tabs_->addTab(error_, tr("Error"));
    rightLayout->addWidget(tabs_, 1);
    details_->setEnabled(false);

    auto* splitter = makeSplitter(u"runSplitter"_s, Qt::Horizontal);
    splitter->addWidget(left);
    splitter->addWidget(right);
    splitter->setStretchFactor(0, 2);
    splitter->setStretchFactor(1, 3);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->addWidget(splitter);
    connect(details_, &QPushButton::clicked, this, [this] { Q_EMIT executionChosen(execution_); });
}

void RunPanel::setPayload(const QString& payload) {
    payload_->setText(payload);
}

QString RunPanel::payload() const {
    return payload_->text();
}

void RunPanel::setFunction(const QString& function) {
    saved_->setStore(savedTexts(session().dataDir(), u"payloads.json"_s, function));
}

void RunPanel::clear() {
    ++ordinal_;
    setRunning(false);
    outcome_->setText(tr("Not run yet"));
    outcome_->setStyleSheet({});
    phases_->set({});
    for (QPlainTextEdit* box : {result_, output_, error_}) box->clear();
    details_->setEnabled(false);
}

void RunPanel::setRunning(bool running) {
    if (running == running_) return;
    running_ = running;
    Q_EMIT runningChanged(running);
}

void RunPanel::run(const QString& function) {
    auto payload = payload_->value();
    if (!payload) {
        payload_->setFocus();
        return;
    }
    clear();
    Q_EMIT faultAt(0, {});
    outcome_->setText(tr("Running…"));
    setRunning(true);
    const int ordinal = ordinal_;
    session().call("invoke",
                   {{"function", toUtf8(function)}, {"payload", std::move(*payload)}, {"trigger", "console"}},
                   this, [this, ordinal](const Result<json::value>& reply) {
                       if (ordinal != ordinal_) return;
                       setRunning(false);
                       if (!reply) {
                           outcome_->setText(tr("It was not run"));
                           error_->setPlainText(faultText(reply.error()));
                           tabs_->setCurrentWidget(error_);
                           return;
                       }
                       if (reply->is_object()) showOutcome(reply->get_object());
                   });
}

void RunPanel::showOutcome(const json::object& outcome) {
    execution_ = text(outcome, "execution");
    details_->setEnabled(!execution_.isEmpty());
    const QString error = text(outcome, "error");
    const bool succeeded = error.isEmpty();
    const QString time = durationText(intMember(outcome, "duration_us"));
    outcome_->setText(succeeded ? tr("Succeeded in %1").arg(time)
                                : tr("Failed: %1, after %2").arg(error, time));
    outcome_->setStyleSheet(u"color: %1"_s.arg(theme().tone(succeeded ? Tone::Good : Tone::Bad).name()));
    phases_->set({intMember(outcome, "queue_us"), intMember(outcome, "init_us"),
                  intMember(outcome, "duration_us"), text(outcome, "start")});
    result_->setPlainText(prettyMember(outcome, "result"));
    output_->setPlainText(text(outcome, "output"));
    error_->setPlainText(text(outcome, "message"));
    tabs_->setCurrentWidget(succeeded ? result_ : error_);
    if (!succeeded) showTraceback(execution_, text(outcome, "message"));
}

void RunPanel::showTraceback(const QString& execution, const QString& message) {
    const int ordinal = ordinal_;
    session().call("executions.show", {{"execution", toUtf8(execution)}}, this,
                   [this, ordinal, message](const Result<json::value>& reply) {
                       if (ordinal != ordinal_ || !reply || !reply->is_object()) return;
                       const QString traceback = text(reply->get_object(), "traceback");
                       if (traceback.isEmpty()) return;
                       error_->setPlainText(message + u"\n\n"_s + traceback);
                       Q_EMIT faultAt(tracebackLine(traceback), message);
                   });
}

}  // namespace dogwatch::gui
