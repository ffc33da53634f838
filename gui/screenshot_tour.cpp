#include "gui/screenshot_tour.h"

#include <QDir>
#include <QPixmap>

#include "gui/bench/view/history_bench.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/models/text.h"
#include "gui/pages/executions_page.h"
#include "gui/pages/firings_page.h"
#include "gui/pages/functions_page.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/pages/metaevents_page.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kPollMs = 500;
constexpr int kMostPolls = 360;  ///< three minutes: VMs boot slowly without an accelerator
constexpr int kSettleMs = 700;   ///< for answers to arrive and layouts to settle
constexpr int kEnoughExecutions = 40;

}  // namespace

ScreenshotTour::ScreenshotTour(MainWindow& window, const Workbench& bench, QString directory, QObject* parent)
    : QObject(parent), window_(window), bench_(bench), directory_(std::move(directory)) {
    poll_.setInterval(kPollMs);
    connect(&poll_, &QTimer::timeout, this, &ScreenshotTour::waitForLife);
}

void ScreenshotTour::start() {
    if (!QDir{}.mkpath(directory_)) {
        Q_EMIT finished(tr("Cannot make the directory %1; give one that can be written.").arg(directory_));
        return;
    }
    poll_.start();
}

void ScreenshotTour::waitForLife() {
    ControlPlaneSession& session = bench_.session;
    const bool enough = session.executions().rowCount() >= kEnoughExecutions &&
                        session.firings().rowCount() > 1 && session.machines().rowCount() > 0;
    if (!enough && ++polls_ < kMostPolls) return;
    poll_.stop();
    if (!enough) {
        const QString reason =
            session.linkReason().isEmpty() ? tr("too little happened") : session.linkReason();
        Q_EMIT finished(tr("The demo did not come to life within %1 s: %2.")
                            .arg(kMostPolls * kPollMs / 1000)
                            .arg(reason));
        return;
    }
    plan();
    next();
}

void ScreenshotTour::plan() {
    const std::pair<QString, Theme::Choice> themes[] = {{u"light"_s, Theme::Choice::Light},
                                                        {u"dark"_s, Theme::Choice::Dark}};
    const std::pair<QString, QSize> sizes[] = {{{}, {1440, 900}}, {u"-small"_s, {1024, 640}}};
    for (const auto& [sizeName, size] : sizes) {
        for (const auto& [themeName, choice] : themes) {
            steps_.emplace_back([this, wanted = choice, extent = size] {
                bench_.theme.choose(wanted);
                window_.resize(extent);
            });
            planPages(u"-"_s + themeName + sizeName);
        }
    }
}

void ScreenshotTour::planPages(const QString& suffix) {
    const auto page = [this, suffix](const QString& name, const std::function<void()>& prepare) {
        steps_.emplace_back(prepare);
        steps_.emplace_back([this, name, suffix] { shoot(name + suffix); });
    };
    page(u"overview"_s, [this] { window_.setMode(MainWindow::Overview); });
    page(u"functions"_s, [this] {
        window_.setMode(MainWindow::Functions);
        window_.functionsPage().choose(u"heartbeat"_s);
    });
    page(u"functions-run"_s, [this] { window_.functionsPage().run(); });
    page(u"executions"_s, [this] {
        window_.setMode(MainWindow::Executions);
        window_.executionsPage().choose(executionToShow());
    });
    page(u"executions-timeline"_s, [this] { window_.executionsPage().showView(ExecutionsPage::Timeline); });
    page(u"locator"_s, [this] {
        window_.executionsPage().showView(ExecutionsPage::List);
        window_.openLocator();
    });
    page(u"metaevents"_s, [this] {
        window_.setMode(MainWindow::Metaevents);
        window_.metaeventsPage().choose(metaeventToShow());
    });
    page(u"metaevent-drawing"_s, [this] { window_.metaeventsPage().editCurrent(); });
    page(u"metaevent-history"_s, [this] {
        window_.metaeventsPage().editor().bench().setOpen(true);
        QTimer::singleShot(kSettleMs / 2, this,
                           [this] { window_.metaeventsPage().editor().bench().lanes().stepToFiring(false); });
    });
    page(u"metaevent-outline"_s, [this] {
        window_.metaeventsPage().editor().bench().setOpen(false);
        window_.metaeventsPage().editor().showView(MetaeventEditor::Outline);
    });
    page(u"metaevent-new"_s, [this] { window_.metaeventsPage().startNew(u"heartbeat"_s); });
    page(u"firings"_s, [this] {
        window_.setMode(MainWindow::Firings);
        if (bench_.session.firings().rowCount() > 0)
            window_.firingsPage().choose(fromUtf8(bench_.session.firings().at(0).id));
    });
    page(u"machines"_s, [this] {
        window_.metaeventsPage().leaveEditor();
        window_.setMode(MainWindow::Machines);
    });
    page(u"journal"_s, [this] { window_.setMode(MainWindow::Journal); });
}

void ScreenshotTour::next() {
    if (steps_.empty() || !fault_.isEmpty()) {
        Q_EMIT finished(fault_);
        return;
    }
    const auto step = std::move(steps_.front());
    steps_.pop_front();
    step();
    QTimer::singleShot(kSettleMs, this, &ScreenshotTour::next);
}

void ScreenshotTour::shoot(const QString& name) {
    const QString path = QDir{directory_}.filePath(name + u".png"_s);
    if (!window_.grab().save(path))
        fault_ = tr("Cannot write %1; give a directory that can be written.").arg(path);
}

QString ScreenshotTour::executionToShow() const {
    const ExecutionModel& model = bench_.session.executions();
    for (int row = 0; row < model.rowCount(); ++row)
        if (model.at(row).state == ExecutionState::Failed) return fromUtf8(model.at(row).id);
    return model.rowCount() > 0 ? fromUtf8(model.at(0).id) : QString{};
}

QString ScreenshotTour::metaeventToShow() const {
    const FiringModel& model = bench_.session.firings();
    return model.rowCount() > 0 ? fromUtf8(model.at(0).metaevent) : QString{};
}

}  // namespace dogwatch::gui
