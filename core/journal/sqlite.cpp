#include "core/journal/sqlite.h"

namespace dogwatch::journal {
namespace {

constexpr int kLockWaitMs = 5000;
constexpr const char* kDamageMend =
    "; restore a backup with `dogwatchctl journal restore FILE`, or keep what can still be read with "
    "`dogwatchctl journal salvage`";
constexpr int kPrimaryCode = 0xff;  // the extended codes carry theirs in the lowest byte

}  // namespace

Error sqliteError(int code, const std::string& path, std::string_view detail) {
    const std::string why = " (" + std::string{detail} + ")";
    switch (code & kPrimaryCode) {
        case SQLITE_FULL:
            return {
                Error::Kind::Io, "The disk with " + path + " is full" + why + "; free some space on it.", {}};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return {
                Error::Kind::Io,
                path + " cannot be written" + why + "; make the file and its folder writable for this user.",
                {}};
        case SQLITE_CANTOPEN:
            return {Error::Kind::Io,
                    path + " cannot be opened" + why +
                        "; check that its folder exists and that this user may use it.",
                    {}};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB: return {Error::Kind::Io, path + " is damaged" + why + kDamageMend, {}};
        case SQLITE_IOERR:
            return {
                Error::Kind::Io,
                path + " cannot be read or written" + why + "; check the disk (the system's log tells more).",
                {}};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {Error::Kind::Io,
                    path + " is held by another program" + why + "; close what else has it open.",
                    {}};
        default: return {Error::Kind::Internal, "The journal refused a statement" + why + ".", {}};
    }
}

bool isPassing(int code) {
    switch (code & kPrimaryCode) {
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return true;
        default: return false;
    }
}

// ---- Statement

Statement& Statement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
    sqlite3_bind_text64(statement_.get(), index, value.data() != nullptr ? value.data() : "", value.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bindBlob(int index, std::string_view value) {
    sqlite3_bind_blob64(statement_.get(), index, value.data() != nullptr ? value.data() : "", value.size(),
                        SQLITE_STATIC);
    return *this;
}

Statement& Statement::bindNull(int index) {
    sqlite3_bind_null(statement_.get(), index);
    return *this;
}

Statement& Statement::bindText(int index, std::string_view value) {
    return value.empty() ? bindNull(index) : bind(index, value);
}

Statement& Statement::bindFrom(int index, const Statement& row, int column) {
    sqlite3_bind_value(statement_.get(), index, sqlite3_column_value(row.statement_.get(), column));
    return *this;
}

Result<bool> Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    auto* database = sqlite3_db_handle(statement_.get());
    const char* path = sqlite3_db_filename(database, "main");
    auto error = sqliteError(sqlite3_extended_errcode(database), path != nullptr ? path : "",
                             sqlite3_errmsg(database));
    return tl::unexpected(std::move(error));
}

Result<void> Statement::run() {
    while (true) {
        auto row = step();
        if (!row) {
            reset();
            return tl::unexpected(std::move(row.error()));
        }
        if (!*row) break;
    }
    reset();
    return {};
}

void Statement::reset() {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_.get(), column);
    if (bytes == nullptr) return {};
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::optionalInteger(int column) const {
    if (isNull(column)) return std::nullopt;
    return integer(column);
}

std::optional<Time> Statement::optionalTime(int column) const {
    if (isNull(column)) return std::nullopt;
    return timeFromUs(integer(column));
}

// ---- Database

Result<Database> Database::open(const std::string& path, Mode mode) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    // Readers too need write access to the index of the write-ahead log; query_only keeps them honest.
    flags |= SQLITE_OPEN_READWRITE | (mode == Mode::Create ? SQLITE_OPEN_CREATE : 0);
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(path.c_str(), &raw, flags, nullptr);
    Database database(raw, path);
    if (code != SQLITE_OK) {
        return tl::unexpected(
            sqliteError(code, path, raw != nullptr ? sqlite3_errmsg(raw) : "out of memory"));
    }
    sqlite3_busy_timeout(raw, kLockWaitMs);
    if (mode == Mode::Read) {
        if (auto set = database.execute("PRAGMA query_only = ON"); !set) return tl::unexpected(set.error());
    }
    return database;
}

Result<Statement> Database::prepare(std::string_view sql) const {
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) return tl::unexpected(lastError());
    return Statement(raw);
}

Result<void> Database::execute(const std::string& sql) const {
    if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(lastError());
    }
    return {};
}

Result<std::int64_t> Database::queryInteger(std::string_view sql) const {
    auto statement = prepare(sql);
    if (!statement) return tl::unexpected(statement.error());
    const auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

Error Database::lastError() const {
    return sqliteError(lastCode(), path_, sqlite3_errmsg(database_.get()));
}

int Database::lastCode() const {
    return sqlite3_extended_errcode(database_.get());
}

bool Database::inTransaction() const {
    return sqlite3_get_autocommit(database_.get()) == 0;
}

}  // namespace dogwatch::journal
