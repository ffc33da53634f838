// FiringModel: what fired, latest first.
#pragma once

#include "core/model/json.h"
#include "core/model/time.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct FiringRow {
    std::string id;
    std::string metaevent;
    Time time{};
    std::string key;  ///< compact JSON; empty when not partitioned
    std::string edge;
    std::int64_t depth = 1;
    bool late = false;
    std::vector<std::string> executions;  ///< of its jobs
};
/// From a FIRING of docs/api.md, or from the fields of a metaevent.fired record (with its "time").
FiringRow firingRowFromJson(const json::object& object);

class FiringModel final : public RecentTableModel<FiringRow, std::string> {
    Q_OBJECT
 public:
    enum Column { When, Metaevent, What, Jobs, ColumnCount };
    enum Role { MetaeventRole = FirstOwnRole };
    static constexpr std::size_t kMost = 20'000;

    explicit FiringModel(QObject* parent = nullptr, std::size_t limit = kMost);
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 protected:
    [[nodiscard]] std::string keyOf(const FiringRow& row) const override { return row.id; }
};

/// "began to hold", "stopped holding, for [\"eu\"]", "still holds (late)".
QString firingWords(const FiringRow& row);

}  // namespace dogwatch::gui
