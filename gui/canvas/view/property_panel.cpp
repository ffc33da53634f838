#include "gui/canvas/view/property_panel.h"

#include <QLabel>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

}  // namespace

PropertyPanel::PropertyPanel(GraphModel& model, Selection& selection, const Names& names, const Theme& theme,
                             QWidget* parent)
    : QScrollArea(parent), model_(model), selection_(selection), names_(names), theme_(theme) {
    setObjectName(u"properties"_s);
    setAccessibleName(tr("Properties of what is chosen"));
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    connect(&selection, &Selection::changed, this, &PropertyPanel::show);
    connect(&selection, &Selection::fieldAsked, this, &PropertyPanel::focusField);
    connect(&model, &GraphModel::judged, this, &PropertyPanel::show);
    show();
}

std::vector<NodeId> PropertyPanel::sourcesOf(NodeId id) const {
    std::vector<NodeId> sources;
    const Node* node = model_.graph().find(id);
    if (node == nullptr) return sources;
    for (const auto& parts : node->sockets)
        for (const NodeId part : parts) {
            const Node* source = model_.graph().find(part);
            const bool isNew = std::find(sources.begin(), sources.end(), part) == sources.end();
            if (source != nullptr && source->kind->role == Role::Source && isNew) sources.push_back(part);
        }
    return sources;
}

void PropertyPanel::show() {
    const NodeId id = selection_.single();
    std::vector<NodeId> wanted;
    std::vector<const NodeKind*> kinds;
    if (model_.graph().find(id) != nullptr) {
        wanted.push_back(id);
        for (const NodeId source : sourcesOf(id)) wanted.push_back(source);
    }
    for (const NodeId node : wanted) kinds.push_back(model_.graph().find(node)->kind);
    if (wanted != shown_ || kinds != kinds_ || body_ == nullptr) {
        shown_ = wanted;
        kinds_ = kinds;
        rebuild(wanted.empty() ? 0 : id);
    }
    refresh();
}

QLabel* PropertyPanel::labelFor(QWidget* buddy, const QString& title) {
    QString text = title;
    for (qsizetype i = 0; i < title.size(); ++i) {
        const QChar letter = title[i].toLower();
        if (!letter.isLetter() || mnemonics_.contains(letter)) continue;
        mnemonics_ += letter;
        text.insert(i, u'&');
        break;
    }
    auto* label = new QLabel{text};
    label->setObjectName(u"caption"_s);
    label->setBuddy(buddy);
    return label;
}

void PropertyPanel::rebuild(NodeId id) {
    rows_.clear();
    steps_.clear();
    words_ = nullptr;
    mnemonics_ = u"s"_s;  // Alt+S is for applying
    body_ = new QWidget;
    body_->setObjectName(u"scrolled"_s);
    layout_ = new QVBoxLayout{body_};
    layout_->setContentsMargins(2, 2, 8, 8);
    layout_->setSpacing(3);
    if (id == 0) {
        addNothing();
    } else {
        const Node& node = *model_.graph().find(id);
        addSection(id, tableText(node.kind->title));
        for (const NodeId source : sourcesOf(id)) {
            QString title;
            for (std::size_t s = 0; s < node.sockets.size(); ++s)
                for (std::size_t i = 0; i < node.sockets[s].size(); ++i)
                    if (node.sockets[s][i] == source && title.isEmpty())
                        title = node.kind->sockets[s].steps ? tr("Step %1").arg(i + 1)
                                                            : tableText(node.kind->sockets[s].title);
            title[0] = title[0].toUpper();
            layout_->addSpacing(10);
            addSection(source, title);
        }
    }
    layout_->addStretch();
    if (QWidget* old = takeWidget()) old->deleteLater();  // it may be the one that is being clicked
    setWidget(body_);
}

void PropertyPanel::addNothing() {
    layout_->addWidget(
        sectionTitle(selection_.nodes().size() > 1 ? tr("Several chosen") : tr("Nothing chosen")));
    auto* hint =
        caption(tr("Choose a part of the drawing, or a phrase of the sentence, to change it here.\n\n"
                   "Add parts from the left: drag them, double-click, or press Enter. Connect them by "
                   "dragging from the dot at the edge of one to a dot of another; only what fits "
                   "lights up."));
    layout_->addWidget(hint);
}

