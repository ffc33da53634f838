#include "gui/canvas/view/fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>
#include <algorithm>

#include "core/model/cron.h"
#include "core/model/time.h"
#include "gui/canvas/view/where_field.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

QHBoxLayout* rowIn(QWidget* widget) {
    auto* row = new QHBoxLayout{widget};
    row->setContentsMargins({});
    row->setSpacing(6);
    return row;
}

QString plainText(const json::value& value) {
    return value.is_string() ? fromUtf8(value.get_string()) : fromUtf8(toJson(value));
}

QStringList split(const QString& text) {
    QStringList parts;
    for (const QString& part : text.split(u',', Qt::SkipEmptyParts))
        if (!part.trimmed().isEmpty()) parts.append(part.trimmed());
    return parts;
}

QString commaText(const json::value& value) {
    if (!value.is_array()) return plainText(value);
    QStringList parts;
    for (const json::value& item : value.get_array()) parts.append(plainText(item));
    return parts.join(u", "_s);
}

/// A value in one line of text; what is typed is made JSON by a function.
class LineEdit final : public FieldEdit {
 public:
    using Parse = std::function<FieldJson(const QString&)>;
    using Meaning = std::function<QString(const QString&)>;

    LineEdit(const Field& field, std::function<QStringList()> words, const Theme& theme, Parse parse,
             QWidget* parent)
        : FieldEdit(parent), line_(new SuggestField{std::move(words), theme}), parse_(std::move(parse)) {
        line_->setPlaceholderText(tableText(field.unset));
        line_->setClearButtonEnabled(!field.required);
        setFocusProxy(line_);
        rowIn(this)->addWidget(line_);
        connect(line_, &QLineEdit::textChanged, this, [this](const QString& text) {
            if (!showing_) Q_EMIT edited(parse_(text));
        });
    }
    void setMeaning(Meaning meaning) { meaning_ = std::move(meaning); }
    [[nodiscard]] SuggestField* line() const { return line_; }

    void show(const FieldJson& value) override {
        if (value == parse_(line_->text())) return;
        showing_ = true;
        line_->setText(value ? commaText(*value) : QString());
        line_->setCursorPosition(0);
        showing_ = false;
    }
    [[nodiscard]] QString meaning() const override { return meaning_ ? meaning_(line_->text()) : QString(); }

 private:
    SuggestField* line_;
    Parse parse_;
    Meaning meaning_;
    bool showing_ = false;
};

class ChoiceEdit final : public FieldEdit {
 public:
    ChoiceEdit(const Field& field, QWidget* parent) : FieldEdit(parent), box_(new QComboBox) {
        if (!field.required) box_->addItem(tableText(field.unset));
        for (const Choice& choice : field.choices) {
            if (!field.required && choice.title == field.unset) {
                box_->setItemData(0, fromUtf8(choice.value));
                continue;
            }
            box_->addItem(tableText(choice.title), fromUtf8(choice.value));
        }
        optional_ = !field.required;
        setFocusProxy(box_);
        rowIn(this)->addWidget(box_);
        connect(box_, &QComboBox::activated, this, [this](int index) {
            if (optional_ && index == 0) {
                Q_EMIT edited(std::nullopt);
            } else {
                Q_EMIT edited(json::value(json::string(toUtf8(box_->itemData(index).toString()))));
            }
        });
    }
    void show(const FieldJson& value) override {
        const int index = value ? box_->findData(plainText(*value)) : (optional_ ? 0 : -1);
        box_->setCurrentIndex(index);
    }

 private:
    QComboBox* box_;
    bool optional_ = false;
};

class FlagEdit final : public FieldEdit {
 public:
    FlagEdit(const Field& field, QWidget* parent)
        : FieldEdit(parent), box_(new QCheckBox{tableText(field.title)}), byDefault_(field.unset == "true") {
        setFocusProxy(box_);
        rowIn(this)->addWidget(box_);
        connect(box_, &QCheckBox::clicked, this, [this](bool on) {
            Q_EMIT edited(on == byDefault_ ? FieldJson{} : FieldJson{json::value(on)});
        });
    }
    void show(const FieldJson& value) override {
        box_->setChecked(value && value->is_bool() ? value->get_bool() : byDefault_);
    }

 private:
    QCheckBox* box_;
    bool byDefault_;
};

