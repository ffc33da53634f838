#include <limits>

#include "core/journal/reader_p.h"
#include "core/journal/row.h"

namespace dogwatch::journal {

class RecordCursor::Private {
 public:
    Private(Reader::Private& reader, Statement rows) : reader_(reader), rows_(std::move(rows)) {}

    Reader::Private& reader_;
    Statement rows_;
    std::string event_;  // copies: the reader's cache of names may be emptied
    std::string function_;
    std::int64_t eventId_ = -1;
    std::int64_t functionId_ = -1;
};

RecordCursor::RecordCursor(std::unique_ptr<Private> priv) : d(std::move(priv)) {}
RecordCursor::RecordCursor(RecordCursor&&) noexcept = default;
RecordCursor& RecordCursor::operator=(RecordCursor&&) noexcept = default;
RecordCursor::~RecordCursor() = default;

Result<bool> RecordCursor::next() {
    auto row = d->rows_.step();
    if (!row || !*row) return row;
    const auto take = [this](int column, std::int64_t& id, std::string& text) -> Result<void> {
        const auto found = d->rows_.integer(column);
        if (found == id) return {};
        const auto name = d->reader_.name(found);
        if (!name) return tl::unexpected(name.error());
        id = found;
        text = *name;
        return {};
    };
    if (auto event = take(2, d->eventId_, d->event_); !event) return tl::unexpected(event.error());
    if (auto function = take(3, d->functionId_, d->function_); !function)
        return tl::unexpected(function.error());
    return true;
}

std::int64_t RecordCursor::seq() const {
    return d->rows_.integer(0);
}
Time RecordCursor::time() const {
    return timeFromUs(d->rows_.integer(1));
}
std::string_view RecordCursor::event() const {
    return d->event_;
}
std::string_view RecordCursor::function() const {
    return d->function_;
}
std::string_view RecordCursor::execution() const {
    return d->rows_.text(4);
}

Result<Record> RecordCursor::record() const {
    return fromRow(seq(), time(), d->event_, d->function_, execution(), d->rows_.text(5));
}

Result<RecordCursor> Reader::stream(std::int64_t afterSeq, std::optional<Time> since,
                                    std::optional<Time> until, const std::vector<std::string>& events) {
    std::int64_t after = afterSeq;
    std::int64_t before = std::numeric_limits<std::int64_t>::max();
    if (since) {
        const auto first = d->firstAt("records", "seq", "time", *since);
        if (!first) return tl::unexpected(first.error());
        after = std::max(after, *first - 1);
    }
    if (until) {
        const auto first = d->firstAt("records", "seq", "time", *until + Duration{1});
        if (!first) return tl::unexpected(first.error());
        before = *first;
    }
    std::string sql =
        "SELECT seq, time, event, function, execution, body FROM records WHERE seq > ?1 AND seq < ?2";
    if (!events.empty()) {
        const auto ids = d->idsOf(events);
        if (!ids) return tl::unexpected(ids.error());
        std::string list;
        for (const auto id : *ids) list += (list.empty() ? "" : ",") + std::to_string(id);
        sql += " AND +event IN (" + list + ")";
    }
    auto rows = d->database().prepare(sql + " ORDER BY seq");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(1, after).bind(2, before);
    return RecordCursor(std::make_unique<RecordCursor::Private>(*d, std::move(*rows)));
}

}  // namespace dogwatch::journal
