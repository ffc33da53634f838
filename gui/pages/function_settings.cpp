#include "gui/pages/function_settings.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "core/model/runtimes.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QSpinBox* spin(int least, int most, const QString& suffix = {}, const QString& special = {}) {
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setSuffix(suffix);
    box->setSpecialValueText(special);
    return box;
}

QString lines(const json::object& function, std::string_view key) {
    const json::value* map = function.if_contains(key);
    QStringList lines;
    if (map != nullptr && map->is_object())
        for (const auto& member : map->get_object())
            if (member.value().is_string())
                lines.append(fromUtf8(member.key()) + u'=' + fromUtf8(member.value().get_string()));
    return lines.join(u'\n');
}

json::object pairs(const QPlainTextEdit* box) {
    json::object map;
    for (const QString& line : box->toPlainText().split(u'\n', Qt::SkipEmptyParts)) {
        const qsizetype equals = line.indexOf(u'=');
        const QString key = equals < 0 ? line.trimmed() : line.left(equals).trimmed();
        if (!key.isEmpty()) map[toUtf8(key)] = equals < 0 ? std::string{} : toUtf8(line.mid(equals + 1));
    }
    return map;
}

QPlainTextEdit* pairsBox() {
    auto* box = new QPlainTextEdit;
    box->setPlaceholderText(u"NAME=value"_s);
    box->setFont(Theme::codeFont());
    box->setTabChangesFocus(true);
    box->setFixedHeight(72);
    return box;
}

}  // namespace

FunctionSettings::FunctionSettings(const Theme& theme, QWidget* parent)
    : QWidget(parent),
      runtime_(new QComboBox),
      handler_(new QLineEdit),
      memory_(spin(16, 4096, tr(" MiB"))),
      timeout_(new QLineEdit),
      concurrency_(spin(0, 1000, {}, tr("no limit"))),
      retries_(spin(0, 100, {}, tr("none"))),
      schedule_(new QLineEdit),
      timezone_(new QLineEdit),
      environment_(pairsBox()),
      tags_(pairsBox()) {
    (void)theme;
    for (const char* runtime : kRuntimes) runtime_->addItem(QString::fromLatin1(runtime));
    handler_->setPlaceholderText(u"main.handler"_s);
    schedule_->setPlaceholderText(tr("none; e.g. */5 * * * *"));
    timezone_->setPlaceholderText(u"UTC"_s);

    auto* body = new QWidget;
    body->setObjectName(u"scrolled"_s);
    auto* form = new QFormLayout{body};
    form->setContentsMargins(2, kGap, kGap, kGap);
    form->setHorizontalSpacing(kGap);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    addRow(form, tr("Runtime"), u"runtime"_s, runtime_, {});
    addRow(form, tr("Handler"), u"handler"_s, handler_, tr("module.function; the file is the module “main”"));
    addRow(form, tr("Memory"), u"memory"_s, memory_, {});
    addRow(form, tr("Timeout"), u"timeout"_s, timeout_, tr("wall time, such as 30s or 5m"));
    addRow(form, tr("At once"), u"concurrency"_s, concurrency_, {});
    addRow(form, tr("Retries"), u"retries"_s, retries_, tr("further attempts after a failed one"));
    addRow(form, tr("Schedule"), u"schedule"_s, schedule_,
           tr("cron: minute hour day month weekday; six fields begin with seconds"));
    addRow(form, tr("Time zone"), u"timezone"_s, timezone_, {});
    addRow(form, tr("Environment"), u"env"_s, environment_, {});
    addRow(form, tr("Tags"), u"tags"_s, tags_, {});

    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus, and scrolls into view
    scroll->setWidgetResizable(true);
    scroll->setWidget(body);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->addWidget(scroll);

    const auto told = [this] {
        if (!filling_) Q_EMIT changed();
    };
    connect(runtime_, &QComboBox::currentTextChanged, this, told);
    for (QLineEdit* field : {handler_, timeout_, schedule_, timezone_})
        connect(field, &QLineEdit::textChanged, this, told);
    for (QSpinBox* field : {memory_, concurrency_, retries_})
        connect(field, &QSpinBox::valueChanged, this, told);
    for (QPlainTextEdit* field : {environment_, tags_})
        connect(field, &QPlainTextEdit::textChanged, this, told);
}

void FunctionSettings::addRow(QFormLayout* form, const QString& title, const QString& member, QWidget* field,
                              const QString& hint) {
    field->setObjectName(member);
    field->setAccessibleName(title);
    field->setMaximumWidth(420);
    auto* cell = new QVBoxLayout;
    cell->setSpacing(2);
    cell->addWidget(field);
    auto* note = caption(hint);
    note->setMaximumWidth(420);
    note->setVisible(!hint.isEmpty());
    note->setProperty("hint", hint);
    cell->addWidget(note);
    auto* label = new QLabel{title};
    label->setBuddy(field);
    form->addRow(label, cell);
    fields_[member] = field;
    hints_[member] = note;
}

void FunctionSettings::set(const json::object& function) {
    filling_ = true;
    const auto text = [&](std::string_view key) { return fromUtf8(stringMember(function, key)); };
    const QString runtime = text("runtime");
    if (runtime_->findText(runtime) < 0 && !runtime.isEmpty()) runtime_->addItem(runtime);
    runtime_->setCurrentText(runtime);
    handler_->setText(text("handler"));
    memory_->setValue(static_cast<int>(intMember(function, "memory", 128)));
    timeout_->setText(function.contains("timeout") ? text("timeout") : u"30s"_s);
    concurrency_->setValue(static_cast<int>(intMember(function, "concurrency")));
    retries_->setValue(static_cast<int>(intMember(function, "retries")));
    schedule_->setText(text("schedule"));
    timezone_->setText(text("timezone"));
    environment_->setPlainText(lines(function, "env"));
    tags_->setPlainText(lines(function, "tags"));
    filling_ = false;
    showFault(nullptr);
}

json::object FunctionSettings::get() const {
    json::object function{{"runtime", toUtf8(runtime_->currentText())},
                          {"handler", toUtf8(handler_->text().trimmed())},
                          {"memory", memory_->value()},
                          {"timeout", toUtf8(timeout_->text().trimmed())},
                          {"concurrency", concurrency_->value()},
                          {"retries", retries_->value()},
                          {"schedule", toUtf8(schedule_->text().trimmed())},
                          {"env", pairs(environment_)},
                          {"tags", pairs(tags_)}};
    const QString zone = timezone_->text().trimmed();
    function["timezone"] = zone.isEmpty() ? std::string{"UTC"} : toUtf8(zone);
    return function;
}

QString FunctionSettings::runtime() const {
    return runtime_->currentText();
}

bool FunctionSettings::showFault(const Error* error) {
    const QString member = error == nullptr ? QString{} : fromUtf8(error->path).section(u'.', 0, 0);
    for (auto field = fields_.cbegin(); field != fields_.cend(); ++field) {
        const bool faulty = field.key() == member;
        const QString text = faulty ? faultMessage(*error) : QString{};
        markField(field.value(), text);
        QLabel* note = hints_.value(field.key());
        const QString hint = note->property("hint").toString();
        note->setObjectName(faulty ? u"fault"_s : u"caption"_s);
        note->setText(faulty ? text : hint);
        note->setVisible(faulty || !hint.isEmpty());
        note->setStyleSheet(note->styleSheet());  // takes the colour of its new name
    }
    return fields_.contains(member);
}

}  // namespace dogwatch::gui
