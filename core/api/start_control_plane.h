// Starts a `dogwatchd` for those who find none: the console and the demo.
#pragma once

#include <sys/types.h>

#include <QObject>
#include <functional>
#include <string>
#include <vector>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::api {

struct StartOptions {
    std::string program{};                 ///< the dogwatchd to start; empty: findControlPlane()
    std::vector<std::string> arguments{};  ///< beside --data
    /// False: it goes on in a session of its own when the starter has ended. True: it ends with the starter,
    /// who has to reap it (StartedControlPlane::pid).
    bool tied = false;
    Duration patience = std::chrono::seconds{30};  ///< to wait for it to be ready
};

struct StartedControlPlane {
    std::string socket;
    std::string http;  ///< empty: it serves no HTTP
    pid_t pid = 0;     ///< of a tied one; 0 otherwise
};

/// The dogwatchd beside the running program, or the one on the PATH.
std::string findControlPlane();

/// Starts it and waits until it accepts requests. What it says on standard error goes to DIR/dogwatchd.log;
/// when it does not come up, its last line there is the error.
Result<StartedControlPlane> startControlPlane(const std::string& dataDir, const StartOptions& options = {});

/// The same without blocking; `done` is called once from the event loop, unless `context` has gone.
void startControlPlane(const std::string& dataDir, const StartOptions& options, QObject* context,
                       std::function<void(Result<StartedControlPlane>)> done);

}  // namespace dogwatch::api
