#include "core/control/import_journal.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <fstream>
#include <memory>
#include <mutex>
#include <utility>

#include "core/control/timeline.h"
#include "core/engine/record_file.h"
#include "core/journal/reader.h"
#include "core/journal/writer.h"

namespace dogwatch::control {
namespace {

constexpr std::size_t kRecordsInBatch = 2'000;
constexpr std::size_t kMostUnderWay = 8;  // batches
constexpr std::int64_t kProgressEvery = 50'000;

/// Hands each record of the file to `take`.
template <typename Take>
Result<void> eachRecord(const std::string& path, const Take& take) {
    std::ifstream stream{path};
    if (!stream) return failure(Error::Kind::Io, "Cannot read " + path + ": " + std::strerror(errno) + ".");
    engine::RecordFile file{stream};
    for (;;) {
        auto record = file.next();
        if (!record)
            return malformed(path + ", " + record.error().path, "expected " + record.error().message);
        if (!*record) return {};
        if (auto taken = take(std::move(**record), file.line()); !taken) return taken;
    }
}

Result<void> checkFile(const std::string& path, Time now) {
    return eachRecord(path, [&](Record&& record, std::int64_t line) -> Result<void> {
        if (record.time <= now) return {};
        return malformed(path + ", line " + std::to_string(line),
                         "expected a time that does not lie in the future");
    });
}

Result<void> refuseFull(const std::string& directory, std::int64_t lastSeq) {
    auto reader = journal::Reader::open(directory);
    if (!reader) return tl::unexpected(reader.error());
    const auto functions = reader->functions(false);
    if (!functions) return tl::unexpected(functions.error());
    const auto definitions = reader->definitions();
    if (!definitions) return tl::unexpected(definitions.error());
    if (lastSeq == 0 && functions->empty() && definitions->empty()) return {};
    return failure(Error::Kind::Conflict,
                   "The journal in " + directory +
                       " is in use already; import the records into a data directory of their own (--data).");
}

/// Writes batches and waits for their answers, a few under way.
class Submitter {
 public:
    explicit Submitter(const std::string& directory) : directory_(directory) {}

    Result<std::int64_t> open() {
        auto writer = journal::Writer::open({directory_, {}}, [this](std::function<void()> call) {
            {
                const std::lock_guard lock(mutex_);
                calls_.push_back(std::move(call));
            }
            wake_.notify_one();
        });
        if (!writer) return tl::unexpected(writer.error());
        writer_ = std::move(*writer);
        return writer_->opened().lastSeq;
    }

    Result<void> submit(journal::Batch batch) {
        ++underWay_;
        writer_->submit(std::make_shared<const journal::Batch>(std::move(batch)), [this](const auto& result) {
            --underWay_;
            if (!result && !error_) error_ = result.error();
        });
        return waitUntil(kMostUnderWay);
    }
    Result<void> finish() { return waitUntil(0); }

 private:
    Result<void> waitUntil(std::size_t left) {
        while (underWay_ > left) {
            std::deque<std::function<void()>> calls;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [this] { return !calls_.empty(); });
                calls.swap(calls_);
            }
            for (const auto& call : calls) call();
        }
        return error_ ? Result<void>(tl::unexpected(*error_)) : Result<void>{};
    }

    std::string directory_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> calls_;
    std::size_t underWay_ = 0;
    std::optional<Error> error_;
    std::unique_ptr<journal::Writer> writer_;  // last: it posts until it is gone
};

}  // namespace

Result<Imported> importJournal(const std::string& directory, const std::string& file, Time now,
                               const std::function<void(std::int64_t)>& progress) {
    if (auto fine = checkFile(file, now); !fine) return tl::unexpected(fine.error());
    Submitter journal(directory);
    const auto lastSeq = journal.open();
    if (!lastSeq) return tl::unexpected(lastSeq.error());
    if (auto empty = refuseFull(directory, *lastSeq); !empty) return tl::unexpected(empty.error());

    Imported imported;
    Timeline timeline(engine::Engine{}, 0, Time{});
    Timeline::Output output;
    const auto flush = [&](std::optional<journal::Checkpoint> checkpoint) -> Result<void> {
        journal::Batch batch;
        batch.records = std::exchange(output.records, {});
        batch.checkpoint = std::move(checkpoint);
        return journal.submit(std::move(batch));
    };
    auto done = eachRecord(file, [&](Record&& record, std::int64_t) -> Result<void> {
        if (record.isMetaevent()) {
            ++imported.passedOver;
            return {};
        }
        timeline.adopt(std::move(record), output);
        if (++imported.records % kProgressEvery == 0) progress(imported.records);
        return output.records.size() < kRecordsInBatch ? Result<void>{} : flush(std::nullopt);
    });
    // A start goes on from here instead of folding all of it.
    if (done)
        done = flush(
            journal::Checkpoint{timeline.lastSeq(), timeline.lastTime(), timeline.engine().checkpoint()});
    if (done) done = journal.finish();
    if (!done) return tl::unexpected(done.error());
    imported.lastSeq = timeline.lastSeq();
    imported.lastTime = timeline.lastTime();
    return imported;
}

}  // namespace dogwatch::control