class ComparisonEdit final : public FieldEdit {
 public:
    ComparisonEdit(const Theme& theme, QWidget* parent)
        : FieldEdit(parent), op_(new QComboBox), number_(new SuggestField{commonNumbers, theme}) {
        for (const Choice& choice : comparisonOperators())
            op_->addItem(tableText(choice.title), fromUtf8(choice.value));
        op_->setAccessibleName(FieldEdit::tr("Comparison"));
        number_->setAccessibleName(FieldEdit::tr("Number"));
        auto* row = rowIn(this);
        row->addWidget(op_, 3);
        row->addWidget(number_, 2);
        setFocusProxy(number_);
        connect(op_, &QComboBox::activated, this, [this] { Q_EMIT edited(value()); });
        connect(number_, &QLineEdit::textChanged, this, [this] {
            if (!showing_) Q_EMIT edited(value());
        });
    }
    void show(const FieldJson& shown) override {
        if (shown == FieldJson{value()}) return;
        const json::array* pair = shown ? shown->if_array() : nullptr;
        const bool isPair = pair != nullptr && pair->size() == 2;
        showing_ = true;
        op_->setCurrentIndex(isPair ? op_->findData(plainText((*pair)[0])) : -1);
        number_->setText(isPair ? plainText((*pair)[1]) : QString());
        showing_ = false;
    }

 private:
    [[nodiscard]] json::value value() const {
        return json::array{json::string(toUtf8(op_->currentData().toString())),
                           scalarFromText(number_->text())};
    }
    QComboBox* op_;
    SuggestField* number_;
    bool showing_ = false;
};

class PayloadEdit final : public FieldEdit {
 public:
    PayloadEdit(const Theme& theme, QWidget* parent)
        : FieldEdit(parent), json_(new JsonField{theme, FieldEdit::tr("Payload")}) {
        json_->setFixedHeight(140);
        setFocusProxy(json_);
        auto* layout = new QVBoxLayout{this};
        layout->setContentsMargins({});
        layout->setSpacing(4);
        layout->addWidget(json_);
        layout->addWidget(makeInsert(theme));
        connect(json_, &JsonField::changed, this, [this] {
            if (showing_) return;
            const auto value = json_->value();
            if (!value) return;  // it says so itself; the last good one stays
            Q_EMIT edited(json_->text().trimmed().isEmpty() ? FieldJson{} : FieldJson{*value});
        });
    }
    void show(const FieldJson& value) override {
        const auto now = json_->value();
        const FieldJson mine = now && !json_->text().trimmed().isEmpty() ? FieldJson{*now} : FieldJson{};
        if (mine == value && now) return;
        showing_ = true;
        json_->setText(value ? fromUtf8(toPrettyJson(*value)).trimmed() : QString());
        showing_ = false;
    }

 private:
    /// Values of a firing, to be put in where the cursor is.
    QPushButton* makeInsert(const Theme& theme) {
        auto* insert = button(theme, u"plus"_s, FieldEdit::tr("Insert a value"));
        insert->setObjectName(u"insertValue"_s);
        auto* menu = new QMenu{insert};
        for (const QString& path : {u"metaevent"_s, u"time"_s, u"firing"_s, u"key.0"_s, u"depth"_s,
                                    u"evidence.0.time"_s, u"evidence.0.function"_s, u"evidence.0.execution"_s,
                                    u"evidence.0.message"_s, u"evidence.0.result"_s})
            menu->addAction(path, this, [this, path] { put(path); });
        menu->addSeparator();
        menu->addAction(FieldEdit::tr("Nothing: send everything known"), this,
                        [this] { json_->setText({}); });
        insert->setMenu(menu);
        return insert;
    }
    void put(const QString& path) {
        const QString placeholder = u"{{ %1 }}"_s.arg(path);
        if (json_->text().trimmed().isEmpty()) {
            json_->setText(u"{\n  \"%1\": \"%2\"\n}"_s.arg(path.section(u'.', -1), placeholder));
        } else {
            json_->editor()->insert(placeholder);
        }
    }

    JsonField* json_;
    bool showing_ = false;
};

FieldJson textOrNone(const QString& text) {
    const QString trimmed = text.trimmed();
    return trimmed.isEmpty() ? FieldJson{} : FieldJson{json::value(json::string(toUtf8(trimmed)))};
}

FieldJson oneOrSeveral(const QString& text) {
    const QStringList parts = split(text);
    if (parts.isEmpty()) return {};
    if (parts.size() == 1) return json::value(json::string(toUtf8(parts.front())));
    json::array list;
    for (const QString& part : parts) list.emplace_back(json::string(toUtf8(part)));
    return json::value(std::move(list));
}

FieldJson listOrNone(const QString& text) {
    json::array list;
    for (const QString& part : split(text)) list.emplace_back(json::string(toUtf8(part)));
    return list.empty() ? FieldJson{} : FieldJson{json::value(std::move(list))};
}

QString durationMeaning(const QString& text) {
    const auto duration = parseDuration(toUtf8(text.trimmed()));
    return duration ? durationWords(*duration) : QString();
}

QString scheduleMeaning(const QString& text) {
    const auto cron = Cron::parse(toUtf8(text.trimmed()));
    if (!cron) return {};
    const auto next = cron->after(wallClock());
    if (!next) return {};
    const QDateTime at = QDateTime::fromMSecsSinceEpoch(toUs(*next) / 1000, QTimeZone::utc());
    return FieldEdit::tr("in UTC next on %1")
        .arg(QLocale{}.toString(at, FieldEdit::tr("ddd d MMM, hh:mm:ss", "date and time")));
}

