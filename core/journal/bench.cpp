#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>

#include "core/journal/journal.h"
#include "core/journal/row.h"
#include "core/journal/schema.h"

namespace dogwatch::journal {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kRecordsInBatch = 10;        // what a busy turn of the sequencer gathers
constexpr std::size_t kMostBacklog = 512;  // batches under way at once
constexpr int kRowsInTransaction = 1'000;  // of the bare loop
constexpr double kOfferedPerSecond = 10'000;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// A record such as an execution leaves behind.
Record sample(std::int64_t seq) {
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

/// A folder of its own, removed at the end.
class Scratch {
 public:
    explicit Scratch(const std::string& directory) : path_(directory + "/bench-journal.tmp") { renew(); }
    ~Scratch() { remove(); }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;

    void renew() {
        remove();
        std::error_code error;
        std::filesystem::create_directories(path_, error);  // opening the journal tells when it failed
    }
    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    void remove() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    std::string path_;
};

/// Runs on the bench's thread what the writer posts.
class Loop {
 public:
    void post(std::function<void()> call) {
        {
            const std::lock_guard lock(mutex_);
            calls_.push_back(std::move(call));
        }
        wake_.notify_one();
    }
    void runOnce(std::chrono::microseconds wait) {
        std::deque<std::function<void()>> calls;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, wait, [this] { return !calls_.empty(); });
            calls.swap(calls_);
        }
        for (const auto& call : calls) call();
    }

 private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> calls_;
};

struct Appended {
    double perSecond = 0;
    std::vector<double> latenciesUs;
};

/// Appends for `seconds`: as fast as it goes, or at `offered` records a second.
Result<Appended> append(const std::string& directory, double seconds, double offered) {
    Loop loop;
    auto writer = Writer::open({directory, "bench"}, [&loop](auto call) { loop.post(std::move(call)); });
    if (!writer) return tl::unexpected(writer.error());
    Appended appended;
    std::optional<Error> error;
    std::int64_t seq = 0;
    std::int64_t durable = 0;
    const auto start = Clock::now();
    const auto submit = [&] {
        auto batch = std::make_shared<Batch>();
        for (int i = 0; i < kRecordsInBatch; ++i) batch->records.push_back(sample(++seq));
        (*writer)->submit(std::move(batch), [&, submitted = Clock::now()](const Result<void>& result) {
            if (!result) error = result.error();
            durable += kRecordsInBatch;
            appended.latenciesUs.push_back(since(submitted) * 1e6);
        });
    };
    double elapsed = 0;
    while ((elapsed = since(start)) < seconds && !error) {
        const double allowed = offered > 0 ? elapsed * offered : 1e18;
        while ((*writer)->backlog() < kMostBacklog && static_cast<double>(seq) < allowed) submit();
        loop.runOnce(std::chrono::milliseconds{1});
    }
    while (durable < seq && !error) loop.runOnce(std::chrono::milliseconds{1});
    if (error) return tl::unexpected(*error);
    appended.perSecond = static_cast<double>(durable) / since(start);
    return appended;
}

/// The same rows into the same tables with nothing around: one thread, one prepared statement, a transaction
/// for each thousand rows, the same durability.
Result<double> bareLoop(const std::string& directory, double seconds) {
    Opened opened;
    auto database = openJournal({directory, "bench"}, opened);
    if (!database) return tl::unexpected(database.error());
    auto insert = database->prepare(
        "INSERT INTO records (seq, time, event, function, execution, body) VALUES (?1, ?2, 1, ?3, ?4, ?5)");
    if (!insert) return tl::unexpected(insert.error());
    std::int64_t seq = 0;
    std::vector<Record> records;
    const auto start = Clock::now();
    double writing = 0;
    while (since(start) < seconds) {
        records.clear();
        for (int i = 0; i < kRowsInTransaction; ++i) records.push_back(sample(++seq));
        const auto began = Clock::now();  // making the sample is not part of the loop
        if (auto done = database->execute("BEGIN IMMEDIATE"); !done) return tl::unexpected(done.error());
        for (const auto& record : records) {
            const auto row = toRow(record);
            insert->bind(1, record.seq).bind(2, record.time).bind(3, record.seq % 20);
            insert->bind(4, row.execution).bind(5, std::string_view{row.body});
            if (auto done = insert->run(); !done) return tl::unexpected(done.error());
        }
        if (auto done = database->execute("COMMIT"); !done) return tl::unexpected(done.error());
        writing += since(began);
    }
    return static_cast<double>(seq) / writing;
}

double percentile(std::vector<double>& values, double part) {
    if (values.empty()) return 0;
    const auto index = static_cast<std::size_t>(part * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(index), values.end());
    return values[index];
}

}  // namespace

Result<std::vector<Figure>> benchJournal(double seconds, const std::string& directory) {
    Scratch scratch(directory);
    const double part = seconds / 3;
    const auto bare = bareLoop(scratch.path(), part);
    if (!bare) return tl::unexpected(bare.error());
    scratch.renew();
    const auto fast = append(scratch.path(), part, 0);
    if (!fast) return tl::unexpected(fast.error());
    scratch.renew();
    auto paced = append(scratch.path(), part, kOfferedPerSecond);
    if (!paced) return tl::unexpected(paced.error());

    const std::string loop = "bare SQLite loop, same rows, 1,000 a transaction";
    const auto runs = static_cast<std::int64_t>(paced->latenciesUs.size());
    return std::vector<Figure>{
        {"journal.bare_loop", *bare, "records/s", "", 0, 1},
        {"journal.append", fast->perSecond, "records/s", loop, fast->perSecond / *bare, 1},
        {"journal.durable_p50_at_10000_per_s", percentile(paced->latenciesUs, 0.5), "us", "", 0, runs},
        {"journal.durable_p99_at_10000_per_s", percentile(paced->latenciesUs, 0.99), "us", "", 0, runs},
    };
}

}  // namespace dogwatch::journal
