#include "core/control/retention.h"

#include <QLoggingCategory>
#include <algorithm>
#include <chrono>
#include <utility>

namespace dogwatch::control {
namespace {

Q_LOGGING_CATEGORY(lcRetention, "dogwatch.retention")

constexpr std::chrono::minutes kInterval{1};
/// Where the size is the reason, this part of it is made free, so that not every minute there is something.
constexpr double kSlack = 0.05;
/// Records that a sweep spares for conditions; where they refer to more, it stops before the next.
constexpr std::size_t kMostSpared = 10'000;

}  // namespace

std::optional<journal::Sweep> planSweep(const journal::JournalExtent& extent, const RetentionPolicy& policy,
                                        std::int64_t agedOut, const std::vector<std::int64_t>& evidence) {
    if (extent.firstSeq == 0 || extent.neededFrom == 0) return std::nullopt;
    journal::Sweep sweep;
    if (policy.age > Duration::zero()) sweep.before = agedOut;
    if (policy.bytes > 0 && extent.usedBytes > policy.bytes) {
        const auto used = static_cast<double>(extent.usedBytes);
        const double goal = static_cast<double>(policy.bytes) * (1 - kSlack);
        const auto records = static_cast<double>(extent.lastSeq - extent.firstSeq + 1);
        const auto most = static_cast<std::int64_t>((used - goal) / used * records) + 1;
        sweep.before = std::max(sweep.before, extent.firstSeq + most);
    }
    sweep.before = std::min(sweep.before, extent.neededFrom);
    if (sweep.before <= extent.firstSeq) return std::nullopt;
    const auto end = std::lower_bound(evidence.begin(), evidence.end(), sweep.before);
    sweep.keep.assign(evidence.begin(), end);
    if (sweep.keep.size() > kMostSpared) {
        sweep.before = sweep.keep[kMostSpared];
        sweep.keep.resize(kMostSpared);
    }
    return sweep;
}

Retention::Retention(RetentionPolicy policy, Sequencer& sequencer, journal::Writer& writer, Queries& queries,
                     QObject* parent)
    : QObject(parent),
      policy_(policy),
      sequencer_(sequencer),
      writer_(writer),
      queries_(queries),
      timer_(this) {
    connect(&timer_, &QTimer::timeout, this, &Retention::look);
    if (policy.age > Duration::zero() || policy.bytes > 0) timer_.start(kInterval);
}

void Retention::look() {
    if (std::exchange(busy_, true)) return;
    queries_.run<Found>(
        [oldest = sequencer_.now() - policy_.age](journal::Reader& reader) -> Result<Found> {
            const auto extent = reader.extent();
            if (!extent) return tl::unexpected(extent.error());
            const auto agedOut = reader.seqAt(oldest);
            if (!agedOut) return tl::unexpected(agedOut.error());
            return Found{*extent, *agedOut};
        },
        [this](Result<Found> found) {
            busy_ = false;
            if (found) return sweep(*found);
            qCWarning(lcRetention, "%s", found.error().text().c_str());
        });
}

void Retention::sweep(const Found& found) {
    // What conditions refer to now is all that they can still refer to of the past.
    auto planned = planSweep(found.extent, policy_, found.agedOut, sequencer_.engine().evidence());
    if (!planned) return;
    busy_ = true;
    findTime(std::move(*planned));
}

/// Executions go by time: by that of the first record that stays.
void Retention::findTime(journal::Sweep sweep) {
    journal::RecordQuery query;
    query.afterSeq = sweep.before - 1;
    query.limit = 1;
    queries_.run<journal::RecordPage>(
        [query](journal::Reader& reader) { return reader.records(query); },
        [this, sweep = std::move(sweep)](Result<journal::RecordPage> page) mutable {
            if (!page || page->records.empty()) {
                busy_ = false;
                return;
            }
            sweep.time = page->records.front().time;
            sweep.keysSince = sequencer_.now() - dispatch::Limits().idempotencyKept;
            writer_.sweep(std::move(sweep), [this](const Result<journal::Swept>& swept) {
                busy_ = false;
                if (!swept) {
                    qCWarning(lcRetention, "Old records could not be removed: %s",
                              swept.error().text().c_str());
                } else if (swept->records > 0) {
                    qCInfo(lcRetention, "Removed %lld old records, %lld executions and %lld firings",
                           static_cast<long long>(swept->records), static_cast<long long>(swept->executions),
                           static_cast<long long>(swept->firings));
                }
            });
        });
}

}  // namespace dogwatch::control
