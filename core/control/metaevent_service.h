// Metaevents: their definitions, and what is known of each. Every change is a record that replay arms and
// disarms by.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/control/queries.h"
#include "core/control/reply.h"
#include "core/control/sequencer.h"
#include "core/model/metaevent.h"
#include "core/model/silence.h"

namespace dogwatch::control {

/// What `metaevents.apply` did with one definition.
struct AppliedChange {
    enum class Kind { Created, Updated, Unchanged };
    std::string metaevent;
    std::int64_t version = 0;
    Kind kind = Kind::Unchanged;
};

/// A definition and how it stands.
struct MetaeventRow {
    journal::Definition definition;
    std::string sentence;  ///< the definition in plain words
    engine::Status status;
    std::vector<Silence> silences;  ///< those that hold now, or will again
    json::value silenced;           ///< what silences it now, {"reason", "by", "until"}, or null
};

class MetaeventService {
 public:
    MetaeventService(Sequencer& sequencer, Queries& queries);

    /// What recovery found; the engine has its own copy in its state. A definition that this version cannot
    /// read any more is an error.
    Result<void> restore(std::vector<journal::Definition> definitions);

    /// One definition or a list; all or nothing. What is wrong with them is told by the grammar.
    void apply(const json::value& definitions, Reply<std::vector<AppliedChange>> reply,
               const Grammar& grammar = Grammar::english());
    void remove(const std::string& name, Reply<std::string> reply);
    void setEnabled(const std::string& name, bool enabled, Reply<std::string> reply);

    /// From now on it runs no jobs while the silence holds; it fires as before. A metaevent has one silence
    /// that ends and one that recurs at most: a new one of the kind takes the place of the old.
    void silence(const std::string& name, Silence silence, Reply<std::string> reply);
    /// Ends all silences of it.
    void unsilence(const std::string& name, const std::string& by, Reply<std::string> reply);
    /// What silences it at this time: {"reason", "by", "until"}, or null.
    [[nodiscard]] json::value silencedAt(std::string_view name, Time time) const;

    /// Somebody has seen to these firings: all of them exist, or nothing is noted.
    void acknowledge(const std::vector<std::string>& firings, const std::string& by, const std::string& note,
                     Reply<std::vector<Firing>> reply);

    [[nodiscard]] std::vector<MetaeventRow> list() const;
    [[nodiscard]] Result<MetaeventRow> show(std::string_view name) const;
    [[nodiscard]] std::vector<Metaevent> definitions() const;
    /// The definition as the engine has it.
    [[nodiscard]] const Metaevent* find(std::string_view name) const;

    void firings(const journal::FiringQuery& query, Reply<std::vector<Firing>> reply);
    void firing(const std::string& id, Reply<Firing> reply);

 private:
    struct Entry {
        journal::Definition row;
        Metaevent metaevent;
        std::vector<Silence> silences;
    };
    [[nodiscard]] const Entry* entry(std::string_view name) const;
    /// Takes the silences as they are now into the row and the batch, with a record that tells the change.
    static void noteSilences(Entry& entry, Record record, Turn& turn);
    void acknowledgeAll(std::vector<Firing> firings, json::object what, Reply<std::vector<Firing>> reply);
    [[nodiscard]] Entry* entry(std::string_view name);
    [[nodiscard]] MetaeventRow rowOf(const Entry& entry) const;
    /// Whether the definitions that stand and these together have no cycle of `active`.
    [[nodiscard]] Result<void> checkTogether(const std::vector<Metaevent>& definitions, bool isList,
                                             const Grammar& grammar) const;
    Result<AppliedChange> applyOne(const Metaevent& definition, Turn& turn);
    Result<std::vector<AppliedChange>> applyAll(const std::vector<Metaevent>& definitions, Turn& turn);
    /// Replies with the name when the turn is durable.
    static void replyWhenDurable(const std::string& name, Turn& turn, Reply<std::string> reply);

    Sequencer& sequencer_;
    Queries& queries_;
    std::vector<Entry> entries_;  ///< in the order in which they were first defined
};

}  // namespace dogwatch::control
