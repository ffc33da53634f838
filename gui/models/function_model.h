// FunctionModel: the functions with their last outcome, by name.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/model/execution.h"
#include "core/model/record.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct FunctionRow {
    std::string name;
    std::int64_t version = 0;
    std::string runtime;
    std::string schedule;
    std::string lastExecution;  ///< empty: it never ran
    std::optional<ExecutionState> lastState;
    std::optional<Time> lastFinished;
    json::object definition;  ///< FUNCTION of docs/api.md, without its code

    [[nodiscard]] const std::string& key() const { return name; }
    bool operator==(const FunctionRow&) const = default;
};
FunctionRow functionRowFromJson(const json::object& object);

/// What became of a function's executions lately, oldest first, a part of the last five minutes each.
struct Spark {
    static constexpr int kParts = 30;
    static constexpr std::int64_t kPartSeconds = 10;
    std::vector<int> succeeded;
    std::vector<int> failed;
};

class FunctionModel final : public SnapshotTableModel<FunctionRow> {
    Q_OBJECT
 public:
    enum Column { Name, Last, Finished, Runtime, Schedule, Version, Lately, ColumnCount };
    enum Role { SparkRole = FirstOwnRole };  ///< of Lately: a Spark

    using SnapshotTableModel::SnapshotTableModel;
    /// Brings the last outcomes up to date, and what happened lately.
    void applyRecord(const Record& record);
    /// Only the latter: of records from before.
    void countRecord(const Record& record);
    [[nodiscard]] Spark sparkOf(const std::string& function, Time now) const;

    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Part {
        std::int64_t ordinal = 0;  ///< since the epoch
        int succeeded = 0;
        int failed = 0;
    };
    std::unordered_map<std::string, std::deque<Part>> lately_;
};

}  // namespace dogwatch::gui

Q_DECLARE_METATYPE(dogwatch::gui::Spark)
