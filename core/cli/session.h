// Session: what every command works with: where to print, how, and the control plane.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "core/api/blocking_client.h"
#include "core/cli/format.h"
#include "core/model/json.h"
#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::cli {

// Exit statuses (spec: interfaces, dogwatchctl).
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kMisuse = 2;
constexpr int kNoControlPlane = 3;

struct Settings {
    std::string dataDir;
    bool json = false;
    bool colour = false;
    Time now{};  ///< when the program began: what relative times count from
};

class Session {
 public:
    Session(Settings settings, std::ostream& out, std::ostream& err);

    [[nodiscard]] bool json() const { return settings_.json; }
    [[nodiscard]] Time now() const { return settings_.now; }
    [[nodiscard]] const std::string& dataDir() const { return settings_.dataDir; }
    [[nodiscard]] const Palette& palette() const { return palette_; }
    std::ostream& out() { return out_; }
    std::ostream& err() { return err_; }

    /// Connects at the first use.
    Result<api::BlockingClient*> client();
    /// Whether a control plane answers.
    [[nodiscard]] bool isServed();
    Result<json::value> call(std::string_view method, const json::object& params,
                             const api::Listening& listening = {});
    /// The result must be an object, as all of the API's are.
    Result<json::object> ask(std::string_view method, const json::object& params,
                             const api::Listening& listening = {});

    /// One JSON object a line.
    void printLine(const json::value& value);
    /// The elements of a list of objects, one a line.
    void printLines(const json::array& list);

    // Each prints one sentence on standard error and returns the exit status.
    int fail(const Error& error);    ///< kFailed, or kNoControlPlane when none answered
    int misuse(const Error& error);  ///< kMisuse

 private:
    void printError(const Error& error);

    Settings settings_;
    Palette palette_;
    std::ostream& out_;
    std::ostream& err_;
    std::optional<api::BlockingClient> client_;
    bool unanswered_ = false;
};

/// The list of objects in a member of an answer; empty when there is none.
json::array listMember(json::object& object, std::string_view key);

}  // namespace dogwatch::cli
