#include "core/engine/engine.h"
#include "core/model/value.h"

namespace dogwatch::engine {
namespace {

const char* eventOf(Derived::Kind kind) {
    switch (kind) {
        case Derived::Kind::Fired: return "metaevent.fired";
        case Derived::Kind::Cleared: return "metaevent.cleared";
        case Derived::Kind::Suppressed: return "metaevent.suppressed";
        case Derived::Kind::Degraded: return "metaevent.degraded";
    }
    return "";
}

/// Puts a value at a field path, unless something else stands in the way.
void store(json::object& object, std::string_view path, const json::value& value) {
    json::object* parent = &object;
    for (std::size_t dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
        auto& next = *parent->emplace(path.substr(0, dot), json::object{}).first;
        if (!next.value().is_object()) return;
        parent = &next.value().get_object();
        path.remove_prefix(dot + 1);
    }
    parent->emplace(path, value);
}

}  // namespace

Record Derived::toRecord() const {
    Record record;
    record.time = time;
    record.event = eventOf(kind);
    json::object& fields = record.fields;
    fields["metaevent"] = metaevent;
    fields["depth"] = depth;
    if (!key.is_null()) fields["key"] = key;
    if (!edge.empty()) fields["edge"] = edge;
    if (!reason.empty()) fields["reason"] = reason;
    if (!firing.empty()) fields["firing"] = firing;
    if (kind == Kind::Fired) {
        fields["holds"] = holds;
        fields["late"] = late;
        fields["evidence"] = evidence;
    }
    if (kind == Kind::Fired || kind == Kind::Cleared) {
        for (std::size_t i = 0; i < partition.size(); ++i) {
            const bool header = partition[i] == "event" || partition[i] == "time" || partition[i] == "seq";
            if (!header) store(fields, partition[i], key.as_array()[i]);
        }
    }
    return record;
}

json::object Derived::toBacktestLine() const {
    json::object line;
    if (kind != Kind::Fired) line["event"] = eventOf(kind);
    line["metaevent"] = metaevent;
    line["time"] = toUs(time);
    line["key"] = key;
    line["cause"] = cause;
    line["depth"] = depth;
    if (!edge.empty()) line["edge"] = edge;
    if (!reason.empty()) line["reason"] = reason;
    return line;
}

}  // namespace dogwatch::engine
