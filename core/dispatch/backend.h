// What the dispatcher needs of whatever runs executions. core/control puts the VM pool behind it; tests put
// a scripted one. Everything happens on the thread of the event loop that owns both sides.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/model/execution.h"

namespace dogwatch::dispatch {

/// What a backend tells while executions run. For each accepted invocation: started() at most once, any
/// number of output() and emitted(), then finished() exactly once.
class BackendListener {
 public:
    virtual ~BackendListener() = default;
    /// Its code begins to run in `vm`; `initUs`: what readying the VM, runtime and code took.
    virtual void started(std::string_view execution, std::string_view vm, StartKind start,
                         std::int64_t initUs) = 0;
    /// A chunk of what it printed, valid UTF-8.
    virtual void output(std::string_view execution, std::string_view chunk) = 0;
    /// User code emitted a record custom.`name`; `data` is JSON text.
    virtual void emitted(std::string_view execution, std::string_view name, std::string_view data) = 0;
    virtual void finished(std::string_view execution, const Outcome& outcome) = 0;
    /// An invocation that offer() turned down may be accepted now.
    virtual void capacityChanged() = 0;
};

class Backend {
 public:
    virtual ~Backend() = default;
    virtual void setListener(BackendListener* listener) = 0;
    /// Takes the invocation, or returns false when nothing can run it now (capacityChanged() follows).
    virtual bool offer(const Invocation& invocation) = 0;
    /// Ends a running execution: finished() follows with cause Exit and message "cancelled".
    virtual void cancel(std::string_view execution) = 0;
};

}  // namespace dogwatch::dispatch
