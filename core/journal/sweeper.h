// Sweeper: takes what is too old out of the tables, a bounded step at a time, so that appends never wait for
// long. Private to core/journal.
#pragma once

#include <cstdint>

#include "core/journal/batch.h"
#include "core/journal/sqlite.h"

namespace dogwatch::journal {

class Sweeper {
 public:
    /// Borrows the writer's connection.
    Sweeper(const Database& database, Sweep sweep);

    /// One transaction, which removes a few hundred rows at most; false: nothing is left to remove. It is not
    /// made durable by itself: the next batch's commit does that.
    Result<bool> step();
    [[nodiscard]] const Swept& swept() const { return swept_; }

 private:
    enum class Phase { Records, Executions, Firings, Functions, Done };

    Result<void> prepare();
    Result<void> work();
    Result<void> records();
    Result<void> executions();
    Result<void> firings();
    Result<void> functions();
    /// Runs a statement to its end; how many rows it changed.
    Result<std::int64_t> change(Statement& statement);

    const Database& database_;
    Sweep sweep_;
    Swept swept_;
    Phase phase_ = Phase::Records;
    std::int64_t position_ = 0;  ///< of the phase: what lies before it has been dealt with
    bool prepared_ = false;
    Statement recordsEnd_;
    Statement removeRecords_;
    Statement countRemoved_;
    Statement executionsEnd_;
    Statement findExecutions_;
    Statement removeExecution_;
    Statement removePayload_;
    Statement removeOutput_;
    Statement firingsEnd_;
    Statement removeFirings_;
};

}  // namespace dogwatch::journal
