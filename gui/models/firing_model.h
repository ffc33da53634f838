// FiringModel: what fired, latest first.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>

#include "core/model/execution.h"
#include "core/model/json.h"
#include "core/model/record.h"
#include "core/model/time.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct FiringRow {
    std::string id;
    std::string metaevent;
    std::int64_t version = 0;  ///< of the definition that fired; 0: not told, as by a record just in
    Time time{};
    std::string key;  ///< compact JSON; empty when not partitioned
    std::string edge;
    std::int64_t depth = 1;
    bool late = false;
    std::vector<std::string> executions;  ///< of its jobs
    bool silenced = false;                ///< its jobs were not run
    std::string silenceReason;
    struct Acknowledgement {
        std::string by;
        std::string note;
        Time time{};
    };
    std::optional<Acknowledgement> acknowledged;
};
/// From a FIRING of docs/api.md, or from the fields of a metaevent.fired record (with its "time").
FiringRow firingRowFromJson(const json::object& object);

/// What a definition waits for, in plain words.
struct Criteria {
    std::int64_t version = 0;
    std::string clause;  ///< "backup has not succeeded for 24 hours"
    bool operator==(const Criteria&) const = default;
};

/// "backup has not succeeded for 24 hours, for [\"eu\"] (late: …)"; without the criteria of that very version
/// "its criteria came true".
QString firingWords(const FiringRow& row, const Criteria* criteria);

class FiringModel final : public RecentTableModel<FiringRow, std::string> {
    Q_OBJECT
 public:
    enum Column { When, Metaevent, What, Jobs, Key, Seen, ColumnCount };
    enum Role { MetaeventRole = FirstOwnRole };
    static constexpr std::size_t kMost = 20'000;

    explicit FiringModel(QObject* parent = nullptr, std::size_t limit = kMost);

    /// By the names of the metaevents: what the definitions that stand now wait for.
    void setCriteria(std::map<std::string, Criteria> criteria);
    [[nodiscard]] QString words(const FiringRow& row) const;
    /// How executions of jobs stand, as records tell in order of seq, or as they were asked for.
    void noteRecords(std::span<const Record> records);
    /// As a record metaevent.acknowledged tells.
    void acknowledge(const Record& record);
    void noteOutcome(const std::string& execution, ExecutionState state);
    /// "2 succeeded", "1 failed of 2", "silenced"; a dash where there are no jobs.
    [[nodiscard]] QString outcome(const FiringRow& row) const;
    [[nodiscard]] std::optional<ExecutionState> stateOf(const std::string& execution) const;

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 protected:
    [[nodiscard]] std::string keyOf(const FiringRow& row) const override { return row.id; }

 private:
    [[nodiscard]] Tone outcomeTone(const FiringRow& row) const;
    /// Takes note of an execution where it is a job's; true: it is new.
    bool note(const std::string& execution, ExecutionState state);

    std::map<std::string, Criteria> criteria_;
    std::unordered_map<std::string, ExecutionState> outcomes_;  ///< by the executions of jobs
};

}  // namespace dogwatch::gui
