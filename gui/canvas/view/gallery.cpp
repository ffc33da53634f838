#include "gui/canvas/view/gallery.h"

#include <QFormLayout>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "core/model/sentence.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr int kColumns = 3;

QString asSentence(QString words) {
    if (!words.isEmpty()) words[0] = words[0].toUpper();
    return words + u'.';
}

constexpr std::string_view kProposalPicture = "o-o-o-o--.--!";

}  // namespace

Gallery::Gallery(const Names& names, const Theme& theme, QWidget* parent)
    : QWidget(parent),
      names_(names),
      theme_(theme),
      grid_(new QGridLayout),
      title_(sectionTitle({})),
      about_(caption({})),
      formPlace_(new QVBoxLayout),
      sentence_(new QLabel),
      fault_(faultLabel()),
      finish_(primaryButton(theme, u"arrow"_s, tr("Draw it"), tr("Show it on the canvas"))),
      draft_(button(theme, u"edit"_s, tr("Continue the draft"), tr("What was drawn last and not applied"))) {
    setObjectName(u"gallery"_s);
    finish_->setObjectName(u"galleryFinish"_s);
    sentence_->setObjectName(u"sentence"_s);
    sentence_->setWordWrap(true);
    auto* head = new QHBoxLayout;
    head->setSpacing(kSmallGap);
    auto* back = button(theme, u"cross"_s, tr("Cancel"));
    auto* empty = button(theme, u"plus"_s, tr("Empty canvas"), tr("Begin with nothing"));
    empty->setObjectName(u"emptyCanvas"_s);
    head->addWidget(pageTitle(tr("What shall be watched?")), 1);
    head->addWidget(back);
    head->addWidget(draft_);
    head->addWidget(empty);

    auto* cards = new QWidget;
    cards->setObjectName(u"scrolled"_s);
    auto* cardsLayout = new QVBoxLayout{cards};
    cardsLayout->setContentsMargins(0, 0, 6, 6);
    grid_->setSpacing(10);
    cardsLayout->addLayout(grid_);
    cardsLayout->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setFocusPolicy(Qt::NoFocus);  // what is in it takes the focus, and scrolls into view
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(cards);

    auto* side = new Card{{}};
    side->setFixedWidth(300);
    title_->setWordWrap(true);
    side->content()->addWidget(title_);
    side->content()->addWidget(about_);
    side->content()->addLayout(formPlace_);
    side->content()->addSpacing(4);
    side->content()->addWidget(sentence_);
    side->content()->addWidget(fault_);
    side->content()->addStretch();
    side->content()->addWidget(finish_);

    auto* row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(scroll, 1);
    row->addWidget(side);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(kGap);
    layout->addLayout(head);
    layout->addLayout(row, 1);
    draft_->hide();
    connect(back, &QPushButton::clicked, this, &Gallery::cancelled);
    connect(empty, &QPushButton::clicked, this, &Gallery::emptyChosen);
    connect(draft_, &QPushButton::clicked, this, &Gallery::draftChosen);
    connect(finish_, &QPushButton::clicked, this, &Gallery::finish);
}

void Gallery::setHasDraft(bool has) {
    draft_->setVisible(has);
}

void Gallery::open(const QString& function, std::vector<Proposal> proposals) {
    proposals_ = std::move(proposals);
    values_.clear();
    if (!function.isEmpty()) values_.insert(u"function"_s, function);
    addCards();
    choose(0);
}

void Gallery::addCards() {
    qDeleteAll(cards_);
    cards_.clear();
    const auto add = [this](std::string_view picture, const QString& title, const QString& sentence,
                            const QString& name) {
        auto* card = new GalleryCard{theme_, picture, title, sentence};
        card->setObjectName(name);
        const int index = static_cast<int>(cards_.size());
        grid_->addWidget(card, index / kColumns, index % kColumns);
        connect(card, &QAbstractButton::clicked, this, [this, index] {
            choose(index);
            if (form_->nextInFocusChain() != nullptr) form_->nextInFocusChain()->setFocus(Qt::TabFocusReason);
        });
        cards_.push_back(card);
    };
    for (const Proposal& proposal : proposals_)
        add(kProposalPicture, proposal.title, proposal.reason, u"proposal-%1"_s.arg(cards_.size()));
    for (const Template& made : templates())
        add(made.picture, tableText(made.title), tableText(made.sentence),
            u"template-%1"_s.arg(fromUtf8(made.key)));
}

