#include "gui/models/function_model.h"

#include <array>

#include "gui/models/execution_model.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {
using namespace Qt::StringLiterals;
}

FunctionRow functionRowFromJson(const json::object& object) {
    FunctionRow row;
    row.name = std::string{stringMember(object, "name")};
    row.version = intMember(object, "version");
    row.runtime = std::string{stringMember(object, "runtime")};
    row.schedule = std::string{stringMember(object, "schedule")};
    row.definition = object;
    row.definition.erase("last");
    const json::value* last = object.if_contains("last");
    if (last == nullptr || !last->is_object()) return row;
    row.lastExecution = std::string{stringMember(last->get_object(), "execution")};
    if (const auto state = stateFromName(stringMember(last->get_object(), "state"))) row.lastState = *state;
    if (const auto us = intMember(last->get_object(), "finished_at"); us > 0)
        row.lastFinished = timeFromUs(us);
    return row;
}

void FunctionModel::countRecord(const Record& record) {
    const bool succeeded = record.event == "execution.succeeded";
    if ((!succeeded && record.event != "execution.failed") || record.function().empty()) return;
    const std::int64_t ordinal = toUs(record.time) / 1'000'000 / Spark::kPartSeconds;
    std::deque<Part>& parts = lately_[std::string{record.function()}];
    if (parts.empty() || parts.back().ordinal < ordinal) parts.push_back({ordinal, 0, 0});
    if (parts.back().ordinal != ordinal) return;  // older than what stands here: of no interest any more
    ++(succeeded ? parts.back().succeeded : parts.back().failed);
    while (parts.front().ordinal <= ordinal - Spark::kParts) parts.pop_front();
}

Spark FunctionModel::sparkOf(const std::string& function, Time now) const {
    Spark spark{std::vector<int>(Spark::kParts, 0), std::vector<int>(Spark::kParts, 0)};
    const auto found = lately_.find(function);
    if (found == lately_.end()) return spark;
    const std::int64_t last = toUs(now) / 1'000'000 / Spark::kPartSeconds;
    for (const Part& part : found->second) {
        const std::int64_t at = Spark::kParts - 1 - (last - part.ordinal);
        if (at < 0 || at >= Spark::kParts) continue;
        spark.succeeded[static_cast<std::size_t>(at)] = part.succeeded;
        spark.failed[static_cast<std::size_t>(at)] = part.failed;
    }
    return spark;
}

void FunctionModel::applyRecord(const Record& record) {
    countRecord(record);
    const bool succeeded = record.event == "execution.succeeded";
    if (!succeeded && record.event != "execution.failed") return;
    const auto row = find(record.function());
    if (!row) return;
    FunctionRow changed = at(*row);
    if (changed.lastFinished && *changed.lastFinished > record.time) return;
    changed.lastExecution = std::string{record.execution()};
    changed.lastState = succeeded ? ExecutionState::Succeeded : ExecutionState::Failed;
    changed.lastFinished = record.time;
    assign(static_cast<std::size_t>(*row), std::move(changed));
}

int FunctionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FunctionModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const FunctionRow& row = at(index.row());
    const bool isLast = index.column() == Last;
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Name: return fromUtf8(row.name);
                case Last: return row.lastState ? stateText(*row.lastState) : tr("Never ran");
                case Finished: return row.lastFinished ? clockText(*row.lastFinished, wallClock()) : u"–"_s;
                case Runtime: return fromUtf8(row.runtime);
                case Schedule: return row.schedule.empty() ? u"–"_s : fromUtf8(row.schedule);
                case Version: return u"v"_s + QString::number(row.version);
                default: return {};
            }
        case Qt::ToolTipRole:
            return index.column() == Name
                       ? QVariant{tr("%1, version %2, %3")
                                      .arg(fromUtf8(row.name), QString::number(row.version),
                                           fromUtf8(row.runtime))}
                       : QVariant{};
        case SparkRole:
            return index.column() == Lately ? QVariant::fromValue(sparkOf(row.name, wallClock()))
                                            : QVariant{};
        case KeyRole: return fromUtf8(row.name);
        case SearchRole: return fromUtf8(row.name + ' ' + row.runtime);
        case SortRole:
            if (index.column() == Finished)
                return QVariant::fromValue<qint64>(row.lastFinished ? toUs(*row.lastFinished) : 0);
            return data(index, Qt::DisplayRole);
        case IconRole:
            if (isLast) return row.lastState ? stateIcon(*row.lastState) : u"never"_s;
            return {};
        case ToneRole:
            if (isLast) return static_cast<int>(row.lastState ? stateTone(*row.lastState) : Tone::Muted);
            return static_cast<int>(index.column() == Name ? Tone::Neutral : Tone::Muted);
        default: return {};
    }
}

QVariant FunctionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{tr("Function"),      tr("Last outcome"), tr("Finished"),
                                                  tr("Runtime"),       tr("Schedule"),     tr("Version"),
                                                  tr("Last 5 minutes")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

}  // namespace dogwatch::gui
