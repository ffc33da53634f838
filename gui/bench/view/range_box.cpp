#include "gui/bench/view/range_box.h"

#include <QDateTimeEdit>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QFormLayout>
#include <array>

#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr std::array<Duration, 4> kOffered{15min, 1h, 24h, std::chrono::hours{24 * 7}};
constexpr int kEverything = static_cast<int>(kOffered.size());
constexpr int kSpan = kEverything + 1;
constexpr int kFile = kSpan + 1;

QDateTime local(Time time) {
    return QDateTime::fromMSecsSinceEpoch(toUs(time) / 1000);
}

QDateTimeEdit* timeEdit(const QDateTime& time, const QString& name) {
    auto* edit = new QDateTimeEdit{time};
    edit->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    edit->setCalendarPopup(true);
    edit->setAccessibleName(name);
    return edit;
}

}  // namespace

RangeBox::RangeBox(QWidget* parent) : QComboBox(parent) {
    setObjectName(u"historyRange"_s);
    setAccessibleName(tr("Time of the history"));
    addItems({tr("Last 15 minutes"), tr("Last hour"), tr("Last 24 hours"), tr("Last 7 days"),
              tr("Everything"), tr("From … until …"), tr("A file of records…")});
    setCurrentIndex(1);
    last_ = 1;
    connect(this, &QComboBox::activated, this, [this](int index) {
        if (index == kSpan) return askForSpan();
        if (index == kFile) return askForFile();
        last_ = index;
        Q_EMIT rangeChosen();
    });
}

Range RangeBox::range(Time now) const {
    if (currentIndex() >= kSpan) return own_;
    if (currentIndex() == kEverything) return {std::nullopt, now, {}};
    return {now - kOffered.at(static_cast<std::size_t>(currentIndex())), now, {}};
}

bool RangeBox::isOpenEnded() const {
    return currentIndex() <= kEverything;
}

bool RangeBox::chooseFor(Time time, Time now) {
    int index = 0;
    while (index < kEverything && now - time > kOffered.at(static_cast<std::size_t>(index)) * 9 / 10) ++index;
    last_ = index;
    if (currentIndex() == index) return false;
    setCurrentIndex(index);
    return true;
}

void RangeBox::chooseSpan(Time from, Time until) {
    own_ = {from, until, {}};
    last_ = kSpan;
    setCurrentIndex(kSpan);
    Q_EMIT rangeChosen();
}

void RangeBox::chooseFile(const QString& file) {
    own_ = {std::nullopt, std::nullopt, file};
    last_ = kFile;
    setCurrentIndex(kFile);
    setToolTip(file);
    Q_EMIT rangeChosen();
}

void RangeBox::askForSpan() {
    auto* dialog = new QDialog{this};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Time of the history"));
    const Time now = wallClock();
    auto* from = timeEdit(local(own_.from.value_or(now - 1h)), tr("From"));
    auto* until = timeEdit(local(own_.until.value_or(now)), tr("Until"));
    auto* buttons = new QDialogButtonBox{QDialogButtonBox::Ok | QDialogButtonBox::Cancel};
    auto* form = new QFormLayout{dialog};
    form->addRow(tr("From"), from);
    form->addRow(tr("Until"), until);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, dialog, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this, [this, from, until] {
        const auto begin = timeFromUs(from->dateTime().toMSecsSinceEpoch() * 1000);
        const auto end = timeFromUs(until->dateTime().toMSecsSinceEpoch() * 1000);
        chooseSpan(std::min(begin, end), std::max(begin, end));
    });
    connect(dialog, &QDialog::rejected, this, [this] { setCurrentIndex(last_); });
    dialog->open();
}

void RangeBox::askForFile() {
    auto* dialog = new QFileDialog{this, tr("A file of records, one JSON object a line")};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setNameFilters({tr("Records (*.jsonl *.ndjson *.json)"), tr("All files (*)")});
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RangeBox::chooseFile);
    connect(dialog, &QDialog::rejected, this, [this] { setCurrentIndex(last_); });
    dialog->open();
}

}  // namespace dogwatch::gui::bench
