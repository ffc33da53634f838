// Where pages lead: to a function, an execution, a metaevent, or the history bench at a moment.
#include <QCursor>
#include <QMenu>
#include <QStatusBar>

#include "gui/main_window.h"
#include "gui/models/text.h"
#include "gui/pages/concerned.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/function_templates.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/journal_page.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/overview_page.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

void MainWindow::connectPage(Page* page) {
    connect(page, &Page::functionChosen, this, [this](const QString& name) {
        setMode(Functions);
        functions_->choose(name);
    });
    connect(page, &Page::executionChosen, this, &MainWindow::goToExecution);
    connect(page, &Page::metaeventChosen, this, &MainWindow::goToMetaevent);
    connect(page, &Page::executionsWanted, this, &MainWindow::showExecutionsOf);
    connect(page, &Page::firingsWanted, this, &MainWindow::showFiringsOf);
    connect(page, &Page::causesWanted, this, [this](const QString& firing) {
        setMode(Firings);
        firings_->showCauses(firing);
    });
    connect(page, &Page::historyWanted, this, &MainWindow::showHistoryOf);
    connect(page, &Page::firingChosen, this,
            [this](const QString& metaevent, const QString& firing, Time time) {
                setMode(Metaevents);
                metaevents_->explain(metaevent, firing, time);
            });
}

void MainWindow::connectFirstSteps(const OverviewPage& overview, JournalPage& journal) {
    connect(&overview, &OverviewPage::demoWanted, this, &MainWindow::demoWanted);
    connect(&overview, &OverviewPage::functionWanted, this, [this] {
        setMode(Functions);
        functions_->startNew(functionTemplates().front());
    });
    connect(&overview, &OverviewPage::metaeventsFileWanted, this, [this] {
        setMode(Metaevents);
        metaevents_->askForFile(false, true);
    });
    connect(&overview, &OverviewPage::recordsFileWanted, this, [this, &journal] {
        setMode(Journal);
        journal.askForFile(false);
    });
}

void MainWindow::goToExecution(const QString& id) {
    setMode(Executions);
    executions_->choose(id);
}

void MainWindow::goToMetaevent(const QString& name) {
    setMode(Metaevents);
    metaevents_->choose(name);
}

void MainWindow::showExecutionsOf(const QString& filter) {
    setMode(Executions);
    executions_->setFilter(filter);
}

void MainWindow::showFiringsOf(const QString& filter) {
    setMode(Firings);
    firings_->setFilter(filter);
}

void MainWindow::showHistoryOf(const Record& record) {
    const QStringList names = metaeventsConcerned(record, bench_.session.metaevents());
    if (names.isEmpty()) {
        statusBar()->showMessage(
            tr("No metaevent looks at records like this one; “Watch for this” makes one."), 8000);
        return;
    }
    if (names.size() == 1) return showHistoryAt(names.front(), record);
    auto* menu = new QMenu{this};
    menu->setObjectName(u"whichMetaevent"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(tr("History of which metaevent?"));
    for (const QString& name : names)
        menu->addAction(bench_.theme.icon(u"metaevents"_s), name, this,
                        [this, name, record] { showHistoryAt(name, record); });
    menu->popup(QCursor::pos());
}

void MainWindow::showHistoryAt(const QString& metaevent, const Record& record) {
    const bool itsFiring =
        record.event == "metaevent.fired" && stringMember(record.fields, "metaevent") == toUtf8(metaevent);
    setMode(Metaevents);
    if (itsFiring) {
        metaevents_->explain(metaevent, fromUtf8(stringMember(record.fields, "firing")), record.time);
    } else {
        metaevents_->explain(metaevent, record);
    }
}

}  // namespace dogwatch::gui
