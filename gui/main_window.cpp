#include "gui/main_window.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QFile>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QWidgetAction>

#include "gui/command_menu.h"
#include "gui/help/help_menu.h"
#include "gui/language_menu.h"
#include "gui/models/accelerator.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/notifications.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/journal_page.h"
#include "gui/pages/machines_page.h"
#include "gui/pages/metaevents_page.h"
#include "gui/pages/overview_page.h"
#include "gui/tour.h"
#include "gui/widgets/cell_delegate.h"
#include "gui/widgets/details_area.h"
#include "gui/widgets/elided_label.h"
#include "gui/widgets/locator.h"
#include "gui/widgets/mode_bar.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
using Link = ControlPlaneSession::Link;

constexpr qint64 kLargestDefinitions = 4 << 20;  ///< of a file to open, in bytes

QLabel* statusLabel(const QString& name) {
    auto* label = new ElidedLabel;
    label->setAccessibleName(name);
    label->setContentsMargins(8, 3, 8, 3);
    return label;
}

/// The definitions in a file; at least one.
Result<std::vector<json::object>> readDefinitions(const QString& path) {
    QFile file{path};
    if (!file.open(QIODevice::ReadOnly)) return failure(Error::Kind::Io, toUtf8(file.errorString()));
    if (file.size() > kLargestDefinitions)
        return failure(Error::Kind::Invalid, toUtf8(MainWindow::tr("it is too large")));
    const auto value = parseJson(file.readAll().toStdString(), {}, grammar());
    if (!value) return tl::unexpected(value.error());
    std::vector<json::object> definitions;
    if (value->is_object()) definitions.push_back(value->get_object());
    if (value->is_array())
        for (const json::value& each : value->get_array())
            if (each.is_object()) definitions.push_back(each.get_object());
    if (definitions.empty())
        return failure(Error::Kind::Invalid, toUtf8(MainWindow::tr("it holds no metaevent")));
    return definitions;
}

/// Where the manual tells of a page.
QString manualPlace(int mode) {
    switch (mode) {
        case MainWindow::Functions: return u"manual/first-function.md"_s;
        case MainWindow::Metaevents: return u"conditions.md"_s;
        case MainWindow::Firings: return u"manual/why-did-it-fire.md"_s;
        case MainWindow::Machines: return u"vm.md"_s;
        case MainWindow::Executions:
        case MainWindow::Journal: return u"console.md#the-filter"_s;
        default: return u"manual/README.md"_s;
    }
}

}  // namespace

MainWindow::MainWindow(const Workbench& bench, QSettings& settings, QWidget* parent)
    : QMainWindow(parent),
      bench_(bench),
      settings_(settings),
      modes_(new ModeBar{bench.theme}),
      banner_(new Banner{bench.theme}),
      pages_(new QStackedWidget),
      notifications_(new Notifications{bench.theme, this}),
      locator_(nullptr) {
    setWindowTitle(tr("Dogwatch"));
    setMinimumSize(1024, 640);
    makePages();
    modes_->addFoot(makeLocatorButton());
    modes_->addFoot(makeNoticeButton());
    modes_->addFoot(makeCommandButton(
        bench_.theme, this, [this] { return qobject_cast<const Page*>(pages_->currentWidget()); },
        [this](const QString& words) { statusBar()->showMessage(words, 8000); }));
    auto* help = new HelpMenu{bench, this, [this] { return manualPlace(pages_->currentIndex()); }};
    connect(help, &HelpMenu::tourWanted, this, [this] { tour().start(); });
    modes_->addFoot(help->makeButton());
    modes_->addFoot(makeThemeButton());

    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(banner_);
    right->addWidget(pages_, 1);
    auto* central = new QWidget;
    auto* layout = new QHBoxLayout{central};
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(modes_);
    layout->addLayout(right, 1);
    setCentralWidget(central);
    makeStatusBar();
    locator_ = new Locator{bench_.theme, this};
    auto* ask = new QShortcut{QKeySequence{u"Ctrl+K"_s}, this};
    connect(ask, &QShortcut::activated, this, &MainWindow::openLocator);
    connectNotifications();

    connect(modes_, &ModeBar::chosen, this, &MainWindow::setMode);
    connect(&bench_.session, &ControlPlaneSession::linkChanged, this, &MainWindow::showLink);
    connect(&bench_.session, &ControlPlaneSession::statusChanged, this, &MainWindow::showStatus);
    connect(&bench_.session, &ControlPlaneSession::faulted, this,
            [this](const QString& sentence) { statusBar()->showMessage(sentence, 8000); });
    connect(&bench_.theme, &Theme::changed, this, &MainWindow::showLink);
    connect(banner_->action(), &QPushButton::clicked, &bench_.session,
            &ControlPlaneSession::startControlPlane);
    restoreLayout();
    showLink();
    showStatus();
}

