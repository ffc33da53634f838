// Functions: adding, changing and removing them, each a record and a row of the journal.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/control/queries.h"
#include "core/control/reply.h"
#include "core/control/sequencer.h"
#include "core/model/cron.h"
#include "core/model/function.h"

namespace dogwatch::control {

struct FunctionVersion {
    std::string function;
    std::int64_t version = 0;
};

/// A function and its latest execution.
struct FunctionRow {
    std::shared_ptr<const Function> function;
    std::optional<Execution> last;
};

class FunctionService {
 public:
    /// `retire`: called with the name of a function whose code changed or went away.
    FunctionService(Sequencer& sequencer, dispatch::Dispatcher& dispatcher, Queries& queries,
                    std::function<void(const std::string&)> retire);

    /// Gives the dispatcher what recovery found.
    void restore(const std::vector<std::shared_ptr<const Function>>& functions,
                 const std::vector<journal::ScheduleMark>& schedules, Turn& turn);

    /// `definition`: FUNCTION of docs/api.md.
    void add(const json::object& definition, Reply<FunctionVersion> reply);
    /// `changes`: the name and what changes.
    void update(const json::object& changes, Reply<FunctionVersion> reply);
    void remove(const std::string& name, Reply<FunctionVersion> reply);
    /// The functions there are, with their schedules.
    [[nodiscard]] std::map<std::string, std::optional<Cron>> schedules() const;
    void list(Reply<std::vector<FunctionRow>> reply);
    /// The functions there are, by name.
    [[nodiscard]] std::vector<std::shared_ptr<const Function>> all() const;
    [[nodiscard]] Result<std::shared_ptr<const Function>> show(std::string_view name) const;

 private:
    enum class Kind { Created, Updated, Deleted };
    void addVersion(Function function, Reply<FunctionVersion> reply);
    void commit(Kind kind, const std::shared_ptr<const Function>& function, Turn& turn,
                Reply<FunctionVersion> reply);
    [[nodiscard]] Result<void> refuseExisting(std::string_view name) const;

    Sequencer& sequencer_;
    dispatch::Dispatcher& dispatcher_;
    Queries& queries_;
    std::function<void(const std::string&)> retire_;
    std::vector<std::string> names_;  ///< of the functions there are, sorted
};

}  // namespace dogwatch::control
