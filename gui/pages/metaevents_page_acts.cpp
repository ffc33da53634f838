// What one does about a metaevent: enable, silence, remove it, run its jobs by hand, carry definitions to
// files and back.
#include <QFile>
#include <QFileDialog>
#include <QMessageBox>
#include <QSaveFile>

#include "core/model/metaevent.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/pages/act_dialogs.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/try_jobs_dialog.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

void MetaeventsPage::call(std::string_view method, json::object params) {
    params["name"] = toUtf8(chosen_);
    session().call(method, params, this, [this](const Result<json::value>& reply) {
        setFault(fault_, reply ? QString{} : faultText(reply.error()));
        session().refreshMetaevents();
    });
}

QPushButton* MetaeventsPage::makeCausesButton() {
    auto* causes = button(theme(), u"link"_s, {}, tr("Causes and effects of this firing"));
    causes->setObjectName(u"firingCausesWanted"_s);
    causes->setEnabled(false);
    connect(firings_, &Table::currentKeyChanged, causes,
            [causes](const QString& firing) { causes->setEnabled(!firing.isEmpty()); });
    connect(causes, &QPushButton::clicked, this, [this] { Q_EMIT causesWanted(firings_->currentKey()); });
    return causes;
}

void MetaeventsPage::toggleEnabled() {
    if (const MetaeventRow* row = current()) call(row->enabled ? "metaevents.disable" : "metaevents.enable");
}

void MetaeventsPage::toggleSilence() {
    const MetaeventRow* row = current();
    if (row == nullptr) return;
    if (!row->silences.empty()) return call("metaevents.unsilence");
    auto* dialog = new SilenceDialog{chosen_, this};
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { call("metaevents.silence", dialog->params()); });
    dialog->open();
}

void MetaeventsPage::tryJobs() {
    const MetaeventRow* row = current();
    if (row == nullptr) return;
    auto definition = metaeventFromJson(json::value(row->definition), {}, grammar());
    if (!definition) return setFault(fault_, faultText(definition.error()));
    auto* dialog = new TryJobsDialog{session(), theme(), std::move(*definition), this};
    connect(dialog, &TryJobsDialog::executionChosen, this, &Page::executionChosen);
    dialog->open();
}

void MetaeventsPage::askToRemove() {
    auto* box = new QMessageBox{QMessageBox::Question, tr("Remove metaevent"),
                                tr("Remove “%1”?").arg(chosen_), QMessageBox::Cancel, this};
    box->setInformativeText(tr("Nothing will watch for it any more; its firings stay in the journal."));
    box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this, [this, box](QAbstractButton* clicked) {
        if (box->buttonRole(clicked) == QMessageBox::DestructiveRole) call("metaevents.remove");
    });
    box->open();
}

void MetaeventsPage::askForFile(bool toWrite, bool all) {
    auto* dialog = new QFileDialog{this, toWrite ? tr("Export metaevents") : tr("Import metaevents")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(toWrite ? QFileDialog::AcceptSave : QFileDialog::AcceptOpen);
    dialog->setFileMode(toWrite ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Metaevents (*.dogwatch *.json);;All files (*)"));
    dialog->setDefaultSuffix(u"dogwatch"_s);
    if (toWrite) dialog->selectFile((all ? u"metaevents"_s : chosen_) + u".dogwatch"_s);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, toWrite, all](const QString& path) { toWrite ? exportTo(path, all) : importFrom(path); });
    dialog->open();
}

void MetaeventsPage::exportTo(const QString& path, bool all) {
    json::array definitions;
    for (const MetaeventRow& row : session().metaevents().rows())
        if (all || fromUtf8(row.name) == chosen_) definitions.emplace_back(row.definition);
    QSaveFile file{path};
    const std::string text = toPrettyJson(definitions) + '\n';
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.write(text.data(), static_cast<qint64>(text.size())) >= 0 && file.commit();
    setFault(listFault_, written ? QString{} : tr("Cannot write %1: %2").arg(path, file.errorString()));
}

void MetaeventsPage::importFrom(const QString& path) {
    QFile file{path};
    constexpr qint64 kLargest = 4 << 20;
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargest) {
        return setFault(listFault_, file.isOpen() ? tr("%1 is too large.").arg(path)
                                                  : tr("Cannot read %1: %2").arg(path, file.errorString()));
    }
    auto written = parseJson(file.readAll().toStdString(), {}, grammar());
    if (!written) return setFault(listFault_, faultText(written.error()));
    const auto definitions = metaeventsFromJson(*written, grammar());
    if (!definitions) return setFault(listFault_, faultText(definitions.error()));
    QStringList replaced;
    for (const Metaevent& each : *definitions) {
        const auto row = session().metaevents().find(each.name);
        if (row && session().metaevents().at(*row).definition != each.source)
            replaced.append(fromUtf8(each.name));
    }
    const QString first = definitions->empty() ? QString{} : fromUtf8(definitions->front().name);
    if (replaced.isEmpty()) return applyImported(*written, first);
    auto* box = new QMessageBox{QMessageBox::Question, tr("Import metaevents"),
                                tr("Replace what is here? Metaevents concerned: %1").arg(replaced.size()),
                                QMessageBox::Cancel, this};
    box->setObjectName(u"replaceImported"_s);
    box->setInformativeText(replaced.join(u", "_s));
    box->addButton(tr("Replace"), QMessageBox::AcceptRole);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this,
            [this, box, first, definitions = *std::move(written)](QAbstractButton* clicked) {
                if (box->buttonRole(clicked) == QMessageBox::AcceptRole) applyImported(definitions, first);
            });
    box->open();
}

void MetaeventsPage::applyImported(const json::value& definitions, const QString& first) {
    session().call("metaevents.apply", {{"definitions", definitions}, {"language", languageCode()}}, this,
                   [this, first](const Result<json::value>& reply) {
                       setFault(listFault_, reply ? QString{} : faultText(reply.error()));
                       session().refreshMetaevents();
                       if (reply && !first.isEmpty()) choose(first);
                   });
}

}  // namespace dogwatch::gui
