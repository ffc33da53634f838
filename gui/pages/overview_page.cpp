#include "gui/pages/overview_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QScrollArea>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/pages/first_steps.h"
#include "gui/pages/overview_plots.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/row_delegates.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
constexpr std::int64_t kRateSeconds = 10;

}  // namespace

OverviewPage::OverviewPage(const Workbench& bench, QWidget* parent)
    : Page(bench, parent), summary_(caption({}, this)) {
    auto* body = new QWidget;
    body->setObjectName(u"scrolled"_s);
    auto* layout = new QVBoxLayout{body};
    layout->setContentsMargins(kMargin, kMargin, kMargin, kMargin);
    layout->setSpacing(kGap);
    layout->addWidget(pageTitle(tr("Overview")));
    layout->addWidget(summary_);
    layout->addLayout(makeTiles());
    plots_ = new OverviewPlots{bench};
    // A click leads to the executions of the seconds around it.
    connect(plots_, &OverviewPlots::clicked, this, [this](int secondsAgo) {
        using namespace std::chrono_literals;
        const Time at = wallClock() - std::chrono::seconds{secondsAgo};
        session().scope().setRange({{}, at - 3s, at + 3s});
        Q_EMIT executionsWanted({});
    });
    layout->addWidget(plots_, 3);
    tables_ = makeTables();
    layout->addWidget(tables_, 3);
    ways_ = new FirstSteps{theme()};
    layout->addWidget(ways_, 5);
    connect(ways_, &FirstSteps::demoWanted, this, &OverviewPage::demoWanted);
    connect(ways_, &FirstSteps::functionWanted, this, &OverviewPage::functionWanted);
    connect(ways_, &FirstSteps::metaeventsWanted, this, &OverviewPage::metaeventsFileWanted);
    connect(ways_, &FirstSteps::recordsWanted, this, &OverviewPage::recordsFileWanted);
    connect(&session(), &ControlPlaneSession::functionsListed, this, &OverviewPage::showWaysOrContents);
    showWaysOrContents();

    auto* scroll = new QScrollArea{this};
    scroll->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus, and scrolls into view
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(body);
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins({});
    outer->addWidget(scroll);

    clock_.setInterval(1000);
    connect(&clock_, &QTimer::timeout, this, &OverviewPage::update);
    const auto onNews = [this] {
        if (isVisible() && !clock_.isActive()) {
            update();
            clock_.start();
        }
    };
    connect(&session(), &ControlPlaneSession::activityChanged, this, onNews);
    connect(&session(), &ControlPlaneSession::statusChanged, this, onNews);
    connect(&session(), &ControlPlaneSession::linkChanged, this, onNews);
}

QLayout* OverviewPage::makeTiles() {
    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    const auto add = [&](const QString& title) {
        auto* tile = new Tile{theme(), title};
        row->addWidget(tile, 1);
        return tile;
    };
    rate_ = add(tr("Executions"));
    failures_ = add(tr("Failures, 5 min"));
    queue_ = add(tr("Queue"));
    machines_ = add(tr("Machines"));
    firings_ = add(tr("Firings, 5 min"));
    const auto leads = [this](Tile* tile, const QString& hint, const QString& filter) {
        tile->setLeads(hint);
        connect(tile, &Tile::clicked, this, [this, filter] { Q_EMIT executionsWanted(filter); });
    };
    firings_->setLeads(tr("Show the firings"));
    connect(firings_, &Tile::clicked, this, [this] { Q_EMIT firingsWanted({}); });
    leads(rate_, tr("Show the executions"), {});
    leads(failures_, tr("Show the failed executions"), u"state:failed"_s);
    leads(queue_, tr("Show the executions that wait"), u"state:queued"_s);
    return row;
}

