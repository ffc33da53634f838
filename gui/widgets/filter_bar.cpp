#include "gui/widgets/filter_bar.h"

#include <QHBoxLayout>
#include <QLineEdit>

#include "gui/models/text.h"
#include "gui/widgets/panels.h"
#include "gui/widgets/table.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

FilterBar::FilterBar(const Theme& theme, QueryFilter& filter, Table* table, const QString& example,
                     QWidget* parent)
    : QWidget(parent),
      filter_(filter),
      field_(new QLineEdit{this}),
      fault_(faultLabel(this)),
      follow_(button(theme, u"follow"_s, tr("Follow"), tr("Keep the latest rows in view"))) {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(kSmallGap);
    row->addWidget(field_, 1);
    row->addWidget(follow_);
    layout->addLayout(row);
    layout->addWidget(fault_);

    field_->setObjectName(u"filter"_s);
    field_->setAccessibleName(tr("Filter"));
    field_->setPlaceholderText(example);
    field_->setClearButtonEnabled(true);
    field_->addAction(theme.icon(u"search"_s), QLineEdit::LeadingPosition);
    field_->setWhatsThis(tr("Fields: %1").arg(filter.keys().join(u", "_s)));
    connect(field_, &QLineEdit::textChanged, this, &FilterBar::apply);

    follow_->setCheckable(true);
    follow_->setChecked(table->isFollowing());
    connect(follow_, &QPushButton::clicked, table, &Table::setFollowing);
    connect(table, &Table::followingChanged, follow_, &QPushButton::setChecked);
}

void FilterBar::apply(const QString& text) {
    const auto taken = filter_.setText(text);
    const QString fault = taken ? QString{} : fromUtf8(taken.error().message);
    markField(field_, fault);
    setFault(fault_,
             fault.isEmpty() ? QString{} : tr("%1. Fields: %2.").arg(fault, filter_.keys().join(u", "_s)));
}

}  // namespace dogwatch::gui
