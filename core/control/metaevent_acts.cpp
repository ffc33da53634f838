// What people do about firings: silence a metaevent, acknowledge that they have seen to one. Both are
// records, and neither changes what fires.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "core/control/metaevent_service.h"

namespace dogwatch::control {
namespace {

Record actRecord(std::string_view event, std::string_view metaevent, json::object fields) {
    Record record;
    record.event = event;
    record.fields = std::move(fields);
    record.fields["metaevent"] = metaevent;
    return record;
}

Error unknownMetaevent(std::string_view name) {
    return {Error::Kind::NotFound,
            fmt::format("There is no metaevent {}: \"metaevents list\" shows those there are.", name),
            {}};
}

}  // namespace

json::value MetaeventService::silencedAt(std::string_view name, Time time) const {
    const Entry* found = entry(name);
    if (found == nullptr) return nullptr;
    const Silence* longest = nullptr;
    Time end{};
    for (const Silence& each : found->silences) {
        const auto until = each.holdsUntil(time);
        if (!until || (longest != nullptr && *until <= end)) continue;
        longest = &each;
        end = *until;
    }
    if (longest == nullptr) return nullptr;
    return json::object{{"reason", longest->reason}, {"by", longest->by}, {"until", toUs(end)}};
}

void MetaeventService::noteSilences(Entry& entry, Record record, Turn& turn) {
    turn.timeline.note(std::move(record), turn.now, turn.output);
    const Time now = turn.timeline.lastTime();
    std::erase_if(entry.silences, [now](const Silence& each) { return each.isOver(now); });
    entry.row.silences.clear();
    for (const Silence& each : entry.silences) entry.row.silences.emplace_back(toJson(each));
    turn.batch.definitions.push_back({entry.row, false});
}

void MetaeventService::silence(const std::string& name, Silence silence, Reply<std::string> reply) {
    if (entry(name) == nullptr) return reply(tl::unexpected(unknownMetaevent(name)));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, name, silence = std::move(silence), reply = std::move(reply)](Turn& turn) {
        Entry* existing = entry(name);
        if (existing == nullptr) return reply(tl::unexpected(unknownMetaevent(name)));
        Silence asked = silence;
        asked.since = turn.timeline.stamp(turn.now);
        std::erase_if(existing->silences,
                      [&](const Silence& each) { return each.recurs() == asked.recurs(); });
        json::object fields = toJson(asked);
        fields.erase("since");
        existing->silences.push_back(std::move(asked));
        noteSilences(*existing, actRecord("metaevent.silenced", name, std::move(fields)), turn);
        replyWhenDurable(name, turn, reply);
    });
}

void MetaeventService::unsilence(const std::string& name, const std::string& by, Reply<std::string> reply) {
    if (entry(name) == nullptr) return reply(tl::unexpected(unknownMetaevent(name)));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, name, by, reply = std::move(reply)](Turn& turn) {
        Entry* existing = entry(name);
        if (existing == nullptr) return reply(tl::unexpected(unknownMetaevent(name)));
        if (!existing->silences.empty()) {
            existing->silences.clear();
            noteSilences(*existing, actRecord("metaevent.unsilenced", name, {{"by", by}}), turn);
        }
        replyWhenDurable(name, turn, reply);
    });
}

void MetaeventService::acknowledge(const std::vector<std::string>& firings, const std::string& by,
                                   const std::string& note, Reply<std::vector<Firing>> reply) {
    json::object what{{"by", by}, {"note", note}};
    queries_.run<std::vector<Firing>>(
        [firings](journal::Reader& reader) -> Result<std::vector<Firing>> {
            std::vector<Firing> found;
            for (const auto& id : firings) {
                auto firing = reader.firing(id);
                if (!firing) return tl::unexpected(firing.error());
                found.push_back(std::move(*firing));
            }
            return found;
        },
        [this, what = std::move(what), reply = std::move(reply)](Result<std::vector<Firing>> found) {
            if (!found) return reply(tl::unexpected(std::move(found.error())));
            acknowledgeAll(std::move(*found), what, reply);
        });
}

void MetaeventService::acknowledgeAll(std::vector<Firing> firings, json::object what,
                                      Reply<std::vector<Firing>> reply) {
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn(
        [firings = std::move(firings), what = std::move(what), reply = std::move(reply)](Turn& turn) {
            auto done = std::make_shared<std::vector<Firing>>(firings);
            for (Firing& firing : *done) {
                json::object fields = what;
                fields["firing"] = firing.id;
                if (!firing.key.is_null()) fields["key"] = firing.key;
                turn.timeline.note(actRecord("metaevent.acknowledged", firing.metaevent, std::move(fields)),
                                   turn.now, turn.output);
                json::object acknowledged{{"time", toUs(turn.timeline.lastTime())}};
                for (const auto& member : what) acknowledged[member.key()] = member.value();
                turn.batch.acknowledgements.push_back({firing.id, acknowledged});
                firing.acknowledged = std::move(acknowledged);
            }
            turn.whenDurable.emplace_back([done, reply](const Result<void>& result) {
                if (!result) return reply(tl::unexpected(result.error()));
                reply(*done);
            });
        });
}

}  // namespace dogwatch::control
