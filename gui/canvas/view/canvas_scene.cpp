#include "gui/canvas/view/canvas_scene.h"

#include <QGraphicsView>
#include <QInputDialog>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "gui/canvas/model/auto_layout.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;

constexpr qreal kGrid = 24;

}  // namespace

CanvasScene::CanvasScene(GraphModel& model, Selection& selection, const Theme& theme, QObject* parent)
    : QGraphicsScene(parent), model_(model), selection_(selection), theme_(theme) {
    setItemIndexMethod(NoIndex);
    connect(&model, &GraphModel::changed, this, &CanvasScene::sync);
    connect(&model, &GraphModel::judged, this, &CanvasScene::syncLooks);
    connect(&theme, &Theme::changed, this, [this] {
        for (const auto& [id, item] : nodes_) item->update();
        update();
    });
    connect(&selection, &Selection::changed, this, &CanvasScene::showSelection);
    connect(this, &QGraphicsScene::selectionChanged, this, &CanvasScene::takeSelection);
    model.setPlaces([this] {
        std::map<NodeId, QPointF> places;
        for (const auto& [id, shown] : nodes_) places.emplace(id, shown->pos());
        return places;
    });
    sync();
}

CanvasScene::~CanvasScene() {
    disconnect(this, &QGraphicsScene::selectionChanged, this, nullptr);
    model_.setPlaces({});
    cancelConnecting();
}

NodeItem* CanvasScene::item(NodeId id) const {
    const auto found = nodes_.find(id);
    return found != nodes_.end() ? found->second : nullptr;
}

QRectF CanvasScene::contentRect() const {
    QRectF rect;
    for (const QGraphicsItem* item : items())
        if (item->type() != EdgeItem::Type) rect |= item->sceneBoundingRect();
    return rect;
}

// ---- from the model

void CanvasScene::sync() {
    cancelConnecting();
    qDeleteAll(edges_);  // they may connect what is no more
    edges_.clear();
    syncing_ = true;
    const Graph& graph = model_.graph();
    for (auto it = nodes_.begin(); it != nodes_.end();) {
        if (graph.find(it->first) != nullptr) {
            ++it;
            continue;
        }
        delete it->second;
        it = nodes_.erase(it);
    }
    for (const auto& [id, node] : graph.nodes()) {
        if (nodes_.contains(id)) continue;
        auto* item = new NodeItem{id, theme_};
        addItem(item);
        connect(item, &NodeItem::moved, this, &CanvasScene::moveEdges);
        nodes_.emplace(id, item);
    }
    syncing_ = false;
    syncLooks();
    placeNodes();
    syncEdges();
    syncRemarks();
    syncLoop();
    showSelection();
    setSceneRect(contentRect().adjusted(-600, -400, 600, 400));
}

void CanvasScene::syncLooks() {
    const Diagnosis& diagnosis = model_.diagnosis();
    std::map<NodeId, NodeLook::Mark> marks;
    for (const Issue& issue : model_.issues()) {
        NodeLook::Mark& mark = marks[issue.node];
        const auto found = issue.kind == Issue::Kind::Fault     ? NodeLook::Mark::Fault
                           : issue.kind == Issue::Kind::Warning ? NodeLook::Mark::Warning
                                                                : NodeLook::Mark::Note;
        mark = std::max(mark, found);
    }
    bool resized = false;
    for (const auto& [id, item] : nodes_) {
        if (model_.graph().find(id) == nullptr) continue;
        const auto summary = diagnosis.summaries.find(id);
        const auto live = live_.find(id);
        NodeLook look =
            lookOf(model_.graph(), id, summary != diagnosis.summaries.end() ? summary->second : QString{},
                   live != live_.end() ? std::optional{live->second} : std::nullopt);
        look.mark = marks.contains(id) ? marks.at(id) : NodeLook::Mark::None;
        resized = resized || look.size != item->look().size;
        item->setLook(look);
    }
    if (resized) {
        placeNodes();
        moveEdges();
    }
    syncLoop();
}

void CanvasScene::placeNodes() {
    syncing_ = true;
    const auto places = layOut(model_.graph(), [this](NodeId id) {
        const NodeItem* found = item(id);
        return found != nullptr ? found->look().size : QSizeF{200, 60};
    });
    for (const auto& [id, place] : places)
        if (NodeItem* found = item(id)) found->setPos(place);
    syncing_ = false;
}

