// Schedules: which function is to run at which instant, and what becomes of instants that passed unseen.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/model/cron.h"
#include "core/model/function.h"
#include "core/model/time.h"

namespace dogwatch::dispatch {

/// What of one schedule is due: the instants to run, ascending, and how far it is worked off thereby.
struct DueSchedule {
    std::string function;
    std::vector<Time> instants;
    Time workedOffUntil{};
};

class Schedules {
 public:
    /// An instant that passed at most this long ago is not missed: it runs, whatever the function says of
    /// missed ones.
    static constexpr Duration kOnTime = std::chrono::seconds{10};

    /// `atMost`: how many missed instants CatchUp::All runs; the earlier ones are skipped.
    explicit Schedules(std::int64_t atMost) : atMost_(atMost) {}

    /// Instants strictly after `from` are to run. A function without a schedule has none.
    void set(const Function& function, Time from);
    void remove(std::string_view function);

    [[nodiscard]] std::optional<Time> next() const;
    /// Takes what is due at `now`; the following instants become the next ones.
    std::vector<DueSchedule> take(Time now);

 private:
    struct Entry {
        Cron cron;
        CatchUp catchUp = CatchUp::Once;
        std::optional<Time> next;
    };
    [[nodiscard]] DueSchedule due(const std::string& function, Entry& entry, Time now) const;

    std::map<std::string, Entry, std::less<>> entries_;
    std::set<std::pair<Time, std::string>> queue_;
    std::int64_t atMost_;
};

}  // namespace dogwatch::dispatch
