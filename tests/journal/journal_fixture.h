// What the tests of the journal share: a folder, a queue that plays the owner's thread, sample records.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>

#include "core/journal/journal.h"

namespace dogwatch::journal {

/// Runs on the test's thread what the writer posts.
class Owner {
 public:
    Writer::Post poster() {
        return [this](std::function<void()> call) {
            {
                const std::lock_guard lock(mutex_);
                calls_.push_back(std::move(call));
            }
            wake_.notify_one();
        };
    }
    /// Until `done` or the time is over; whether it was done.
    bool runUntil(const std::function<bool()>& done,
                  std::chrono::milliseconds atMost = std::chrono::seconds{20}) {
        const auto end = std::chrono::steady_clock::now() + atMost;
        while (!done() && std::chrono::steady_clock::now() < end) {
            std::deque<std::function<void()>> calls;
            {
                std::unique_lock lock(mutex_);
                wake_.wait_for(lock, std::chrono::milliseconds{20}, [this] { return !calls_.empty(); });
                calls.swap(calls_);
            }
            for (const auto& call : calls) call();
        }
        return done();
    }

 private:
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> calls_;
};

inline Time at(std::int64_t us) {
    return timeFromUs(1'700'000'000'000'000 + us);
}

inline Record makeRecord(std::int64_t seq, const std::string& event, const std::string& function = {},
                         const std::string& execution = {}) {
    Record record{seq, at(seq * 1000), event, {}};
    if (!function.empty()) record.fields["function"] = function;
    if (!execution.empty()) record.fields["execution"] = execution;
    record.fields["n"] = seq;
    return record;
}

/// A journal with its writer, and batches committed one by one.
class Workspace {
 public:
    Workspace() { open(); }

    bool open() {
        auto opened = Writer::open(options(), owner.poster());
        if (!opened) {
            error = opened.error();
            return false;
        }
        writer = std::move(*opened);
        return true;
    }
    Result<void> commit(Batch batch) {
        std::optional<Result<void>> result;
        writer->submit(std::make_shared<Batch>(std::move(batch)), [&](const auto& done) { result = done; });
        if (!owner.runUntil([&] { return result.has_value(); })) qFatal("the batch was never answered");
        return *result;
    }
    [[nodiscard]] Options options() const { return {directory(), "boot-1", std::chrono::milliseconds{20}}; }
    [[nodiscard]] std::string directory() const { return folder.path().toStdString(); }
    [[nodiscard]] std::string file() const { return directory() + "/journal.db"; }
    [[nodiscard]] Reader reader() const {
        auto opened = Reader::open(directory());
        if (!opened) qFatal("%s", opened.error().text().c_str());
        return std::move(*opened);
    }

    QTemporaryDir folder;
    Owner owner;
    std::unique_ptr<Writer> writer;
    Error error;
};

/// The value, or the end of the test program with the reason.
template <typename T>
T valueOf(Result<T> result) {
    if (!result) qFatal("%s", result.error().text().c_str());
    return std::move(*result);
}

}  // namespace dogwatch::journal
