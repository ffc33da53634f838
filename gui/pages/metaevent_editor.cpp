#include "gui/pages/metaevent_editor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QScrollArea>
#include <QShortcut>
#include <QTabWidget>
#include <QVBoxLayout>

#include "gui/models/json_place.h"
#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/function_field.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kFieldWidth = 440;

}  // namespace

MetaeventEditor::MetaeventEditor(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      title_(pageTitle({})),
      sentence_(new QLabel),
      fault_(faultLabel()),
      warnings_(caption({})),
      apply_(
          primaryButton(theme(), u"check"_s, tr("Apply"), tr("Let the control plane watch for it (Ctrl+S)"))),
      tabs_(new QTabWidget),
      formNote_(caption(tr("This definition says more than the form can show; edit it as JSON."))) {
    sentence_->setObjectName(u"sentence"_s);
    sentence_->setWordWrap(true);
    sentence_->setAccessibleName(tr("In plain words"));
    apply_->setObjectName(u"apply"_s);
    tabs_->setDocumentMode(true);
    tabs_->addTab(makeForm(), tr("Form"));
    tabs_->addTab(makeJson(), tr("JSON"));

    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    head->addWidget(title_, 1);
    auto* cancel = button(theme(), u"cross"_s, tr("Cancel"));
    head->addWidget(cancel);
    head->addWidget(apply_);
    auto* words = new Card{{}};
    words->content()->addWidget(sentence_);
    words->content()->addWidget(fault_);
    words->content()->addWidget(warnings_);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addLayout(head);
    layout->addWidget(words);
    layout->addWidget(tabs_, 1);

    checkTimer_.setSingleShot(true);
    checkTimer_.setInterval(200);
    connect(&checkTimer_, &QTimer::timeout, this, &MetaeventEditor::check);
    connect(cancel, &QPushButton::clicked, this, &MetaeventEditor::cancelled);
    connect(apply_, &QPushButton::clicked, this, &MetaeventEditor::apply);
    auto* shortcut = new QShortcut{QKeySequence{u"Ctrl+S"_s}, this};
    shortcut->setContext(Qt::WidgetWithChildrenShortcut);
    connect(shortcut, &QShortcut::activated, apply_, &QPushButton::click);
}

QWidget* MetaeventEditor::makeForm() {
    name_ = new QLineEdit;
    name_->setObjectName(u"metaeventName"_s);
    name_->setPlaceholderText(tr("such as backup-missed"));
    function_ = new FunctionField{session().functions(), u"watched"_s, tr("the function to watch")};
    what_ = new QComboBox;
    what_->addItems({tr("has not succeeded"), tr("has not run"), tr("has not failed")});
    duration_ = new QLineEdit;
    duration_->setObjectName(u"duration"_s);
    duration_->setPlaceholderText(tr("such as 5s, 10m, 24h"));
    fromFirst_ = new QCheckBox{tr("Only after it happened once")};
    job_ = new FunctionField{session().functions(), u"job"_s, tr("nothing; only note it in the journal")};
    payload_ = new JsonField{theme(), tr("Payload of the job")};
    payload_->setFixedHeight(96);
    cooldown_ = new QLineEdit;
    cooldown_->setPlaceholderText(tr("none"));
    repeat_ = new QLineEdit;
    repeat_->setPlaceholderText(tr("never"));

    formBody_ = new QWidget;
    formBody_->setObjectName(u"scrolled"_s);
    auto* form = new QFormLayout{formBody_};
    form->setContentsMargins(2, kGap, kGap, kGap);
    form->setHorizontalSpacing(kGap);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    const auto add = [form](const QString& title, QWidget* field) {
        field->setAccessibleName(title);
        field->setMaximumWidth(kFieldWidth);
        field->setSizePolicy(QSizePolicy::Expanding, field->sizePolicy().verticalPolicy());
        auto* label = new QLabel{title};
        label->setBuddy(field);
        form->addRow(label, field);
    };
    add(tr("Name"), name_);
    add(tr("When"), function_);
    add(tr("what"), what_);
    add(tr("for"), duration_);
    form->addRow(QString{}, fromFirst_);
    add(tr("then run"), job_);
    add(tr("with payload"), payload_);
    auto* note =
        caption(tr("JSON; {{ metaevent }}, {{ time }} and {{ evidence.0.execution }} are filled in. "
                   "Empty: everything known about the firing."));
    note->setFixedWidth(kFieldWidth);
    form->addRow(QString{}, note);
    add(tr("Cooldown"), cooldown_);
    add(tr("Repeat every"), repeat_);

    for (QLineEdit* field : {name_, duration_, cooldown_, repeat_})
        connect(field, &QLineEdit::textChanged, this, &MetaeventEditor::onFormChanged);
    for (QComboBox* field : {function_, job_})
        connect(field, &QComboBox::editTextChanged, this, &MetaeventEditor::onFormChanged);
    connect(what_, &QComboBox::currentIndexChanged, this, &MetaeventEditor::onFormChanged);
    connect(fromFirst_, &QCheckBox::toggled, this, &MetaeventEditor::onFormChanged);
    connect(payload_, &JsonField::changed, this, &MetaeventEditor::onFormChanged);

    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(formBody_);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout{page};
    layout->setContentsMargins({});
    layout->addWidget(formNote_);
    layout->addWidget(scroll, 1);
    return page;
}

QWidget* MetaeventEditor::makeJson() {
    json_ = new JsonField{theme(), tr("Definition as JSON")};
    json_->editor()->setMarginWidth(0, u"000"_s);
    connect(json_, &JsonField::changed, this, &MetaeventEditor::onJsonChanged);
    return json_;
}

void MetaeventEditor::startNew(const QString& function) {
    AbsenceForm form;
    form.function = toUtf8(function);
    if (!function.isEmpty()) form.name = form.function + "-missed";
    title_->setText(tr("New metaevent"));
    definition_ = {};
    name_->setReadOnly(false);
    tabs_->setCurrentIndex(0);
    formNote_->hide();
    formBody_->setEnabled(true);
    fillForm(form);
    onFormChanged();
    name_->setFocus();
}

void MetaeventEditor::edit(const json::object& definition) {
    title_->setText(tr("Edit %1").arg(fromUtf8(stringMember(definition, "metaevent"))));
    name_->setReadOnly(true);
    definition_ = definition;
    const auto form = formFromDefinition(definition);
    formNote_->setVisible(!form);
    formBody_->setEnabled(form.has_value());
    fillForm(form.value_or(AbsenceForm{}));
    tabs_->setCurrentIndex(form ? 0 : 1);
    filling_ = true;
    json_->setText(fromUtf8(toPrettyJson(definition)));
    filling_ = false;
    sentence_->clear();
    check();
}

void MetaeventEditor::fillForm(const AbsenceForm& form) {
    filling_ = true;
    name_->setText(fromUtf8(form.name));
    function_->setEditText(fromUtf8(form.function));
    what_->setCurrentIndex(static_cast<int>(form.what));
    duration_->setText(fromUtf8(form.duration));
    fromFirst_->setChecked(form.fromFirst);
    job_->setEditText(fromUtf8(form.job));
    payload_->setText(fromUtf8(form.payload));
    cooldown_->setText(fromUtf8(form.cooldown));
    repeat_->setText(fromUtf8(form.repeat));
    filling_ = false;
}

AbsenceForm MetaeventEditor::readForm() const {
    const auto text = [](const QLineEdit* field) { return toUtf8(field->text().trimmed()); };
    return {.name = text(name_),
            .function = toUtf8(function_->currentText().trimmed()),
            .what = static_cast<AbsenceForm::What>(what_->currentIndex()),
            .duration = text(duration_),
            .job = toUtf8(job_->currentText().trimmed()),
            .payload = toUtf8(payload_->text().trimmed()),
            .cooldown = text(cooldown_),
            .repeat = text(repeat_),
            .fromFirst = fromFirst_->isChecked()};
}

void MetaeventEditor::onFormChanged() {
    if (filling_) return;
    const AbsenceForm form = readForm();
    sentence_->setText(fromUtf8(formSentence(form)));
    auto made = definitionFromForm(form, definition_);
    if (!made) {
        valid_ = false;
        showFault(&made.error());
        return;
    }
    setDefinition(*made);
    filling_ = true;
    json_->setText(fromUtf8(toPrettyJson(definition_)));
    filling_ = false;
}

void MetaeventEditor::onJsonChanged() {
    if (filling_) return;
    const auto parsed = json_->value();
    if (!parsed || !parsed->is_object()) {
        valid_ = false;
        apply_->setEnabled(false);
        return;
    }
    setDefinition(parsed->get_object());
    const auto form = formFromDefinition(definition_);
    formNote_->setVisible(!form);
    formBody_->setEnabled(form.has_value());
    if (form) fillForm(*form);
}

void MetaeventEditor::setDefinition(const json::object& definition) {
    definition_ = definition;
    valid_ = true;
    showFault(nullptr);
    checkTimer_.start();
}

void MetaeventEditor::check() {
    const int ordinal = ++ordinal_;
    session().call("metaevents.check", {{"definitions", definition_}}, this,
                   [this, ordinal](const Result<json::value>& reply) {
                       if (ordinal == ordinal_) showChecked(reply);
                   });
}

void MetaeventEditor::showChecked(const Result<json::value>& reply) {
    if (!reply) {
        valid_ = false;
        showFault(&reply.error());
        return;
    }
    valid_ = true;
    showFault(nullptr);
    if (!reply->is_object()) return;
    const auto texts = [&](std::string_view key) {
        QStringList texts;
        const json::value* list = reply->get_object().if_contains(key);
        if (list != nullptr && list->is_array())
            for (const json::value& text : list->get_array())
                if (text.is_string()) texts.append(fromUtf8(text.get_string()));
        return texts;
    };
    if (const QStringList sentences = texts("sentences"); !sentences.isEmpty())
        sentence_->setText(sentences.join(u'\n'));
    const QStringList warnings = texts("warnings");
    warnings_->setText(warnings.join(u'\n'));
    warnings_->setVisible(!warnings.isEmpty());
}

void MetaeventEditor::showFault(const Error* error) {
    const QString path = error == nullptr ? QString{} : fromUtf8(error->path);
    const QString message = error == nullptr ? QString{} : fromUtf8(error->message);
    const auto mark = [&](QWidget* field, const QString& at) {
        markField(field, !path.isEmpty() && path.startsWith(at) ? message : QString{});
    };
    mark(name_, u"metaevent"_s);
    mark(function_, u"when.absent"_s);
    mark(duration_, u"when.for"_s);
    mark(job_, u"jobs.0.run"_s);
    mark(cooldown_, u"fire.cooldown"_s);
    mark(repeat_, u"fire.repeat"_s);
    setFault(fault_, error == nullptr ? QString{} : fromUtf8(error->text()));
    json_->editor()->markLine(
        error == nullptr || path.isEmpty() ? 0 : lineOfPath(toUtf8(json_->text()), error->path), message);
    if (error != nullptr) warnings_->hide();
    apply_->setEnabled(error == nullptr && valid_);
}

void MetaeventEditor::apply() {
    if (!valid_) return;
    apply_->setEnabled(false);
    const QString name = fromUtf8(stringMember(definition_, "metaevent"));
    session().call("metaevents.apply", {{"definitions", definition_}}, this,
                   [this, name](const Result<json::value>& reply) {
                       apply_->setEnabled(true);
                       if (!reply) return showFault(&reply.error());
                       session().refreshMetaevents();
                       Q_EMIT applied(name);
                   });
}

}  // namespace dogwatch::gui
