// The command lines of each page (commands.h), in one place, to be compared with the reference of
// dogwatchctl.
#include <QLineEdit>
#include <QStackedWidget>

#include "gui/models/text.h"
#include "gui/pages/commands.h"
#include "gui/pages/execution_details.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/journal_page.h"
#include "gui/pages/machines_page.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/overview_page.h"
#include "gui/pages/run_panel.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/filter_bar.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

/// Of the time range that all pages share: "--since" as far as there is a beginning.
QStringList sinceOption(const Scope& scope) {
    const auto begin = scope.range().begin(wallClock());
    QStringList option;
    if (begin) option << u"--since"_s << QString::number(toUs(*begin));
    return option;
}

}  // namespace

std::vector<Command> OverviewPage::commands() const {
    CommandLines lines{session().dataDir()};
    lines.add(tr("Executions that wait and run"), {u"gauges"_s});
    lines.add(tr("Functions and their last outcome"), {u"functions"_s, u"list"_s});
    lines.add(tr("Latest firings"), QStringList{u"firings"_s, u"list"_s} + sinceOption(session().scope()));
    lines.add(tr("Virtual machines"), {u"pool"_s, u"status"_s});
    return lines.all();
}

std::vector<Command> FunctionsPage::commands() const {
    CommandLines lines{session().dataDir()};
    lines.add(tr("List the functions"), {u"functions"_s, u"list"_s});
    const json::object function = draft();
    const QString name = fromUtf8(stringMember(function, "name"));
    if (stack_->currentIndex() != 1 || name.isEmpty()) return lines.all();
    if (!isNew_) {
        lines.add(tr("Run it with this payload"), {u"invoke"_s, name, u"--payload"_s, runPanel_->payload()});
        lines.add(tr("Show it"), {u"functions"_s, u"show"_s, name});
        lines.add(tr("List its executions"), {u"executions"_s, u"list"_s, u"--function"_s, name});
    }
    if (function.contains("code")) {
        QStringList options = functionOptions(toJson(function));
        // What it has now would stay, were nothing said of it.
        if (!isNew_ && stringMember(function, "schedule").empty()) options << u"--schedule"_s << QString{};
        lines.add(
            isNew_ ? tr("Add it as it stands here") : tr("Save it as it stands here"),
            QStringList{u"functions"_s, isNew_ ? u"add"_s : u"update"_s, name, u"--code"_s, u"-"_s} + options,
            code_->text());
    }
    if (!isNew_) lines.add(tr("Remove it"), {u"functions"_s, u"remove"_s, name});
    return lines.all();
}

std::vector<Command> ExecutionsPage::commands() const {
    CommandLines lines{session().dataDir()};
    lines.add(tr("List executions by function and state of the filter"),
              QStringList{u"executions"_s, u"list"_s} +
                  filterOptions(filter_->field()->text(), {u"function"_s, u"state"_s}));
    const QString id = details_->execution();
    if (!id.isEmpty()) {
        lines.add(tr("Show this execution"), {u"executions"_s, u"show"_s, id});
        lines.add(tr("Print its output"), {u"executions"_s, u"logs"_s, id});
        lines.add(tr("Cancel it"), {u"executions"_s, u"cancel"_s, id});
    }
    lines.add(tr("List the requests that were given up"), {u"deadletters"_s, u"list"_s});
    std::vector<Command> all = lines.all();
    if (!id.isEmpty()) all.push_back({tr("Run it again"), details_->command()});
    return all;
}

std::vector<Command> MetaeventsPage::commands() const {
    CommandLines lines{session().dataDir()};
    if (editor_->isVisible()) {
        const QString text = fromUtf8(toJson(editor_->model().graph().definition()));
        lines.add(tr("Check this draft"), {u"metaevents"_s, u"check"_s, u"-"_s}, text);
        lines.add(tr("Apply this draft"), {u"metaevents"_s, u"apply"_s, u"-"_s}, text);
        lines.add(tr("Try this draft on the journal"), {u"backtest"_s, u"--metaevents"_s, u"-"_s}, text);
        return lines.all();
    }
    lines.add(tr("List the metaevents"), {u"metaevents"_s, u"list"_s});
    if (const MetaeventRow* row = current()) {
        const QString name = fromUtf8(row->name);
        lines.add(tr("Show it"), {u"metaevents"_s, u"show"_s, name});
        lines.add(tr("Explain why it fired, or did not"), {u"metaevents"_s, u"explain"_s, name});
        lines.add(tr("List its firings"), {u"firings"_s, u"list"_s, u"--metaevent"_s, name});
        lines.add(row->enabled ? tr("Disable it") : tr("Enable it"),
                  {u"metaevents"_s, row->enabled ? u"disable"_s : u"enable"_s, name});
        lines.add(tr("Apply its definition"), {u"metaevents"_s, u"apply"_s, u"-"_s},
                  fromUtf8(toJson(row->definition)));
        lines.add(tr("Try it on the journal"), {u"backtest"_s, u"--metaevents"_s, u"-"_s},
                  fromUtf8(toJson(row->definition)));
        lines.add(tr("Remove it"), {u"metaevents"_s, u"remove"_s, name});
    }
    return lines.all();
}

std::vector<Command> FiringsPage::commands() const {
    CommandLines lines{session().dataDir()};
    lines.add(tr("List the firings"), QStringList{u"firings"_s, u"list"_s} +
                                          filterOptions(bar_->field()->text(), {u"metaevent"_s}) +
                                          sinceOption(session().scope()));
    if (const FiringRow* row = current()) {
        const QString id = fromUtf8(row->id);
        const QString metaevent = fromUtf8(row->metaevent);
        lines.add(tr("Show this firing"), {u"firings"_s, u"show"_s, id});
        lines.add(tr("Acknowledge it"), {u"firings"_s, u"ack"_s, id});
        lines.add(tr("Silence its metaevent for an hour"),
                  {u"metaevents"_s, u"silence"_s, metaevent, u"--for"_s, u"1h"_s});
        lines.add(tr("End its silence"), {u"metaevents"_s, u"unsilence"_s, metaevent});
    }
    return lines.all();
}

std::vector<Command> JournalPage::commands() const {
    CommandLines lines{session().dataDir()};
    const QStringList options =
        filterOptions(bar_->field()->text(), {u"event"_s, u"function"_s}) + sinceOption(session().scope());
    lines.add(tr("Print records by event and function of the filter"),
              QStringList{u"records"_s, u"tail"_s} + options);
    lines.add(tr("The same, and go on with new ones"),
              QStringList{u"records"_s, u"tail"_s, u"--follow"_s} + options);
    lines.add(tr("Export all records"), {u"records"_s, u"export"_s, u"records.jsonl"_s});
    return lines.all();
}

std::vector<Command> MachinesPage::commands() const {
    CommandLines lines{session().dataDir()};
    lines.add(tr("Show the virtual machines"), {u"pool"_s, u"status"_s});
    if (const QString vm = table_->currentKey(); !vm.isEmpty())
        lines.add(tr("Print the serial console of %1").arg(vm), {u"pool"_s, u"console"_s, vm});
    lines.add(tr("Replace all machines (drain)"), {u"pool"_s, u"drain"_s});
    return lines.all();
}

}  // namespace dogwatch::gui
