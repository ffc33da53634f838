// MetaeventModel: the metaevents with their live state, by name.
#pragma once

#include <optional>

#include "core/model/json.h"
#include "core/model/time.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct MetaeventRow {
    std::string name;
    std::int64_t version = 0;
    bool enabled = true;
    bool active = false;
    std::string sentence;  ///< the definition in plain words
    std::int64_t instances = 0;
    std::int64_t firings = 0;
    std::optional<Time> lastFired;
    std::optional<Time> nextDeadline;
    std::int64_t stateBytes = 0;
    std::int64_t checks = 0;  ///< records that its conditions looked at
    bool silenced = false;    ///< now: it fires, and runs no jobs
    std::string silenceReason;
    std::optional<Time> silencedUntil;
    json::array silences;  ///< those that hold or will hold again, as docs/api.md has them
    json::object definition;

    [[nodiscard]] const std::string& key() const { return name; }
    bool operator==(const MetaeventRow&) const = default;
};
MetaeventRow metaeventRowFromJson(const json::object& object);

class MetaeventModel final : public SnapshotTableModel<MetaeventRow> {
    Q_OBJECT
 public:
    enum Column { Name, State, LastFired, Deadline, Firings, ColumnCount };
    enum Role { SentenceRole = FirstOwnRole };

    using SnapshotTableModel::SnapshotTableModel;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// Countdowns depend on the clock: tells the views of those that show one.
    void tick();
};

/// In words: "until 14:00", "at 0 2 * * * UTC for 2h", and why. Empty: it is not silenced, nor will be.
QString silenceWords(const MetaeventRow& row, Time now);

/// "Active", "Watching", "Silenced", "Disabled".
QString metaeventState(const MetaeventRow& row);
Tone metaeventTone(const MetaeventRow& row);
QString metaeventIcon(const MetaeventRow& row);

}  // namespace dogwatch::gui
