#include "core/api/record_feed.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace dogwatch::api {
namespace {

constexpr auto kBatchInterval = std::chrono::milliseconds{20};
constexpr std::int64_t kPage = 500;           ///< records read from the journal at once
constexpr std::size_t kMostPending = 10'000;  ///< live records kept while catching up

}  // namespace

std::shared_ptr<const EncodedRecord> encode(const Record& record) {
    return std::make_shared<const EncodedRecord>(
        EncodedRecord{record.seq, record.event, std::string(record.function()),
                      dogwatch::toJson(json::value(toJson(record)))});
}

RecordFeed::RecordFeed(std::int64_t subscription, const Filter& filter, Connection& connection,
                       control::Queries& queries, QObject* parent)
    : QObject(parent),
      subscription_(subscription),
      filter_(filter),
      event_(filter.event),
      function_(filter.function),
      connection_(connection),
      queries_(queries) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &RecordFeed::flush);
    connect(&connection_, &Connection::drained, this, [this] {
        tellMissed();
        if (catchingUp_ && !querying_) catchUp();
    });
}

void RecordFeed::start(std::optional<std::int64_t> afterSeq, std::int64_t lastSeq) {
    lastDurable_ = lastSeq;
    lastSent_ = cursor_ = afterSeq.value_or(lastSeq);
    if (cursor_ >= lastSeq) return;
    catchingUp_ = true;
    catchUp();
}

void RecordFeed::catchUp() {
    querying_ = true;
    target_ = lastDurable_;
    pending_.clear();
    overflowed_ = false;
    journal::RecordQuery query;
    if (!filter_.event.empty()) query.events = {filter_.event};
    if (!filter_.function.empty()) query.functions = {filter_.function};
    query.afterSeq = cursor_;
    query.beforeSeq = target_ + 1;
    query.limit = kPage;
    queries_.run<journal::RecordPage>(
        [query](journal::Reader& reader) { return reader.records(query); },
        [self = QPointer<RecordFeed>(this)](const Result<journal::RecordPage>& page) {
            if (self) self->caughtUp(page);
        });
}

void RecordFeed::caughtUp(const Result<journal::RecordPage>& page) {
    querying_ = false;
    if (!page) {  // the client finds out at its next request; nothing can be promised from here on
        connection_.close();
        return;
    }
    EncodedRecords records;
    for (const Record& record : page->records) records.push_back(encode(record));
    send(records);
    cursor_ = page->more ? records.back()->seq : target_;
    if (page->more || overflowed_) {
        if (!connection_.isCongested()) catchUp();  // else when it is drained
        return;
    }
    catchingUp_ = false;
    flush();
}

bool RecordFeed::wants(const EncodedRecord& record) const {
    return (filter_.event.empty() || event_.matches(record.event)) &&
           (filter_.function.empty() || function_.matches(record.function));
}

void RecordFeed::offer(const EncodedRecords& records) {
    lastDurable_ = records.back()->seq;
    for (const auto& record : records) {
        if (record->seq > cursor_ && wants(*record)) pending_.push_back(record);
    }
    if (catchingUp_) {
        if (pending_.size() > kMostPending) {
            overflowed_ = true;
            pending_.clear();
        }
        return;
    }
    if (!timer_.isActive()) flush();
}

void RecordFeed::flush() {
    if (catchingUp_ || pending_.empty()) return;
    if (connection_.isCongested()) {
        missed_ += static_cast<std::int64_t>(pending_.size());
    } else {
        send(pending_);
    }
    pending_.clear();
    timer_.start(kBatchInterval);
}

void RecordFeed::send(const EncodedRecords& records) {
    if (records.empty()) return;
    std::string line = fmt::format(
        R"({{"jsonrpc":"2.0","method":"records","params":{{"subscription":{},"records":[)", subscription_);
    for (const auto& record : records) {
        if (record != records.front()) line += ',';
        line += record->json;
    }
    line += "]}}\n";
    connection_.send(line);
    lastSent_ = records.back()->seq;
}

void RecordFeed::tellMissed() {
    if (missed_ == 0) return;
    json::object params{{"subscription", subscription_}, {"count", missed_}, {"resume_after_seq", lastSent_}};
    connection_.send(notificationLine("missed", params));
    missed_ = 0;
}

}  // namespace dogwatch::api
