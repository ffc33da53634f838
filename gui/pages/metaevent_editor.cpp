#include "gui/pages/metaevent_editor.h"

#include <QAction>
#include <QApplication>
#include <QButtonGroup>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "gui/bench/view/history_bench.h"
#include "gui/canvas/model/changes.h"
#include "gui/canvas/model/graph_text.h"
#include "gui/canvas/view/canvas_view.h"
#include "gui/canvas/view/gallery.h"
#include "gui/canvas/view/issue_list.h"
#include "gui/canvas/view/live.h"
#include "gui/canvas/view/outline_view.h"
#include "gui/canvas/view/palette.h"
#include "gui/canvas/view/property_panel.h"
#include "gui/canvas/view/sentence_view.h"
#include "gui/models/json_place.h"
#include "gui/models/text.h"
#include "gui/pages/known_names.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using canvas::Graph;

enum EditorStack { Start, Desk };

}  // namespace

MetaeventEditor::MetaeventEditor(const Workbench& bench, QWidget* parent)
    : Page(bench, parent),
      names_(namesOf(bench.session)),
      store_(fromUtf8(bench.session.dataDir())),
      live_(bench.session),
      stack_(new QStackedWidget),
      gallery_(new canvas::Gallery{names_, bench.theme}) {
    stack_->addWidget(gallery_);
    names_.descriptions = [this] { return QStringList{fromUtf8(model_.diagnosis().sentence.text())}; };
    stack_->addWidget(makeDesk());
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->addWidget(stack_);
    checker_ = new canvas::Checker{model_, [this] { return surroundingsOf(session()); }, this};
    keeping_.setSingleShot(true);
    keeping_.setInterval(400ms);
    clock_.setInterval(250ms);
    connectViews();
    makeShortcuts();
    showJudged();
}

QWidget* MetaeventEditor::makeHead() {
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins({});
    layout->setSpacing(kSmallGap);
    auto* back = button(theme(), u"cross"_s, {}, tr("Close; the draft is kept"));
    back->setObjectName(u"closeEditor"_s);
    connect(back, &QPushButton::clicked, this, &MetaeventEditor::leave);
    name_ = new QLineEdit;
    name_->setObjectName(u"metaeventName"_s);
    name_->setAccessibleName(tr("Name of the metaevent"));
    name_->setPlaceholderText(tr("name, such as backup-missed"));
    name_->setMinimumWidth(90);
    name_->setSizePolicy(QSizePolicy::Ignored,
                         QSizePolicy::Fixed);  // what is left, once the buttons have their words
    name_->setMaximumWidth(280);
    state_ = caption({});
    state_->setWordWrap(false);
    state_->setObjectName(u"draftState"_s);
    layout->addWidget(back);
    keys_ = new QComboBox;
    keys_->setObjectName(u"liveKey"_s);
    keys_->setAccessibleName(tr("Partition that is shown"));
    keys_->hide();
    layout->addWidget(name_, 1);
    layout->addWidget(state_);
    layout->addWidget(keys_);
    layout->addStretch(1);

    const auto undoButton = [&](const QString& icon, QAction* action, const QString& name) {
        auto* made = button(theme(), icon, {}, name);
        made->setObjectName(name.toLower() + u"Button"_s);
        made->setEnabled(action->isEnabled());
        connect(made, &QPushButton::clicked, action, &QAction::trigger);
        connect(action, &QAction::changed, made, [made, action, name] {
            made->setEnabled(action->isEnabled());
            made->setToolTip(action->text().isEmpty() ? name : action->text());
        });
        layout->addWidget(made);
    };
    undoButton(u"undo"_s, model_.undoStack().createUndoAction(this, tr("Undo")), tr("Undo"));
    undoButton(u"redo"_s, model_.undoStack().createRedoAction(this, tr("Redo")), tr("Redo"));

    views_ = new QButtonGroup{this};
    const std::pair<QString, QString> views[] = {
        {tr("Canvas"), tr("Draw it (Alt+1)")},
        {tr("Outline"), tr("The same as a tree, for the keyboard (Alt+2)")},
        {tr("JSON"), tr("The same as text (Alt+3)")}};
    for (const auto& [text, hint] : views) {
        auto* made = new QPushButton{text};
        made->setCheckable(true);
        made->setToolTip(hint);
        made->setObjectName(u"view-%1"_s.arg(text));
        views_->addButton(made, static_cast<int>(views_->buttons().size()));
        layout->addWidget(made);
    }
    revert_ = button(theme(), u"refresh"_s, tr("Revert"), tr("Back to what is applied"));
    revert_->setObjectName(u"revert"_s);
    apply_ =
        primaryButton(theme(), u"check"_s, tr("Apply"), tr("Let the control plane watch for it (Ctrl+S)"));
    apply_->setObjectName(u"apply"_s);
    try_ = button(theme(), u"play"_s, {}, tr("Run a job by hand, with the payload it would get"));
    try_->setObjectName(u"runDraftJobs"_s);
    try_->setAccessibleName(tr("Run jobs by hand"));
    connect(try_, &QPushButton::clicked, this, &MetaeventEditor::tryJobs);
    layout->addWidget(try_);
    layout->addWidget(revert_);
    layout->addWidget(apply_);
    return head;
}

