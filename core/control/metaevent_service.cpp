#include "core/control/metaevent_service.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/model/sentence.h"

namespace dogwatch::control {
namespace {

Error noSuchMetaevent(std::string_view name) {
    return {Error::Kind::NotFound,
            fmt::format("There is no metaevent {}: \"metaevents list\" shows those there are.", name),
            {}};
}

}  // namespace

MetaeventService::MetaeventService(Sequencer& sequencer, Queries& queries)
    : sequencer_(sequencer), queries_(queries) {}

Result<void> MetaeventService::restore(std::vector<journal::Definition> definitions) {
    for (journal::Definition& row : definitions) {
        auto metaevent = metaeventFromJson(row.source);
        if (!metaevent) {
            return failure(Error::Kind::Io,
                           fmt::format("The journal holds a definition of the metaevent {} that cannot be "
                                       "read ({}): report this, or restore a backup.",
                                       row.name, metaevent.error().text()));
        }
        metaevent->enabled = row.enabled;
        std::vector<Silence> silences;
        for (const auto& stored : row.silences) {
            // One that cannot be read does not silence: rather one page too many than one too few.
            if (auto silence = silenceFromJson(stored.is_object() ? stored.get_object() : json::object{}))
                silences.push_back(std::move(*silence));
        }
        entries_.push_back({std::move(row), std::move(*metaevent), std::move(silences)});
    }
    return {};
}

MetaeventService::Entry* MetaeventService::entry(std::string_view name) {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& each) { return each.row.name == name; });
    return found != entries_.end() ? &*found : nullptr;
}

const MetaeventService::Entry* MetaeventService::entry(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const Entry& each) { return each.row.name == name; });
    return found != entries_.end() ? &*found : nullptr;
}

const Metaevent* MetaeventService::find(std::string_view name) const {
    const Entry* found = entry(name);
    return found != nullptr ? &found->metaevent : nullptr;
}

Result<void> MetaeventService::checkTogether(const std::vector<Metaevent>& definitions, bool isList,
                                             const Grammar& grammar) const {
    std::vector<const Metaevent*> all;
    for (const Entry& each : entries_) {
        const bool replaced =
            std::any_of(definitions.begin(), definitions.end(),
                        [&](const Metaevent& other) { return other.name == each.row.name; });
        if (!replaced) all.push_back(&each.metaevent);
    }
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        const std::string path = isList ? std::to_string(i) : std::string();
        if (auto cycle = activeCycle(definitions[i], all, path, grammar))
            return tl::unexpected(std::move(*cycle));
        all.push_back(&definitions[i]);
    }
    return {};
}

void MetaeventService::apply(const json::value& definitions, Reply<std::vector<AppliedChange>> reply,
                             const Grammar& grammar) {
    auto metaevents = metaeventsFromJson(definitions, grammar);
    if (!metaevents) return reply(tl::unexpected(metaevents.error()));
    if (const auto fits = checkTogether(*metaevents, definitions.is_array(), grammar); !fits) {
        return reply(tl::unexpected(fits.error()));
    }
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, metaevents = std::move(*metaevents), reply = std::move(reply)](Turn& turn) {
        auto changes = applyAll(metaevents, turn);
        turn.whenDurable.emplace_back([changes = std::move(changes), reply](const Result<void>& result) {
            if (!result) return reply(tl::unexpected(result.error()));
            reply(changes);
        });
    });
}

Result<std::vector<AppliedChange>> MetaeventService::applyAll(const std::vector<Metaevent>& definitions,
                                                              Turn& turn) {
    // Together they have no cycle, but on the way from the old definitions to the new ones there may be one:
    // what is refused for now is tried again after the others.
    std::vector<std::optional<AppliedChange>> done(definitions.size());
    for (bool progress = true; progress;) {
        progress = false;
        for (std::size_t i = 0; i < definitions.size(); ++i) {
            if (done[i]) continue;
            auto change = applyOne(definitions[i], turn);
            if (!change) continue;
            done[i] = std::move(*change);
            progress = true;
        }
    }
    std::vector<AppliedChange> changes;
    for (std::size_t i = 0; i < definitions.size(); ++i) {
        if (done[i]) {
            changes.push_back(std::move(*done[i]));
            continue;
        }
        auto refused = applyOne(definitions[i], turn);
        if (!refused) return tl::unexpected(refused.error());
        changes.push_back(std::move(*refused));
    }
    return changes;
}

