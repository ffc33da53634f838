#include "gui/models/execution_model.h"

#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

std::optional<ExecutionState> stateAfter(std::string_view event) {
    if (event == "execution.queued" || event == "execution.retrying") return ExecutionState::Queued;
    if (event == "execution.started") return ExecutionState::Running;
    if (event == "execution.succeeded") return ExecutionState::Succeeded;
    if (event == "execution.failed") return ExecutionState::Failed;
    if (event == "execution.dropped") return ExecutionState::Dropped;
    return std::nullopt;
}

/// Where in its attempts an execution stands: grows with every record of its life.
std::int64_t progress(std::int64_t attempt, ExecutionState state) {
    return attempt * 8 + static_cast<std::int64_t>(state);
}

std::optional<std::int64_t> optionalInt(const json::object& fields, std::string_view key) {
    if (fields.if_contains(key) == nullptr) return std::nullopt;
    return intMember(fields, key);
}

Execution fromRecord(const Record& record) {
    Execution execution;
    execution.id = std::string{record.execution()};
    execution.function = std::string{record.function()};
    execution.version = intMember(record.fields, "version");
    execution.trigger = std::string{stringMember(record.fields, "trigger")};
    execution.cause = std::string{stringMember(record.fields, "cause")};
    execution.depth = record.depth();
    execution.queuedAt = record.time;
    return execution;
}

}  // namespace

void applyRecord(Execution& execution, const Record& record) {
    const auto state = stateAfter(record.event);
    if (!state) return;
    // A failure that will be tried again is followed by its `retrying` record, which names the next attempt.
    const std::int64_t attempt = std::max(execution.attempt, intMember(record.fields, "attempt", 1));
    const bool retrying = record.event == "execution.retrying";
    if (!retrying && progress(attempt, *state) < progress(execution.attempt, execution.state)) return;
    if (retrying && execution.state != ExecutionState::Failed && execution.state != ExecutionState::Running)
        return;
    execution.attempt = attempt;
    execution.state = *state;
    if (const auto vm = stringMember(record.fields, "vm"); !vm.empty()) execution.vm = std::string{vm};
    switch (*state) {
        case ExecutionState::Queued: break;
        case ExecutionState::Running:
            execution.startedAt = record.time;
            execution.queueUs = optionalInt(record.fields, "queue_us");
            execution.initUs = optionalInt(record.fields, "init_us");
            execution.start = std::string{stringMember(record.fields, "start")};
            execution.error.clear();
            break;
        case ExecutionState::Succeeded:
        case ExecutionState::Failed:
            execution.finishedAt = record.time;
            execution.durationUs = optionalInt(record.fields, "duration_us");
            execution.error = std::string{stringMember(record.fields, "error")};
            execution.message = std::string{stringMember(record.fields, "message")};
            break;
        case ExecutionState::Dropped:
            execution.finishedAt = record.time;
            if (execution.error.empty()) execution.error = std::string{stringMember(record.fields, "reason")};
            break;
    }
}

ExecutionModel::ExecutionModel(QObject* parent, std::size_t limit) : RecentTableModel(limit, parent) {}

void ExecutionModel::applyRecords(std::span<const Record> records) {
    std::vector<Execution> fresh;
    std::unordered_map<std::string_view, std::size_t> freshAt;
    for (const Record& record : records) {
        if (!stateAfter(record.event) || record.execution().empty()) continue;
        if (change(std::string{record.execution()}, [&](Execution& row) { applyRecord(row, record); }))
            continue;
        const auto known = freshAt.find(record.execution());
        if (known != freshAt.end()) {
            applyRecord(fresh[known->second], record);
        } else if (record.event == "execution.queued") {
            freshAt.emplace(record.execution(), fresh.size());
            fresh.push_back(fromRecord(record));
        }
    }
    addLatest(std::move(fresh));
}

int ExecutionModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ExecutionModel::data(const QModelIndex& index, int role) const {
    return index.isValid() ? executionCell(at(index.row()), index.column(), role) : QVariant{};
}

QVariant ExecutionModel::headerData(int section, Qt::Orientation orientation, int role) const {
    return orientation == Qt::Horizontal ? executionHeader(section, role) : QVariant{};
}

