// What the parts of the pool's benchmark share; private to vmpool.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "core/model/figure.h"
#include "core/model/result.h"
#include "vmpool/vm_host.h"

namespace dogwatch::vmpool {

using ReportFigure = std::function<void(const Figure&)>;

/// Nearest rank; the values must not be empty.
double percentile(std::vector<double> values, double share);

/// Turns the event loop until `done`, or gives up after two minutes.
bool waitFor(const std::function<bool()>& done);

/// Repeats a measurement for its share of the time, and at least some times over.
class Rounds {
 public:
    Rounds(std::chrono::milliseconds share, int fewest)
        : end_(std::chrono::steady_clock::now() + share), fewest_(fewest) {}
    bool next() { return made_++ < fewest_ || std::chrono::steady_clock::now() < end_; }

 private:
    std::chrono::steady_clock::time_point end_;
    int fewest_;
    int made_ = 0;
};

inline double milliseconds(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
}
inline double microsecondsOf(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration<double, std::micro>(duration).count();
}

inline tl::unexpected<Error> noAnswer(const std::string& what) {
    return failure(Error::Kind::Unavailable,
                   what + " did not come up: `dogwatchctl pool console` may tell why");
}

/// A function that gives back what it gets, in the usual runtime of the image.
std::shared_ptr<const Function> echoFunction(const GuestImage& image);

/// Boots, clones, and what comes of them, without a pool: bench_vms.cpp.
Result<void> benchVms(const VmHost& host, Accelerator accelerator, std::chrono::milliseconds duration,
                      const ReportFigure& report);

}  // namespace dogwatch::vmpool
