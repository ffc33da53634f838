// The methods of the local API: one table, which a test compares with docs/api.md.
#pragma once

#include <functional>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/api/params.h"
#include "core/control/control_plane.h"

namespace dogwatch::api {

using Answer = std::function<void(Result<json::value>)>;

/// What a method may reach besides the control plane: the client's own subscriptions, and the process.
class Session {
 public:
    virtual ~Session() = default;
    /// The id of the new subscription.
    virtual Result<std::int64_t> subscribe(Params& params) = 0;
    virtual Result<void> unsubscribe(std::int64_t subscription) = 0;
    virtual void requestShutdown() = 0;
    /// Of the request being handled: set when it is cancelled, or the client goes away.
    virtual control::Cancelled cancelled() = 0;
    /// Of the request being handled: tells the client how far it is.
    virtual control::Progress progress() = 0;
    /// Whether there is such a request under way.
    virtual bool cancel(const json::value& request) = 0;
};

struct Context {
    control::ControlPlane& plane;
    Session& session;
};

struct Method {
    std::string_view name;
    /// Parameters, as docs/api.md names them: "limit?" may be left out. A single "FUNCTION" or "…" means that
    /// the parameters are such an object, whose reader checks its keys.
    std::vector<std::string_view> params;
    void (*run)(const Context& context, Params& params, const Answer& answer);
};

/// All, in the order of docs/api.md.
const std::vector<Method>& methods();

/// Checks the keys of the parameters and runs the method; every answer comes through `answer`, once.
void run(const Method& method, const Context& context, const json::object& params, const Answer& answer);

// The parts of the table, one for each file.
std::vector<Method> planeMethods();
std::vector<Method> functionMethods();
std::vector<Method> executionMethods();
std::vector<Method> recordMethods();
std::vector<Method> metaeventMethods();
std::vector<Method> actMethods();
std::vector<Method> monitorMethods();
std::vector<Method> historyMethods();
std::vector<Method> watchMethods();

/// An answer made of a service's result by `encode`.
template <typename T, typename Encode>
control::Reply<T> encoded(const Answer& answer, Encode encode) {
    return [answer, encode = std::move(encode)](Result<T> result) mutable {
        if (!result) return answer(tl::unexpected(std::move(result.error())));
        answer(json::value(encode(*result)));
    };
}

}  // namespace dogwatch::api
