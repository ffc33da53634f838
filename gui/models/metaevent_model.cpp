#include "gui/models/metaevent_model.h"

#include <array>

#include "core/model/sentence.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

std::optional<Time> timeMember(const json::object& object, std::string_view key) {
    const std::int64_t us = intMember(object, key);
    return us > 0 ? std::optional{timeFromUs(us)} : std::nullopt;
}

}  // namespace

MetaeventRow metaeventRowFromJson(const json::object& object) {
    MetaeventRow row;
    row.name = std::string{stringMember(object, "metaevent")};
    row.version = intMember(object, "version");
    row.enabled = boolMember(object, "enabled", true);
    row.active = boolMember(object, "active");
    row.sentence = std::string{stringMember(object, "sentence")};
    row.instances = intMember(object, "instances");
    row.firings = intMember(object, "firings");
    row.lastFired = timeMember(object, "last_fired");
    row.nextDeadline = timeMember(object, "next_deadline");
    row.stateBytes = intMember(object, "state_bytes");
    row.checks = intMember(object, "checks");
    if (const json::value* silenced = object.if_contains("silenced"); silenced && silenced->is_object()) {
        row.silenced = true;
        row.silenceReason = std::string{stringMember(silenced->get_object(), "reason")};
        row.silencedUntil = timeMember(silenced->get_object(), "until");
    }
    if (const json::value* silences = object.if_contains("silences"); silences && silences->is_array())
        row.silences = silences->get_array();
    if (const json::value* definition = object.if_contains("definition");
        definition && definition->is_object())
        row.definition = definition->get_object();
    // The control plane says it in English.
    if (&grammar() != &Grammar::english())
        if (const auto read = metaeventFromJson(row.definition))
            row.sentence = sentenceOf(*read, grammar()).text();
    return row;
}

QString silenceWords(const MetaeventRow& row, Time now) {
    QStringList words;
    for (const json::value& each : row.silences) {
        if (!each.is_object()) continue;
        const json::object& silence = each.get_object();
        const auto text = [&](std::string_view key) { return fromUtf8(stringMember(silence, key)); };
        QString one =
            silence.contains("until")
                ? MetaeventModel::tr("until %1").arg(clockText(timeFromUs(intMember(silence, "until")), now))
                : MetaeventModel::tr("at %1 (%2) for %3 each time")
                      .arg(text("schedule"), text("timezone"), text("for"));
        if (const QString why = text("reason"); !why.isEmpty()) one += u": "_s + why;
        words.append(one);
    }
    return words.join(u"; "_s);
}

QString metaeventState(const MetaeventRow& row) {
    if (!row.enabled) return MetaeventModel::tr("Disabled");
    if (row.silenced) return MetaeventModel::tr("Silenced");
    return row.active ? MetaeventModel::tr("Active") : MetaeventModel::tr("Watching");
}

Tone metaeventTone(const MetaeventRow& row) {
    if (!row.enabled) return Tone::Muted;
    if (row.silenced) return Tone::Warning;
    return row.active ? Tone::Bad : Tone::Good;
}

QString metaeventIcon(const MetaeventRow& row) {
    if (!row.enabled) return u"disabled"_s;
    if (row.silenced) return u"pause"_s;
    return row.active ? u"bell"_s : u"eye"_s;
}

int MetaeventModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MetaeventModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const MetaeventRow& row = at(index.row());
    switch (role) {
        case Qt::DisplayRole:
            switch (index.column()) {
                case Name: return fromUtf8(row.name);
                case State: return metaeventState(row);
                case LastFired: return row.lastFired ? agoText(*row.lastFired, wallClock()) : tr("never");
                case Deadline:
                    return row.enabled && row.nextDeadline ? untilText(*row.nextDeadline, wallClock())
                                                           : u"–"_s;
                case Firings: return countText(row.firings);
                default: return {};
            }
        case Qt::ToolTipRole:
        case SentenceRole: return fromUtf8(row.sentence);
        case Qt::TextAlignmentRole:
            return index.column() == Firings ? QVariant::fromValue(Qt::AlignRight | Qt::AlignVCenter)
                                             : QVariant{};
        case KeyRole: return fromUtf8(row.name);
        case SearchRole: return fromUtf8(row.name + ' ' + row.sentence);
        case SortRole:
            if (index.column() == Firings) return QVariant::fromValue<qint64>(row.firings);
            return data(index, Qt::DisplayRole);
        case IconRole: return index.column() == State ? QVariant{metaeventIcon(row)} : QVariant{};
        case ToneRole:
            if (index.column() == State) return static_cast<int>(metaeventTone(row));
            return static_cast<int>(index.column() == Name ? Tone::Neutral : Tone::Muted);
        default: return {};
    }
}

QVariant MetaeventModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    const std::array<QString, ColumnCount> titles{tr("Metaevent"), tr("State"), tr("Last fired"),
                                                  tr("Next deadline"), tr("Firings")};
    return section >= 0 && section < ColumnCount ? titles[static_cast<std::size_t>(section)] : QVariant{};
}

void MetaeventModel::tick() {
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, LastFired), index(rowCount() - 1, Deadline), {Qt::DisplayRole});
}

}  // namespace dogwatch::gui
