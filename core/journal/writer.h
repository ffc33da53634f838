// Writer: the one connection that writes the journal, on a thread of its own, with group commit.
//
// While one transaction is being made durable, further batches gather and share the next. A batch is
// acknowledged only when it would survive a power cut (WAL, synchronous=FULL).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/journal/batch.h"
#include "core/model/result.h"

namespace dogwatch::journal {

struct Options {
    std::string directory;  ///< the data directory; the file is directory/journal.db
    /// Identifies this boot of the machine (/proc/sys/kernel/random/boot_id). When the journal was not closed
    /// and the machine has been booted since, or when it is small, it is checked before use. Empty: always
    /// checked.
    std::string bootId;
    Duration retryInterval = std::chrono::milliseconds{250};  ///< between attempts while the disk refuses
};

/// What opening found.
struct Opened {
    bool created = false;      ///< there was none
    bool unclean = false;      ///< the last process did not close it
    int migratedFrom = 0;      ///< schema version found; 0: it was current
    std::int64_t lastSeq = 0;  ///< of the last record; 0: none
    Time lastTime{};           ///< of the last record
};

class Writer {
 public:
    /// Called on the owner's thread, in the order of submission: the batch is durable, or never will be.
    using Done = std::function<void(const Result<void>&)>;
    /// Runs the function on the owner's thread, later; may be called from any thread
    /// (QMetaObject::invokeMethod with Qt::QueuedConnection, or a queue of the test's).
    using Post = std::function<void(std::function<void()>)>;
    /// The disk refuses (the reason), or takes again (nullopt). On the owner's thread. While it refuses,
    /// batches wait and are tried again: nothing is lost, nothing is acknowledged, and the owner should
    /// accept nothing new.
    using Health = std::function<void(const std::optional<Error>&)>;

    /// Opens or creates DIR/journal.db and brings its schema up to date. A damaged, foreign, truncated or
    /// newer file is an error that says the mend; it is never replaced by a new one.
    static Result<std::unique_ptr<Writer>> open(const Options& options, Post post, Health health = {});

    /// Commits what was submitted, marks the journal as closed and joins the thread. What the disk still
    /// refuses then is answered with its error. Every Done has been posted when this returns.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    [[nodiscard]] const Opened& opened() const;

    /// Whether somebody waits for a batch. One that may come `Soon` waits up to 20 ms for others to share a
    /// commit with, so that the disk is free when somebody does.
    enum class Haste { Now, Soon };

    /// Hands over one batch; returns at once. The caller may keep its pointer (to publish what became
    /// durable). After an error that no retry mends (damage, a defect) this and all later batches get that
    /// error.
    void submit(std::shared_ptr<const Batch> batch, Done done, Haste haste = Haste::Now);

    /// Removes what is old, between the batches and in steps of a few milliseconds. One sweep at a time: the
    /// next after `done`, which is called on the owner's thread unless the writer closes before.
    using SweepDone = std::function<void(const Result<Swept>&)>;
    void sweep(Sweep sweep, SweepDone done);

    /// Batches submitted and not yet durable: a measure for back-pressure. Any thread.
    [[nodiscard]] std::size_t backlog() const;

 private:
    class Private;
    explicit Writer(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::journal
