// What the metaevent editor is made of, and how its parts are connected.
#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QMenu>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <tuple>

#include "gui/bench/view/history_bench.h"
#include "gui/canvas/view/canvas_view.h"
#include "gui/canvas/view/gallery.h"
#include "gui/canvas/view/issue_list.h"
#include "gui/canvas/view/live.h"
#include "gui/canvas/view/outline_view.h"
#include "gui/canvas/view/palette.h"
#include "gui/canvas/view/property_panel.h"
#include "gui/canvas/view/sentence_view.h"
#include "gui/models/text.h"
#include "gui/pages/known_names.h"
#include "gui/pages/metaevent_editor.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

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

MetaeventEditor::~MetaeventEditor() {
    delete stack_;  // its views let go of the model, which goes before the children of a widget do
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
        made->setObjectName(icon + u"Button"_s);
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
    const std::tuple<QString, QString, QString> views[] = {
        {u"view-Canvas"_s, tr("Canvas"), tr("Draw it (Alt+1)")},
        {u"view-Outline"_s, tr("Outline"), tr("The same as a tree, for the keyboard (Alt+2)")},
        {u"view-JSON"_s, tr("JSON"), tr("The same as text (Alt+3)")}};
    for (const auto& [name, text, hint] : views) {
        auto* made = new QPushButton{text};
        made->setCheckable(true);
        made->setToolTip(hint);
        made->setObjectName(name);
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

}  // namespace dogwatch::gui
