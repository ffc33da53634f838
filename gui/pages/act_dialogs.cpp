#include "gui/pages/act_dialogs.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTimeEdit>
#include <QTimeZone>
#include <QVBoxLayout>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kLongestText = 500;

QDialogButtonBox* makeButtons(QDialog* dialog, const QString& yes) {
    auto* buttons = new QDialogButtonBox{QDialogButtonBox::Cancel};
    QPushButton* accept = buttons->addButton(yes, QDialogButtonBox::AcceptRole);
    accept->setDefault(true);
    QObject::connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    return buttons;
}

QLineEdit* makeText(const QString& name, const QString& placeholder) {
    auto* edit = new QLineEdit;
    edit->setAccessibleName(name);
    edit->setPlaceholderText(placeholder);
    edit->setMaxLength(kLongestText);
    return edit;
}

QWidget* inRow(std::initializer_list<QWidget*> widgets) {
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    for (QWidget* each : widgets) layout->addWidget(each);
    layout->addStretch(1);
    return row;
}

}  // namespace

SilenceDialog::SilenceDialog(const QString& metaevent, QWidget* parent)
    : QDialog(parent),
      metaevent_(metaevent),
      kinds_(new QButtonGroup{this}),
      lasts_(new QComboBox),
      until_(new QDateTimeEdit{QDateTime::currentDateTime().addSecs(3600)}),
      day_(new QComboBox),
      begin_(new QTimeEdit{QTime{2, 0}}),
      hours_(new QSpinBox),
      reason_(makeText(tr("Reason"), tr("why, for others to read"))) {
    setObjectName(u"silenceDialog"_s);
    setWindowTitle(tr("Silence %1").arg(metaevent));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* layout = new QVBoxLayout{this};
    layout->setSpacing(kGap);
    layout->addWidget(
        caption(tr("It fires as before, and every firing is recorded, but its jobs do not run "
                   "and nobody is notified.")));
    const std::pair<QString, QString> spans[] = {{tr("30 minutes"), u"30m"_s},
                                                 {tr("1 hour"), u"1h"_s},
                                                 {tr("4 hours"), u"4h"_s},
                                                 {tr("1 day"), u"1d"_s},
                                                 {tr("7 days"), u"7d"_s}};
    for (const auto& [text, span] : spans) lasts_->addItem(text, span);
    lasts_->setCurrentIndex(1);
    lasts_->setAccessibleName(tr("For how long"));
    until_->setAccessibleName(tr("Until when"));
    until_->setCalendarPopup(true);
    day_->setAccessibleName(tr("On which days"));
    day_->addItem(tr("every day"), u"*"_s);
    const QLocale locale;
    for (int day = 1; day <= 7; ++day)
        day_->addItem(tr("each %1").arg(locale.dayName(day)), QString::number(day % 7));
    begin_->setAccessibleName(tr("From which time of the day"));
    begin_->setDisplayFormat(u"HH:mm"_s);
    hours_->setAccessibleName(tr("For how many hours"));
    hours_->setRange(1, 24);
    hours_->setValue(2);
    hours_->setSuffix(tr(" h"));
    add(For, tr("For"), lasts_);
    add(Until, tr("Until"), until_);
    add(Recurring, tr("Recurring"), inRow({day_, caption(tr("from")), begin_, caption(tr("for")), hours_}));
    kinds_->button(For)->setChecked(true);
    reason_->setObjectName(u"silenceReason"_s);
    layout->addWidget(reason_);
    layout->addWidget(makeButtons(this, tr("Silence")));
    reason_->setFocus();
}

void SilenceDialog::add(Kind kind, const QString& text, QWidget* fields) {
    auto* choice = new QRadioButton{text};
    choice->setObjectName(u"silenceKind%1"_s.arg(static_cast<int>(kind)));
    kinds_->addButton(choice, kind);
    choice->setMinimumWidth(110);
    fields->setEnabled(kind == For);
    connect(choice, &QRadioButton::toggled, fields, &QWidget::setEnabled);
    auto* row = new QHBoxLayout;
    row->addWidget(choice);
    row->addWidget(fields, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
}

std::string SilenceDialog::schedule() const {
    const QTime begin = begin_->time();
    return toUtf8(
        u"%1 %2 * * %3"_s.arg(begin.minute()).arg(begin.hour()).arg(day_->currentData().toString()));
}

json::object SilenceDialog::params() const {
    json::object params{{"name", toUtf8(metaevent_)}, {"reason", toUtf8(reason_->text().trimmed())}};
    switch (kinds_->checkedId()) {
        case Until: params["until"] = until_->dateTime().toMSecsSinceEpoch() * 1000; break;
        case Recurring:
            params["schedule"] = schedule();
            params["for"] = toUtf8(u"%1h"_s.arg(hours_->value()));
            params["timezone"] = QTimeZone::systemTimeZoneId().toStdString();
            break;
        default: params["for"] = toUtf8(lasts_->currentData().toString());
    }
    return params;
}

AcknowledgeDialog::AcknowledgeDialog(QWidget* parent)
    : QDialog(parent), note_(makeText(tr("Note"), tr("what was found or done (may be empty)"))) {
    setObjectName(u"acknowledgeDialog"_s);
    setWindowTitle(tr("Acknowledge the firing"));
    setAttribute(Qt::WA_DeleteOnClose);
    setMinimumWidth(420);
    auto* layout = new QVBoxLayout{this};
    layout->setSpacing(kGap);
    layout->addWidget(caption(tr("Everybody who looks will see that you have seen to it.")));
    note_->setObjectName(u"acknowledgeNote"_s);
    layout->addWidget(note_);
    layout->addWidget(makeButtons(this, tr("Acknowledge")));
    note_->setFocus();
}

QString AcknowledgeDialog::note() const {
    return note_->text().trimmed();
}

}  // namespace dogwatch::gui
