// The little of SQLite that the journal uses, as RAII values: a connection, a prepared statement. Private to
// core/journal.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::journal {

/// A prepared statement. Parameters count from 1, columns from 0. Text and blobs that are bound must outlive
/// the step.
class Statement {
 public:
    Statement() = default;
    explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view value);
    Statement& bindBlob(int index, std::string_view value);
    Statement& bindNull(int index);
    Statement& bind(int index, Time value) { return bind(index, toUs(value)); }
    template <typename T>
    Statement& bind(int index, const std::optional<T>& value) {
        return value ? bind(index, *value) : bindNull(index);
    }
    /// The value of another statement's column, whatever its type.
    Statement& bindFrom(int index, const Statement& row, int column);
    /// NULL where the text is empty.
    Statement& bindText(int index, std::string_view value);

    /// True: a row is there. False: it is done.
    Result<bool> step();
    /// Steps to the end and makes ready for the next run.
    Result<void> run();
    void reset();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view text(
        int column) const;  ///< text or blob, until the next step; "" for NULL
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optionalInteger(int column) const;
    [[nodiscard]] std::optional<Time> optionalTime(int column) const;

 private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

class Database {
 public:
    enum class Mode { Read, Write, Create };
    /// Opens the file; Read and Write require it to exist. Waits up to five seconds for a lock.
    static Result<Database> open(const std::string& path, Mode mode);

    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    /// Runs any number of statements that return nothing of interest.
    [[nodiscard]] Result<void> execute(const std::string& sql) const;
    /// The first column of the first row; 0 when there is none.
    [[nodiscard]] Result<std::int64_t> queryInteger(std::string_view sql) const;

    /// What the last call on this connection failed with, as a sentence.
    [[nodiscard]] Error lastError() const;
    [[nodiscard]] int lastCode() const;  ///< extended result code
    [[nodiscard]] bool inTransaction() const;
    [[nodiscard]] sqlite3* handle() const { return database_.get(); }
    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    struct Close {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    Database(sqlite3* database, std::string path) : database_(database), path_(std::move(path)) {}
    std::unique_ptr<sqlite3, Close> database_;
    std::string path_;
};

/// The error that SQLite's result code means for a user of the journal at `path`.
Error sqliteError(int code, const std::string& path, std::string_view detail);

/// Whether trying again later may help: the disk is full, refuses, or is read-only for now.
bool isPassing(int code);

}  // namespace dogwatch::journal
