// Checkpoints: the whole state of an engine as bytes, and back to exactly the same future.
#include <algorithm>
#include <boost/crc.hpp>
#include <set>
#include <vector>

#include "core/engine/archive.h"
#include "core/engine/engine_private.h"
#include "core/engine/moment.h"

namespace dogwatch::engine {
namespace {

constexpr std::string_view kMagic = "dogwatch engine 4\n";  // the number changes with the layout

std::uint32_t checksum(std::string_view bytes) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

template <typename Archive, typename T>
void archiveOptional(Archive& a, std::optional<T>& value) {
    bool present = value.has_value();
    a.field(present);
    if (!present) {
        value.reset();
        return;
    }
    if constexpr (Archive::kReads) value.emplace();
    a.field(*value);
}

}  // namespace

/// `only`: the metaevents that are written; null: all.
template <typename Archive>
void Fold::archive(Archive& a, const std::set<std::string>* only) {
    a.field(options_.gauges);
    a.field(options_.evidence);
    std::vector<std::string> names;
    for (Symbol symbol = kUnlistedSymbol + 1; symbol < symbols.size(); ++symbol)
        names.emplace_back(symbols.name(symbol));
    a.list(names, [&a](std::string& name) { a.field(name); });
    if constexpr (Archive::kReads) {
        for (const auto& name : names) symbols.intern(name);
    }
    a.field(lastTimerStep);
    a.field(lastSeq_);
    a.field(nextOrder_);
    gauges_.archive(a);
    derived_.archive(a);
    std::vector<MetaeventState*> written;
    if constexpr (!Archive::kReads) {
        for (const auto& metaevent : metaevents_) {
            if (only == nullptr || only->contains(metaevent->name())) written.push_back(metaevent.get());
        }
    }
    std::uint64_t count = written.size();
    a.field(count);
    for (std::uint64_t i = 0; i < count && a.ok(); ++i) {
        json::object source;
        std::int64_t version = 0;
        if constexpr (!Archive::kReads) {
            source = written[i]->definition->source;
            version = written[i]->version;
        }
        a.field(source);
        a.field(version);
        if constexpr (Archive::kReads) {
            auto definition = metaeventFromJson(source);
            if (!definition) {
                a.fail();
                return;
            }
            auto& added =
                metaevents_.emplace_back(std::make_unique<MetaeventState>(std::move(*definition), version));
            byName_.emplace(added->name(), added.get());
            written.push_back(added.get());
        }
        archive(a, *written[i]);
    }
}

template <typename Archive>
void Fold::archive(Archive& a, MetaeventState& metaevent) {
    a.field(metaevent.definition->enabled);
    a.field(metaevent.order);
    a.field(metaevent.totalFirings);
    archiveOptional(a, metaevent.lastFired);
    bool armed = metaevent.isArmed();
    a.field(armed);
    if (!armed || !a.ok()) return;
    if constexpr (Archive::kReads) prepare(metaevent);
    a.field(metaevent.armed);
    a.field(metaevent.sharedGap);
    metaevent.sharedAt = metaevent.sharedGap;
    for (NodeIndex n = 0; n < metaevent.shared.size(); ++n) {
        SharedNode& shared = metaevent.shared[n];
        a.owner = {&metaevent, nullptr, n};
        a.timer(shared.timer);
        a.field(shared.last);
        a.map(shared.standing, [&a](EvidenceRef& ref) { a.field(ref); });
    }
    a.field(metaevent.nextOrdinal);
    a.owner = {&metaevent, nullptr, kArmTimer};
    a.timer(metaevent.armTimer);
    const bool isStarted = metaevent.armTimer == kNoTimer;
    if constexpr (Archive::kReads) {
        if (isStarted) makePools(metaevent);
    }
    a.list(metaevent.firings, [&a](std::int64_t& time) { a.field(time); });
    a.field(metaevent.boundsReached);
    a.field(metaevent.boundsTold);
    std::vector<Instance*> instances;
    metaevent.forEachInstance([&instances](Instance& instance) { instances.push_back(&instance); });
    std::sort(instances.begin(), instances.end(), [](auto* x, auto* y) { return x->ordinal < y->ordinal; });
    std::uint64_t count = instances.size();
    a.field(count);
    for (std::uint64_t i = 0; i < count && a.ok(); ++i) {
        if constexpr (Archive::kReads) {
            auto created = std::make_unique<Instance>();
            instances.push_back(created.get());
            created->metaevent = &metaevent;
            archive(a, metaevent, *created);
            (metaevent.isPartitioned() ? metaevent.instances[created->keyText] : metaevent.sole) =
                std::move(created);
        } else {
            archive(a, metaevent, *instances[i]);
        }
    }
    for (NodeIndex n = 0; n < metaevent.sequences.size(); ++n) {
        if (metaevent.sequences[n] == nullptr) continue;
        a.owner = {&metaevent, nullptr, n};
        metaevent.sequences[n]->archive(
            a, [&](Archive& to, Instance*& instance, SequenceDetector*& detector) {
                constexpr std::uint64_t kNobody = ~std::uint64_t{0};
                std::uint64_t ordinal = instance != nullptr ? instance->ordinal : kNobody;
                to.field(ordinal);
                if constexpr (Archive::kReads) {
                    if (ordinal == kNobody) return;
                    const auto found =
                        std::find_if(instances.begin(), instances.end(),
                                     [ordinal](const Instance* one) { return one->ordinal == ordinal; });
                    if (found == instances.end() || (*found)->nodes.size() <= n) {
                        to.fail();
                        return;
                    }
                    instance = *found;
                    detector = std::get_if<SequenceDetector>(&instance->nodes[n]);
                }
            });
    }
}

template <typename Archive>
void Fold::archive(Archive& a, MetaeventState& metaevent, Instance& instance) {
    a.field(instance.ordinal);
    a.field(instance.keyText);
    a.field(instance.key);
    a.field(instance.armed);
    a.field(instance.acted);
    a.field(instance.gap);
    instance.at = instance.gap;
    a.field(instance.holds);
    a.field(instance.fired);
    a.field(instance.nextTry);
    a.field(instance.lastRise);
    a.field(instance.lastFall);
    a.field(instance.firing);
    a.owner = {&metaevent, &instance, kRepeatTimer};
    a.timer(instance.repeatTimer);
    a.owner = {&metaevent, &instance, kExpireTimer};
    a.timer(instance.expireTimer);
    bool started = !instance.nodes.empty();
    a.field(started);
    if (!started) return;
    const auto& nodes = metaevent.program->nodes();
    if constexpr (Archive::kReads) makeNodes(instance);
    for (NodeIndex n = 0; n < nodes.size(); ++n) {
        a.owner = {&metaevent, &instance, n};
        std::visit(
            [&a]<typename T>(T& detector) {
                if constexpr (!std::is_same_v<T, std::monostate>) detector.archive(a);
            },
            instance.nodes[n]);
        withLeaf(instance.nodes[n], [&](Leaf& leaf) { leaf.told = (instance.gap & bit(n)) != 0; });
    }
}

namespace {

std::string sealed(const std::string& state) {
    const std::uint32_t sum = checksum(state);
    std::string bytes{kMagic};
    bytes.append(reinterpret_cast<const char*>(&sum), sizeof(sum));
    return bytes + state;
}

/// Whether the records that the engine derives may concern the condition itself.
bool seesDerived(const Condition& condition) {
    const auto selectors = condition.selectors();
    return std::any_of(selectors.begin(), selectors.end(), [](const Selector* selector) {
        return selector->matchesKind("metaevent.fired") || selector->matchesKind("metaevent.cleared");
    });
}

/// A metaevent and those that it depends on.
std::set<std::string> closure(const Fold& fold, std::string_view name) {
    std::set<std::string> found;
    std::vector<std::string> open{std::string(name)};
    while (!open.empty()) {
        const std::string next = std::move(open.back());
        open.pop_back();
        const MetaeventState* metaevent = fold.find(next);
        if (metaevent == nullptr || !found.insert(next).second) continue;
        for (const Condition* condition : metaevent->definition->when.tree()) {
            if (const auto* fired = condition->as<condition::Fired>()) open.push_back(fired->metaevent);
            if (const auto* active = condition->as<condition::Active>()) open.push_back(active->metaevent);
            if (!seesDerived(*condition)) continue;
            for (const auto& other : fold.metaevents()) open.push_back(other->name());
        }
    }
    return found;
}

}  // namespace

std::string Engine::checkpoint() const {
    Writer writer(d->fold.timers);
    d->fold.archive(writer);
    return sealed(writer.bytes());
}

std::string excerpt(const Engine& engine, std::string_view metaevent) {
    Fold& fold = Internals::fold(engine);
    const std::set<std::string> only = closure(fold, metaevent);
    Writer writer(fold.timers);
    fold.archive(writer, &only);
    return sealed(writer.bytes());
}

Result<Engine> Engine::restore(std::string_view checkpoint) {
    const auto broken = [](const char* why) {
        return failure(Error::Kind::Invalid, std::string{"The engine's checkpoint cannot be used, "} + why +
                                                 ": fold the journal from its start.");
    };
    if (!checkpoint.starts_with(kMagic)) return broken("another version wrote it");
    checkpoint.remove_prefix(kMagic.size());
    std::uint32_t sum = 0;
    if (checkpoint.size() < sizeof(sum)) return broken("it was cut off");
    std::memcpy(&sum, checkpoint.data(), sizeof(sum));
    checkpoint.remove_prefix(sizeof(sum));
    if (checksum(checkpoint) != sum) return broken("its checksum is wrong");
    Engine engine;
    Reader reader(checkpoint, engine.d->fold.timers);
    engine.d->fold.archive(reader);
    if (!reader.ok() || !reader.atEnd()) return broken("it is not complete");
    return engine;
}

}  // namespace dogwatch::engine