Result<AppliedChange> MetaeventService::applyOne(const Metaevent& definition, Turn& turn) {
    Entry* existing = entry(definition.name);
    if (existing != nullptr && existing->row.source == definition.source &&
        existing->row.enabled == definition.enabled) {
        return AppliedChange{definition.name, existing->row.version, AppliedChange::Kind::Unchanged};
    }
    const std::int64_t version = existing != nullptr ? existing->row.version + 1 : 1;
    if (auto defined = turn.timeline.define(definition, version, turn.now, turn.output); !defined) {
        return tl::unexpected(defined.error());
    }
    journal::Definition row;
    row.name = definition.name;
    row.version = version;
    row.enabled = definition.enabled;
    row.source = definition.source;
    row.position = existing != nullptr ? existing->row.position : turn.timeline.lastSeq();
    row.updatedAt = turn.timeline.lastTime();
    turn.batch.definitions.push_back({row, false});
    if (existing != nullptr) {
        row.silences = std::move(existing->row.silences);
        turn.batch.definitions.back().definition.silences = row.silences;
        *existing = {std::move(row), definition, std::move(existing->silences)};
        return AppliedChange{definition.name, version, AppliedChange::Kind::Updated};
    }
    entries_.push_back({std::move(row), definition, {}});
    return AppliedChange{definition.name, version, AppliedChange::Kind::Created};
}

void MetaeventService::replyWhenDurable(const std::string& name, Turn& turn, Reply<std::string> reply) {
    turn.whenDurable.emplace_back([name, reply = std::move(reply)](const Result<void>& result) {
        if (!result) return reply(tl::unexpected(result.error()));
        reply(name);
    });
}

void MetaeventService::remove(const std::string& name, Reply<std::string> reply) {
    if (entry(name) == nullptr) return reply(tl::unexpected(noSuchMetaevent(name)));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, name, reply = std::move(reply)](Turn& turn) {
        const Entry* existing = entry(name);
        if (existing == nullptr) return reply(tl::unexpected(noSuchMetaevent(name)));
        turn.timeline.remove(name, existing->row.version, turn.now, turn.output);
        turn.batch.definitions.push_back({existing->row, true});
        std::erase_if(entries_, [&](const Entry& each) { return each.row.name == name; });
        replyWhenDurable(name, turn, reply);
    });
}

void MetaeventService::setEnabled(const std::string& name, bool enabled, Reply<std::string> reply) {
    if (entry(name) == nullptr) return reply(tl::unexpected(noSuchMetaevent(name)));
    if (const auto accepting = sequencer_.accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_.turn([this, name, enabled, reply = std::move(reply)](Turn& turn) {
        Entry* existing = entry(name);
        if (existing == nullptr) return reply(tl::unexpected(noSuchMetaevent(name)));
        if (existing->row.enabled != enabled) {
            turn.timeline.setEnabled(name, existing->row.version, enabled, turn.now, turn.output);
            existing->row.enabled = existing->metaevent.enabled = enabled;
            existing->row.updatedAt = turn.timeline.lastTime();
            turn.batch.definitions.push_back({existing->row, false});
        }
        replyWhenDurable(name, turn, reply);
    });
}

MetaeventRow MetaeventService::rowOf(const Entry& entry) const {
    const Time now = sequencer_.now();
    MetaeventRow row{entry.row, sentenceOf(entry.metaevent).text(),
                     sequencer_.engine().status(entry.row.name).value_or(engine::Status{}), entry.silences,
                     silencedAt(entry.row.name, now)};
    std::erase_if(row.silences, [now](const Silence& each) { return each.isOver(now); });
    return row;
}

std::vector<MetaeventRow> MetaeventService::list() const {
    std::vector<MetaeventRow> rows;
    rows.reserve(entries_.size());
    for (const Entry& each : entries_) rows.push_back(rowOf(each));
    return rows;
}

std::vector<Metaevent> MetaeventService::definitions() const {
    std::vector<Metaevent> all;
    all.reserve(entries_.size());
    for (const Entry& each : entries_) all.push_back(each.metaevent);
    return all;
}

Result<MetaeventRow> MetaeventService::show(std::string_view name) const {
    for (const Entry& each : entries_) {
        if (each.row.name == name) return rowOf(each);
    }
    return tl::unexpected(noSuchMetaevent(name));
}

void MetaeventService::firings(const journal::FiringQuery& query, Reply<std::vector<Firing>> reply) {
    queries_.run<std::vector<Firing>>([query](journal::Reader& reader) { return reader.firings(query); },
                                      std::move(reply));
}

void MetaeventService::firing(const std::string& id, Reply<Firing> reply) {
    queries_.run<Firing>(
        [id](journal::Reader& reader) -> Result<Firing> {
            auto firing = reader.firing(id);
            if (!firing && firing.error().kind == Error::Kind::NotFound) {
                return failure(
                    Error::Kind::NotFound,
                    fmt::format("There is no firing {}: \"firings list\" shows those there are.", id));
            }
            return firing;
        },
        std::move(reply));
}

}  // namespace dogwatch::control
