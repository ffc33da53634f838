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
Result<void> benchVms(const VmHost& host, Accelerator accelerator, int boots, const ReportFigure& report);

}  // namespace dogwatch::vmpool
