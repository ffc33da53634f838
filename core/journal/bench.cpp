#include "core/journal/bench.h"

#include <algorithm>
#include <chrono>
#include <vector>

#include "core/journal/row.h"
#include "core/journal/schema.h"

namespace dogwatch::journal {
namespace {

constexpr int kRowsInTransaction = 1'000;
constexpr std::int64_t kSamples = 20'000;  ///< different records; larger journals repeat them

double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Inserts these records in one transaction.
Result<void> insertAll(const Database& database, Statement& insert, const std::vector<Record>& records) {
    if (auto done = database.execute("BEGIN IMMEDIATE"); !done) return done;
    for (const auto& record : records) {
        const auto row = toRow(record);
        insert.bind(1, record.seq).bind(2, record.time).bind(3, record.seq % 20 + 1);
        insert.bind(4, row.execution).bind(5, std::string_view{row.body});
        if (auto done = insert.run(); !done) return done;
    }
    return database.execute("COMMIT");
}

Result<Statement> insertion(const Database& database) {
    return database.prepare(
        "INSERT INTO records (seq, time, event, function, execution, body) VALUES (?1, ?2, 21, ?3, ?4, ?5)");
}

}  // namespace

Record benchRecord(std::int64_t seq) {
    Record record{seq, timeFromUs(1'700'000'000'000'000 + seq), "execution.succeeded", {}};
    auto& fields = record.fields;
    fields["function"] = "import-" + std::to_string(seq % 20);
    fields["version"] = 3;
    fields["execution"] = "01j5x8k3qd" + std::to_string(1'000'000'000 + seq / 3);
    fields["attempt"] = 1;
    fields["trigger"] = "schedule";
    fields["depth"] = 0;
    fields["tags"] = json::object{{"team", "data"}, {"tier", "gold"}};
    fields["vm"] = "vm-7";
    fields["duration_us"] = 120'000 + seq % 1'000;
    fields["cpu_us"] = 60'000;
    fields["memory_peak_bytes"] = 18'000'000;
    fields["result"] = json::object{{"rows", seq % 500}};
    fields["result_bytes"] = 12;
    fields["output"] = "imported\n";
    fields["output_bytes"] = 9;
    return record;
}

Result<double> benchBareLoop(const std::string& directory, double seconds) {
    Opened opened;
    auto database = openJournal({directory, "bench"}, opened);
    if (!database) return tl::unexpected(database.error());
    auto insert = insertion(*database);
    if (!insert) return tl::unexpected(insert.error());
    std::int64_t seq = 0;
    std::vector<Record> records;
    const auto start = std::chrono::steady_clock::now();
    double writing = 0;
    while (since(start) < seconds) {
        records.clear();
        for (int i = 0; i < kRowsInTransaction; ++i) records.push_back(benchRecord(++seq));
        const auto began = std::chrono::steady_clock::now();  // making the sample is not part of the loop
        if (auto done = insertAll(*database, *insert, records); !done) return tl::unexpected(done.error());
        writing += since(began);
    }
    return static_cast<double>(seq) / writing;
}

Result<void> makeBenchJournal(const std::string& directory, std::int64_t records, std::int64_t checkpointAt,
                              const std::string& engine) {
    Opened opened;
    auto database = openJournal({directory, "bench"}, opened);
    if (!database) return tl::unexpected(database.error());
    if (auto set = database->execute("PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 1000;"
                                     "PRAGMA cache_size = -262144");
        !set) {
        return set;
    }
    std::string names;
    for (int i = 0; i < 20; ++i)
        names +=
            "INSERT INTO names VALUES (" + std::to_string(i + 1) + ", 'import-" + std::to_string(i) + "');";
    if (auto done = database->execute(names + "INSERT INTO names VALUES (21, 'execution.succeeded')"); !done)
        return done;
    auto insert = insertion(*database);
    if (!insert) return tl::unexpected(insert.error());
    std::vector<Record> samples;
    for (std::int64_t seq = 1; seq <= std::min(records, kSamples); ++seq) samples.push_back(benchRecord(seq));
    if (auto done = insertAll(*database, *insert, samples); !done) return done;
    auto repeat = database->prepare(
        "INSERT INTO records SELECT seq + ?1, time + ?1, event, function, substr(execution, 1, 10) || "
        "(1000000000 + (seq + ?1) / 3), body FROM records WHERE seq <= ?2");
    if (!repeat) return tl::unexpected(repeat.error());
    for (std::int64_t made = kSamples; made < records; made += kSamples) {
        if (auto done = repeat->bind(1, made).bind(2, std::min(kSamples, records - made)).run(); !done)
            return done;
    }
    auto checkpoint =
        database->prepare("INSERT INTO checkpoints SELECT seq, time, ?2 FROM records WHERE seq = ?1");
    if (!checkpoint) return tl::unexpected(checkpoint.error());
    return checkpoint->bind(1, checkpointAt).bindBlob(2, engine).run();
}

Result<void> makeExecutionJournal(const std::string& directory, std::int64_t count, Time until) {
    Opened opened;
    auto database = openJournal({directory, "bench"}, opened);
    if (!database) return tl::unexpected(database.error());
    std::string sql =
        "PRAGMA synchronous = OFF; PRAGMA wal_autocheckpoint = 1000; PRAGMA cache_size = -262144; BEGIN;"
        "INSERT INTO names VALUES (21, 'execution.succeeded'), (22, 'execution.failed');";
    for (int i = 0; i < 20; ++i)
        sql +=
            "INSERT INTO names VALUES (" + std::to_string(i + 1) + ", 'import-" + std::to_string(i) + "');";
    const std::string n = std::to_string(count);
    const std::string pace = std::to_string(std::max<std::int64_t>(604'800'000'000 / count, 1));
    const std::string last = std::to_string(toUs(until));
    // Bad ones: every fortieth; durations up to 3 s, waits up to 50 ms, as if by chance but the same each
    // time.
    sql +=
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < " + n +
        "), d AS (SELECT n, " + last + " - (" + n + " - n) * " + pace +
        " - 4000000 AS t, (n * 104729) % 3000000 AS us, (n * 7919) % 50000 AS w, n % 40 = 0 AS bad FROM c) "
        "INSERT INTO executions SELECT n, printf('01bench%012d', n), n % 20 + 1, 1, CASE bad WHEN 1 THEN 3 "
        "ELSE 2 END, CASE n % 3 WHEN 0 THEN 'schedule' ELSE 'api' END, NULL, 1, 0, t, t + w, t + w + us, us, "
        "w, "
        "900, 'warm', CASE bad WHEN 1 THEN 'exception' END, CASE bad WHEN 1 THEN 'no such table: orders' "
        "END, "
        "'vm-' || (n % 16 + 1), bad, 0, 30000000, NULL, NULL, 0, 0 FROM d;";
    return database->execute(sql + "COMMIT");
}

}  // namespace dogwatch::journal
