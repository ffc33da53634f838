#include "core/engine/step.h"

#include <algorithm>
#include <bit>

namespace dogwatch::engine {
namespace {

void appendNumber(std::string& out, std::uint64_t bits) {
    for (unsigned shift = 0; shift < 64; shift += 8) out += static_cast<char>(bits >> shift);
}

void appendText(std::string& out, std::string_view text) {
    appendNumber(out, text.size());
    out += text;
}

}  // namespace

void appendCanonical(std::string& out, const json::value& value) {
    const ValueType type = typeOf(value);
    out += static_cast<char>('0' + static_cast<int>(type));
    switch (type) {
        case ValueType::Null: break;
        case ValueType::Boolean: out += value.get_bool() ? '1' : '0'; break;
        case ValueType::Number:
            appendNumber(out, std::bit_cast<std::uint64_t>(*asNumber(value) + 0.0));
            break;
        case ValueType::String: appendText(out, value.get_string()); break;
        case ValueType::Array:
            appendNumber(out, value.get_array().size());
            for (const auto& element : value.get_array()) appendCanonical(out, element);
            break;
        case ValueType::Object: {
            std::vector<const json::key_value_pair*> members;
            for (const auto& member : value.get_object()) members.push_back(&member);
            std::sort(members.begin(), members.end(),
                      [](const auto* a, const auto* b) { return a->key() < b->key(); });
            appendNumber(out, members.size());
            for (const auto* member : members) {
                appendText(out, member->key());
                appendCanonical(out, member->value());
            }
            break;
        }
    }
}

PathId FieldCache::intern(const FieldPath& path) {
    const auto [found, isNew] = ids_.try_emplace(path.text(), static_cast<PathId>(entries_.size()));
    if (!isNew) return found->second;
    Entry& entry = entries_.emplace_back();
    entry.path = path;
    const std::string& first = path.parts().front();
    entry.special = first == "seq"        ? Special::Seq
                    : first == "time"     ? Special::Time
                    : first == "event"    ? Special::Event
                    : first == "function" ? Special::Function
                    : first == "depth"    ? Special::Depth
                                          : Special::None;
    return found->second;
}

void FieldCache::begin(const Input& record, bool derived) {
    record_ = &record;
    derived_ = derived;
    ++stamp_;
}

const json::value* FieldCache::look(const Entry& entry) const {
    entry.stamp = stamp_;
    entry.found = nullptr;
    if (entry.special == Special::None || (entry.special == Special::Depth && record_->fields != nullptr)) {
        if (record_->fields != nullptr) entry.found = record_->fields->find(entry.path);
        if (entry.special == Special::None || entry.found != nullptr) return entry.found;
    }
    return entry.found = lookSpecial(entry);
}

/// Fields that an input holds apart from its body. They are scalars: nothing stands below them.
const json::value* FieldCache::lookSpecial(const Entry& entry) const {
    const bool below = entry.path.parts().size() > 1;
    switch (entry.special) {
        case Special::Seq:
            if (derived_) return nullptr;
            entry.scratch = record_->seq;
            break;
        case Special::Time: entry.scratch = record_->time; break;
        case Special::Event:
            entry.scratch =
                record_->event == kUnlistedSymbol ? record_->eventName : symbols_->name(record_->event);
            break;
        case Special::Depth: entry.scratch = std::max<std::int64_t>(0, record_->depth); break;
        case Special::Function:
            if (record_->function == kNoSymbol) {  // none, or one that is no string
                return record_->fields != nullptr ? record_->fields->find(entry.path) : nullptr;
            }
            entry.scratch = record_->function == kUnlistedSymbol ? record_->functionName
                                                                 : symbols_->name(record_->function);
            break;
        case Special::None: return nullptr;
    }
    return below ? nullptr : &entry.scratch;
}

}  // namespace dogwatch::engine