void PropertyPanel::addSection(NodeId id, const QString& title) {
    const NodeKind& kind = *model_.graph().find(id)->kind;
    auto* head = new QHBoxLayout;
    head->addWidget(sectionTitle(title), 1);
    if (kind.role != Role::Firing) {
        auto* remove = new QToolButton;
        remove->setIcon(theme_.icon(u"trash"_s));
        remove->setAutoRaise(true);
        remove->setToolTip(tr("Remove “%1”").arg(title));
        remove->setAccessibleName(remove->toolTip());
        remove->setFocusPolicy(Qt::StrongFocus);
        remove->setObjectName(u"remove-%1"_s.arg(fromUtf8(kind.key)));
        connect(
            remove, &QToolButton::clicked, this, [this, id] { model_.remove({id}); }, Qt::QueuedConnection);
        head->addWidget(remove);
    }
    layout_->addLayout(head);
    if (id == shown_.front()) {
        words_ = caption(tableText(kind.help));
        layout_->addWidget(words_);
    }
    layout_->addSpacing(4);
    if (!kind.sockets.empty() && kind.sockets.front().steps) {
        auto* steps = new StepsEdit{model_, id, theme_};
        steps_.push_back(steps);
        layout_->addWidget(steps);
    }
    for (const Field& field : kind.fields) addRow(id, field);
}

void PropertyPanel::addRow(NodeId id, const Field& field) {
    auto* edit = makeFieldEdit(field, names_, theme_, body_);
    const QString title = tableText(field.title);
    const bool saysItself = field.type == FieldType::Flag;
    QWidget* inner = edit->focusProxy();
    while (inner != nullptr && inner->focusProxy() != nullptr) inner = inner->focusProxy();
    if (inner != nullptr) {
        inner->setObjectName(
            u"field-%1-%2"_s.arg(fromUtf8(model_.graph().find(id)->kind->key), fromUtf8(field.key)));
        if (field.type != FieldType::Where) inner->setAccessibleName(title);
        inner->setAccessibleDescription(tableText(field.help));
    }
    edit->setToolTip(tableText(field.help));
    if (!saysItself) layout_->addWidget(labelFor(edit, title));
    layout_->addWidget(edit);
    auto* message = caption({});
    message->hide();
    layout_->addWidget(message);
    layout_->addSpacing(5);
    rows_.push_back({id, &field, edit, message});
    connect(edit, &FieldEdit::edited, this,
            [this, id, key = field.key](const FieldJson& value) { model_.setField(id, key, value); });
}

void PropertyPanel::refresh() {
    const auto issues = model_.issues();
    for (const Row& row : rows_) {
        const Node* node = model_.graph().find(row.node);
        if (node == nullptr) continue;
        row.edit->show(fieldValue(*node, row.field->key));
        const auto found = std::find_if(issues.begin(), issues.end(), [&row](const Issue& issue) {
            return issue.node == row.node && issue.field == row.field->key;
        });
        const bool faulty = found != issues.end();
        const QString text = faulty ? found->text : row.edit->meaning();
        const QString name = !faulty                             ? u"caption"_s
                             : found->kind == Issue::Kind::Fault ? u"fault"_s
                                                                 : u"warningText"_s;
        if (row.message->objectName() != name) {
            row.message->setObjectName(name);
            row.message->setStyleSheet({});  // polishes by the new name
            row.message->style()->unpolish(row.message);
            row.message->style()->polish(row.message);
        }
        row.message->setText(text);
        row.message->setVisible(!text.isEmpty());
        markField(row.edit->marked(), faulty && found->kind == Issue::Kind::Fault ? found->text : QString());
        if (!faulty && row.edit->marked() != row.edit)
            row.edit->marked()->setToolTip(tableText(row.field->help));
    }
    for (StepsEdit* steps : steps_) steps->refresh();
}

void PropertyPanel::focusField(const QString& key) {
    for (const Row& row : rows_) {
        if (!key.isEmpty() && fromUtf8(row.field->key) != key) continue;
        ensureWidgetVisible(row.edit);
        row.edit->setFocus(Qt::ShortcutFocusReason);
        return;
    }
}

}  // namespace dogwatch::gui::canvas
