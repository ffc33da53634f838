#include "gui/bench/view/what_if_form.h"

#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <cmath>

#include "core/model/wording.h"
#include "gui/canvas/model/node_kinds.h"
#include "gui/models/text.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::bench {
namespace {

using namespace Qt::StringLiterals;

/// Puts a value at a dotted path, as far as objects go.
void putAt(json::object& fields, const FieldPath& path, const json::value& value) {
    json::object* at = &fields;
    for (std::size_t i = 0; i + 1 < path.parts().size(); ++i) {
        json::value& next = (*at)[path.parts()[i]];
        if (!next.is_object()) next = json::object{};
        at = &next.get_object();
    }
    (*at)[path.parts().back()] = value;
}

/// A value that a clause would find right.
json::value valueFor(const Clause& clause) {
    using Operator = Clause::Operator;
    const auto number = asNumber(clause.value);
    switch (clause.op) {
        case Operator::Less: return number ? json::value(*number - 1) : clause.value;
        case Operator::Greater: return number ? json::value(*number + 1) : clause.value;
        case Operator::In:
            return clause.value.is_array() && !clause.value.get_array().empty() ? clause.value.get_array()[0]
                                                                                : json::value();
        case Operator::Exists: return true;
        default: return clause.value;
    }
}

Record recordLike(const Selector& selector) {
    Record record;
    std::string event = selector.events.front().text();
    if (event == "*" || event == "execution.*") event = "execution.succeeded";
    record.event = event;
    if (selector.functions && !selector.functions->empty()) {
        std::string name = selector.functions->front().text();
        std::erase(name, '*');
        record.fields["function"] = name;
    }
    for (const Clause& clause : selector.where) putAt(record.fields, clause.path, valueFor(clause));
    return record;
}

}  // namespace

std::vector<Record> recordsLike(const Metaevent& definition) {
    std::vector<Record> records;
    for (const Condition* condition : definition.when.tree())
        for (const Selector* selector : condition->selectors()) {
            Record record = recordLike(*selector);
            for (const FieldPath& path : definition.partition)
                if (json::value scratch; path.find(record, scratch) == nullptr)
                    putAt(record.fields, path, "a");
            records.push_back(std::move(record));
        }
    return records;
}

WhatIfForm::WhatIfForm(const Theme& theme, Time time, std::vector<Record> like, const QStringList& functions,
                       QWidget* parent)
    : QDialog(parent), like_(std::move(like)), time_(time), fault_(faultLabel()) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"whatIfForm"_s);
    setWindowTitle(tr("What if this had happened?"));
    auto* form = new QFormLayout{this};
    auto* pattern = new QComboBox;
    pattern->setObjectName(u"whatIfLike"_s);
    for (const Record& record : like_)
        pattern->addItem(u"%1 %2"_s.arg(fromUtf8(record.event), fromUtf8(record.function())).trimmed());
    event_ = new QComboBox;
    event_->setObjectName(u"whatIfEvent"_s);
    event_->setEditable(true);
    for (const canvas::Choice& kind : canvas::eventKinds()) event_->addItem(fromUtf8(kind.value));
    function_ = new QComboBox;
    function_->setObjectName(u"whatIfFunction"_s);
    function_->setEditable(true);
    function_->addItems(functions);
    when_ = new QDateTimeEdit{QDateTime::fromMSecsSinceEpoch(toUs(time) / 1000)};
    when_->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss.zzz"_s);
    fields_ = new JsonField{theme, tr("Further fields, as JSON")};
    fields_->setMinimumHeight(90);
    if (!like_.empty()) form->addRow(tr("Like"), pattern);
    form->addRow(tr("Kind"), event_);
    form->addRow(tr("Function"), function_);
    form->addRow(tr("When"), when_);
    form->addRow(tr("Further fields"), fields_);
    form->addRow(fault_);
    auto* buttons = new QDialogButtonBox{QDialogButtonBox::Cancel};
    QPushButton* place = buttons->addButton(tr("Place it"), QDialogButtonBox::AcceptRole);
    place->setObjectName(u"whatIfPlace"_s);
    place->setDefault(true);
    form->addRow(buttons);
    connect(pattern, &QComboBox::activated, this, &WhatIfForm::begin);
    connect(buttons, &QDialogButtonBox::accepted, this, &WhatIfForm::place);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    begin(0);
}

void WhatIfForm::begin(int index) {
    json::object fields;
    QString event = u"execution.succeeded"_s;
    QString function;
    if (index >= 0 && static_cast<std::size_t>(index) < like_.size()) {
        const Record& record = like_[static_cast<std::size_t>(index)];
        event = fromUtf8(record.event);
        function = fromUtf8(record.function());
        fields = record.fields;
        fields.erase("function");
    }
    event_->setEditText(event);
    function_->setEditText(function);
    fields_->setText(fromUtf8(toPrettyJson(fields)));
}

void WhatIfForm::place() {
    const auto fields = fields_->value();
    if (!fields || !fields->is_object())
        return setFault(fault_, tr("The further fields are no JSON object."));
    Record record;
    record.fields = fields->get_object();
    record.event = toUtf8(event_->currentText().trimmed());
    const QString function = function_->currentText().trimmed();
    if (!function.isEmpty()) record.fields["function"] = toUtf8(function);
    if (record.event.empty() || record.isMetaevent())
        return setFault(fault_, tr("The kind must be that of a record, such as execution.failed."));
    const std::int64_t shown = when_->dateTime().toMSecsSinceEpoch() * 1000;
    record.time = shown / 1000 == toUs(time_) / 1000 ? time_ : timeFromUs(shown);
    Q_EMIT placed(record);
    accept();
}

}  // namespace dogwatch::gui::bench