void MainWindow::makePages() {
    const auto add = [this](const QString& icon, const QString& name, Page* page) {
        modes_->addMode(icon, name);
        pages_->addWidget(page);
        connectPage(page);
    };
    auto* overview = new OverviewPage{bench_};
    functions_ = new FunctionsPage{bench_};
    executions_ = new ExecutionsPage{bench_};
    metaevents_ = new MetaeventsPage{bench_};
    firings_ = new FiringsPage{bench_};
    machinesPage_ = new MachinesPage{bench_};
    auto* journal = new JournalPage{bench_};
    add(u"overview"_s, tr("Overview"), overview);
    add(u"functions"_s, tr("Functions"), functions_);
    add(u"executions"_s, tr("Executions"), executions_);
    add(u"metaevents"_s, tr("Metaevents"), metaevents_);
    add(u"bell"_s, tr("Firings"), firings_);
    add(u"machines"_s, tr("Machines"), machinesPage_);
    add(u"journal"_s, tr("Journal"), journal);

    connectFirstSteps(*overview, *journal);

    // "Make a metaevent from this."
    const auto watchFunction = [this](const QString& name) {
        setMode(Metaevents);
        metaevents_->startNew(name);
    };
    const auto watchRecord = [this](const Record& record) {
        setMode(Metaevents);
        metaevents_->startFrom(record);
    };
    connect(functions_, &FunctionsPage::functionWatched, this, watchFunction);
    connect(executions_, &ExecutionsPage::functionWatched, this, watchFunction);
    connect(executions_, &ExecutionsPage::recordWatched, this, watchRecord);
    connect(journal, &JournalPage::recordWatched, this, watchRecord);
    connect(executions_, &ExecutionsPage::stretchWatched, this, [this](const std::vector<Record>& records) {
        if (records.empty())
            return statusBar()->showMessage(tr("Nothing ran in the selected stretch."), 8000);
        setMode(Metaevents);
        metaevents_->startFromStretch(records);
    });
}

QWidget* MainWindow::makeThemeButton() {
    auto* button = new QToolButton;
    button->setIcon(bench_.theme.icon(u"sun"_s));
    button->setIconSize({20, 20});
    button->setToolTip(tr("Theme and language"));
    button->setAccessibleName(tr("Theme and language"));
    button->setFixedWidth(40);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    auto* menu = new QMenu{button};
    auto* group = new QActionGroup{menu};
    const std::pair<QString, Theme::Choice> choices[] = {{tr("System"), Theme::Choice::System},
                                                         {tr("Light"), Theme::Choice::Light},
                                                         {tr("Dark"), Theme::Choice::Dark}};
    for (const auto& [name, choice] : choices) {
        QAction* action = menu->addAction(name);
        action->setCheckable(true);
        action->setChecked(bench_.theme.choice() == choice);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, wanted = choice] { chooseTheme(wanted); });
    }
    menu->addSeparator();
    menu->addMenu(makeLanguageMenu(settings_, menu,
                                   [this](const QString& words) { statusBar()->showMessage(words, 8000); }));
    button->setMenu(menu);
    return button;
}

void MainWindow::chooseTheme(Theme::Choice choice) {
    bench_.theme.choose(choice);
    settings_.setValue(u"theme"_s, static_cast<int>(choice));
}