void CanvasScene::syncEdges() {
    qDeleteAll(edges_);
    edges_.clear();
    for (const Connection& connection : model_.graph().connections()) {
        const Node* from = model_.graph().find(connection.from);
        auto* edge = new EdgeItem{theme_, from->kind->output};
        edge->setConnection(connection);
        addItem(edge);
        edges_.push_back(edge);
    }
    moveEdges();
}

QPointF CanvasScene::portPoint(NodeId id, const std::optional<Plug>& plug) const {
    const NodeItem* at = item(id);
    if (at == nullptr) return {};
    const Port* port = plug ? at->look().portOf(*plug) : at->look().leaving();
    return port != nullptr ? at->scenePort(*port) : at->sceneBoundingRect().center();
}

void CanvasScene::moveEdges() {
    if (syncing_) return;
    for (EdgeItem* edge : edges_) {
        const Connection& connection = edge->connection();
        const QPointF leaving = portPoint(connection.from, std::nullopt);
        const QPointF plug = portPoint(connection.to.node, connection.to);
        const bool isJob = model_.graph().find(connection.from)->kind->output == Flow::Firing;
        edge->set(isJob ? plug : leaving, isJob ? leaving : plug);
        const auto live = live_.find(connection.from);
        edge->setLive(live != live_.end() && live->second.holds.value_or(false));
    }
    for (const Cluster& cluster : model_.graph().clusters()) {
        QRectF box;
        for (const NodeId id : cluster.members)
            if (const NodeItem* member = item(id)) box |= QRectF{member->pos(), member->look().size};
        if (const auto found = frames_.find(cluster.id); found != frames_.end())
            found->second->set(cluster.title, box);
    }
}

void CanvasScene::syncRemarks() {
    std::map<int, CommentItem*> comments;
    for (const Comment& comment : model_.graph().comments()) {
        const auto found = comments_.find(comment.id);
        CommentItem* shown = found != comments_.end() ? found->second : new CommentItem{comment.id, theme_};
        if (found == comments_.end()) addItem(shown);
        shown->setText(comment.text);
        shown->setPos(comment.place);
        comments.emplace(comment.id, shown);
    }
    for (const auto& [id, shown] : comments_)
        if (!comments.contains(id)) delete shown;
    comments_ = std::move(comments);

    std::map<int, FrameItem*> frames;
    for (const Cluster& cluster : model_.graph().clusters()) {
        const auto found = frames_.find(cluster.id);
        FrameItem* shown = found != frames_.end() ? found->second : new FrameItem{cluster.id, theme_};
        if (found == frames_.end()) addItem(shown);
        frames.emplace(cluster.id, shown);
    }
    for (const auto& [id, shown] : frames_)
        if (!frames.contains(id)) delete shown;
    frames_ = std::move(frames);
    moveEdges();
}

void CanvasScene::syncLoop() {
    const auto issues = model_.issues();
    const bool loops =
        std::any_of(issues.begin(), issues.end(), [](const Issue& issue) { return issue.isLoop; });
    if (!loops) {
        delete loop_;
        loop_ = nullptr;
        return;
    }
    // From the last of the chain back to what it sets off: the outermost source, or what listens to a firing.
    const Graph& graph = model_.graph();
    const auto& jobs = graph.root().sockets[1];
    const NodeItem* end = item(jobs.empty() ? graph.root().id : jobs.front());
    const NodeItem* start = nullptr;
    for (const auto& [id, shown] : nodes_) {
        const bool hears = shown->look().kind->role == Role::Source || shown->look().kind->key == "fired";
        if (hears && graph.isPart(id) && (start == nullptr || shown->x() < start->x())) start = shown;
    }
    if (start == nullptr || end == nullptr) return;
    if (loop_ == nullptr) addItem(loop_ = new LoopItem{theme_});
    qreal below = 0;
    for (const auto& [id, shown] : nodes_) below = std::max(below, shown->sceneBoundingRect().bottom());
    loop_->set(end->mapToScene(end->look().size.width(), end->look().size.height() / 2),
               start->mapToScene(0, start->look().size.height() / 2), below + 34);
}