QWidget* MetaeventEditor::makeMiddle() {
    palette_ = new canvas::Palette{theme()};
    palette_->setMinimumWidth(150);
    canvas_ = new canvas::CanvasView{model_, selection_, theme()};
    outline_ = new canvas::OutlineView{model_, selection_, theme()};
    json_ = new JsonField{theme(), tr("Definition as JSON")};
    json_->editor()->setMarginWidth(0, u"000"_s);
    viewStack_ = new QStackedWidget;
    viewStack_->addWidget(framed(canvas_));
    viewStack_->addWidget(outline_);
    viewStack_->addWidget(json_);
    panel_ = new canvas::PropertyPanel{model_, selection_, names_, theme()};
    panel_->setMinimumWidth(210);

    auto* split = new QSplitter;
    split->setObjectName(u"drawingSplitter"_s);
    split->setHandleWidth(kGap);
    split->addWidget(palette_);
    split->addWidget(viewStack_);
    split->addWidget(panel_);
    split->setCollapsible(1, false);
    split->setStretchFactor(1, 1);
    split->setSizes({175, 700, 250});
    return split;
}

QWidget* MetaeventEditor::makeDesk() {
    auto* desk = new QWidget;
    auto* words = new Card{{}};
    words->content()->setContentsMargins(kGap, 8, kGap, 8);
    sentence_ = new canvas::SentenceView{model_, selection_, theme()};
    words->content()->addWidget(sentence_);
    momentBar_ = caption({});
    momentBar_->setObjectName(u"momentBar"_s);
    momentBar_->hide();
    words->content()->addWidget(momentBar_);
    makeBench();
    benchSplit_ = new QSplitter{Qt::Vertical};
    benchSplit_->setObjectName(u"benchSplitter"_s);
    benchSplit_->setHandleWidth(8);
    benchSplit_->setChildrenCollapsible(false);
    benchSplit_->addWidget(makeMiddle());
    benchSplit_->addWidget(bench_);
    benchSplit_->setStretchFactor(0, 1);
    fault_ = faultLabel();
    auto* layout = new QVBoxLayout{desk};
    layout->setContentsMargins({});
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(words);
    layout->addWidget(fault_);
    layout->addWidget(benchSplit_, 1);
    layout->addWidget(new canvas::IssueList{model_, selection_, theme()});
    fitBench(false);
    connect(sentence_, &canvas::SentenceView::phraseHovered, this, [this](canvas::NodeId id) {
        if (const auto* item = canvas_->canvas().item(id))
            canvas_->ensureVisible(item->sceneBoundingRect(), 12, 12);
    });
    return desk;
}

