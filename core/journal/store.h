// Store: puts batches into the tables, inside a transaction that the writer began. Private to core/journal.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/journal/batch.h"
#include "core/journal/sqlite.h"

namespace dogwatch::journal {

class Store {
 public:
    /// `lastSeq`, `lastTime`: where the journal ends; what follows must not go back behind them.
    Store(const Database& database, std::int64_t lastSeq, Time lastTime);

    /// Writes one batch. After an error the transaction must be rolled back and rolledBack() called.
    Result<void> apply(const Batch& batch);
    /// The transaction is durable: its end is the end of the journal.
    void committed();
    void rolledBack();

 private:
    Result<void> putRecord(const Record& record);
    Result<void> countMissing(std::int64_t count);
    Result<void> putExecution(const ExecutionChange& change);
    Result<void> putOutput(std::int64_t number, const ExecutionOutput& output);
    Result<void> putFiring(const Firing& firing);
    Result<void> putFunction(const FunctionChange& change);
    Result<void> putDefinition(const DefinitionChange& change);
    Result<void> putCheckpoint(const Checkpoint& checkpoint);
    Result<void> putMeta(const std::string& name, const std::string& value);

    Result<std::int64_t> nameId(std::string_view name);
    Result<std::int64_t> codeId(const Function& function);
    /// The prepared statement of this SQL text, made at its first use.
    Result<Statement*> statement(const char* sql);

    const Database& database_;
    std::unordered_map<const char*, Statement> statements_;
    std::map<std::string, std::int64_t, std::less<>> names_;  ///< a cache: bounded, refilled from the table
    std::int64_t lastSeq_;
    Time lastTime_;
    std::int64_t committedSeq_;
    Time committedTime_;
};

}  // namespace dogwatch::journal
