// MainWindow: the mode bar, the pages, the banner and the status bar.
#pragma once

#include <QMainWindow>
#include <QSettings>

#include "gui/pages/page.h"

class QLabel;
class QStackedWidget;

namespace dogwatch::gui {

class Banner;
class ExecutionsPage;
class FiringsPage;
class FunctionsPage;
class Locator;
class JournalPage;
class MachinesPage;
class MetaeventsPage;
class OverviewPage;
class ModeBar;
class Notifications;
class Tour;
struct Place;

class MainWindow final : public QMainWindow {
    Q_OBJECT
 public:
    enum Mode { Overview, Functions, Executions, Metaevents, Firings, Machines, Journal, ModeCount };

    /// `settings`: where layout, theme and answers are remembered.
    MainWindow(const Workbench& bench, QSettings& settings, QWidget* parent = nullptr);

    void setMode(int mode);
    /// Draws the metaevent of a file, which is not applied by that; of several, the first. Tells why not
    /// where it cannot.
    void openFile(const QString& path);
    /// The field from which everything is reached (Ctrl+K).
    void openLocator();
    /// Few steps through the window, over its real controls.
    [[nodiscard]] Tour& tour();
    [[nodiscard]] ControlPlaneSession& session() const { return bench_.session; }
    [[nodiscard]] Notifications& notifications() { return *notifications_; }
    [[nodiscard]] FunctionsPage& functionsPage() const { return *functions_; }
    [[nodiscard]] ExecutionsPage& executionsPage() const { return *executions_; }
    [[nodiscard]] MetaeventsPage& metaeventsPage() const { return *metaevents_; }
    [[nodiscard]] FiringsPage& firingsPage() const { return *firings_; }
    [[nodiscard]] MachinesPage& machinesPage() const { return *machinesPage_; }

 Q_SIGNALS:
    /// A demo's own window shall open.
    void demoWanted();

 protected:
    void closeEvent(QCloseEvent* event) override;

 private:
    void makePages();
    void makeStatusBar();
    QWidget* makeThemeButton();
    QWidget* makeNoticeButton();
    QWidget* makeLocatorButton();
    void connectNotifications();
    [[nodiscard]] std::vector<Place> places();
    [[nodiscard]] std::vector<Place> actions();
    void chooseTheme(Theme::Choice choice);
    void goToMetaevent(const QString& name);
    void goToExecution(const QString& id);
    void showExecutionsOf(const QString& filter);
    void showFiringsOf(const QString& filter);
    /// The history bench of a metaevent that a record concerns, at its moment; asks which where there are
    /// several.
    void showHistoryOf(const Record& record);
    void showHistoryAt(const QString& metaevent, const Record& record);
    void connectPage(Page* page);
    void connectFirstSteps(const OverviewPage& overview, JournalPage& journal);
    void showLink();
    void showStatus();
    void restoreLayout();
    void saveLayout();
    /// Whether the control plane goes on when the window closes; asks once.
    bool keepsWatching();

    Workbench bench_;
    Tour* tour_ = nullptr;  ///< made when first asked for
    QSettings& settings_;
    ModeBar* modes_;
    Banner* banner_;
    QStackedWidget* pages_;
    Notifications* notifications_;
    Locator* locator_;
    FunctionsPage* functions_ = nullptr;
    ExecutionsPage* executions_ = nullptr;
    MetaeventsPage* metaevents_ = nullptr;
    FiringsPage* firings_ = nullptr;
    MachinesPage* machinesPage_ = nullptr;
    QLabel* linkIcon_;
    QLabel* link_;
    QLabel* accelerator_;
    QLabel* machines_;
    QLabel* queue_;
    QLabel* rate_;
};

}  // namespace dogwatch::gui