void MetaeventEditor::connectViews() {
    connect(gallery_, &canvas::Gallery::chosen, this, &MetaeventEditor::beginWith);
    connect(gallery_, &canvas::Gallery::emptyChosen, this, [this] {
        open(Graph{}, std::nullopt);
        name_->setFocus();
    });
    connect(gallery_, &canvas::Gallery::draftChosen, this, &MetaeventEditor::takeUpDraft);
    connect(gallery_, &canvas::Gallery::cancelled, this, &MetaeventEditor::cancelled);

    connect(views_, &QButtonGroup::idClicked, this, [this](int view) { showView(static_cast<View>(view)); });
    views_->button(Canvas)->setChecked(true);
    connect(palette_, &canvas::Palette::kindChosen, this,
            [this](const canvas::NodeKind* kind) { addKind(*kind, std::nullopt); });
    connect(canvas_, &canvas::CanvasView::addAsked, this, &MetaeventEditor::quickAdd);
    connect(outline_, &canvas::OutlineView::addAsked, this, [this] { quickAdd(std::nullopt); });
    connect(canvas_, &canvas::CanvasView::nodeOpened, this, [this](canvas::NodeId id) {
        selection_.choose(id);
        panel_->focusField();
    });
    connect(canvas_, &canvas::CanvasView::complained, this,
            [this](const QString& text) { setFault(fault_, text); });
    connect(outline_, &canvas::OutlineView::copyAsked, canvas_, &canvas::CanvasView::copySelected);
    connect(outline_, &canvas::OutlineView::cutAsked, canvas_, &canvas::CanvasView::cutSelected);
    connect(outline_, &canvas::OutlineView::pasteAsked, canvas_, &canvas::CanvasView::paste);
    connect(outline_, &canvas::OutlineView::connectAsked, this, [this](QPoint at) {
        auto* menu = canvas_->connectMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->popup(at);
        if (!menu->isEmpty()) menu->setActiveAction(menu->actions().front());
    });

    connect(name_, &QLineEdit::textEdited, this, [this](const QString& text) {
        model_.setField(model_.graph().root().id, "metaevent",
                        json::value(json::string(toUtf8(text.trimmed()))));
    });
    connect(&model_, &canvas::GraphModel::judged, this, &MetaeventEditor::showJudged);
    connect(&model_, &canvas::GraphModel::changed, &keeping_, qOverload<>(&QTimer::start));
    connect(&model_, &canvas::GraphModel::changed, this, [this] { setFault(fault_, {}); });
    connect(&keeping_, &QTimer::timeout, this, &MetaeventEditor::keep);
    connect(json_, &JsonField::changed, this, &MetaeventEditor::takeJson);
    connect(revert_, &QPushButton::clicked, &model_, &canvas::GraphModel::revert);
    connect(apply_, &QPushButton::clicked, this, &MetaeventEditor::askToApply);
    connect(&live_, &LiveTruth::explained, this, [this](const json::object& reply) {
        explained_ = reply;
        history_.note(reply, wallClock());
        showKeys(reply);
        showLive(reply);
    });
    connect(&clock_, &QTimer::timeout, this, [this] { showLive(explained_); });
    connect(keys_, &QComboBox::activated, this, [this] {
        const QString text = keys_->currentData().toString();
        history_.clear();
        auto key = parseJson(toUtf8(text));
        live_.watch(keptName(), !text.isEmpty() && key ? std::optional{*key} : std::nullopt);
    });
    for (QAbstractItemModel* model : {static_cast<QAbstractItemModel*>(&session().functions()),
                                      static_cast<QAbstractItemModel*>(&session().metaevents())}) {
        connect(model, &QAbstractItemModel::rowsInserted, checker_, &canvas::Checker::checkSoon);
        connect(model, &QAbstractItemModel::rowsRemoved, checker_, &canvas::Checker::checkSoon);
    }
}

void MetaeventEditor::makeShortcuts() {
    const auto add = [this](const QKeySequence& keys, auto&& then) {
        auto* shortcut = new QShortcut{keys, this};
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, then);
    };
    add(QKeySequence{u"Ctrl+S"_s}, [this] {
        if (stack_->currentIndex() == Desk && apply_->isEnabled()) askToApply();
    });
    add(QKeySequence::Undo, [this] { model_.undoStack().undo(); });
    add(QKeySequence::Redo, [this] { model_.undoStack().redo(); });
    if (const QKeySequence keys{u"Ctrl+Y"_s};
        keys != QKeySequence{QKeySequence::Redo})  // twice would be ambiguous
        add(keys, [this] { model_.undoStack().redo(); });
    add(QKeySequence{u"Alt+1"_s}, [this] { showView(Canvas); });
    add(QKeySequence{u"Alt+2"_s}, [this] { showView(Outline); });
    add(QKeySequence{u"Alt+3"_s}, [this] { showView(Json); });
    add(QKeySequence{u"Ctrl+Space"_s}, [this] { quickAdd(std::nullopt); });
}

// ---- opening and leaving

