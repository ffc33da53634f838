#include "gui/bench/view/case_list.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::bench {

using namespace Qt::StringLiterals;

QString caseWords(const TestCase& one, const CaseResult& result) {
    if (!result.fault.empty()) return fromUtf8(result.fault);
    if (result.passed) return QObject::tr("as expected; firings: %1").arg(one.expected.size());
    const auto has = [](const std::vector<BenchFiring>& all, const BenchFiring& wanted) {
        return std::any_of(all.begin(), all.end(), [&](const BenchFiring& each) {
            return each.time == wanted.time && each.edge == wanted.edge && each.key == wanted.key;
        });
    };
    QString words =
        QObject::tr("firings expected: %1, got: %2").arg(one.expected.size()).arg(result.firings.size());
    for (const BenchFiring& each : one.expected)
        if (!has(result.firings, each))
            return words + QObject::tr(": none at %1").arg(clockText(timeFromUs(each.time), one.until));
    for (const BenchFiring& each : result.firings)
        if (!has(one.expected, each))
            return words + QObject::tr(": one at %1").arg(clockText(timeFromUs(each.time), one.until));
    return words;
}

CaseList::CaseList(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      theme_(theme),
      list_(new QListWidget),
      hint_(caption(
          tr("A test case keeps the records in view, what was placed and left out by hand included, and "
             "the firings that are right for them. All run on every edit and before applying."))) {
    list_->setObjectName(u"testCases"_s);
    list_->setAccessibleName(tr("Test cases"));
    list_->setWordWrap(true);
    list_->setFrameShape(QFrame::NoFrame);
    auto* save = button(theme, u"plus"_s, tr("Save view"), tr("Save what is in view as a test case"));
    save->setObjectName(u"saveCase"_s);
    accept_ = button(theme, u"check"_s, {}, tr("Expect what the draft does now"));
    accept_->setObjectName(u"acceptCase"_s);
    remove_ = button(theme, u"trash"_s, {}, tr("Remove this test case"));
    remove_->setObjectName(u"removeCase"_s);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(kSmallGap);
    buttons->addWidget(save);
    buttons->addStretch();
    buttons->addWidget(accept_);
    buttons->addWidget(remove_);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(8, 8, 8, 8);
    layout->setSpacing(kSmallGap);
    layout->addLayout(buttons);
    layout->addWidget(hint_);
    layout->addWidget(list_, 1);
    connect(save, &QPushButton::clicked, this, &CaseList::saveAsked);
    connect(accept_, &QPushButton::clicked, this, [this] { Q_EMIT acceptAsked(list_->currentRow()); });
    connect(remove_, &QPushButton::clicked, this, [this] { Q_EMIT removeAsked(list_->currentRow()); });
    connect(list_, &QListWidget::itemActivated, this, [this] { Q_EMIT shown(list_->currentRow()); });
    connect(list_, &QListWidget::currentRowChanged, this, [this](int row) {
        accept_->setEnabled(row >= 0);
        remove_->setEnabled(row >= 0);
    });
    setCases({});
}

void CaseList::setCases(const std::vector<TestCase>& cases) {
    const int row = list_->currentRow();
    while (list_->count() > static_cast<int>(cases.size())) delete list_->takeItem(list_->count() - 1);
    while (list_->count() < static_cast<int>(cases.size())) list_->addItem(QString{});
    for (std::size_t i = 0; i < cases.size(); ++i)
        list_->item(static_cast<int>(i))->setText(fromUtf8(cases[i].name));
    list_->setCurrentRow(std::min(row, list_->count() - 1));
    hint_->setVisible(cases.empty());
    accept_->setEnabled(list_->currentRow() >= 0);
    remove_->setEnabled(list_->currentRow() >= 0);
}

void CaseList::setResults(const std::vector<TestCase>& cases, const std::vector<CaseResult>& results) {
    if (cases.size() != results.size() || list_->count() != static_cast<int>(cases.size())) return;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        QListWidgetItem* item = list_->item(static_cast<int>(i));
        const bool passed = results[i].passed;
        const Colors& colors = theme_.colors();
        item->setText(u"%1 %2\n%3"_s.arg(passed ? u"✓"_s : u"✗"_s, fromUtf8(cases[i].name),
                                         caseWords(cases[i], results[i])));
        item->setForeground(passed ? colors.good : colors.bad);
    }
}

}  // namespace dogwatch::gui::bench