void Gallery::choose(int index) {
    chosen_ = index;
    cards_[static_cast<std::size_t>(index)]->setChecked(true);
    showForm();
}

QLineEdit* Gallery::addField(const TemplateField& field) {
    std::function<QStringList()> words;
    if (field.type == TemplateField::Type::Function) words = names_.functions;
    if (field.type == TemplateField::Type::Metaevent) words = names_.metaevents;
    if (field.type == TemplateField::Type::Path) words = names_.paths;
    QLineEdit* line = words ? new SuggestField{words, theme_} : new QLineEdit;
    const QString key = fromUtf8(field.key);
    line->setObjectName(u"template-field-%1"_s.arg(key));
    line->setAccessibleName(tableText(field.title));
    line->setText(values_.value(key, fromUtf8(field.initial)));
    if (!field.required) line->setPlaceholderText(tr("nothing; only note it"));
    if (field.type == TemplateField::Type::Function && field.required)
        line->setPlaceholderText(tr("a function"));
    fields_.insert(key, line);
    connect(line, &QLineEdit::textChanged, this, &Gallery::check);
    connect(line, &QLineEdit::returnPressed, this, &Gallery::finish);
    return line;
}

void Gallery::showForm() {
    delete form_;
    fields_.clear();
    form_ = new QWidget;
    auto* form = new QVBoxLayout{form_};
    form->setContentsMargins({});
    form->setSpacing(3);
    const auto addLabelled = [&](const TemplateField& field) {
        QLineEdit* line = addField(field);
        auto* label = caption(tableText(field.title));
        label->setBuddy(line);
        form->addWidget(label);
        form->addWidget(line);
        form->addSpacing(3);
    };
    const auto index = static_cast<std::size_t>(chosen_);
    if (index < proposals_.size()) {
        title_->setText(proposals_[index].title);
        about_->setText(proposals_[index].reason);
        addLabelled({.key = "job",
                     .title = QT_TRANSLATE_NOOP("Kinds", "then run"),
                     .initial = "",
                     .required = false});
    } else {
        const Template& made = templates()[index - proposals_.size()];
        title_->setText(tableText(made.title));
        about_->setText(tableText(made.sentence));
        for (const TemplateField& field : made.fields) addLabelled(field);
    }
    formPlace_->addWidget(form_);
    check();
}

Result<json::object> Gallery::definition() const {
    TemplateValues values;
    for (auto it = fields_.begin(); it != fields_.end(); ++it) values.insert(it.key(), it.value()->text());
    const auto index = static_cast<std::size_t>(chosen_);
    const QStringList taken = names_.metaevents ? names_.metaevents() : QStringList{};
    if (index >= proposals_.size())
        return definitionFrom(templates()[index - proposals_.size()], values, taken);
    json::object made = proposals_[index].definition;
    const QString job = values.value(u"job"_s).trimmed();
    if (!job.isEmpty()) made["jobs"] = json::array{{{"run", toUtf8(job)}}};
    return made;
}

void Gallery::check() {
    for (auto it = fields_.begin(); it != fields_.end(); ++it) values_.insert(it.key(), it.value()->text());
    const auto made = definition();
    auto read =
        made ? metaeventFromJson(*made, {}, grammar()) : Result<Metaevent>{tl::unexpected(made.error())};
    if (read)  // what the jobs are given comes later, on the canvas
        for (Job& job : read->jobs) job.payload.reset();
    finish_->setEnabled(read.has_value());
    sentence_->setText(read ? asSentence(fromUtf8(sentenceOf(*read, grammar()).text())) : QString());
    for (QLineEdit* line : std::as_const(fields_)) markField(line, {});
    QString fault;
    if (!read) {
        QLineEdit* line = fields_.value(fromUtf8(read.error().path));
        const bool untouched = line != nullptr && line->text().isEmpty();
        if (line != nullptr && !untouched) markField(line, fromUtf8(read.error().message));
        fault = untouched ? QString() : tr("Expected %1.").arg(fromUtf8(read.error().message));
    }
    setFault(fault_, fault);
}

void Gallery::finish() {
    if (const auto made = definition(); made && finish_->isEnabled()) Q_EMIT chosen(*made);
}

}  // namespace dogwatch::gui::canvas
