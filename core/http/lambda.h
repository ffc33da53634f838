// Lambda: AWS's Lambda REST API over the control plane. docs/http.md lists its operations.
//
// Thread: that of the control plane's event loop. What is costly to make of an answer (hashes of code, JSON)
// is left to the server's thread, by Respond.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "core/control/control_plane.h"
#include "core/http/lambda_call.h"
#include "core/http/lambda_settings.h"
#include "core/http/message.h"

namespace dogwatch::http {

/// CodeSha256 of the current versions, each computed once. Used on the server's thread.
class CodeHashes {
 public:
    std::string of(const Function& function);

 private:
    static constexpr std::size_t kMost = 10'000;
    std::map<std::string, std::pair<std::int64_t, std::string>> byName_;
};

class Lambda {
 public:
    explicit Lambda(control::ControlPlane& plane);

    void handle(Call call, Respond respond);

 private:
    using FunctionPtr = std::shared_ptr<const Function>;
    using Make = Response (*)(const Call& call, const Function& function, CodeHashes& hashes);

    [[nodiscard]] tl::expected<FunctionPtr, AwsError> find(const Call& call) const;
    void create(Call& call, Respond respond);
    void list(const Call& call, const Respond& respond);
    void get(const Call& call, const Respond& respond, Make make);
    void remove(const Call& call, Respond respond);
    void invoke(Call& call, Respond respond);
    void setConcurrency(Call& call, Respond respond);
    void setEventInvokeConfig(Call& call, Respond respond);
    void getEventInvokeConfig(const Call& call, const Respond& respond);
    void removeEventInvokeConfig(const Call& call, Respond respond);

    /// Changes the function by the call's settings and answers with what `make` makes of it then.
    void update(Call& call, Respond respond, Make make);
    /// The reply to a change of a function: with the function as it is now.
    control::Reply<control::FunctionVersion> changed(const Call& call, Respond respond, Make make);

    control::ControlPlane& plane_;
    std::shared_ptr<CodeHashes> hashes_ = std::make_shared<CodeHashes>();
};

}  // namespace dogwatch::http
