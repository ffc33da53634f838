#include "core/dispatch/schedules.h"

#include <deque>

namespace dogwatch::dispatch {

void Schedules::set(const Function& function, Time from) {
    remove(function.name);
    if (function.schedule.empty()) return;
    // Functions are checked when they are read; one that is unreadable all the same has no instants.
    auto cron = Cron::parse(function.schedule, function.timezone);
    if (!cron) return;
    const auto next = cron->after(from);
    entries_.emplace(function.name, Entry{std::move(*cron), function.catchUp, next});
    if (next) queue_.emplace(*next, function.name);
}

void Schedules::remove(std::string_view function) {
    const auto entry = entries_.find(function);
    if (entry == entries_.end()) return;
    if (entry->second.next) queue_.erase({*entry->second.next, entry->first});
    entries_.erase(entry);
}

std::optional<Time> Schedules::next() const {
    if (queue_.empty()) return std::nullopt;
    return queue_.begin()->first;
}

std::vector<DueSchedule> Schedules::take(Time now) {
    std::vector<DueSchedule> result;
    while (!queue_.empty() && queue_.begin()->first <= now) {
        const std::string function = queue_.begin()->second;
        queue_.erase(queue_.begin());
        auto& entry = entries_.find(function)->second;
        result.push_back(due(function, entry, now));
        if (entry.next) queue_.emplace(*entry.next, function);
    }
    return result;
}

DueSchedule Schedules::due(const std::string& function, Entry& entry, Time now) const {
    std::deque<Time> missed;
    DueSchedule due{function, {}, now};
    const auto keep = static_cast<std::size_t>(entry.catchUp == CatchUp::All ? atMost_ : 1);
    while (entry.next && *entry.next <= now) {
        due.workedOffUntil = *entry.next;
        if (now - *entry.next <= kOnTime) {
            due.instants.push_back(*entry.next);
        } else {
            missed.push_back(*entry.next);
            if (missed.size() > keep) missed.pop_front();
        }
        entry.next = entry.cron.after(*entry.next);
    }
    if (entry.catchUp != CatchUp::Skip) {
        due.instants.insert(due.instants.begin(), missed.begin(), missed.end());
    }
    return due;
}

}  // namespace dogwatch::dispatch