namespace {

/// Headings stand over their numbers.
QVariant cellAlignment(int column) {
    using M = ExecutionModel;
    const bool isNumber = column == M::Duration || column == M::QueueWait || column == M::Attempt;
    return isNumber ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant{};
}

QVariant cellText(const Execution& row, int column) {
    using M = ExecutionModel;
    switch (column) {
        case M::State:
            return row.error.empty() ? stateText(row.state)
                                     : stateText(row.state) + u": "_s + fromUtf8(row.error);
        case M::Function: return fromUtf8(row.function);
        case M::Queued: return row.queuedAt ? clockText(*row.queuedAt, wallClock()) : QString{};
        case M::Duration: return durationText(row.durationUs);
        case M::QueueWait: return durationText(row.queueUs);
        case M::Trigger: return fromUtf8(row.trigger);
        case M::Attempt: return QString::number(row.attempt);
        case M::Vm: return fromUtf8(row.vm);
        case M::Id: return fromUtf8(row.id);
        default: return {};
    }
}

QVariant cellSortValue(const Execution& row, int column) {
    using M = ExecutionModel;
    switch (column) {
        case M::Queued: return QVariant::fromValue<qint64>(row.queuedAt ? toUs(*row.queuedAt) : 0);
        case M::Duration: return QVariant::fromValue<qint64>(row.durationUs.value_or(-1));
        case M::QueueWait: return QVariant::fromValue<qint64>(row.queueUs.value_or(-1));
        case M::Attempt: return QVariant::fromValue<qint64>(row.attempt);
        default: return cellText(row, column);
    }
}

}  // namespace

QVariant executionCell(const Execution& row, int column, int role) {
    using M = ExecutionModel;
    switch (role) {
        case Qt::DisplayRole: return cellText(row, column);
        case Qt::ToolTipRole:
            if (column == M::State && !row.message.empty()) return fromUtf8(row.message);
            return column == M::Id ? QVariant{fromUtf8(row.id)} : QVariant{};
        case Qt::TextAlignmentRole: return cellAlignment(column);
        case SortRole: return cellSortValue(row, column);
        case KeyRole: return fromUtf8(row.id);
        case M::StateRole: return static_cast<int>(row.state);
        case M::ErrorRole: return fromUtf8(row.error);
        case IconRole: return column == M::State ? QVariant{stateIcon(row.state)} : QVariant{};
        case ToneRole:
            if (column == M::State) return static_cast<int>(stateTone(row.state));
            return static_cast<int>(column == M::Function ? Tone::Neutral : Tone::Muted);
        case SearchRole:
            return fromUtf8(row.function + ' ' + row.id + ' ' + row.error + ' ' + row.trigger + ' ' + row.vm +
                            ' ' + row.message);
        default: return {};
    }
}

QVariant executionHeader(int section, int role) {
    using M = ExecutionModel;
    if (role == Qt::TextAlignmentRole) return cellAlignment(section);
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, M::ColumnCount> titles{
        ExecutionModel::tr("State"),    ExecutionModel::tr("Function"), ExecutionModel::tr("Queued"),
        ExecutionModel::tr("Duration"), ExecutionModel::tr("Waited"),   ExecutionModel::tr("Trigger"),
        ExecutionModel::tr("Attempt"),  ExecutionModel::tr("VM"),       ExecutionModel::tr("Execution")};
    return section >= 0 && section < M::ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

QString stateIcon(ExecutionState state) {
    switch (state) {
        case ExecutionState::Queued: return u"clock"_s;
        case ExecutionState::Running: return u"running"_s;
        case ExecutionState::Succeeded: return u"check"_s;
        case ExecutionState::Failed: return u"cross"_s;
        case ExecutionState::Dropped: return u"dropped"_s;
    }
    return {};
}

Tone stateTone(ExecutionState state) {
    switch (state) {
        case ExecutionState::Queued: return Tone::Muted;
        case ExecutionState::Running: return Tone::Busy;
        case ExecutionState::Succeeded: return Tone::Good;
        case ExecutionState::Failed: return Tone::Bad;
        case ExecutionState::Dropped: return Tone::Warning;
    }
    return Tone::Neutral;
}

}  // namespace dogwatch::gui
