// RecordFeed: a subscription to records. First those of the journal after a seq, if asked for, then each as
// it becomes durable, without gap or double; what a slow reader is spared it is told (`missed`).
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/connection.h"
#include "core/control/queries.h"
#include "core/model/record.h"
#include "core/model/selector.h"

namespace dogwatch::api {

/// A record as it goes over the wire, encoded once for all who get it.
struct EncodedRecord {
    std::int64_t seq = 0;
    std::string event;
    std::string function;
    std::string json;
};
using EncodedRecords = std::vector<std::shared_ptr<const EncodedRecord>>;

std::shared_ptr<const EncodedRecord> encode(const Record& record);

class RecordFeed : public QObject {
    Q_OBJECT

 public:
    struct Filter {
        std::string event;     ///< a pattern; empty: all
        std::string function;  ///< likewise
    };

    RecordFeed(std::int64_t subscription, const Filter& filter, Connection& connection,
               control::Queries& queries, QObject* parent = nullptr);

    /// `lastSeq`: of the last durable record. `afterSeq`: none: only what comes from now on.
    void start(std::optional<std::int64_t> afterSeq, std::int64_t lastSeq);
    /// These became durable.
    void offer(const EncodedRecords& records);

 private:
    void catchUp();
    void caughtUp(const Result<journal::RecordPage>& page);
    [[nodiscard]] bool wants(const EncodedRecord& record) const;
    void flush();
    void send(const EncodedRecords& records);
    void tellMissed();

    std::int64_t subscription_;
    Filter filter_;
    Pattern event_;
    Pattern function_;
    Connection& connection_;
    control::Queries& queries_;
    QTimer timer_;            ///< until the next batch may be sent
    EncodedRecords pending_;  ///< live ones that wait for the timer, or for the journal to be caught up with
    bool catchingUp_ = false;
    bool querying_ = false;
    bool overflowed_ = false;  ///< while catching up more came than we keep: they are read from the journal
    std::int64_t cursor_ = 0;  ///< catching up: everything up to here is sent
    std::int64_t target_ = 0;  ///< catching up: read up to here
    std::int64_t lastDurable_ = 0;
    std::int64_t lastSent_ = 0;
    std::int64_t missed_ = 0;
};

}  // namespace dogwatch::api
