#include "core/journal/store.h"

#include "core/journal/row.h"
#include "core/journal/schema.h"

namespace dogwatch::journal {
namespace {

constexpr std::size_t kMostCachedNames = 65'536;  // user code names custom records, so they are without bound

constexpr const char* kPutRecord =
    "INSERT INTO records (seq, time, event, function, execution, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

constexpr const char* kPutExecution =
    "INSERT INTO executions (id, function, version, state, \"trigger\", cause, attempt, depth, queued_at, "
    "started_at, "
    "finished_at, duration_us, queue_us, init_us, start, error, message, vm, failures, retries, timeout_us, "
    "not_before, idempotency_key, cancel_requested, dead_letter) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, "
    "?22, "
    "?23, ?24, ?25) "
    "ON CONFLICT (id) DO UPDATE SET state = excluded.state, attempt = excluded.attempt, "
    "started_at = excluded.started_at, finished_at = excluded.finished_at, duration_us = "
    "excluded.duration_us, "
    "queue_us = excluded.queue_us, init_us = excluded.init_us, start = excluded.start, error = "
    "excluded.error, "
    "message = excluded.message, vm = excluded.vm, failures = excluded.failures, not_before = "
    "excluded.not_before, "
    "cancel_requested = excluded.cancel_requested, dead_letter = excluded.dead_letter "
    "RETURNING number";
constexpr const char* kPutPayload = "INSERT OR IGNORE INTO payloads (number, payload) VALUES (?1, ?2)";
constexpr const char* kPutOutput =
    "INSERT OR REPLACE INTO outputs (number, result, output, traceback, result_bytes, output_bytes, cpu_us, "
    "memory_peak_bytes, exit_code) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
constexpr const char* kTakeDeadLetter = "UPDATE executions SET dead_letter = 0 WHERE id = ?1";

constexpr const char* kPutFiring =
    "INSERT INTO firings (seq, id, metaevent, version, time, key, cause, edge, depth, late, executions, "
    "evidence, jobs, silenced) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO NOTHING";
constexpr const char* kAcknowledge = "UPDATE firings SET acknowledged = ?2 WHERE id = ?1";

constexpr const char* kLatestCode =
    "SELECT code FROM functions WHERE name = ?1 ORDER BY version DESC LIMIT 1";
constexpr const char* kSameCode = "SELECT id FROM code WHERE id = ?1 AND code = ?2";
constexpr const char* kPutCode = "INSERT INTO code (code) VALUES (?1) RETURNING id";
constexpr const char* kPutFunction =
    "INSERT OR REPLACE INTO functions (name, version, settings, zip, code) VALUES (?1, ?2, ?3, ?4, ?5)";
constexpr const char* kSetCurrent =
    "INSERT OR REPLACE INTO current_functions (name, version) VALUES (?1, ?2)";
constexpr const char* kRemoveCurrent = "DELETE FROM current_functions WHERE name = ?1";
constexpr const char* kRemoveSchedule = "DELETE FROM schedules WHERE function = ?1";
constexpr const char* kMarkSchedule = "INSERT OR REPLACE INTO schedules (function, instant) VALUES (?1, ?2)";

constexpr const char* kPutDefinition =
    "INSERT OR REPLACE INTO definitions (name, version, enabled, source, position, updated_at, silences) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
constexpr const char* kRemoveDefinition = "DELETE FROM definitions WHERE name = ?1";

constexpr const char* kPutCheckpoint =
    "INSERT OR REPLACE INTO checkpoints (seq, time, engine) VALUES (?1, ?2, ?3)";
constexpr const char* kKeepTwoCheckpoints =
    "DELETE FROM checkpoints WHERE seq NOT IN (SELECT seq FROM checkpoints ORDER BY seq DESC LIMIT 2)";

constexpr const char* kFindName = "SELECT id FROM names WHERE name = ?1";
constexpr const char* kPutName = "INSERT INTO names (name) VALUES (?1) RETURNING id";
constexpr const char* kPutMeta = "INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)";
constexpr const char* kRemoveMeta = "DELETE FROM meta WHERE name = ?1";

/// The first column of a statement that returns at most one row; 0 when it returns none. Resets it.
Result<std::int64_t> single(Statement& statement) {
    const auto row = statement.step();
    const std::int64_t value = row && *row ? statement.integer(0) : 0;
    statement.reset();
    if (!row) return tl::unexpected(row.error());
    return value;
}

template <typename List, typename Put>
Result<void> forAll(const List& list, const Put& put) {
    for (const auto& item : list) {
        if (auto done = put(item); !done) return done;
    }
    return {};
}

}  // namespace

Store::Store(const Database& database, std::int64_t lastSeq, Time lastTime)
    : database_(database),
      lastSeq_(lastSeq),
      lastTime_(lastTime),
      committedSeq_(lastSeq),
      committedTime_(lastTime) {}

Result<Statement*> Store::statement(const char* sql) {
    const auto found = statements_.find(sql);
    if (found != statements_.end()) return &found->second;
    auto prepared = database_.prepare(sql);
    if (!prepared) return tl::unexpected(prepared.error());
    return &statements_.emplace(sql, std::move(*prepared)).first->second;
}

void Store::committed() {
    committedSeq_ = lastSeq_;
    committedTime_ = lastTime_;
}

void Store::rolledBack() {
    lastSeq_ = committedSeq_;
    lastTime_ = committedTime_;
    names_.clear();  // it may hold ids that went with the transaction
}

Result<void> Store::apply(const Batch& batch) {
    if (auto done = forAll(batch.records, [this](const auto& r) { return putRecord(r); }); !done) return done;
    if (auto done = forAll(batch.executions, [this](const auto& e) { return putExecution(e); }); !done)
        return done;
    if (auto done = forAll(batch.firings, [this](const auto& f) { return putFiring(f); }); !done) return done;
    if (auto done = forAll(batch.functions, [this](const auto& f) { return putFunction(f); }); !done)
        return done;
    if (auto done = forAll(batch.definitions, [this](const auto& d) { return putDefinition(d); }); !done)
        return done;
    const auto acknowledge = [this](const Acknowledgement& made) -> Result<void> {
        const auto what = toJson(made.what);
        return statement(kAcknowledge).and_then([&](Statement* put) {
            return put->bind(1, std::string_view{made.firing}).bind(2, std::string_view{what}).run();
        });
    };
    if (auto done = forAll(batch.acknowledgements, acknowledge); !done) return done;
    const auto markSchedule = [this](const ScheduleMark& mark) -> Result<void> {
        return statement(kMarkSchedule).and_then([&](Statement* put) {
            return put->bind(1, std::string_view{mark.function}).bind(2, mark.instant).run();
        });
    };
    if (auto done = forAll(batch.schedules, markSchedule); !done) return done;
    const auto takeDeadLetter = [this](const std::string& execution) -> Result<void> {
        return statement(kTakeDeadLetter).and_then([&](Statement* take) {
            return take->bind(1, std::string_view{execution}).run();
        });
    };
    if (auto done = forAll(batch.deadLettersTaken, takeDeadLetter); !done) return done;
    if (auto done = forAll(batch.meta, [this](const auto& m) { return putMeta(m.first, m.second); }); !done) {
        return done;
    }
    return batch.checkpoint ? putCheckpoint(*batch.checkpoint) : Result<void>{};
}

Result<void> Store::putRecord(const Record& record) {
    if (record.seq <= lastSeq_ || record.time < lastTime_) {
        return failure(Error::Kind::Internal, "The journal ends at seq " + std::to_string(lastSeq_) + ", " +
                                                  toIso(lastTime_) + ", and refuses seq " +
                                                  std::to_string(record.seq) + ", " + toIso(record.time) +
                                                  ", which goes back.");
    }
    const auto row = toRow(record);
    const auto event = nameId(record.event);
    if (!event) return tl::unexpected(event.error());
    const auto function = nameId(row.function);
    if (!function) return tl::unexpected(function.error());
    auto put = statement(kPutRecord);
    if (!put) return tl::unexpected(put.error());
    (*put)->bind(1, record.seq).bind(2, record.time).bind(3, *event).bind(4, *function);
    (*put)->bindText(5, row.execution).bind(6, std::string_view{row.body});
    if (auto done = (*put)->run(); !done) return done;
    const std::int64_t passedOver = record.seq - lastSeq_ - 1;
    lastSeq_ = record.seq;
    lastTime_ = record.time;
    return passedOver > 0 ? countMissing(passedOver) : Result<void>{};
}

/// Imported records keep their seq: what lies between them is none of the journal's.
Result<void> Store::countMissing(std::int64_t count) {
    return statement(kCountRemoved).and_then([&](Statement* put) { return put->bind(1, count).run(); });
}

Result<void> Store::putExecution(const ExecutionChange& change) {
    const auto& e = change.execution;
    const auto& terms = change.terms;
    const auto function = nameId(e.function);
    if (!function) return tl::unexpected(function.error());
    auto put = statement(kPutExecution);
    if (!put) return tl::unexpected(put.error());
    Statement& s = **put;
    s.bind(1, std::string_view{e.id}).bind(2, *function).bind(3, e.version);
    s.bind(4, static_cast<std::int64_t>(e.state)).bind(5, std::string_view{e.trigger}).bindText(6, e.cause);
    s.bind(7, e.attempt).bind(8, e.depth).bind(9, e.queuedAt).bind(10, e.startedAt).bind(11, e.finishedAt);
    s.bind(12, e.durationUs).bind(13, e.queueUs).bind(14, e.initUs);
    s.bindText(15, e.start).bindText(16, e.error).bindText(17, e.message).bindText(18, e.vm);
    s.bind(19, terms.failures).bind(20, terms.retries).bind(21, std::int64_t{terms.timeout.count()});
    s.bind(22, terms.notBefore).bindText(23, terms.idempotencyKey);
    s.bind(24, std::int64_t{terms.cancelRequested}).bind(25, std::int64_t{terms.deadLetter});
    const auto number = single(s);
    if (!number) return tl::unexpected(number.error());
    if (change.payload) {
        auto payload = statement(kPutPayload);
        if (!payload) return tl::unexpected(payload.error());
        (*payload)->bind(1, *number).bind(2, std::string_view{*change.payload});
        if (auto done = (*payload)->run(); !done) return done;
    }
    return change.output ? putOutput(*number, *change.output) : Result<void>{};
}

Result<void> Store::putOutput(std::int64_t number, const ExecutionOutput& output) {
    auto put = statement(kPutOutput);
    if (!put) return tl::unexpected(put.error());
    Statement& s = **put;
    s.bind(1, number).bindText(2, output.result).bindText(3, output.output).bindText(4, output.traceback);
    s.bind(5, output.resultBytes).bind(6, output.outputBytes).bind(7, output.cpuUs);
    s.bind(8, output.memoryPeakBytes);
    if (output.exitCode) {
        s.bind(9, std::int64_t{*output.exitCode});
    } else {
        s.bindNull(9);
    }
    return s.run();
}

Result<void> Store::putFiring(const Firing& firing) {
    const auto metaevent = nameId(firing.metaevent);
    if (!metaevent) return tl::unexpected(metaevent.error());
    auto put = statement(kPutFiring);
    if (!put) return tl::unexpected(put.error());
    const auto key = toJson(firing.key);
    const auto executions = toJson(json::array(firing.executions.begin(), firing.executions.end()));
    const auto evidence = toJson(firing.evidence);
    const auto jobs = toJson(firing.jobs);
    Statement& s = **put;
    s.bind(1, firing.seq).bind(2, std::string_view{firing.id}).bind(3, *metaevent).bind(4, firing.version);
    s.bind(5, firing.time).bind(6, std::string_view{key}).bind(7, firing.cause);
    s.bind(8, std::string_view{firing.edge}).bind(9, firing.depth).bind(10, std::int64_t{firing.late});
    s.bind(11, std::string_view{executions})
        .bind(12, std::string_view{evidence})
        .bind(13, std::string_view{jobs});
    const auto silenced = toJson(firing.silenced);
    if (firing.silenced.is_null()) {
        s.bindNull(14);
    } else {
        s.bind(14, std::string_view{silenced});
    }
    return s.run();
}

/// A change of settings alone keeps the code that is there.
Result<std::int64_t> Store::codeId(const Function& function) {
    auto latest = statement(kLatestCode);
    if (!latest) return latest.map([](Statement*) { return std::int64_t{0}; });
    (*latest)->bind(1, std::string_view{function.name});
    const auto previous = single(**latest);
    if (!previous) return previous;
    auto same = statement(kSameCode);
    if (!same) return tl::unexpected(same.error());
    (*same)->bind(1, *previous).bindBlob(2, function.code);
    const auto kept = single(**same);
    if (!kept || *kept != 0) return kept;
    auto put = statement(kPutCode);
    if (!put) return tl::unexpected(put.error());
    (*put)->bindBlob(1, function.code);
    return single(**put);
}

Result<void> Store::putFunction(const FunctionChange& change) {
    const auto& function = *change.function;
    const std::string_view name{function.name};
    if (change.removed) {
        for (const char* sql : {kRemoveCurrent, kRemoveSchedule}) {
            auto remove = statement(sql);
            if (!remove) return tl::unexpected(remove.error());
            if (auto done = (*remove)->bind(1, name).run(); !done) return done;
        }
        return {};
    }
    const auto code = codeId(function);
    if (!code) return tl::unexpected(code.error());
    auto put = statement(kPutFunction);
    if (!put) return tl::unexpected(put.error());
    const auto settings = toJson(toJson(function, false));
    (*put)->bind(1, name).bind(2, function.version).bind(3, std::string_view{settings});
    (*put)->bind(4, std::int64_t{function.zip}).bind(5, *code);
    if (auto done = (*put)->run(); !done) return done;
    auto current = statement(kSetCurrent);
    if (!current) return tl::unexpected(current.error());
    return (*current)->bind(1, name).bind(2, function.version).run();
}

Result<void> Store::putDefinition(const DefinitionChange& change) {
    const auto& definition = change.definition;
    if (change.removed) {
        return statement(kRemoveDefinition).and_then([&](Statement* remove) {
            return remove->bind(1, std::string_view{definition.name}).run();
        });
    }
    auto put = statement(kPutDefinition);
    if (!put) return tl::unexpected(put.error());
    const auto source = toJson(definition.source);
    (*put)->bind(1, std::string_view{definition.name}).bind(2, definition.version);
    (*put)->bind(3, std::int64_t{definition.enabled}).bind(4, std::string_view{source});
    (*put)->bind(5, definition.position).bind(6, definition.updatedAt);
    const auto silences = toJson(definition.silences);
    if (definition.silences.empty()) {
        (*put)->bindNull(7);
    } else {
        (*put)->bind(7, std::string_view{silences});
    }
    return (*put)->run();
}

Result<void> Store::putCheckpoint(const Checkpoint& checkpoint) {
    auto put = statement(kPutCheckpoint);
    if (!put) return tl::unexpected(put.error());
    (*put)->bind(1, checkpoint.seq).bind(2, checkpoint.time).bindBlob(3, checkpoint.engine);
    if (auto done = (*put)->run(); !done) return done;
    return statement(kKeepTwoCheckpoints).and_then([](Statement* tidy) { return tidy->run(); });
}

Result<void> Store::putMeta(const std::string& name, const std::string& value) {
    auto put = statement(value.empty() ? kRemoveMeta : kPutMeta);
    if (!put) return tl::unexpected(put.error());
    (*put)->bind(1, std::string_view{name});
    if (!value.empty()) (*put)->bind(2, std::string_view{value});
    return (*put)->run();
}

Result<std::int64_t> Store::nameId(std::string_view name) {
    if (name.empty()) return 0;
    if (const auto known = names_.find(name); known != names_.end()) return known->second;
    if (names_.size() >= kMostCachedNames) names_.clear();
    auto find = statement(kFindName);
    if (!find) return tl::unexpected(find.error());
    (*find)->bind(1, name);
    auto id = single(**find);
    if (id && *id == 0) {
        auto put = statement(kPutName);
        if (!put) return tl::unexpected(put.error());
        (*put)->bind(1, name);
        id = single(**put);
    }
    if (id) names_.emplace(name, *id);
    return id;
}

}  // namespace dogwatch::journal
