#include "gui/models/firing_model.h"

#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {
using namespace Qt::StringLiterals;
}

FiringRow firingRowFromJson(const json::object& object) {
    FiringRow row;
    row.id = std::string{stringMember(object, "firing")};
    row.metaevent = std::string{stringMember(object, "metaevent")};
    row.version = intMember(object, "version");
    row.time = timeFromUs(intMember(object, "time"));
    if (const json::value* key = object.if_contains("key"); key && !key->is_null()) row.key = toJson(*key);
    row.edge = std::string{stringMember(object, "edge", "rise")};
    row.depth = intMember(object, "depth", 1);
    row.late = boolMember(object, "late");
    if (const json::value* executions = object.if_contains("executions");
        executions && executions->is_array())
        for (const json::value& id : executions->get_array())
            if (id.is_string()) row.executions.emplace_back(id.get_string());
    return row;
}

QString firingWords(const FiringRow& row, const Criteria* criteria) {
    const bool known = criteria != nullptr && (row.version == 0 || criteria->version == row.version) &&
                       !criteria->clause.empty();
    const QString clause = known ? fromUtf8(criteria->clause) : QString{};
    QString words = known ? clause : FiringModel::tr("its criteria came true");
    if (row.edge == "fall")
        words = known ? FiringModel::tr("no longer: %1").arg(clause)
                      : FiringModel::tr("its criteria stopped holding");
    if (row.edge == "repeat")
        words = known ? FiringModel::tr("still: %1").arg(clause) : FiringModel::tr("its criteria still hold");
    if (!row.key.empty()) words += FiringModel::tr(", for %1").arg(fromUtf8(row.key));
    if (row.late) words += FiringModel::tr(" (late: the control plane was down)");
    return words;
}

FiringModel::FiringModel(QObject* parent, std::size_t limit) : RecentTableModel(limit, parent) {}

void FiringModel::setCriteria(std::map<std::string, Criteria> criteria) {
    if (criteria == criteria_) return;
    criteria_ = std::move(criteria);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, What), index(rowCount() - 1, What));
}

QString FiringModel::words(const FiringRow& row) const {
    const auto found = criteria_.find(row.metaevent);
    return firingWords(row, found == criteria_.end() ? nullptr : &found->second);
}

int FiringModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FiringModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const FiringRow& row = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case When: return clockText(row.time, wallClock());
                case Metaevent: return fromUtf8(row.metaevent);
                case What: return words(row);
                case Jobs: return row.executions.empty() ? u"–"_s : QString::number(row.executions.size());
                default: return {};
            }
        case KeyRole: return fromUtf8(row.id);
        case MetaeventRole: return fromUtf8(row.metaevent);
        case SearchRole: return fromUtf8(row.metaevent + ' ' + row.key + ' ' + row.edge + ' ' + row.id);
        case SortRole:
            if (index.column() == When) return QVariant::fromValue<qint64>(toUs(row.time));
            return data(index, Qt::DisplayRole);
        case IconRole: return index.column() == Metaevent ? QVariant{u"bell"_s} : QVariant{};
        case ToneRole:
            if (index.column() == Metaevent)
                return static_cast<int>(row.edge == "fall" ? Tone::Good : Tone::Bad);
            return static_cast<int>(Tone::Muted);
        default: return {};
    }
}

QVariant FiringModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{tr("Time"), tr("Metaevent"), tr("What happened"),
                                                  tr("Jobs")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

}  // namespace dogwatch::gui
