#include "core/journal/writer.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "core/journal/schema.h"
#include "core/journal/store.h"
#include "core/journal/sweeper.h"

namespace dogwatch::journal {
namespace {

constexpr std::size_t kMostInOneCommit = 4096;  // batches; bounds how long the first of them waits
constexpr std::size_t kMostLeisurely = 256;     // that wait for company
constexpr std::chrono::milliseconds kLongestLeisure{20};
constexpr std::chrono::milliseconds kSweepPause{2};  // between the steps of a sweep
constexpr int kWalPagesWhenIdle = 1'000;             // then it is folded into the file when nothing waits,
constexpr int kWalPagesAtMost = 16'000;              // and here even though something does

struct Pending {
    std::shared_ptr<const Batch> batch;
    Writer::Done done;
};

}  // namespace

bool Batch::empty() const {
    return records.empty() && executions.empty() && firings.empty() && functions.empty() &&
           definitions.empty() && acknowledgements.empty() && schedules.empty() && deadLettersTaken.empty() &&
           meta.empty() && !checkpoint;
}

class Writer::Private {
 public:
    Private(const Options& options, Database database, const Opened& opened, Post post, Health health)
        : options_(options),
          opened_(opened),
          database_(std::move(database)),
          store_(database_, opened.lastSeq, opened.lastTime),
          post_(std::move(post)),
          health_(std::move(health)) {
        sqlite3_wal_hook(
            database_.handle(),
            [](void* self, sqlite3*, const char*, int pages) {
                static_cast<Private*>(self)->walPages_ = pages;
                return SQLITE_OK;
            },
            this);
        thread_ = std::thread([this] { run(); });
    }

    ~Private() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }
    Private(const Private&) = delete;
    Private& operator=(const Private&) = delete;

    void submit(Pending pending, Haste haste) {
        bool wake = false;
        {
            const std::lock_guard lock(mutex_);
            wake = queue_.empty() || haste == Haste::Now || queue_.size() >= kMostLeisurely;
            hasty_ = hasty_ || haste == Haste::Now;
            queue_.push_back(std::move(pending));
        }
        backlog_.fetch_add(1);
        if (wake) wake_.notify_one();
    }

    void sweep(Sweep sweep, SweepDone done) {
        {
            const std::lock_guard lock(mutex_);
            sweep_.emplace(std::move(sweep), std::move(done));
        }
        wake_.notify_one();
    }

    [[nodiscard]] const Opened& opened() const { return opened_; }
    [[nodiscard]] std::size_t backlog() const { return backlog_.load(); }

 private:
    void run();
    [[nodiscard]] std::vector<Pending> gather();
    Result<void> commit(const std::vector<Pending>& group);
    Result<void> commitPatiently(const std::vector<Pending>& group);
    Result<void> writeAll(const std::vector<Pending>& group);
    /// Waits for the next attempt; false: closing, there is none.
    bool waitToRetry();
    void tell(const std::optional<Error>& trouble);
    void answer(std::vector<Pending> group, const Result<void>& result);
    void sweepOnce();
    void foldLog();
    void close();

    const Options options_;
    const Opened opened_;
    Database database_;
    Store store_;
    Post post_;
    Health health_;
    int lastCode_ = SQLITE_OK;     // of the last attempt that failed
    int walPages_ = 0;             // in the write-ahead log
    int foldedPages_ = 0;          // of these, as many as were folded into the file when it was last tried
    bool ill_ = false;             // the disk refuses, and the owner was told
    std::optional<Error> broken_;  // no retry mends it
    std::optional<Sweeper> sweeper_;
    SweepDone sweepDone_;

    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Pending> queue_;  // guarded by mutex_
    bool hasty_ = false;         // somebody waits for one of the queue; guarded by mutex_
    std::optional<std::pair<Sweep, SweepDone>> sweep_;  // asked for; guarded by mutex_
    bool closing_ = false;                              // guarded by mutex_
    std::atomic<std::size_t> backlog_{0};
    std::thread thread_;
};

void Writer::Private::run() {
    while (true) {
        auto group = gather();
        if (group.empty() && !sweeper_) break;
        if (!group.empty()) {
            const auto outcome = broken_ ? Result<void>{tl::unexpected(*broken_)} : commitPatiently(group);
            answer(std::move(group), outcome);
        }
        sweepOnce();
        foldLog();
    }
    close();
}

