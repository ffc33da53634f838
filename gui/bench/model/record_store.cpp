#include "gui/bench/model/record_store.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dogwatch::gui::bench {
namespace {

constexpr std::size_t kInChunk = 512;
constexpr int kFastest = 1;  ///< of zlib's levels: records repeat themselves enough

void addPath(std::vector<FieldPath>& paths, const FieldPath& path) {
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
}

void addPaths(std::vector<FieldPath>& paths, const Condition& condition) {
    for (const Selector* selector : condition.selectors())
        for (const Clause& clause : selector->where) addPath(paths, clause.path);
    if (const auto* measure = condition.as<condition::Measure>()) addPath(paths, measure->of);
    if (const auto* changed = condition.as<condition::Changed>()) addPath(paths, changed->path);
    if (const auto* sequence = condition.as<condition::Sequence>())
        for (const FieldPath& path : sequence->by) addPath(paths, path);
    if (condition.as<condition::Gauge>() != nullptr) {
        addPath(paths, *FieldPath::parse("execution"));
        addPath(paths, *FieldPath::parse("vm"));
    }
}

}  // namespace

std::vector<FieldPath> fieldPathsOf(const std::vector<Metaevent>& definitions) {
    std::vector<FieldPath> paths;
    for (const Metaevent& definition : definitions) {
        for (const Condition* condition : definition.when.tree()) addPaths(paths, *condition);
        for (const FieldPath& path : definition.partition) addPath(paths, path);
    }
    return paths;
}

RecordStore::RecordStore() = default;

std::uint32_t RecordStore::nameOf(const std::string& name) {
    const auto [found, isNew] = places_.try_emplace(name, static_cast<std::uint32_t>(names_.size()));
    if (isNew) names_.push_back(name);
    return found->second;
}

void RecordStore::append(Record record) {
    if (record.isMetaevent()) {
        if (record.event != "metaevent.fired") return;
        const json::value* key = record.fields.if_contains("key");
        firings_.push_back({toUs(record.time), record.seq, std::string(stringMember(record.fields, "firing")),
                            std::string(stringMember(record.fields, "metaevent")),
                            key != nullptr && !key->is_null() ? toJson(*key) : std::string(),
                            std::string(stringMember(record.fields, "edge"))});
        return;
    }
    Entry entry{toUs(record.time), record.seq, record.depth(), nameOf(record.event), kNoFunction};
    const json::value* function = record.fields.if_contains("function");
    if (function != nullptr && function->is_string()) entry.function = nameOf(std::string(record.function()));
    for (const auto& column : columns_) put(*column, entries_.size(), record);
    entries_.push_back(entry);
    const auto [kind, isNew] = kindPlaces_.try_emplace((std::uint64_t{entry.event} << 32U) | entry.function,
                                                       static_cast<std::uint32_t>(kinds_.size()));
    if (isNew) kinds_.push_back({entry.event, entry.function});
    kindOf_.push_back(kind->second);
    const std::string text = toJson(json::value(std::move(record.fields)));
    open_.append(text.data(), static_cast<qsizetype>(text.size()));
    open_.append('\n');
    if (entries_.size() % kInChunk == 0) closeChunk();
}

void RecordStore::finish() {
    if (!open_.isEmpty()) closeChunk();
}

void RecordStore::closeChunk() {
    chunks_.push_back(qCompress(open_, kFastest));
    bytes_ += chunks_.back().size();
    open_.clear();
}

std::vector<json::object> RecordStore::decodeChunk(std::size_t chunk) const {
    std::vector<json::object> objects;
    const QByteArray text = qUncompress(chunks_[chunk]);
    std::string_view rest{text.constData(), static_cast<std::size_t>(text.size())};
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        auto value = parseJson(rest.substr(0, end));  // written by ourselves: it reads
        objects.push_back(value && value->is_object() ? std::move(value->get_object()) : json::object{});
        rest.remove_prefix(end + 1);
    }
    return objects;
}

Record RecordStore::record(std::size_t place) const {
    const Entry& entry = entries_[place];
    Record record{entry.seq, timeFromUs(entry.time), names_[entry.event], {}};
    if (place / kInChunk < chunks_.size()) {
        auto objects = decodeChunk(place / kInChunk);
        if (place % kInChunk < objects.size()) record.fields = std::move(objects[place % kInChunk]);
    }
    return record;
}

std::size_t RecordStore::placeOf(std::int64_t time) const {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), time,
                                        [](const Entry& entry, std::int64_t at) { return entry.time < at; });
    return static_cast<std::size_t>(found - entries_.begin());
}

void RecordStore::put(Column& column, std::size_t place, const Record& record) {
    json::value scratch;
    const json::value* found = column.path.find(record, scratch);
    column.values.resize(place + 1);
    column.present.resize(place + 1);
    if (found == nullptr) return;
    column.values[place] = *found;
    column.present[place] = true;
}

bool RecordStore::addColumns(const std::vector<FieldPath>& paths, const Going& going) {
    std::vector<std::unique_ptr<Column>> made;
    for (const FieldPath& path : paths) {
        if (column(path) != nullptr) continue;
        made.push_back(std::make_unique<Column>());
        made.back()->path = path;
        made.back()->values.reserve(entries_.size());
        made.back()->present.reserve(entries_.size());
    }
    for (std::size_t chunk = 0; !made.empty() && chunk < chunks_.size(); ++chunk) {
        if (going && !going(chunk * kInChunk, entries_.size())) return false;
        auto objects = decodeChunk(chunk);
        for (std::size_t i = 0; i < objects.size(); ++i) {
            const std::size_t place = chunk * kInChunk + i;
            const Entry& entry = entries_[place];
            const Record record{entry.seq, timeFromUs(entry.time), names_[entry.event],
                                std::move(objects[i])};
            for (const auto& each : made) put(*each, place, record);
        }
    }
    for (auto& each : made) columns_.push_back(std::move(each));
    return true;
}

const RecordStore::Column* RecordStore::column(const FieldPath& path) const {
    const auto found =
        std::find_if(columns_.begin(), columns_.end(), [&](const auto& each) { return each->path == path; });
    return found != columns_.end() ? found->get() : nullptr;
}

}  // namespace dogwatch::gui::bench
