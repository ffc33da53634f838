#include "gui/pages/try_jobs_dialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include "gui/bench/model/sample_firing.h"
#include "gui/models/execution_model.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/pages/execution_details.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

TryJobsDialog::TryJobsDialog(ControlPlaneSession& session, const Theme& theme, Metaevent definition,
                             QWidget* parent)
    : QDialog(parent),
      session_(session),
      theme_(theme),
      definition_(std::move(definition)),
      job_(new QComboBox),
      source_(caption({})),
      payload_(new JsonField{theme, tr("Payload")}),
      outcome_(caption({})),
      result_(textBox(tr("Result"), tr("What the job returns will stand here."))) {
    setObjectName(u"tryJobs"_s);
    setWindowTitle(tr("Run a job of %1 by hand").arg(fromUtf8(definition_.name)));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(640, 520);
    job_->setObjectName(u"tryJob"_s);
    job_->setAccessibleName(tr("Job"));
    source_->setObjectName(u"trySource"_s);
    outcome_->setObjectName(u"tryOutcome"_s);
    result_->setObjectName(u"tryResult"_s);
    run_ =
        primaryButton(theme_, u"play"_s, tr("Run"), tr("Run the function with this payload (Ctrl+Return)"));
    run_->setObjectName(u"tryRun"_s);
    addShortcut(run_, QKeySequence{u"Ctrl+Return"_s});
    run_->setAutoDefault(false);
    open_ = button(theme_, u"executions"_s, tr("Execution"), tr("Show the execution"));
    open_->setObjectName(u"tryExecution"_s);
    open_->setAutoDefault(false);
    open_->setEnabled(false);
    auto* head = new QHBoxLayout;
    head->addWidget(caption(tr("Job")));
    head->addWidget(job_, 1);
    auto* foot = new QHBoxLayout;
    foot->addWidget(outcome_, 1);
    foot->addWidget(open_);
    foot->addWidget(run_);
    auto* layout = new QVBoxLayout{this};
    layout->setSpacing(kSmallGap);
    layout->addLayout(head);
    layout->addWidget(source_);
    layout->addWidget(payload_, 2);
    layout->addLayout(foot);
    layout->addWidget(result_, 1);
    connect(job_, &QComboBox::currentIndexChanged, this, &TryJobsDialog::showJob);
    connect(run_, &QPushButton::clicked, this, &TryJobsDialog::run);
    connect(payload_, &JsonField::changed, this,
            [this] { run_->setEnabled(!jobs_.empty() && payload_->value().has_value()); });
    connect(open_, &QPushButton::clicked, this, [this] {
        Q_EMIT executionChosen(execution_);
        accept();
    });
    run_->setEnabled(false);
    sample();
}

void TryJobsDialog::sample() {
    const FiringModel& firings = session_.firings();
    for (int row = 0; row < firings.rowCount(); ++row) {
        const FiringRow& latest = firings.at(row);
        if (latest.metaevent != definition_.name) continue;
        const QString source =
            tr("The payload that it gets from the firing of %1.").arg(clockText(latest.time, wallClock()));
        session_.call("firings.show", {{"firing", latest.id}}, this,
                      [this, source](const Result<json::value>& reply) {
                          if (!reply) return outcome_->setText(faultText(reply.error()));
                          if (reply->is_object()) fill(reply->get_object(), source);
                      });
        return;
    }
    std::vector<Record> records;
    const RecordModel& model = session_.records();
    for (int row = model.rowCount() - 1; row >= 0; --row) records.push_back(model.at(row));
    const json::object firing = bench::sampleFiring(definition_, records, wallClock());
    const bool any = !firing.at("evidence").get_array().empty();
    fill(firing,
         any ? tr("It has not fired yet: the payload is made from the latest records that it looks at.")
             : tr("It has not fired yet, and no record that it looks at is at hand: the evidence is empty."));
}

void TryJobsDialog::fill(const json::object& firing, const QString& source) {
    for (bench::JobSample& sample : bench::jobSamples(definition_, firing))
        jobs_.emplace_back(std::move(sample.function), std::move(sample.payload));
    source_->setText(jobs_.empty() ? tr("It has no jobs.") : source);
    for (const auto& [function, payload] : jobs_) job_->addItem(fromUtf8(function));
    showJob();
}

void TryJobsDialog::showJob() {
    const auto at = static_cast<std::size_t>(std::max(0, job_->currentIndex()));
    if (at >= jobs_.size()) return;
    payload_->setText(fromUtf8(toPrettyJson(jobs_[at].second)));
    run_->setEnabled(true);
}

void TryJobsDialog::run() {
    const auto payload = payload_->value();
    if (!payload || jobs_.empty()) return;
    run_->setEnabled(false);
    open_->setEnabled(false);
    result_->clear();
    outcome_->setText(tr("Running…"));
    session_.call("invoke",
                  {{"function", toUtf8(job_->currentText())}, {"payload", *payload}, {"trigger", "console"}},
                  this, [this](const Result<json::value>& reply) { showOutcome(reply); });
}

void TryJobsDialog::showOutcome(const Result<json::value>& reply) {
    run_->setEnabled(true);
    if (!reply || !reply->is_object()) {
        return outcome_->setText(reply ? tr("The answer makes no sense.") : faultText(reply.error()));
    }
    const json::object& answer = reply->get_object();
    execution_ = fromUtf8(stringMember(answer, "execution"));
    open_->setEnabled(!execution_.isEmpty());
    const auto state = stateFromName(stringMember(answer, "status"));
    outcome_->setText(
        tr("%1 in %2")
            .arg(state ? stateText(*state) : QString{}, durationText(intMember(answer, "duration_us"))));
    QStringList parts;
    if (const auto message = stringMember(answer, "message"); !message.empty())
        parts.append(fromUtf8(message));
    if (const QString result = prettyMember(answer, "result"); !result.isEmpty()) parts.append(result);
    if (const auto output = stringMember(answer, "output"); !output.empty()) parts.append(fromUtf8(output));
    setBoxText(result_, parts.join(u"\n\n"_s));
}

}  // namespace dogwatch::gui
