// RecordStore: recorded history as a bench keeps it: what every condition asks for (time, kind, function) in
// plain arrays, the rest as compressed text. Fields that a definition compares become columns of decoded
// values, once, so that the next run over them decodes nothing.
//
// Thread: one at a time writes (append, addColumns); what append() made may be read beside addColumns().
#pragma once

#include <QByteArray>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/metaevent.h"
#include "core/model/record.h"

namespace dogwatch::gui::bench {

/// A firing that the journal itself holds.
struct RecordedFiring {
    std::int64_t time = 0;
    std::int64_t seq = 0;
    std::string id;
    std::string metaevent;
    std::string key;  ///< compact JSON; empty: none
    std::string edge;
};

class RecordStore {
 public:
    static constexpr std::uint32_t kNoFunction = 0xffff'ffffU;

    struct Entry {
        std::int64_t time = 0;  ///< µs
        std::int64_t seq = 0;
        std::int64_t depth = 0;
        std::uint32_t event = 0;               ///< place in names()
        std::uint32_t function = kNoFunction;  ///< likewise
    };
    /// An event with a function: what decides first whether a condition looks at a record.
    struct Kind {
        std::uint32_t event = 0;
        std::uint32_t function = kNoFunction;
        bool operator==(const Kind&) const = default;
    };
    /// The values at one field path, one a record.
    struct Column {
        FieldPath path;
        std::vector<json::value> values;
        std::vector<bool> present;
    };

    RecordStore();

    /// In the order of seq. Of metaevent.* records only firings are kept, apart from the others: backtests
    /// pass over them.
    void append(Record record);
    /// No record follows.
    void finish();

    [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    /// All that came, and which of them each record is.
    [[nodiscard]] const std::vector<Kind>& kinds() const { return kinds_; }
    [[nodiscard]] const std::vector<std::uint32_t>& kindOf() const { return kindOf_; }
    [[nodiscard]] const std::vector<RecordedFiring>& firings() const { return firings_; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    /// The whole record, decoded anew.
    [[nodiscard]] Record record(std::size_t place) const;
    /// The first at or after a time.
    [[nodiscard]] std::size_t placeOf(std::int64_t time) const;
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }

    using Going = std::function<bool(std::size_t done, std::size_t total)>;
    /// Makes columns of those paths that have none yet. False: `going` said that nobody wants it any more.
    bool addColumns(const std::vector<FieldPath>& paths, const Going& going);
    /// Null: there is no column for it.
    [[nodiscard]] const Column* column(const FieldPath& path) const;

 private:
    [[nodiscard]] std::vector<json::object> decodeChunk(std::size_t chunk) const;
    std::uint32_t nameOf(const std::string& name);
    void closeChunk();
    static void put(Column& column, std::size_t place, const Record& record);

    std::vector<Entry> entries_;
    std::vector<Kind> kinds_;
    std::vector<std::uint32_t> kindOf_;
    std::unordered_map<std::uint64_t, std::uint32_t> kindPlaces_;
    std::vector<std::string> names_;
    std::unordered_map<std::string, std::uint32_t> places_;
    std::vector<QByteArray> chunks_;  ///< each the fields of kInChunk records, a line each, compressed
    QByteArray open_;
    std::int64_t bytes_ = 0;
    std::vector<std::unique_ptr<Column>> columns_;
    std::vector<RecordedFiring> firings_;
};

/// All fields that a definition compares, measures or tells apart by, each once.
std::vector<FieldPath> fieldPathsOf(const std::vector<Metaevent>& definitions);

}  // namespace dogwatch::gui::bench
