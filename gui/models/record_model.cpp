#include "gui/models/record_model.h"

#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QString field(const Record& record, std::string_view key) {
    return fromUtf8(stringMember(record.fields, key));
}

QString duration(const Record& record, std::string_view key) {
    return record.fields.if_contains(key) ? durationText(intMember(record.fields, key)) : QString{};
}

QString executionWords(const Record& record) {
    const std::string_view event = record.event;
    if (event == "execution.queued") return RecordModel::tr("accepted, by %1").arg(field(record, "trigger"));
    if (event == "execution.throttled") return RecordModel::tr("held back: %1").arg(field(record, "reason"));
    if (event == "execution.started")
        return RecordModel::tr("started in %1 (%2) after waiting %3")
            .arg(field(record, "vm"), field(record, "start"), duration(record, "queue_us"));
    if (event == "execution.succeeded")
        return RecordModel::tr("succeeded in %1").arg(duration(record, "duration_us"));
    if (event == "execution.failed")
        return RecordModel::tr("failed with %1 after %2: %3")
            .arg(field(record, "error"), duration(record, "duration_us"), field(record, "message"));
    if (event == "execution.retrying")
        return RecordModel::tr("to be tried again in %1").arg(duration(record, "delay_us"));
    return RecordModel::tr("given up: %1").arg(field(record, "reason"));
}

QString machineWords(const Record& record) {
    QString words = field(record, "vm");
    if (record.event == "vm.ready")
        words += RecordModel::tr(" booted in %1").arg(duration(record, "boot_us"));
    if (record.event == "vm.assigned") words += RecordModel::tr(" serves %1").arg(field(record, "function"));
    if (const QString reason = field(record, "reason"); !reason.isEmpty()) words += u": "_s + reason;
    return words;
}

QString metaeventWords(const Record& record) {
    const QString name = field(record, "metaevent");
    if (record.event == "metaevent.fired")
        return RecordModel::tr("%1 fired (%2)").arg(name, field(record, "edge"));
    if (record.event == "metaevent.cleared") return RecordModel::tr("%1 cleared").arg(name);
    const QString reason = field(record, "reason");
    return reason.isEmpty() ? name : name + u": "_s + reason;
}

}  // namespace

QString recordWords(const Record& record) {
    const std::string_view event = record.event;
    if (event.starts_with("execution.")) return executionWords(record);
    if (event.starts_with("vm.")) return machineWords(record);
    if (event.starts_with("metaevent.")) return metaeventWords(record);
    if (event.starts_with("function."))
        return RecordModel::tr("version %1").arg(intMember(record.fields, "version"));
    if (const json::value* data = record.fields.if_contains("data")) return fromUtf8(toJson(*data)).left(300);
    return {};
}

Tone recordTone(const Record& record) {
    const std::string_view event = record.event;
    if (event == "execution.failed" || event == "vm.lost" || event == "metaevent.fired") return Tone::Bad;
    if (event == "execution.succeeded" || event == "vm.ready" || event == "metaevent.cleared")
        return Tone::Good;
    if (event == "execution.dropped" || event == "execution.throttled" || event == "execution.retrying" ||
        event == "metaevent.suppressed" || event == "metaevent.degraded")
        return Tone::Warning;
    return event == "execution.started" ? Tone::Busy : Tone::Neutral;
}

QString recordIcon(const Record& record) {
    const std::string_view event = record.event;
    if (event == "execution.failed") return u"cross"_s;
    if (event == "execution.succeeded") return u"check"_s;
    if (event == "execution.started") return u"running"_s;
    if (event == "execution.queued") return u"clock"_s;
    if (event.starts_with("execution.")) return u"dropped"_s;
    if (event.starts_with("vm.")) return u"machines"_s;
    if (event.starts_with("metaevent.")) return u"bell"_s;
    return event.starts_with("function.") ? u"functions"_s : u"journal"_s;
}

RecordModel::RecordModel(QObject* parent, std::size_t limit) : RecentTableModel(limit, parent) {}

int RecordModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RecordModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Record& row = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Seq: return QString::number(row.seq);
                case When: return clockText(row.time, wallClock());
                case Event: return fromUtf8(row.event);
                case Function: return fromUtf8(row.function());
                case Summary: return recordWords(row);
                default: return {};
            }
        case Qt::TextAlignmentRole:
            return index.column() == Seq ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                         : QVariant{};
        case KeyRole: return QString::number(row.seq);
        case EventRole: return fromUtf8(row.event);
        case FunctionRole: return fromUtf8(row.function());
        case ExecutionRole: return fromUtf8(row.execution());
        case SearchRole: return fromUtf8(row.event + ' ' + toJson(json::value(row.fields)));
        case TimeRole: return QVariant::fromValue<qint64>(toUs(row.time));
        case SortRole: return QVariant::fromValue<qint64>(row.seq);
        case IconRole: return index.column() == Event ? QVariant{recordIcon(row)} : QVariant{};
        case ToneRole:
            if (index.column() == Event) return static_cast<int>(recordTone(row));
            return static_cast<int>(index.column() == Function || index.column() == Summary ? Tone::Neutral
                                                                                            : Tone::Muted);
        default: return {};
    }
}

QVariant RecordModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole && section == Seq)  // a heading stands over its numbers
        return QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{tr("Seq"), tr("Time"), tr("Event"), tr("Function"),
                                                  tr("What it says")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

}  // namespace dogwatch::gui
