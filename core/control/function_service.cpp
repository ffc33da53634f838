#include "core/control/function_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dogwatch::control {
namespace {

Record functionRecord(const char* event, const Function& function) {
    Record record;
    record.event = event;
    record.fields["function"] = function.name;
    record.fields["version"] = function.version;
    if (!function.tags.empty()) {
        json::object tags;
        for (const auto& [key, value] : function.tags) tags[key] = value;
        record.fields["tags"] = std::move(tags);
    }
    return record;
}

}  // namespace

FunctionService::FunctionService(Sequencer& sequencer, dispatch::Dispatcher& dispatcher, Queries& queries,
                                 std::function<void(const std::string&)> retire)
    : sequencer_(sequencer), dispatcher_(dispatcher), queries_(queries), retire_(std::move(retire)) {}

void FunctionService::restore(const std::vector<std::shared_ptr<const Function>>& functions,
                              const std::vector<journal::ScheduleMark>& schedules, Turn& turn) {
    for (const auto& function : functions) {
        const auto mark = std::find_if(schedules.begin(), schedules.end(),
                                       [&](const auto& each) { return each.function == function->name; });
        const auto until = mark != schedules.end() ? std::optional<Time>(mark->instant) : std::nullopt;
        dispatcher_.setFunction(function, turn.now, turn.changes, until);
        names_.push_back(function->name);
    }
    std::sort(names_.begin(), names_.end());
}

Result<void> FunctionService::refuseExisting(std::string_view name) const {
    if (dispatcher_.function(name) == nullptr) return {};
    return failure(Error::Kind::Conflict,
                   fmt::format("There is a function {} already: update it, or choose another name.", name));
}

Result<std::shared_ptr<const Function>> FunctionService::show(std::string_view name) const {
    auto function = dispatcher_.function(name);
    if (function != nullptr) return function;
    return failure(Error::Kind::NotFound,
                   fmt::format("There is no function {}: \"functions list\" shows those there are.", name));
}

void FunctionService::add(const json::object& definition, Reply<FunctionVersion> reply) {
    auto function = functionFromJson(definition);
    if (!function) return reply(tl::unexpected(function.error()));
    if (const auto free = refuseExisting(function->name); !free) return reply(tl::unexpected(free.error()));
    // Versions go on where a removed function of the same name left off: they name code for ever.
    queries_.run<std::int64_t>(
        [name = function->name](journal::Reader& reader) { return reader.latestVersion(name); },
        [this, function = std::move(*function),
         reply = std::move(reply)](Result<std::int64_t> latest) mutable {
            if (!latest) return reply(tl::unexpected(latest.error()));
            function.version = *latest + 1;
            addVersion(std::move(function), std::move(reply));
        });
}

void FunctionService::addVersion(Function function, Reply<FunctionVersion> reply) {
    if (const auto free = refuseExisting(function.name); !free) return reply(tl::unexpected(free.error()));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, function = std::move(function), reply = std::move(reply)](Turn& turn) mutable {
        function.createdAt = function.updatedAt = turn.now;
        names_.insert(std::upper_bound(names_.begin(), names_.end(), function.name), function.name);
        commit(Kind::Created, std::make_shared<const Function>(std::move(function)), turn, std::move(reply));
    });
}

void FunctionService::update(const json::object& changes, Reply<FunctionVersion> reply) {
    const auto current = show(stringMember(changes, "name"));
    if (!current) return reply(tl::unexpected(current.error()));
    auto function = functionFromJson(changes, current->get());
    if (!function) return reply(tl::unexpected(function.error()));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    function->version = (*current)->version + 1;
    sequencer_.turn([this, function = std::move(*function), reply = std::move(reply)](Turn& turn) mutable {
        function.updatedAt = turn.now;
        commit(Kind::Updated, std::make_shared<const Function>(std::move(function)), turn, std::move(reply));
    });
}

void FunctionService::remove(const std::string& name, Reply<FunctionVersion> reply) {
    const auto current = show(name);
    if (!current) return reply(tl::unexpected(current.error()));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, function = *current, reply = std::move(reply)](Turn& turn) mutable {
        std::erase(names_, function->name);
        commit(Kind::Deleted, function, turn, std::move(reply));
    });
}

void FunctionService::commit(Kind kind, const std::shared_ptr<const Function>& function, Turn& turn,
                             Reply<FunctionVersion> reply) {
    switch (kind) {
        case Kind::Created: turn.append(functionRecord("function.created", *function)); break;
        case Kind::Updated: turn.append(functionRecord("function.updated", *function)); break;
        case Kind::Deleted: turn.append(functionRecord("function.deleted", *function)); break;
    }
    turn.batch.functions.push_back({function, kind == Kind::Deleted});
    if (kind == Kind::Deleted) {
        dispatcher_.removeFunction(function->name, turn.now, turn.changes);
    } else {
        dispatcher_.setFunction(function, turn.now, turn.changes);
    }
    if (kind != Kind::Created) retire_(function->name);
    turn.whenDurable.emplace_back([function, reply = std::move(reply)](const Result<void>& result) {
        if (!result) return reply(tl::unexpected(result.error()));
        reply(FunctionVersion{function->name, function->version});
    });
}

std::map<std::string, std::optional<Cron>> FunctionService::schedules() const {
    std::map<std::string, std::optional<Cron>> result;
    for (const std::string& name : names_) {
        const auto function = dispatcher_.function(name);
        auto& schedule = result[name];
        if (function->schedule.empty()) continue;
        if (auto cron = Cron::parse(function->schedule, function->timezone)) schedule = std::move(*cron);
    }
    return result;
}

std::vector<std::shared_ptr<const Function>> FunctionService::all() const {
    std::vector<std::shared_ptr<const Function>> functions;
    functions.reserve(names_.size());
    for (const auto& name : names_) functions.push_back(dispatcher_.function(name));
    return functions;
}

void FunctionService::list(Reply<std::vector<FunctionRow>> reply) {
    std::vector<FunctionRow> rows;
    for (const auto& name : names_) rows.push_back({dispatcher_.function(name), std::nullopt});
    queries_.run<std::vector<FunctionRow>>(
        [rows](journal::Reader& reader) mutable -> Result<std::vector<FunctionRow>> {
            for (FunctionRow& row : rows) {
                journal::ExecutionQuery query;
                query.function = row.function->name;
                query.limit = 1;
                auto executions = reader.executions(query);
                if (!executions) return tl::unexpected(executions.error());
                if (!executions->empty()) row.last = std::move(executions->front());
            }
            return rows;
        },
        std::move(reply));
}

}  // namespace dogwatch::control