QWidget* OverviewPage::makeTables() {
    auto* tables = new QWidget;
    auto* row = new QHBoxLayout{tables};
    row->setContentsMargins({});
    row->setSpacing(kGap);
    const auto add = [&](const QString& title, Table* table) {
        auto* column = new QVBoxLayout;
        column->setSpacing(kSmallGap);
        column->addWidget(sectionTitle(title));
        column->addWidget(table, 1);
        table->setMinimumHeight(150);
        row->addLayout(column, 1);
    };
    functionTable_ = new Table{theme(), tr("Functions and their last outcome")};
    functionTable_->show(&session().functions(), FunctionModel::Name, {0, 12, 12, 0, 0, 0, 10});
    for (const int column : {FunctionModel::Runtime, FunctionModel::Schedule, FunctionModel::Version})
        functionTable_->hideColumn(column);
    functionTable_->setItemDelegateForColumn(FunctionModel::Lately,
                                             new SparkDelegate{theme(), functionTable_});
    functionTable_->setEmptyState(
        u"functions"_s, tr("No functions yet"),
        tr("Each function will stand here with its last outcome. Add one on the Functions page."));
    add(tr("Functions"), functionTable_);
    connect(functionTable_, &QTableView::activated, this,
            [this](const QModelIndex& index) { Q_EMIT functionChosen(index.data(KeyRole).toString()); });

    firingTable_ = new Table{theme(), tr("Latest firings")};
    firingTable_->show(&session().firings(), FiringModel::What, {});
    for (const int column :
         {FiringModel::When, FiringModel::Metaevent, FiringModel::Jobs, FiringModel::Key, FiringModel::Seen})
        firingTable_->hideColumn(column);
    firingTable_->setItemDelegateForColumn(FiringModel::What, new FiringDelegate{theme(), firingTable_});
    firingTable_->verticalHeader()->setDefaultSectionSize(FiringDelegate::kHeight);
    firingTable_->horizontalHeader()->hide();
    firingTable_->setEmptyState(u"bell"_s, tr("Nothing fired"),
                                tr("When a metaevent fires, what happened will stand here in plain words."));
    add(tr("Latest firings"), firingTable_);
    connect(firingTable_, &QTableView::activated, this, [this](const QModelIndex& index) {
        const qint64 time = index.siblingAtColumn(FiringModel::When).data(SortRole).toLongLong();
        Q_EMIT firingChosen(index.data(FiringModel::MetaeventRole).toString(), index.data(KeyRole).toString(),
                            timeFromUs(time));
    });
    auto* history = new QAction{theme().icon(u"clock"_s), tr("History bench at this moment"), firingTable_};
    history->setShortcut(QKeySequence{u"Ctrl+B"_s});
    history->setShortcutContext(Qt::WidgetShortcut);
    connect(history, &QAction::triggered, firingTable_, [this] {
        if (const QModelIndex at = firingTable_->currentIndex(); at.isValid())
            Q_EMIT firingTable_->activated(at);
    });
    auto* all = new QAction{theme().icon(u"bell"_s), tr("All firings"), firingTable_};
    connect(all, &QAction::triggered, this, [this] { Q_EMIT firingsWanted({}); });
    auto* causes = new QAction{theme().icon(u"link"_s), tr("Causes and effects"), firingTable_};
    connect(causes, &QAction::triggered, this, [this] {
        if (const QString firing = firingTable_->currentKey(); !firing.isEmpty()) Q_EMIT causesWanted(firing);
    });
    firingTable_->addActions({history, causes, all});
    firingTable_->setContextMenuPolicy(Qt::ActionsContextMenu);
    return tables;
}

void OverviewPage::showWaysOrContents() {
    const bool empty = session().knowsFunctions() && session().functions().rowCount() == 0 &&
                       session().metaevents().rowCount() == 0;
    ways_->setVisible(empty);
    plots_->setVisible(!empty);
    tables_->setVisible(!empty);
}

void OverviewPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    update();
    clock_.start();
}

void OverviewPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    clock_.stop();
}

void OverviewPage::update() {
    showWaysOrContents();
    const Time now = wallClock();
    const Activity::Totals totals = session().activity().totals(now);
    updateTiles(totals);
    plots_->update(now);
    functionTable_->viewport()->update();  // what was lately is so no more
    // Once the last bucket has left the plots there is nothing more to move.
    if (totals.records == 0) clock_.stop();

    const bool connected = session().link() == ControlPlaneSession::Link::Connected;
    if (!connected) {
        summary_->setText(
            tr("The control plane does not answer; what stands here is the last that was heard."));
    } else if (session().functions().rowCount() == 0) {
        summary_->setText(tr("This workspace is empty. Add a function, then a metaevent that watches it."));
    } else if (totals.failed > 0 || totals.firings > 0) {
        summary_->setText(tr("Failed executions in the last 5 minutes: %1; firings: %2.")
                              .arg(countText(totals.failed), countText(totals.firings)));
    } else {
        summary_->setText(tr("All is well: no failures and no firings in the last 5 minutes."));
    }
}

void OverviewPage::updateTiles(const Activity::Totals& totals) {
    const PlaneStatus& status = session().status();
    const Activity::Totals recent = session().activity().totals(wallClock(), kRateSeconds);
    const double perSecond = static_cast<double>(recent.succeeded + recent.failed) / kRateSeconds;
    const int ended = totals.succeeded + totals.failed;
    rate_->set(tr("%1 /s").arg(QLocale{}.toString(perSecond, 'f', perSecond < 10 ? 1 : 0)),
               tr("%1 in 5 min").arg(countText(ended)));
    const QString share =
        ended == 0 ? tr("no executions") : tr("%1% of %2").arg(totals.failed * 100 / ended).arg(ended);
    failures_->set(countText(totals.failed), share, totals.failed > 0 ? Tone::Bad : Tone::Good);
    queue_->set(
        countText(status.queued),
        totals.p95WaitUs ? tr("waited %1 (p95)").arg(durationText(totals.p95WaitUs)) : tr("nobody waited"),
        status.queued > 10 ? Tone::Warning : Tone::Neutral);
    machines_->set(tr("%1 ready").arg(status.ready),
                   tr("%1 running, %2 of %3").arg(status.running).arg(status.machines()).arg(status.maxVms));
    firings_->set(countText(totals.firings),
                  totals.firings == 0 ? tr("nothing fired") : tr("see the list below"),
                  totals.firings > 0 ? Tone::Bad : Tone::Neutral);
}

}  // namespace dogwatch::gui