void MetaeventEditor::startNew(const QString& function, std::vector<canvas::Proposal> proposals) {
    gallery_->setHasDraft(store_.load({}).has_value());
    gallery_->open(function, std::move(proposals));
    stack_->setCurrentIndex(Start);
    live_.watch({});
}

void MetaeventEditor::open(const Graph& graph, std::optional<json::object> applied,
                           const std::optional<json::object>& kept) {
    explained_ = {};
    moment_.reset();
    history_.clear();
    keys_->clear();
    keys_->hide();
    selection_.set({});
    canvas_->canvas().setLive({});
    model_.open(graph, std::move(applied));
    name_->setReadOnly(model_.applied().has_value());
    setFault(fault_, {});
    showJson();
    stack_->setCurrentIndex(Desk);
    showView(Canvas);
    canvas_->zoomToFit();
    bench_->begin(keptName(), bench::casesIn(kept ? kept->if_contains("tests") : nullptr));
    live_.watch(keptName());
}

void MetaeventEditor::beginWith(const json::object& definition) {
    open(Graph::fromDefinition(definition), std::nullopt);
    apply_->setFocus();
    keep();
}

void MetaeventEditor::edit(const json::object& definition) {
    const auto kept = store_.load(fromUtf8(stringMember(definition, "metaevent")));
    const json::value* draft = kept ? kept->if_contains("draft") : nullptr;
    const bool hasDraft = draft != nullptr && draft->is_object();
    Graph graph = Graph::fromDefinition(hasDraft ? draft->get_object() : definition);
    const json::value* layout = kept ? kept->if_contains("layout") : nullptr;
    if (layout != nullptr && layout->is_object()) canvas::applyLayout(graph, layout->get_object());
    open(std::move(graph), definition, kept);
    canvas_->setFocus();
}

void MetaeventEditor::takeUpDraft() {
    const auto kept = store_.load({});
    const json::value* draft = kept ? kept->if_contains("draft") : nullptr;
    if (draft == nullptr || !draft->is_object()) return;
    Graph graph = Graph::fromDefinition(draft->get_object());
    const json::value* layout = kept->if_contains("layout");
    if (layout != nullptr && layout->is_object()) canvas::applyLayout(graph, layout->get_object());
    open(std::move(graph), std::nullopt, kept);
}

QString MetaeventEditor::keptName() const {
    return model_.applied() ? fromUtf8(stringMember(*model_.applied(), "metaevent")) : QString();
}

void MetaeventEditor::keep() {
    keeping_.stop();
    if (stack_->currentIndex() != Desk) return;
    json::object kept{{"layout", canvas::layoutOf(model_.graph())}};
    if (model_.isDraft()) kept["draft"] = model_.graph().definition();
    json::array cases;
    for (const bench::TestCase& one : bench_->cases()) cases.push_back(one.toJson());
    if (!cases.empty()) kept["tests"] = std::move(cases);
    store_.save(keptName(), kept);
}

void MetaeventEditor::leave() {
    keep();
    Q_EMIT cancelled();
}

void MetaeventEditor::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    live_.setLooking(true);
    clock_.start();
}

void MetaeventEditor::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    if (keeping_.isActive()) keep();
    live_.setLooking(false);
    clock_.stop();
}

// ---- adding

void MetaeventEditor::addKind(const canvas::NodeKind& kind, std::optional<QPointF> place) {
    const canvas::NodeId made = model_.addKind(kind, selection_.single(), place);
    selection_.choose(made);
}

void MetaeventEditor::quickAdd(std::optional<QPointF> place) {
    if (stack_->currentIndex() != Desk || viewStack_->currentIndex() == Json) return;
    auto* popup = new canvas::QuickAdd{theme(), this};
    connect(popup, &canvas::QuickAdd::kindChosen, this, [this, place](const canvas::NodeKind* kind) {
        addKind(*kind, place);
        viewStack_->currentWidget()->setFocus();
    });
    const QPoint centre = viewStack_->mapToGlobal(viewStack_->rect().center() - QPoint{130, 170});
    popup->popup(place ? canvas_->viewport()->mapToGlobal(canvas_->mapFromScene(*place)) : centre);
}

// ---- views

