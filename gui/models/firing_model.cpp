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
    if (const json::value* silenced = object.if_contains("silenced"); silenced && silenced->is_object()) {
        row.silenced = true;
        row.silenceReason = std::string{stringMember(silenced->get_object(), "reason")};
    }
    if (const json::value* seen = object.if_contains("acknowledged"); seen && seen->is_object()) {
        const json::object& what = seen->get_object();
        row.acknowledged = {std::string{stringMember(what, "by")}, std::string{stringMember(what, "note")},
                            timeFromUs(intMember(what, "time"))};
    }
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
    if (row.silenced)
        words += row.silenceReason.empty()
                     ? FiringModel::tr(" (silenced)")
                     : FiringModel::tr(" (silenced: %1)").arg(fromUtf8(row.silenceReason));
    return words;
}

FiringModel::FiringModel(QObject* parent, std::size_t limit) : RecentTableModel(limit, parent) {}

void FiringModel::setCriteria(std::map<std::string, Criteria> criteria) {
    if (criteria == criteria_) return;
    criteria_ = std::move(criteria);
    if (rowCount() > 0) Q_EMIT dataChanged(index(0, What), index(rowCount() - 1, What));
}

bool FiringModel::note(const std::string& execution, ExecutionState state) {
    // The execution of a job is named after its firing: FIRING-1, FIRING-2, …
    const auto dash = execution.rfind('-');
    if (dash == std::string::npos || !find(execution.substr(0, dash))) return false;
    const auto [at, isNew] = outcomes_.try_emplace(execution, state);
    if (!isNew && std::exchange(at->second, state) == state) return false;
    change(execution.substr(0, dash), [](FiringRow&) {});
    return true;
}

void FiringModel::noteOutcome(const std::string& execution, ExecutionState state) {
    if (note(execution, state)) flushChanges();
}

void FiringModel::noteRecords(std::span<const Record> records) {
    bool changed = false;
    for (const Record& record : records) {
        const std::string_view event = record.event;
        if (!event.starts_with("execution.")) continue;
        std::optional<ExecutionState> state;
        if (event == "execution.queued" || event == "execution.retrying") state = ExecutionState::Queued;
        if (event == "execution.started") state = ExecutionState::Running;
        if (event == "execution.succeeded") state = ExecutionState::Succeeded;
        if (event == "execution.failed") state = ExecutionState::Failed;
        if (event == "execution.dropped") state = ExecutionState::Dropped;
        if (state && note(std::string{record.execution()}, *state)) changed = true;
    }
    if (changed) flushChanges();
}

void FiringModel::acknowledge(const Record& record) {
    const auto text = [&](std::string_view key) { return std::string{stringMember(record.fields, key)}; };
    const FiringRow::Acknowledgement seen{text("by"), text("note"), record.time};
    if (change(text("firing"), [&](FiringRow& row) { row.acknowledged = seen; })) flushChanges();
}

std::optional<ExecutionState> FiringModel::stateOf(const std::string& execution) const {
    const auto found = outcomes_.find(execution);
    return found == outcomes_.end() ? std::nullopt : std::optional{found->second};
}

QString FiringModel::outcome(const FiringRow& row) const {
    if (row.silenced) return tr("silenced");
    if (row.executions.empty()) return u"–"_s;
    int succeeded = 0;
    int failed = 0;
    int unknown = 0;
    for (const std::string& id : row.executions) {
        const auto state = stateOf(id);
        if (!state) ++unknown;
        if (state == ExecutionState::Succeeded) ++succeeded;
        if (state == ExecutionState::Failed || state == ExecutionState::Dropped) ++failed;
    }
    const int all = static_cast<int>(row.executions.size());
    if (failed > 0) return tr("%1 of %2 failed").arg(failed).arg(all);
    if (succeeded == all) return tr("%n succeeded", nullptr, all);
    if (unknown == all) return tr("%n run", nullptr, all);
    return tr("%1 of %2 done").arg(succeeded).arg(all);
}

Tone FiringModel::outcomeTone(const FiringRow& row) const {
    std::size_t succeeded = 0;
    for (const std::string& id : row.executions) {
        const auto state = stateOf(id);
        if (state == ExecutionState::Failed || state == ExecutionState::Dropped) return Tone::Bad;
        if (state == ExecutionState::Running) return Tone::Busy;
        if (state == ExecutionState::Succeeded) ++succeeded;
    }
    return succeeded > 0 && succeeded == row.executions.size() ? Tone::Good : Tone::Muted;
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
                case Jobs: return outcome(row);
                case Key: return row.key.empty() ? u"–"_s : fromUtf8(row.key);
                case Seen: return row.acknowledged ? fromUtf8(row.acknowledged->by) : u"–"_s;
                default: return {};
            }
        case KeyRole: return fromUtf8(row.id);
        case MetaeventRole: return fromUtf8(row.metaevent);
        case TimeRole: return QVariant::fromValue<qint64>(toUs(row.time));
        case Qt::ToolTipRole:
            if (index.column() == Seen && row.acknowledged)
                return tr("%1, %2: %3")
                    .arg(fromUtf8(row.acknowledged->by), clockText(row.acknowledged->time, wallClock()),
                         fromUtf8(row.acknowledged->note));
            return index.column() == What ? QVariant{words(row)} : QVariant{};
        case SearchRole:
            return fromUtf8(row.metaevent + ' ' + row.key + ' ' + row.edge + ' ' + row.id) +
                   (row.silenced ? u" silenced"_s : u""_s) +
                   (row.acknowledged ? u" acknowledged "_s + fromUtf8(row.acknowledged->by) + u' ' +
                                           fromUtf8(row.acknowledged->note)
                                     : u" open"_s);
        case SortRole:
            if (index.column() == When) return QVariant::fromValue<qint64>(toUs(row.time));
            return data(index, Qt::DisplayRole);
        case IconRole: return index.column() == Metaevent ? QVariant{u"bell"_s} : QVariant{};
        case ToneRole:
            if (index.column() == Metaevent)
                return static_cast<int>(row.edge == "fall" ? Tone::Good
                                        : row.silenced     ? Tone::Muted
                                                           : Tone::Bad);
            if (index.column() == Jobs) return static_cast<int>(outcomeTone(row));
            if (index.column() == Seen && row.acknowledged) return static_cast<int>(Tone::Good);
            return static_cast<int>(Tone::Muted);
        default: return {};
    }
}

QVariant FiringModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{tr("Time"), tr("Metaevent"), tr("What happened"),
                                                  tr("Jobs"), tr("Key"),       tr("Seen to by")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

}  // namespace dogwatch::gui
