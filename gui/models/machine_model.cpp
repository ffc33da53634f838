#include "gui/models/machine_model.h"

#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

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

QString capitalized(std::string_view word) {
    QString text = fromUtf8(word);
    if (!text.isEmpty()) text[0] = text[0].toUpper();
    return text;
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
    row.pid = intMember(object, "pid");
    row.ageUs = intMember(object, "age_us");
    return row;
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
                case State: return capitalized(row.state);
                case Function: return row.function.empty() ? tr("unassigned") : fromUtf8(row.function);
                case Executions: return countText(row.executions);
                case Boot:
                    if (row.bootUs <= 0) return u"–"_s;
                    return row.origin == "clone" ? tr("%1 (clone)").arg(durationText(row.bootUs))
                                                 : durationText(row.bootUs);
                case Memory: return row.rssBytes > 0 ? bytesText(row.rssBytes) : u"–"_s;
                case Age: return durationText(row.ageUs / 1'000'000 * 1'000'000);
                case Image: return fromUtf8(row.image);
                case Pid: return QString::number(row.pid);
                default: return {};
            }
        case Qt::TextAlignmentRole: return alignmentOf(column);
        case KeyRole: return fromUtf8(row.id);
        case SearchRole: return fromUtf8(row.id + ' ' + row.state + ' ' + row.function);
        case SortRole:
            switch (column) {
                case Executions: return QVariant::fromValue<qint64>(row.executions);
                case Boot: return QVariant::fromValue<qint64>(row.bootUs);
                case Memory: return QVariant::fromValue<qint64>(row.rssBytes);
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
    const std::array<QString, ColumnCount> titles{tr("VM"),         tr("State"), tr("Function"),
                                                  tr("Executions"), tr("Boot"),  tr("Memory"),
                                                  tr("Age"),        tr("Image"), tr("Process")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

}  // namespace dogwatch::gui
