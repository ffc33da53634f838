// Metrics: what Prometheus scrapes, in its text format (the "exposition formats" of its documentation,
// version 0.0.4). Counted from the records as they become durable, since this process began. A plain value:
// copied to be rendered elsewhere.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "core/model/record.h"
#include "core/model/time.h"

namespace dogwatch::http {

class Histogram {
 public:
    /// Upper bounds of the buckets, in seconds.
    static constexpr std::array kBounds = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,  0.25,
                                           0.5,   1.0,    2.5,   5.0,  10.0,  30.0, 60.0, 300.0};

    void observe(Duration value);
    /// `labels`: `function="a"`, or empty.
    void render(std::string& out, const std::string& name, const std::string& labels) const;

 private:
    std::array<std::uint64_t, kBounds.size() + 1> counts_{};  ///< the last: above all bounds
    Duration sum_{};
};

/// What is measured at the moment of a scrape.
struct Gauges {
    std::string version;
    std::string accelerator;
    std::int64_t queued = 0;
    std::int64_t running = 0;
    std::map<std::string, std::int64_t> vms;  ///< by state
    std::int64_t mostVms = 0;
    std::int64_t lastSeq = 0;
    std::int64_t journalBytes = 0;
    bool accepting = true;
    Time startedAt{};
};

class Metrics {
 public:
    /// A record became durable.
    void count(const Record& record);
    /// A batch became durable this long after its turn began.
    void committed(Duration latency) { commits_.observe(latency); }

    [[nodiscard]] std::string render(const Gauges& gauges) const;

 private:
    using Labels = std::pair<std::string, std::string>;
    struct PerFunction {
        Histogram duration;
        Histogram queue;
        Histogram init;
    };

    void forget(const std::string& function);
    void renderHistograms(std::string& out) const;

    std::map<Labels, std::uint64_t> executions_;  ///< by function and outcome
    std::map<Labels, std::uint64_t> throttles_;   ///< by function and reason
    std::map<std::string, PerFunction> functions_;
    std::map<std::string, std::uint64_t> firings_;  ///< by metaevent
    std::map<std::string, std::uint64_t> lostVms_;  ///< by reason
    std::uint64_t records_ = 0;
    Histogram commits_;
};

}  // namespace dogwatch::http
