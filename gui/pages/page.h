// Page: one mode of the window. What it needs is handed to it; where it leads, it signals.
#pragma once

#include <QWidget>

#include "gui/pages/commands.h"
#include "gui/session/control_plane_session.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui {

/// What every page works with; outlives the pages.
struct Workbench {
    ControlPlaneSession& session;
    Theme& theme;
};

class Page : public QWidget {
    Q_OBJECT
 public:
    explicit Page(const Workbench& bench, QWidget* parent = nullptr) : QWidget(parent), bench_(bench) {}
    /// What is shown and can be done here, from a terminal.
    [[nodiscard]] virtual std::vector<Command> commands() const { return {}; }

 Q_SIGNALS:
    void functionChosen(const QString& name);
    void executionChosen(const QString& id);
    void metaeventChosen(const QString& name);
    /// The page of all firings.
    void firingsWanted(const QString& filter);
    /// The executions that this filter matches shall be shown.
    void executionsWanted(const QString& filter);
    /// Why did it come about? Leads to the drawing at that moment.
    void firingChosen(const QString& metaevent, const QString& firing, dogwatch::Time time);
    /// What led to this firing, and what it led to.
    void causesWanted(const QString& firing);
    /// The history bench at the moment of this record, of a metaevent that looks at it.
    void historyWanted(const dogwatch::Record& record);

 protected:
    [[nodiscard]] ControlPlaneSession& session() const { return bench_.session; }
    [[nodiscard]] Theme& theme() const { return bench_.theme; }
    [[nodiscard]] const Workbench& bench() const { return bench_; }

 private:
    Workbench bench_;
};

}  // namespace dogwatch::gui
