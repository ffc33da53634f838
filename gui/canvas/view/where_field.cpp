#include "gui/canvas/view/where_field.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

bool wantsText(const QString& op) {
    return op == u"contains"_s || op == u"starts_with"_s || op == u"matches"_s;
}

bool isTriple(const json::value& clause) {
    const json::array* parts = clause.if_array();
    return parts != nullptr && parts->size() == 3 && (*parts)[0].is_string() && (*parts)[1].is_string();
}

}  // namespace

json::value clauseValueFromText(const QString& op, const QString& text) {
    if (wantsText(op)) return json::string(toUtf8(text));
    if (op != u"in"_s) return scalarFromText(text);
    if (const auto list = parseJson(toUtf8(text)); list && list->is_array()) return *list;
    json::array values;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts)) values.push_back(scalarFromText(part));
    return values;
}

QString textFromClauseValue(const QString& op, const json::value& value) {
    if (wantsText(op) && value.is_string()) return fromUtf8(value.get_string());
    if (op == u"in"_s && value.is_array()) {
        QStringList parts;
        for (const json::value& item : value.get_array()) parts.append(textFromScalar(item));
        const QString text = parts.join(u", "_s);
        return clauseValueFromText(op, text) == value ? text : fromUtf8(toJson(value));
    }
    return textFromScalar(value);
}

WhereEdit::WhereEdit(const Names& names, const Theme& theme, QWidget* parent)
    : FieldEdit(parent), names_(names), theme_(theme), rows_(new QVBoxLayout) {
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(6);
    rows_->setSpacing(6);
    layout->addLayout(rows_);
    auto* add = button(theme, u"plus"_s, tr("Add a condition on a field"));
    add->setObjectName(u"addWhere"_s);
    layout->addWidget(add);
    setFocusProxy(add);
    connect(add, &QPushButton::clicked, this, [this] {
        addRow({}, u"=="_s, json::string());
        list_.back().path->setFocus();
        tell();
    });
}

void WhereEdit::addRow(const QString& path, const QString& op, const json::value& value) {
    Row row{new QWidget, new SuggestField{names_.paths, theme_}, new QComboBox,
            new SuggestField{commonNumbers, theme_}};
    auto* layout = new QVBoxLayout{row.widget};
    layout->setContentsMargins({});
    layout->setSpacing(4);
    auto* remove = new QToolButton;
    remove->setIcon(theme_.icon(u"cross"_s));
    remove->setAutoRaise(true);
    remove->setToolTip(tr("Remove this condition"));
    remove->setAccessibleName(tr("Remove this condition"));
    remove->setFocusPolicy(Qt::StrongFocus);
    for (const Choice& choice : whereOperators())
        row.op->addItem(tableText(choice.title), fromUtf8(choice.value));
    row.path->setPlaceholderText(tr("field, such as duration_us"));
    row.value->setPlaceholderText(tr("value"));
    row.path->setAccessibleName(tr("Field"));
    row.op->setAccessibleName(tr("Operator"));
    row.value->setAccessibleName(tr("Value"));
    row.path->setText(path);
    row.op->setCurrentIndex(row.op->findData(op));
    row.value->setText(textFromClauseValue(op, value));
    auto* first = new QHBoxLayout;
    first->setSpacing(4);
    first->addWidget(row.path, 1);
    first->addWidget(remove);
    auto* second = new QHBoxLayout;
    second->setSpacing(4);
    second->addWidget(row.op, 1);
    second->addWidget(row.value, 1);
    layout->addLayout(first);
    layout->addLayout(second);
    rows_->addWidget(row.widget);
    row.widget->show();  // at once, not with the next event: it is to get the keyboard
    connect(row.path, &QLineEdit::textChanged, this, &WhereEdit::tell);
    connect(row.value, &QLineEdit::textChanged, this, &WhereEdit::tell);
    connect(row.op, &QComboBox::activated, this, [this, made = row] {
        if (made.op->currentData().toString() == u"exists"_s && made.value->text().isEmpty())
            made.value->setText(u"true"_s);
        tell();
    });
    connect(remove, &QToolButton::clicked, this, [this, widget = row.widget] { removeRow(widget); });
    list_.push_back(row);
}

void WhereEdit::removeRow(QWidget* widget) {
    std::erase_if(list_, [widget](const Row& row) { return row.widget == widget; });
    widget->hide();
    widget->deleteLater();
    tell();
}

void WhereEdit::clear() {
    for (const Row& row : list_) {
        row.widget->hide();
        row.widget->deleteLater();
    }
    list_.clear();
}

FieldJson WhereEdit::value() const {
    json::array clauses;
    for (const Row& row : list_) {
        const QString op = row.op->currentData().toString();
        clauses.push_back(json::array{json::string(toUtf8(row.path->text().trimmed())),
                                      json::string(toUtf8(op)), clauseValueFromText(op, row.value->text())});
    }
    return clauses.empty() ? FieldJson{} : FieldJson{json::value(std::move(clauses))};
}

void WhereEdit::tell() {
    if (!showing_) Q_EMIT edited(value());
}

void WhereEdit::show(const FieldJson& shown) {
    if (shown == value()) return;
    showing_ = true;
    clear();
    const json::array* clauses = shown ? shown->if_array() : nullptr;
    const bool readable =
        !shown || (clauses != nullptr && std::all_of(clauses->begin(), clauses->end(), isTriple));
    setEnabled(readable);
    setToolTip(readable ? QString() : tr("Mend this as JSON: [[path, operator, value], …]"));
    if (clauses != nullptr && readable)
        for (const json::value& clause : *clauses) {
            const json::array& parts = clause.get_array();
            addRow(fromUtf8(parts[0].get_string()), fromUtf8(parts[1].get_string()), parts[2]);
        }
    showing_ = false;
}

}  // namespace dogwatch::gui::canvas
