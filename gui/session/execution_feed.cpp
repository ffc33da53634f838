#include "gui/session/execution_feed.h"

#include <algorithm>

#include "core/model/number_runs.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace std::chrono_literals;

constexpr auto kSoon = 60ms;  ///< after something happened, so that what happens together is asked together
constexpr auto kSeldom = 5000ms;  ///< at the least
constexpr auto kAgeing = 30s;     ///< "the last hour" moves on
constexpr int kShareOfTime = 8;   ///< the control plane spends at most 1/8 of its time on our questions

}  // namespace

ExecutionFeed::ExecutionFeed(ControlPlaneSession& session, QObject* parent)
    : QObject(parent), session_(session) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, [this] { stale_ ? askAll() : askTail(); });
    ageing_.setInterval(kAgeing);
    connect(&ageing_, &QTimer::timeout, this, [this] {
        stale_ = stale_ || !paused_;
        schedule();
    });
    connect(&table_, &ExecutionTable::rowsWanted, this, &ExecutionFeed::askRows);
    connect(&session_, &ControlPlaneSession::recordsTaken, this, &ExecutionFeed::takeRecords);
    connect(&session_, &ControlPlaneSession::linkChanged, this, [this] {
        if (session_.link() != ControlPlaneSession::Link::Connected) {
            asking_ = false;
            return;
        }
        stale_ = true;
        schedule();
    });
    connect(&session_.scope(), &Scope::rangeChanged, this, [this] {
        stale_ = true;
        complete_ = false;
        schedule();
    });
}

Result<void> ExecutionFeed::setFilter(const QString& text, FilterSpan* fault) {
    const auto filter = Filter::parse(toUtf8(text), executionFilterFields(), fault);
    if (!filter) return tl::unexpected(filter.error());
    if (text == filter_) return {};
    filter_ = text;
    stale_ = true;
    complete_ = false;
    asking_ = false;  // the answer that is under way is of no use any more
    ++ordinal_;
    if (watched_) timer_.start(kSoon);
    return {};
}

void ExecutionFeed::setWatched(bool watched) {
    watched_ = watched;
    if (!watched) {
        timer_.stop();
        ageing_.stop();
    } else if (stale_ && !asking_) {
        askAll();
    } else {
        schedule();
    }
}

void ExecutionFeed::setPaused(bool paused) {
    if (paused == paused_) return;
    paused_ = paused;
    missed_ = 0;
    if (!paused) schedule();
    Q_EMIT settled();
}

void ExecutionFeed::schedule() {
    if (!watched_ || asking_ || timer_.isActive()) return;
    if (stale_) {
        timer_.start(0ms);
    } else if (touched_ && !paused_) {
        timer_.start(std::clamp<std::chrono::milliseconds>(lastTail_ * kShareOfTime, kSoon, kSeldom));
    }
}

json::object ExecutionFeed::params() const {
    json::object params{{"filter", toUtf8(filter_)}};
    session_.scope().restrict(params, wallClock());
    return params;
}

void ExecutionFeed::askAll() {
    if (session_.link() != ControlPlaneSession::Link::Connected) return;
    asking_ = true;
    stale_ = false;
    touched_ = false;
    const int ordinal = ++ordinal_;
    QElapsedTimer took;
    took.start();
    session_.call("executions.index", params(), this,
                  [this, ordinal, took](const Result<json::value>& reply) {
                      if (ordinal != ordinal_) return;
                      asking_ = false;
                      if (!reply || !reply->is_object()) return;
                      const auto& answer = reply->get_object();
                      const auto runs = decodeRuns(stringMember(answer, "runs"));
                      if (!runs) return;
                      lastAnswer_ = std::chrono::milliseconds{took.elapsed()};
                      floor_ = intMember(answer, "floor");
                      complete_ = true;
                      table_.setNumbers(numbersOf(*runs));
                      const bool moves = session_.scope().range().last.has_value();
                      moves ? ageing_.start() : ageing_.stop();
                      Q_EMIT settled();
                      schedule();
                  });
}

void ExecutionFeed::askTail() {
    if (session_.link() != ControlPlaneSession::Link::Connected) return;
    asking_ = true;
    touched_ = false;
    const int ordinal = ++ordinal_;
    const std::int64_t from = floor_;
    json::object asked = params();
    asked["from"] = from;
    QElapsedTimer took;
    took.start();
    session_.call("executions.index", asked, this,
                  [this, ordinal, from, took](const Result<json::value>& reply) {
                      if (ordinal != ordinal_) return;
                      asking_ = false;
                      if (!reply || !reply->is_object()) return;
                      const auto tail = decodeRuns(stringMember(reply->get_object(), "runs"));
                      if (!tail) return;
                      lastTail_ = std::chrono::milliseconds{took.elapsed()};
                      floor_ = intMember(reply->get_object(), "floor");
                      table_.mergeTail(from, numbersOf(*tail));
                      Q_EMIT settled();
                      schedule();
                  });
}

void ExecutionFeed::askRows(const std::vector<std::int64_t>& numbers) {
    constexpr std::size_t kAtOnce = 1000;
    for (std::size_t begin = 0; begin < numbers.size(); begin += kAtOnce) {
        const auto end = std::min(begin + kAtOnce, numbers.size());
        const std::vector<std::int64_t> part{numbers.begin() + static_cast<std::ptrdiff_t>(begin),
                                             numbers.begin() + static_cast<std::ptrdiff_t>(end)};
        session_.call(
            "executions.rows", {{"numbers", json::array(part.begin(), part.end())}}, this,
            [this, part](const Result<json::value>& reply) {
                const json::value* list =
                    reply && reply->is_object() ? reply->get_object().if_contains("executions") : nullptr;
                if (list == nullptr || !list->is_array()) return table_.giveUp(part);
                std::vector<std::pair<std::int64_t, Execution>> rows;
                for (const json::value& each : list->get_array()) {
                    auto execution = executionFromJson(each);
                    if (execution)
                        rows.emplace_back(intMember(each.get_object(), "number"), std::move(*execution));
                }
                table_.takeRows(part, std::move(rows));
            });
    }
}

void ExecutionFeed::takeRecords(const std::vector<Record>& records) {
    const auto isAbout = [](const Record& record) { return record.event.starts_with("execution."); };
    if (std::none_of(records.begin(), records.end(), isAbout)) return;
    touched_ = true;
    if (paused_) {
        const auto fresh = std::count_if(records.begin(), records.end(), [](const Record& record) {
            return record.event == "execution.queued";
        });
        missed_ += static_cast<int>(fresh);
        if (watched_ && fresh > 0) Q_EMIT settled();
        return;
    }
    table_.applyRecords(records);
    schedule();
}

void ExecutionFeed::findNumber(const QString& id, const QObject* context,
                               std::function<void(std::int64_t)> found) {
    session_.call("executions.rows", {{"execution", toUtf8(id)}}, context,
                  [found = std::move(found)](const Result<json::value>& reply) {
                      std::int64_t number = 0;
                      if (reply && reply->is_object())
                          if (const auto* list = reply->get_object().if_contains("executions");
                              list != nullptr && list->is_array() && !list->get_array().empty())
                              number = intMember(list->get_array()[0].get_object(), "number");
                      found(number);
                  });
}

}  // namespace dogwatch::gui
