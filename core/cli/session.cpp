#include "core/cli/session.h"

#include <utility>

#include "core/api/socket_path.h"

namespace dogwatch::cli {

Session::Session(Settings settings, std::ostream& out, std::ostream& err)
    : settings_(std::move(settings)), palette_(settings_.colour), out_(out), err_(err) {}

Result<api::BlockingClient*> Session::client() {
    if (!client_) {
        auto connected = api::BlockingClient::connect(api::socketPath(settings_.dataDir));
        if (!connected) {
            unanswered_ = true;
            auto error = connected.error();
            if (error.kind == Error::Kind::Unavailable) {
                error.message.pop_back();  // its full stop
                error.message +=
                    "; start one with `dogwatchd --data " + settings_.dataDir + "`, or open the console.";
            }
            return tl::unexpected(error);
        }
        client_ = std::move(*connected);
    }
    return &*client_;
}

bool Session::isServed() {
    const bool served = client().has_value();
    unanswered_ = false;
    return served;
}

Result<json::value> Session::call(std::string_view method, const json::object& params,
                                  const api::Listening& listening) {
    auto connected = client();
    if (!connected) return tl::unexpected(connected.error());
    return (*connected)->call(method, params, listening);
}

Result<json::object> Session::ask(std::string_view method, const json::object& params,
                                  const api::Listening& listening) {
    auto answer = call(method, params, listening);
    if (!answer) return tl::unexpected(answer.error());
    if (auto* object = answer->if_object()) return std::move(*object);
    return failure(Error::Kind::Internal, "The control plane's answer to \"" + std::string{method} +
                                              "\" is not understood: expected an object.");
}

void Session::printLine(const json::value& value) {
    out_ << toJson(value) << '\n';
}

void Session::printLines(const json::array& list) {
    for (const auto& value : list) printLine(value);
}

void Session::printError(const Error& error) {
    out_.flush();
    if (json()) {
        err_ << toJson(json::object{{"error", api::errorToJson(error)}}) << '\n';
    } else {
        err_ << palette_.paint(printable(error.text()), Colour::Bad) << '\n';
    }
}

int Session::fail(const Error& error) {
    printError(error);
    return unanswered_ ? kNoControlPlane : kFailed;
}

int Session::misuse(const Error& error) {
    printError(error);
    return kMisuse;
}

json::array listMember(json::object& object, std::string_view key) {
    auto* value = object.if_contains(key);
    auto* list = value != nullptr ? value->if_array() : nullptr;
    json::array objects;
    if (list == nullptr) return objects;
    for (auto& element : *list) {
        if (element.is_object()) objects.push_back(std::move(element));
    }
    return objects;
}

}  // namespace dogwatch::cli
