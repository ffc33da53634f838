// Authenticator: who may come in. Lives on the server's thread alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/http/credentials.h"
#include "core/http/replay_guard.h"
#include "core/http/signature.h"

namespace dogwatch::http {

class Authenticator {
 public:
    /// `clock`: the time that signatures are held against.
    Authenticator(std::vector<Credential> credentials, std::function<Time()> clock);

    /// By the head alone, before its body is read.
    [[nodiscard]] tl::expected<Claim, AwsError> admit(const Request& head) const;
    /// By the whole request. One that changes something passes once only.
    tl::expected<Claim, AwsError> verify(const Request& request);

 private:
    [[nodiscard]] std::optional<std::string> secretOf(std::string_view accessKey) const;

    std::vector<Credential> credentials_;
    std::function<Time()> clock_;
    ReplayGuard replays_;
};

}  // namespace dogwatch::http
