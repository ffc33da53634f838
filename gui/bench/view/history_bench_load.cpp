// How history comes into the bench, and what it lacks since.
#include <QLabel>
#include <QPushButton>
#include <algorithm>

#include "gui/bench/view/history_bench.h"
#include "gui/bench/view/lanes_view.h"
#include "gui/bench/view/range_box.h"
#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

constexpr std::int64_t kMostNews = 100'000;  ///< new records that are counted

}  // namespace

void HistoryBench::load() {
    fault_.clear();
    const Range range = range_->range(wallClock());
    from_ = range.from;
    until_ = range.until;
    hasGauge_ = wantsAll();
    LoadRequest request;
    request.socketPath = source_.socketPath();
    request.file = toUtf8(range.file);
    // Gauges count from the first record on, whenever the definition is armed.
    if (!hasGauge_) request.from = range.from;
    request.until = range.until;
    if (const auto subject = draft()) request.columns = fieldPathsOf(subject->all());
    loader_.load(std::move(request));
    state_->setText(tr("Loading…"));
    stop_->show();
    reload_->hide();
}

void HistoryBench::take(const Loaded& loaded) {
    isCut_ = loaded.isCut;
    store_ = loaded.store;
    const auto& entries = store_->entries();
    const std::int64_t first = from_             ? toUs(*from_)
                               : entries.empty() ? toUs(wallClock()) - 60'000'000
                                                 : entries.front().time;
    const std::int64_t last = until_            ? toUs(*until_)
                              : entries.empty() ? first + 60'000'000
                                                : entries.back().time;
    lanes_->setHistory(store_, first, std::max(last, first + 1'000), toUtf8(metaevent_));
    const auto kept = std::exchange(kept_, std::nullopt);
    if (kept && kept->from < std::max(last, first + 1'000) && kept->until > first) {
        lanes_->setAxis(kept->from, kept->until);
    } else if (const auto cursor = lanes_->cursor()) {
        lookAt(*cursor);
    } else if (!entries.empty() && entries.front().time - first > (last - first) / 2) {
        // Most of the range lies before the first record: what there is would be a stripe at its end.
        lanes_->setAxis(entries.front().time - (last - entries.front().time) / 10, last);
    }
    std::int64_t latest = entries.empty() ? 0 : entries.back().seq;
    if (!store_->firings().empty()) latest = std::max(latest, store_->firings().back().seq);
    std::erase_if(news_, [latest](std::int64_t seq) { return seq <= latest; });
    changeScope();
}

void HistoryBench::reload() {
    // What is seen stays: the part of the time, and the moment under the cursor.
    if (store_) kept_ = lanes_->axis();
    load();
}

void HistoryBench::noteNew(const std::vector<Record>& records) {
    if (!store_ && !loader_.isLoading()) return;
    if (!range_->isOpenEnded()) return;  // nothing new belongs there
    for (const Record& record : records) {
        if (std::ssize(news_) >= kMostNews) break;
        if (!record.isMetaevent() || record.event == "metaevent.fired") news_.push_back(record.seq);
    }
    showNews();
}

void HistoryBench::showNews() {
    const bool any = open_ && !loader_.isLoading() && store_ && !news_.empty();
    newRecords_->setVisible(any);
    if (!any) return;
    const std::int64_t count = std::ssize(news_);
    newRecords_->setText(count >= kMostNews ? tr("%1 new records or more").arg(countText(kMostNews))
                         : count == 1       ? tr("1 new record")
                                            : tr("%1 new records").arg(countText(count)));
}

void HistoryBench::useRecords(const QString& file) {
    range_->chooseFile(file);
    setOpen(true);
}

void HistoryBench::useStore(std::shared_ptr<RecordStore> store) {
    loader_.cancel();
    from_.reset();
    until_.reset();
    open_ = true;
    toggle_->setChecked(true);
    body_->show();
    take({std::move(store), false});
}

}  // namespace dogwatch::gui::bench