QStringList words(std::span<const Choice> choices) {
    QStringList words;
    for (const Choice& choice : choices) words.append(fromUtf8(choice.value));
    return words;
}

QStringList commonDurations() {
    return {u"1s"_s,  u"5s"_s, u"10s"_s, u"30s"_s, u"1m"_s,  u"5m"_s, u"10m"_s,
            u"30m"_s, u"1h"_s, u"6h"_s,  u"12h"_s, u"24h"_s, u"7d"_s, u"30d"_s};
}

QStringList commonSchedules() {
    return {u"* * * * *"_s, u"*/5 * * * *"_s,     u"0 * * * *"_s,
            u"0 2 * * *"_s, u"0 8 * * MON-FRI"_s, u"0 0 1 * *"_s};
}

QStringList namesFor(const Names& names) {
    QStringList list;
    if (names.functions)
        for (const QString& function : names.functions()) list.append(function + u"-watch"_s);
    list.append(u"my-metaevent"_s);
    return list;
}

QStringList timeZones() {
    QStringList zones;
    for (const QByteArray& id : QTimeZone::availableTimeZoneIds()) zones.append(QString::fromLatin1(id));
    return zones;
}

/// Required text stays, though it be empty, so that its fault is told where it is.
LineEdit::Parse parseOf(const Field& field) {
    switch (field.type) {
        case FieldType::Whole:
            return [](const QString& text) {
                return text.trimmed().isEmpty() ? FieldJson{} : FieldJson{scalarFromText(text.trimmed())};
            };
        case FieldType::Events:
            return [](const QString& text) {
                const auto value = oneOrSeveral(text);
                return value ? value : FieldJson{json::value(json::string())};
            };
        case FieldType::Patterns: return oneOrSeveral;
        case FieldType::FieldPaths: return listOrNone;
        default: break;
    }
    if (!field.required) return textOrNone;
    return [](const QString& text) { return FieldJson{json::value(json::string(toUtf8(text.trimmed())))}; };
}

FieldEdit* makeLine(const Field& field, const Names& names, const Theme& theme, QWidget* parent) {
    std::function<QStringList()> offered;
    bool several = false;
    switch (field.type) {
        case FieldType::Patterns: several = true; [[fallthrough]];
        case FieldType::Pattern:
        case FieldType::Function: offered = names.functions; break;
        case FieldType::Metaevent: offered = names.metaevents; break;
        case FieldType::FieldPaths: several = true; [[fallthrough]];
        case FieldType::FieldPath: offered = names.paths; break;
        case FieldType::Events:
            several = true;
            offered = [] { return words(eventKinds()); };
            break;
        case FieldType::TimeZone: offered = timeZones; break;
        case FieldType::Duration: offered = commonDurations; break;
        case FieldType::Whole: offered = commonNumbers; break;
        case FieldType::Schedule: offered = commonSchedules; break;
        case FieldType::Text: offered = names.descriptions; break;
        case FieldType::Name: offered = [names] { return namesFor(names); }; break;
        default: break;
    }
    auto* edit = new LineEdit{field, offered, theme, parseOf(field), parent};
    edit->line()->setSeveral(several);
    if (field.type == FieldType::Duration) edit->setMeaning(durationMeaning);
    if (field.type == FieldType::Schedule) edit->setMeaning(scheduleMeaning);
    return edit;
}

}  // namespace

QStringList commonNumbers() {
    return {u"0"_s,   u"1"_s,    u"2"_s,   u"3"_s,   u"5"_s,      u"10"_s,      u"20"_s,      u"50"_s,
            u"100"_s, u"0.05"_s, u"0.2"_s, u"0.5"_s, u"500000"_s, u"1000000"_s, u"10000000"_s};
}

json::value scalarFromText(const QString& text) {
    const QString trimmed = text.trimmed();
    const auto value = parseJson(toUtf8(trimmed));
    if (value && !value->is_object() && !value->is_array()) return *value;
    return json::string(toUtf8(trimmed));
}

QString textFromScalar(const json::value& value) {
    if (!value.is_string()) return fromUtf8(toJson(value));
    const QString text = fromUtf8(value.get_string());
    const bool looksOtherwise = scalarFromText(text) != value;
    return looksOtherwise ? fromUtf8(toJson(value)) : text;
}

FieldEdit* makeFieldEdit(const Field& field, const Names& names, const Theme& theme, QWidget* parent) {
    switch (field.type) {
        case FieldType::Choice: return new ChoiceEdit{field, parent};
        case FieldType::Flag: return new FlagEdit{field, parent};
        case FieldType::Comparison: return new ComparisonEdit{theme, parent};
        case FieldType::Payload: return new PayloadEdit{theme, parent};
        case FieldType::Where: return new WhereEdit{names, theme, parent};
        default: return makeLine(field, names, theme, parent);
    }
}

}  // namespace dogwatch::gui::canvas