QWidget* MainWindow::makeNoticeButton() {
    auto* button = new QToolButton;
    button->setObjectName(u"notices"_s);
    button->setIcon(bench_.theme.icon(u"bell"_s));
    button->setIconSize({20, 20});
    button->setPopupMode(QToolButton::InstantPopup);
    button->setStyleSheet(u"QToolButton::menu-indicator { image: none; }"_s);
    const auto showCount = [button](int unread) {
        button->setToolButtonStyle(unread > 0 ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
        button->setFixedWidth(unread > 0 ? 64 : 40);
        button->setText(unread > 0 ? (unread > 99 ? u"99+"_s : QString::number(unread)) : QString{});
        button->setToolTip(tr("What fired: %n not seen yet", nullptr, unread));
        button->setAccessibleName(button->toolTip());
    };
    showCount(0);
    connect(notifications_, &Notifications::unreadChanged, button, showCount);
    auto* list = new QListView;
    list->setObjectName(u"noticeList"_s);
    list->setAccessibleName(tr("What was notified"));
    list->setModel(&notifications_->model());
    list->setItemDelegate(new CellDelegate{bench_.theme, list});
    list->setWordWrap(true);
    list->setMinimumSize(460, 320);
    auto* menu = new QMenu{button};
    auto* holder = new QWidgetAction{menu};
    holder->setDefaultWidget(list);
    menu->addAction(holder);
    connect(menu, &QMenu::aboutToShow, notifications_, &Notifications::markRead);
    const auto open = [this, menu](const QModelIndex& index) {
        menu->close();
        goToMetaevent(index.data(KeyRole).toString());
    };
    connect(list, &QListView::clicked, this, open);
    connect(list, &QListView::activated, this, open);
    button->setMenu(menu);
    return button;
}

void MainWindow::connectNotifications() {
    connect(&bench_.session, &ControlPlaneSession::fired, notifications_, &Notifications::tell);
    connect(notifications_, &Notifications::metaeventChosen, this, &MainWindow::goToMetaevent);
    connect(notifications_, &Notifications::windowWanted, this, [this] {
        showNormal();
        raise();
        activateWindow();
    });
    connect(notifications_, &Notifications::quitWanted, this, &QWidget::close);
}

void MainWindow::openLocator() {
    // In the outline of a drawing the same keys connect.
    QWidget* focus = QApplication::focusWidget();
    if (focus != nullptr && focus->objectName() == u"outline"_s) {
        QKeyEvent connects{QEvent::KeyPress, Qt::Key_K, Qt::ControlModifier};
        QCoreApplication::sendEvent(focus, &connects);
        return;
    }
    locator_->open(places());
}

void MainWindow::makeStatusBar() {
    linkIcon_ = new QLabel;  // an image: nothing to elide
    linkIcon_->setContentsMargins(10, 0, 0, 0);
    link_ = statusLabel(tr("Control plane"));
    accelerator_ = statusLabel(tr("Accelerator"));
    machines_ = statusLabel(tr("Virtual machines"));
    queue_ = statusLabel(tr("Queue"));
    rate_ = statusLabel(tr("Rate of records"));
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(linkIcon_);
    statusBar()->addWidget(link_);
    for (QLabel* label : {accelerator_, machines_, queue_, rate_}) statusBar()->addPermanentWidget(label);
}

void MainWindow::setMode(int mode) {
    if (mode < 0 || mode >= ModeCount) return;
    pages_->setCurrentIndex(mode);
    modes_->setCurrent(mode);
}

void MainWindow::openFile(const QString& path) {
    const auto definitions = readDefinitions(path);
    if (!definitions) {
        statusBar()->showMessage(tr("%1 cannot be opened: %2").arg(path, faultText(definitions.error())));
        return;
    }
    setMode(Metaevents);
    metaevents_->open(definitions->front());
    if (definitions->size() > 1)
        statusBar()->showMessage(
            tr("%1 holds %n metaevents; this is the first. dogwatchctl metaevents apply takes all of them.",
               nullptr, static_cast<int>(definitions->size()))
                .arg(path));
}

void MainWindow::showLink() {
    const Link link = bench_.session.link();
    const QString& reason = bench_.session.linkReason();
    const bool connected = link == Link::Connected;
    const QString dir = fromUtf8(bench_.session.dataDir());
    link_->setText(connected            ? tr("Control plane connected")
                   : link == Link::Lost ? tr("Control plane lost")
                                        : tr("Connecting to the control plane…"));
    link_->setToolTip(
        connected ? tr("Process %1, data in %2").arg(intMember(bench_.session.hello(), "pid")).arg(dir)
                  : reason);
    const Colors& colors = bench_.theme.colors();
    linkIcon_->setPixmap(bench_.theme.pixmap(connected ? u"link"_s : u"unlink"_s,
                                             connected ? colors.good : colors.warning, 16,
                                             devicePixelRatioF()));
    banner_->setVisible(link == Link::Lost);
    const QString sentence = reason.endsWith(u'.') || reason.isEmpty() ? reason : reason + u'.';
    banner_->setText((bench_.session.canStart()
                          ? tr("The control plane does not answer: %1 The console tries again by itself; "
                               "nothing typed is lost.")
                          : tr("%1 The console then goes on by itself; nothing typed is lost."))
                         .arg(sentence));
    banner_->action()->setText(tr("Start it"));
    banner_->action()->setVisible(bench_.session.canStart());
    setWindowTitle(tr("Dogwatch – %1").arg(dir));
}

void MainWindow::showStatus() {
    const PlaneStatus& status = bench_.session.status();
    accelerator_->setText(tr("Accelerator: %1").arg(status.acceleratorName()));
    accelerator_->setToolTip(acceleratorWords(status.acceleratorReason));
    machines_->setText(tr("VMs: %1 ready, %2 running").arg(status.ready).arg(status.running));
    machines_->setToolTip(tr("%1 booting, %2 assigned, at most %3")
                              .arg(status.booting)
                              .arg(status.assigned)
                              .arg(status.maxVms));
    queue_->setText(tr("Queue: %1").arg(countText(status.queued)));
    rate_->setText(
        tr("%1 records/s")
            .arg(QLocale{}.toString(status.recordsPerSecond, 'f', status.recordsPerSecond < 10 ? 1 : 0)));
}

void MainWindow::restoreLayout() {
    if (!restoreGeometry(settings_.value(u"window/geometry"_s).toByteArray())) resize(1280, 800);
    for (DetailsArea* area : findChildren<DetailsArea*>())
        area->restore(settings_.value(u"details/"_s + area->objectName()).toByteArray());
    for (QSplitter* splitter : findChildren<QSplitter*>())
        splitter->restoreState(settings_.value(u"splitters/"_s + splitter->objectName()).toByteArray());
    machinesPage_->showCards(settings_.value(u"machines/cards"_s, true).toBool());
    setMode(settings_.value(u"window/mode"_s, static_cast<int>(Overview)).toInt());
}

void MainWindow::saveLayout() {
    settings_.setValue(u"window/geometry"_s, saveGeometry());
    settings_.setValue(u"window/mode"_s, pages_->currentIndex());
    settings_.setValue(u"machines/cards"_s, machinesPage_->showsCards());
    for (const DetailsArea* area : findChildren<DetailsArea*>())
        settings_.setValue(u"details/"_s + area->objectName(), area->saveState());
    for (const QSplitter* splitter : findChildren<QSplitter*>())
        settings_.setValue(u"splitters/"_s + splitter->objectName(), splitter->saveState());
}

bool MainWindow::keepsWatching() {
    const QVariant remembered = settings_.value(u"keepWatching"_s);
    if (remembered.isValid()) return remembered.toBool();
    QMessageBox box{QMessageBox::Question, tr("Keep watching?"),
                    tr("The control plane can go on watching after this window closes."),
                    QMessageBox::NoButton, this};
    box.setInformativeText(
        tr("Schedules, metaevents and their jobs only work while it runs. This is asked once."));
    const QPushButton* keep = box.addButton(tr("Keep watching"), QMessageBox::AcceptRole);
    box.addButton(tr("Stop it"), QMessageBox::DestructiveRole);
    box.exec();
    const bool keeps = box.clickedButton() == keep;
    settings_.setValue(u"keepWatching"_s, keeps);
    return keeps;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    saveLayout();
    const bool ours = bench_.session.hasStarted() && bench_.session.tiedProcess() == 0 &&
                      bench_.session.link() == Link::Connected;
    if (!ours || keepsWatching()) {
        event->accept();
        return;
    }
    event->ignore();
    hide();
    bench_.session.call("shutdown", {}, this,
                        [](const Result<json::value>& /*reply*/) { QCoreApplication::quit(); });
}

}  // namespace dogwatch::gui
