// What the locator leads to: everything that has a name, and what one can do.
#include <QApplication>
#include <QToolButton>

#include "gui/main_window.h"
#include "gui/models/text.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/function_templates.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/machines_page.h"
#include "gui/pages/metaevents_page.h"
#include "gui/tour.h"
#include "gui/widgets/locator.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
constexpr int kLatest = 400;  ///< executions and firings that are offered by name

}  // namespace

std::vector<Place> MainWindow::actions() {
    std::vector<Place> list;
    const QString kind = tr("Action");
    const auto add = [&](const QString& title, const QString& icon, const QString& detail, auto go) {
        list.push_back({title, kind, icon, detail, go});
    };
    const std::pair<QString, QString> pages[] = {
        {tr("Overview"), u"overview"_s},     {tr("Functions"), u"functions"_s},
        {tr("Executions"), u"executions"_s}, {tr("Metaevents"), u"metaevents"_s},
        {tr("Firings"), u"bell"_s},          {tr("Machines"), u"machines"_s},
        {tr("Journal"), u"journal"_s}};
    for (int mode = 0; mode < ModeCount; ++mode) {
        const auto& [name, icon] = pages[mode];
        list.push_back({name, tr("Page"), icon, u"Ctrl+%1"_s.arg(mode + 1), [this, mode] { setMode(mode); }});
    }
    for (const FunctionTemplate& from : functionTemplates())
        add(tr("New function: %1").arg(from.title), u"plus"_s, {}, [this, from] {
            setMode(Functions);
            functions_->startNew(from);
        });
    add(tr("New metaevent"), u"plus"_s, {}, [this] {
        setMode(Metaevents);
        metaevents_->startNew();
    });
    add(tr("Timeline of executions"), u"executions"_s, {}, [this] {
        setMode(Executions);
        executions_->showView(ExecutionsPage::Timeline);
    });
    add(tr("Failed executions"), u"cross"_s, u"state:failed"_s,
        [this] { showExecutionsOf(u"state:failed"_s); });
    add(tr("Running executions"), u"running"_s, u"state:running"_s,
        [this] { showExecutionsOf(u"state:running"_s); });
    add(tr("Theme: follow the system"), u"sun"_s, {}, [this] { chooseTheme(Theme::Choice::System); });
    add(tr("Theme: light"), u"sun"_s, {}, [this] { chooseTheme(Theme::Choice::Light); });
    add(tr("Theme: dark"), u"sun"_s, {}, [this] { chooseTheme(Theme::Choice::Dark); });
    add(tr("Start the control plane"), u"play"_s, {}, [this] { bench_.session.startControlPlane(); });
    add(tr("Quit"), u"stop"_s, {}, [this] { close(); });
    return list;
}

std::vector<Place> MainWindow::places() {
    ControlPlaneSession& session = bench_.session;
    std::vector<Place> list;
    for (const FunctionRow& row : session.functions().rows()) {
        const QString name = fromUtf8(row.name);
        list.push_back({name, tr("Function"), u"functions"_s, fromUtf8(row.runtime), [this, name] {
                            setMode(Functions);
                            functions_->choose(name);
                        }});
    }
    for (const MetaeventRow& row : session.metaevents().rows()) {
        const QString name = fromUtf8(row.name);
        list.push_back({name, tr("Metaevent"), u"metaevents"_s, fromUtf8(row.sentence),
                        [this, name] { goToMetaevent(name); }});
    }
    for (Place& action : actions()) list.push_back(std::move(action));
    for (const MachineRow& row : session.machines().rows()) {
        const QString id = fromUtf8(row.id);
        list.push_back(
            {id, tr("Machine"), u"machines"_s, fromUtf8(row.state + " " + row.function), [this, id] {
                 setMode(Machines);
                 machinesPage_->choose(id);
             }});
    }
    for (int i = 0; i < std::min(session.firings().rowCount(), kLatest); ++i) {
        const FiringRow& row = session.firings().at(i);
        const QString name = fromUtf8(row.metaevent);
        list.push_back({tr("%1, %2").arg(name, clockText(row.time, wallClock())), tr("Firing"), u"bell"_s,
                        session.firings().words(row), [this, id = fromUtf8(row.id)] {
                            setMode(Firings);
                            firings_->choose(id);
                        }});
    }
    for (int i = 0; i < std::min(session.executions().rowCount(), kLatest); ++i) {
        const Execution& row = session.executions().at(i);
        const QString id = fromUtf8(row.id);
        list.push_back({id, tr("Execution"), stateIcon(row.state),
                        fromUtf8(row.function) + u", "_s + stateText(row.state),
                        [this, id] { goToExecution(id); }});
    }
    return list;
}

QWidget* MainWindow::makeLocatorButton() {
    auto* button = new QToolButton;
    button->setIcon(bench_.theme.icon(u"search"_s));
    button->setIconSize({20, 20});
    button->setFixedWidth(40);
    button->setToolTip(tr("Go to … (Ctrl+K)"));
    button->setAccessibleName(tr("Go to"));
    connect(button, &QToolButton::clicked, this, &MainWindow::openLocator);
    return button;
}

Tour& MainWindow::tour() {
    if (tour_ == nullptr) tour_ = new Tour{*this, bench_.theme, settings_};
    return *tour_;
}

}  // namespace dogwatch::gui
