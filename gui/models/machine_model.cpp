#include "gui/models/machine_model.h"

#include <algorithm>
#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
constexpr std::int64_t kShortestMeasure = 200'000;  ///< of how busy a processor is, in microseconds

Tone toneOf(std::string_view state) {
    if (state == "ready") return Tone::Good;
    if (state == "running" || state == "booting") return Tone::Busy;
    if (state == "lost") return Tone::Bad;
    return state == "assigned" ? Tone::Neutral : Tone::Muted;
}

QString iconOf(std::string_view state) {
    if (state == "ready") return u"check"_s;
    if (state == "running") return u"running"_s;
    if (state == "booting") return u"clock"_s;
    if (state == "lost") return u"cross"_s;
    return state == "assigned" ? u"functions"_s : u"disabled"_s;
}

/// Headings stand over their numbers.
QVariant alignmentOf(int column) {
    using M = MachineModel;
    const bool isNumber = (column >= M::Executions && column <= M::Age) || column == M::Pid;
    return isNumber ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter) : QVariant{};
}

QString stateWord(std::string_view state) {
    if (state == "booting") return MachineModel::tr("Booting");
    if (state == "ready") return MachineModel::tr("Ready");
    if (state == "assigned") return MachineModel::tr("Assigned");
    if (state == "running") return MachineModel::tr("Running");
    if (state == "retired") return MachineModel::tr("Retired");
    if (state == "lost") return MachineModel::tr("Lost");
    return fromUtf8(state);
}

}  // namespace

MachineRow machineRowFromJson(const json::object& object) {
    const auto text = [&](std::string_view key) { return std::string{stringMember(object, key)}; };
    MachineRow row;
    row.id = text("vm");
    row.state = text("state");
    row.image = text("image");
    row.origin = text("origin");
    row.function = text("function");
    row.execution = text("execution");
    row.executions = intMember(object, "executions");
    row.bootUs = intMember(object, "boot_us");
    row.rssBytes = intMember(object, "rss_bytes");
    row.cpuUs = intMember(object, "cpu_us");
    row.pid = intMember(object, "pid");
    row.ageUs = intMember(object, "age_us");
    return row;
}

TemplateRow templateRowFromJson(const json::object& object) {
    TemplateRow row;
    row.image = std::string{stringMember(object, "image")};
    row.memoryMiB = intMember(object, "memory_mib");
    row.state = std::string{stringMember(object, "state")};
    row.madeUs = intMember(object, "made_us");
    row.problem = std::string{stringMember(object, "problem")};
    return row;
}

QString templateWords(const std::vector<TemplateRow>& rows) {
    QStringList words;
    for (const TemplateRow& row : rows) {
        const QString which = MachineModel::tr("%1 with %2 MiB").arg(fromUtf8(row.image)).arg(row.memoryMiB);
        if (row.state == "ready")
            words.append(row.madeUs > 0
                             ? MachineModel::tr("%1 ready, made in %2").arg(which, durationText(row.madeUs))
                             : MachineModel::tr("%1 ready").arg(which));
        else if (row.state == "in the making")
            words.append(MachineModel::tr("%1 in the making").arg(which));
        else
            words.append(row.problem.empty()
                             ? MachineModel::tr("%1 not there").arg(which)
                             : MachineModel::tr("%1 not there: %2").arg(which, fromUtf8(row.problem)));
    }
    return words.join(u"; "_s);
}

void MachineModel::take(std::vector<MachineRow> snapshot) {
    for (MachineRow& row : snapshot) {
        const auto known = find(row.id);
        if (!known) continue;
        const MachineRow& before = at(*known);
        const std::int64_t us = row.ageUs - before.ageUs;
        if (us < 0) continue;         // another one of that name
        if (us < kShortestMeasure) {  // asked for at once, as after a record: the measure goes on
            row.cpuPermille = before.cpuPermille;
            row.cpuUs = before.cpuUs;
            row.ageUs = before.ageUs;
        } else {
            row.cpuPermille = static_cast<int>(
                std::clamp<std::int64_t>((row.cpuUs - before.cpuUs) * 1000 / us, 0, 100'000));
        }
    }
    sync(std::move(snapshot));
}

QString MachineModel::accessibleWords(const MachineRow& row) {
    const QString function = row.function.empty() ? tr("unassigned") : fromUtf8(row.function);
    return stateWord(row.state) + u", "_s + function + u", "_s +
           tr("%n executions", nullptr, static_cast<int>(row.executions));
}

QString MachineModel::bootWords(const MachineRow& row) {
    if (row.bootUs <= 0) return row.origin == "clone" ? tr("Being cloned") : tr("Booting");
    return (row.origin == "clone" ? tr("Cloned in %1") : tr("Booted in %1")).arg(durationText(row.bootUs));
}

int MachineModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MachineModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const MachineRow& row = at(index.row());
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            switch (column) {
                case Id: return fromUtf8(row.id);
                case State: return stateWord(row.state);
                case Function: return row.function.empty() ? tr("unassigned") : fromUtf8(row.function);
                case Executions: return countText(row.executions);
                case Boot:
                    if (row.bootUs <= 0) return u"–"_s;
                    return row.origin == "clone" ? tr("%1 (clone)").arg(durationText(row.bootUs))
                                                 : durationText(row.bootUs);
                case Memory: return row.rssBytes > 0 ? bytesText(row.rssBytes) : u"–"_s;
                case Cpu: return row.cpuPermille < 0 ? u"–"_s : tr("%1%").arg((row.cpuPermille + 5) / 10);
                case Age: return durationText(row.ageUs / 1'000'000 * 1'000'000);
                case Image: return fromUtf8(row.image);
                case Pid: return QString::number(row.pid);
                default: return {};
            }
        case Qt::TextAlignmentRole: return alignmentOf(column);
        case Qt::AccessibleDescriptionRole: return column == Id ? accessibleWords(row) : QVariant{};
        case BootWordsRole: return bootWords(row);
        case KeyRole: return fromUtf8(row.id);
        case SearchRole: return fromUtf8(row.id + ' ' + row.state + ' ' + row.function);
        case SortRole:
            switch (column) {
                case Executions: return QVariant::fromValue<qint64>(row.executions);
                case Boot: return QVariant::fromValue<qint64>(row.bootUs);
                case Memory: return QVariant::fromValue<qint64>(row.rssBytes);
                case Cpu: return row.cpuPermille;
                case Age: return QVariant::fromValue<qint64>(row.ageUs);
                case Pid: return QVariant::fromValue<qint64>(row.pid);
                default: return data(index, Qt::DisplayRole);
            }
        case IconRole: return column == State ? QVariant{iconOf(row.state)} : QVariant{};
        case ToneRole:
            if (column == State) return static_cast<int>(toneOf(row.state));
            return static_cast<int>(
                column == Id || (column == Function && !row.function.empty()) ? Tone::Neutral : Tone::Muted);
        default: return {};
    }
}

QVariant MachineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return alignmentOf(section);
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{tr("VM"),    tr("State"),  tr("Function"), tr("Executions"),
                                                  tr("Boot"),  tr("Memory"), tr("CPU"),      tr("Age"),
                                                  tr("Image"), tr("Process")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

}  // namespace dogwatch::gui