/// All that waits, at least one unless there is something to sweep; none: closing.
std::vector<Pending> Writer::Private::gather() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return closing_ || !queue_.empty() || sweep_ || sweeper_; });
    if (!queue_.empty()) {
        wake_.wait_for(lock, kLongestLeisure,
                       [this] { return closing_ || hasty_ || queue_.size() >= kMostLeisurely; });
    } else if (sweeper_) {  // leaves room for what else the machine has to do
        wake_.wait_for(lock, kSweepPause, [this] { return closing_ || !queue_.empty(); });
    }
    if (closing_) sweeper_.reset();
    if (sweep_ && !closing_) {
        sweeper_.emplace(database_, std::move(sweep_->first));
        sweepDone_ = std::move(sweep_->second);
        sweep_.reset();
    }
    std::vector<Pending> group;
    while (!queue_.empty() && group.size() < kMostInOneCommit) {
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    hasty_ = !queue_.empty();
    return group;
}

Result<void> Writer::Private::commitPatiently(const std::vector<Pending>& group) {
    while (true) {
        auto result = commit(group);
        if (result) {
            if (ill_) tell(std::nullopt);
            return result;
        }
        if (!isPassing(lastCode_) || result.error().kind != Error::Kind::Io) {
            broken_ = result.error();
            tell(broken_);
            return result;
        }
        if (!ill_) tell(result.error());
        if (!waitToRetry()) return result;
    }
}

Result<void> Writer::Private::commit(const std::vector<Pending>& group) {
    auto result = writeAll(group);
    if (result) {
        store_.committed();
        return result;
    }
    lastCode_ = database_.lastCode();
    if (database_.inTransaction()) (void)database_.execute("ROLLBACK");
    store_.rolledBack();
    return result;
}

Result<void> Writer::Private::writeAll(const std::vector<Pending>& group) {
    if (auto begun = database_.execute("BEGIN IMMEDIATE"); !begun) return begun;
    for (const auto& pending : group) {
        if (auto applied = store_.apply(*pending.batch); !applied) return applied;
    }
    return database_.execute("COMMIT");
}

bool Writer::Private::waitToRetry() {
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, options_.retryInterval, [this] { return closing_; });
    return !closing_;
}

void Writer::Private::tell(const std::optional<Error>& trouble) {
    ill_ = trouble.has_value();
    if (health_) post_([health = health_, trouble] { health(trouble); });
}

void Writer::Private::answer(std::vector<Pending> group, const Result<void>& result) {
    backlog_.fetch_sub(group.size());
    post_([group = std::move(group), result] {
        for (const auto& pending : group) {
            if (pending.done) pending.done(result);
        }
    });
}

/// One step of a sweep, however many batches wait: else it would never keep up with a steady load.
void Writer::Private::sweepOnce() {
    if (!sweeper_) return;
    const auto more = broken_ ? Result<bool>(tl::unexpected(*broken_)) : sweeper_->step();
    if (more && *more) return;
    const auto result = more ? Result<Swept>(sweeper_->swept()) : tl::unexpected(more.error());
    sweeper_.reset();
    post_([done = std::move(sweepDone_), result] { done(result); });
}

/// Folds the write-ahead log into the file, when that keeps nobody waiting or has been put off for too long.
void Writer::Private::foldLog() {
    if (walPages_ < foldedPages_) foldedPages_ = 0;  // the log began anew
    const int grown = walPages_ - foldedPages_;
    if (grown < kWalPagesWhenIdle || (grown < kWalPagesAtMost && backlog_.load() > 0)) return;
    // A failure costs nothing but space: the log is kept, and folded later.
    (void)sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    foldedPages_ = walPages_;
}

void Writer::Private::close() {
    if (broken_) return;
    // Should this fail, the next start takes this end for an unclean one, which costs a check.
    if (database_.execute("UPDATE meta SET value = '1' WHERE name = 'journal.closed'")) {
        (void)database_.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

// ---- the public face

Writer::Writer(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
Writer::~Writer() = default;

Result<std::unique_ptr<Writer>> Writer::open(const Options& options, Post post, Health health) {
    Opened opened;
    auto database = openJournal(options, opened);
    if (!database) return tl::unexpected(database.error());
    auto priv =
        std::make_unique<Private>(options, std::move(*database), opened, std::move(post), std::move(health));
    return std::unique_ptr<Writer>(new Writer(std::move(priv)));
}

const Opened& Writer::opened() const {
    return d->opened();
}

void Writer::submit(std::shared_ptr<const Batch> batch, Done done, Haste haste) {
    d->submit({std::move(batch), std::move(done)}, haste);
}

void Writer::sweep(Sweep sweep, SweepDone done) {
    d->sweep(std::move(sweep), std::move(done));
}

std::size_t Writer::backlog() const {
    return d->backlog();
}

}  // namespace dogwatch::journal