void MetaeventEditor::showView(View view) {
    views_->button(view)->setChecked(true);
    viewStack_->setCurrentIndex(view);
    palette_->setEnabled(view != Json);
    if (view == Json) {
        showJson();
        json_->setFocus();
    } else if (view == Outline) {
        outline_->setFocus();
        if (selection_.single() == 0) selection_.choose(model_.graph().root().id);
    } else {
        canvas_->setFocus();
    }
}

void MetaeventEditor::showJson() {
    const auto now = json_->value();
    const json::object definition = model_.graph().definition();
    if (now && now->is_object() && toJson(*now) == toJson(json::value(definition))) return;
    settingJson_ = true;
    json_->setText(fromUtf8(toPrettyJson(definition)));
    settingJson_ = false;
}

void MetaeventEditor::takeJson() {
    if (settingJson_) return;
    const auto value = json_->value();
    if (value && value->is_object()) model_.setDefinition(value->get_object());
}

void MetaeventEditor::showJudged() {
    const auto name = canvas::fieldValue(model_.graph().root(), "metaevent");
    const QString text = name && name->is_string() ? fromUtf8(name->get_string()) : QString();
    if (name_->text().trimmed() != text) name_->setText(text);
    const bool draft = model_.isDraft();
    const bool isNew = !model_.applied();
    state_->setText(isNew ? tr("New draft") : draft ? tr("Draft") : tr("Applied"));
    state_->setToolTip(isNew   ? tr("The control plane does not know it yet: apply it.")
                       : draft ? tr("What is drawn differs from what the control plane watches for.")
                               : tr("The control plane watches for what is drawn."));
    apply_->setEnabled(draft && !model_.diagnosis().hasFaults());
    const auto& definition = model_.diagnosis().definition;
    try_->setEnabled(definition && !definition->jobs.empty());
    revert_->setVisible(!isNew);
    revert_->setEnabled(draft);
    if (viewStack_->currentIndex() != Json || !json_->hasFocus()) showJson();
    const auto issues = model_.issues();
    const bool faulty = !issues.empty() && issues.front().kind == canvas::Issue::Kind::Fault;
    json_->editor()->markLine(faulty ? lineOfPath(toUtf8(json_->text()), issues.front().path) : 0,
                              faulty ? issues.front().text : QString());
    markField(name_, !issues.empty() && faulty && issues.front().path == "metaevent" && !text.isEmpty()
                         ? issues.front().text
                         : QString());
}

// ---- applying

void MetaeventEditor::askToApply() {
    const json::object definition = model_.graph().definition();
    const canvas::Changes changes = canvas::changesBetween(model_.applied(), definition);
    const QStringList failures = bench_->failures();
    if (changes.isNew && failures.isEmpty()) return apply();
    auto* box =
        new QMessageBox{QMessageBox::Question, tr("Apply"),
                        tr("Apply these changes to %1?").arg(fromUtf8(stringMember(definition, "metaevent"))),
                        QMessageBox::Cancel, this};
    box->setObjectName(u"applyBox"_s);
    QString text = changes.lines.join(u'\n') + u"\n\n"_s + changes.meaning();
    if (!failures.isEmpty())
        text = tr("Test cases that fail:") + u'\n' + failures.join(u'\n') + u"\n\n"_s + text;
    box->setInformativeText(text);
    QPushButton* yes = box->addButton(tr("Apply"), QMessageBox::AcceptRole);
    box->setDefaultButton(yes);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QMessageBox::buttonClicked, this, [this, box](QAbstractButton* clicked) {
        if (box->buttonRole(clicked) == QMessageBox::AcceptRole) apply();
    });
    box->open();
}

void MetaeventEditor::apply() {
    if (model_.diagnosis().hasFaults()) return;
    apply_->setEnabled(false);
    const json::object definition = model_.graph().definition();
    session().call("metaevents.apply", {{"definitions", definition}}, this,
                   [this, definition](const Result<json::value>& reply) {
                       if (!reply) {
                           apply_->setEnabled(true);
                           setFault(fault_, fromUtf8(reply.error().text()));
                           return;
                       }
                       if (!model_.applied()) store_.remove({});
                       model_.setApplied(definition);
                       name_->setReadOnly(true);
                       live_.watch(keptName());
                       keep();
                       session().refreshMetaevents();
                       Q_EMIT applied(fromUtf8(stringMember(definition, "metaevent")));
                   });
}

}  // namespace dogwatch::gui