void CanvasScene::setLive(std::map<NodeId, Live> live) {
    if (live == live_) return;
    live_ = std::move(live);
    syncLooks();
    moveEdges();
}

// ---- selection

void CanvasScene::showSelection() {
    if (std::exchange(syncing_, true)) return;
    for (const auto& [id, shown] : nodes_) shown->setSelected(selection_.nodes().contains(id));
    syncing_ = false;
}

void CanvasScene::takeSelection() {
    if (syncing_) return;
    std::set<NodeId> chosen;
    for (const auto& [id, shown] : nodes_)
        if (shown->isSelected()) chosen.insert(id);
    syncing_ = true;
    selection_.set(std::move(chosen));
    syncing_ = false;
}

void CanvasScene::removeSelected() {
    std::set<Plug> plugs;
    std::set<int> remarks;
    for (const QGraphicsItem* chosen : selectedItems()) {
        if (chosen->type() == EdgeItem::Type)
            plugs.insert(static_cast<const EdgeItem*>(chosen)->connection().to);
        if (chosen->type() == CommentItem::Type)
            remarks.insert(static_cast<const CommentItem*>(chosen)->comment());
        if (chosen->type() == FrameItem::Type)
            remarks.insert(static_cast<const FrameItem*>(chosen)->cluster());
    }
    if (!plugs.empty() || !remarks.empty()) {
        model_.edit(plugs.empty() ? tr("Remove a remark") : tr("Disconnect"), [&](Graph& graph) {
            for (auto plug = plugs.rbegin(); plug != plugs.rend(); ++plug) graph.disconnect(*plug);
            for (const int id : remarks) {
                graph.removeComment(id);
                graph.removeCluster(id);
            }
        });
    }
    model_.remove(selection_.nodes());
}

void CanvasScene::groupSelected() {
    if (selection_.nodes().empty()) return;
    model_.edit(tr("Group"), [this](Graph& graph) { graph.addCluster(tr("Group"), selection_.nodes()); });
}

void CanvasScene::addCommentAt(QPointF scenePoint) {
    model_.edit(tr("Add a comment"), [&](Graph& graph) { graph.addComment(tr("Comment"), scenePoint); });
}

void CanvasScene::editRemark(QGraphicsItem* item) {
    auto* parent = views().isEmpty() ? nullptr : views().first()->window();
    auto* dialog = new QInputDialog{parent};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    const bool isComment = item->type() == CommentItem::Type;
    const int id =
        isComment ? static_cast<CommentItem*>(item)->comment() : static_cast<FrameItem*>(item)->cluster();
    QString text;
    for (const Comment& comment : model_.graph().comments())
        if (comment.id == id) text = comment.text;
    for (const Cluster& cluster : model_.graph().clusters())
        if (cluster.id == id) text = cluster.title;
    dialog->setOption(QInputDialog::UsePlainTextEditForTextInput, isComment);
    dialog->setWindowTitle(isComment ? tr("Comment") : tr("Group"));
    dialog->setLabelText(isComment ? tr("Text") : tr("Title"));
    dialog->setTextValue(text);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, id, isComment](const QString& value) {
        model_.edit(isComment ? tr("Edit a comment") : tr("Rename a group"), [&](Graph& graph) {
            graph.setComment(id, value);
            graph.setClusterTitle(id, value);
        });
    });
    dialog->open();
}

void CanvasScene::drawBackground(QPainter* painter, const QRectF& rect) {
    painter->fillRect(rect, theme_.colors().window);
    QColor dot = theme_.colors().border;
    painter->setPen(QPen{dot, 1.6});
    QList<QPointF> points;
    if (rect.width() / kGrid * (rect.height() / kGrid) > 12'000) return;  // far away: a grid would be noise
    const auto cell = [](qreal at) { return static_cast<int>(std::floor(at / kGrid)); };
    for (int column = cell(rect.left()); column * kGrid < rect.right(); ++column)
        for (int row = cell(rect.top()); row * kGrid < rect.bottom(); ++row)
            points.append({column * kGrid, row * kGrid});
    painter->drawPoints(points.constData(), static_cast<int>(points.size()));
}

}  // namespace dogwatch::gui::canvas
