#include "gui/pages/metaevent_editor.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QMessageBox>
#include <QStackedWidget>

#include "gui/bench/view/history_bench.h"
#include "gui/canvas/model/changes.h"
#include "gui/canvas/model/graph_text.h"
#include "gui/canvas/view/canvas_view.h"
#include "gui/canvas/view/gallery.h"
#include "gui/canvas/view/outline_view.h"
#include "gui/canvas/view/palette.h"
#include "gui/models/faults.h"
#include "gui/models/json_place.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/json_field.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using canvas::Graph;

}  // namespace

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
    open(graph, definition, kept);
    canvas_->setFocus();
}

void MetaeventEditor::takeUpDraft() {
    const auto kept = store_.load({});
    const json::value* draft = kept ? kept->if_contains("draft") : nullptr;
    if (draft == nullptr || !draft->is_object()) return;
    Graph graph = Graph::fromDefinition(draft->get_object());
    const json::value* layout = kept->if_contains("layout");
    if (layout != nullptr && layout->is_object()) canvas::applyLayout(graph, layout->get_object());
    open(graph, std::nullopt, kept);
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
    if (name_->text().trimmed() != text) {
        name_->setText(text);
        name_->setCursorPosition(0);  // a long one shows how it begins
    }
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
    session().call("metaevents.apply", {{"definitions", definition}, {"language", languageCode()}}, this,
                   [this, definition](const Result<json::value>& reply) {
                       if (!reply) {
                           apply_->setEnabled(true);
                           setFault(fault_, faultText(reply.error()));
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
