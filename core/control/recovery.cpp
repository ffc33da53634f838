#include "core/control/recovery.h"

#include <fmt/format.h>

#include <QLoggingCategory>
#include <map>

#include "core/control/replay.h"

namespace dogwatch::control {
namespace {

Q_LOGGING_CATEGORY(lcRecovery, "dogwatch.recovery")

/// Moves a result's value to `target`, or returns its error.
template <typename T>
Result<void> take(Result<T>&& result, T& target) {
    if (!result) return tl::unexpected(std::move(result.error()));
    target = std::move(*result);
    return {};
}

/// Folds the records after `from` into the engine.
Result<void> foldRest(journal::Reader& reader, std::int64_t from, Recovered& recovered) {
    auto cursor = reader.stream(from);
    if (!cursor) return tl::unexpected(cursor.error());
    Replay replay(recovered.engine);
    while (true) {
        const auto more = cursor->next();
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        const auto record = cursor->record();
        if (!record) return tl::unexpected(record.error());
        if (const auto added = replay.add(*record); !added) {
            return failure(
                Error::Kind::Io,
                fmt::format("The journal cannot be folded at seq {} ({}): restore a backup, or report this.",
                            record->seq, added.error().text()));
        }
        ++recovered.folded;
    }
    replay.finish();
    if (replay.divergences() > 0) {
        qCCritical(lcRecovery,
                   "%lld derived records were not derived again as they were recorded; the first: %s",
                   static_cast<long long>(replay.divergences()), replay.firstDivergence().c_str());
    }
    return {};
}

/// Defines what was defined by records that retention removed, as if it were armed with the first that is
/// left.
Result<void> armWithoutRecords(journal::Reader& reader, std::int64_t firstSeq, engine::Engine& engine) {
    const auto definitions = reader.definitions();
    if (!definitions) return tl::unexpected(definitions.error());
    journal::RecordQuery query;
    query.limit = 1;
    const auto first = reader.records(query);
    if (!first) return tl::unexpected(first.error());
    if (first->records.empty()) return {};
    for (const auto& definition : *definitions) {
        if (definition.position >= firstSeq) continue;
        auto metaevent = metaeventFromJson(json::value(definition.source));
        if (!metaevent) return tl::unexpected(metaevent.error());
        metaevent->enabled = definition.enabled;
        if (auto done = engine.define(*metaevent, definition.version, first->records.front().time); !done)
            return done;
    }
    return {};
}

Result<void> recoverEngine(journal::Reader& reader, Recovered& recovered) {
    const auto checkpoints = reader.checkpoints();
    if (!checkpoints) return tl::unexpected(checkpoints.error());
    for (const auto& checkpoint : *checkpoints) {
        auto engine = engine::Engine::restore(checkpoint.engine);
        if (engine) {
            recovered.engine = std::move(*engine);
            return foldRest(reader, checkpoint.seq, recovered);
        }
        qCWarning(lcRecovery, "The checkpoint at seq %lld cannot be used: %s",
                  static_cast<long long>(checkpoint.seq), engine.error().text().c_str());
    }
    const auto extent = reader.extent();
    if (!extent) return tl::unexpected(extent.error());
    if (extent->firstSeq > 1) {
        qCWarning(lcRecovery, "The engine begins anew at seq %lld, the oldest record that is kept",
                  static_cast<long long>(extent->firstSeq));
        if (auto armed = armWithoutRecords(reader, extent->firstSeq, recovered.engine); !armed) return armed;
    }
    return foldRest(reader, 0, recovered);
}

Result<void> recoverFunctions(journal::Reader& reader, Recovered& recovered) {
    std::vector<Function> functions;
    if (auto taken = take(reader.functions(), functions); !taken) return taken;
    for (Function& function : functions) {
        recovered.functions.push_back(std::make_shared<const Function>(std::move(function)));
    }
    return take(reader.schedules(), recovered.schedules);
}

Result<void> recoverExecutions(journal::Reader& reader, Recovered& recovered) {
    std::vector<ExecutionDetail> details;
    if (auto taken = take(reader.unfinished(), details); !taken) return taken;
    std::map<std::pair<std::string, std::int64_t>, std::shared_ptr<const Function>> versions;
    for (const auto& function : recovered.functions) versions[{function->name, function->version}] = function;
    for (ExecutionDetail& detail : details) {
        const std::pair key{detail.execution.function, detail.execution.version};
        auto version = versions.find(key);
        if (version == versions.end()) {
            auto older = reader.function(key.first, key.second);
            if (!older && older.error().kind != Error::Kind::NotFound) return tl::unexpected(older.error());
            version =
                versions.emplace(key, older ? std::make_shared<const Function>(std::move(*older)) : nullptr)
                    .first;
        }
        recovered.unfinished.push_back({std::move(detail), version->second});
    }
    return {};
}

Result<void> recoverVms(journal::Reader& reader, Recovered& recovered) {
    const auto note = reader.meta(kVmsNote);
    if (!note) return tl::unexpected(note.error());
    if (note->empty()) return {};
    const auto vms = parseJson(*note);
    const auto* list = vms ? vms->if_array() : nullptr;
    if (list == nullptr) return {};
    for (const auto& vm : *list) {
        if (const auto* name = vm.if_string()) recovered.vms.emplace_back(name->data(), name->size());
    }
    return {};
}

}  // namespace

Result<Recovered> recover(journal::Reader& reader, Time keysSince) {
    Recovered recovered;
    const auto info = reader.info();
    if (!info) return tl::unexpected(info.error());
    recovered.lastSeq = info->lastSeq;
    recovered.lastTime = info->lastTime;
    using Step = std::function<Result<void>()>;
    const Step steps[] = {
        [&] { return recoverEngine(reader, recovered); },
        [&] { return recoverFunctions(reader, recovered); },
        [&] { return recoverExecutions(reader, recovered); },
        [&] { return take(reader.definitions(), recovered.definitions); },
        [&] { return take(reader.idempotencyKeys(keysSince), recovered.idempotencyKeys); },
        [&] { return recoverVms(reader, recovered); },
    };
    for (const Step& step : steps) {
        if (auto done = step(); !done) return tl::unexpected(done.error());
    }
    return recovered;
}

std::string vmsNote(const std::vector<std::string>& vms) {
    json::array list(vms.begin(), vms.end());
    return toJson(json::value(std::move(list)));
}

}  // namespace dogwatch::control
