#include "gui/pages/range_button.h"

#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QMenu>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

QDateTime dateTime(Time time) {
    return QDateTime::fromMSecsSinceEpoch(toUs(time) / 1000);
}

QDateTimeEdit* timeField(const QString& name, Time time) {
    auto* field = new QDateTimeEdit{dateTime(time)};
    field->setDisplayFormat(u"d MMM yyyy HH:mm:ss"_s);
    field->setCalendarPopup(true);
    field->setAccessibleName(name);
    return field;
}

}  // namespace

QString rangeText(const TimeRange& range) {
    if (range.last) return RangeButton::tr("Last %1").arg(fromUtf8(toWords(*range.last)));
    if (range.isAll()) return RangeButton::tr("All time");
    const auto text = [](const std::optional<Time>& time) {
        return time ? dateTime(*time).toString(u"d MMM HH:mm:ss"_s) : u"…"_s;
    };
    return text(range.since) + u" – "_s + text(range.until);
}

RangeButton::RangeButton(const Theme& theme, Scope& scope, QWidget* parent)
    : QPushButton(theme.icon(u"clock"_s), {}, parent), scope_(scope) {
    setObjectName(u"range"_s);
    setIconSize({16, 16});
    setToolTip(tr("The stretch of time that all pages show"));
    auto* menu = new QMenu{this};
    const TimeRange ranges[] = {{}, {5min, {}, {}}, {1h, {}, {}}, {24h, {}, {}}, {168h, {}, {}}};
    for (const TimeRange& range : ranges)
        menu->addAction(rangeText(range), this, [this, range] { scope_.setRange(range); });
    menu->addSeparator();
    menu->addAction(tr("From … to …"), this, &RangeButton::askForRange);
    setMenu(menu);
    connect(&scope, &Scope::rangeChanged, this, &RangeButton::showRange);
    showRange();
}

void RangeButton::showRange() {
    setText(rangeText(scope_.range()));
    setAccessibleName(tr("Time range: %1").arg(text()));
}

void RangeButton::askForRange() {
    auto* dialog = new QDialog{this};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Time range"));
    const Time now = wallClock();
    auto* since = timeField(tr("From"), scope_.range().begin(now).value_or(now - 1h));
    auto* until = timeField(tr("To"), scope_.range().until.value_or(now));
    auto* buttons = new QDialogButtonBox{QDialogButtonBox::Ok | QDialogButtonBox::Cancel};
    auto* form = new QFormLayout{dialog};
    form->addRow(tr("From"), since);
    form->addRow(tr("To"), until);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(dialog, &QDialog::accepted, this, [this, since, until] {
        const auto us = [](const QDateTimeEdit* field) {
            return timeFromUs(field->dateTime().toMSecsSinceEpoch() * 1000);
        };
        scope_.setRange({{}, std::min(us(since), us(until)), std::max(us(since), us(until))});
    });
    dialog->open();
}

void followRange(QueryFilter& filter, Scope& scope) {
    const auto restrict = [&filter, &scope] {
        const TimeRange& range = scope.range();
        filter.setTimes(range.begin(wallClock()), range.last ? std::nullopt : range.until);
    };
    QObject::connect(&scope, &Scope::rangeChanged, &filter, restrict);
    restrict();
}

}  // namespace dogwatch::gui
