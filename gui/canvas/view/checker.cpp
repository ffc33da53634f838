#include "gui/canvas/view/checker.h"

#include <QFutureWatcher>
#include <QPromise>
#include <QThreadPool>
#include <memory>

#include "gui/models/background.h"
#include "gui/models/language.h"

namespace dogwatch::gui::canvas {

using namespace std::chrono_literals;

Checker::Checker(GraphModel& model, Around around, QObject* parent)
    : QObject(parent), model_(model), around_(std::move(around)) {
    delay_.setSingleShot(true);
    delay_.setInterval(80ms);
    connect(&delay_, &QTimer::timeout, this, &Checker::check);
    connect(&model, &GraphModel::changed, this, &Checker::checkSoon);
    checkSoon();
}

void Checker::check() {
    const int ordinal = ++ordinal_;
    if (model_.diagnosis().hasFaults()) {
        model_.setWarnings({});
        return;
    }
    auto promise = std::make_shared<QPromise<std::vector<Warning>>>();
    auto* watcher = new QFutureWatcher<std::vector<Warning>>{this};
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher, ordinal] {
        watcher->deleteLater();
        if (ordinal == ordinal_ && watcher->future().resultCount() > 0) model_.setWarnings(watcher->result());
    });
    watcher->setFuture(promise->future());
    background().start(
        [promise, definition = *model_.diagnosis().definition, around = around_(), &words = grammar()] {
            promise->start();
            promise->addResult(staticChecks({definition}, around, words));
            promise->finish();
        });
}

}  // namespace dogwatch::gui::canvas
