#include "gui/canvas/model/auto_layout.h"

#include <QRectF>
#include <algorithm>

namespace dogwatch::gui::canvas {
namespace {

constexpr qreal kColumnGap = 56;
constexpr qreal kRowGap = 22;
constexpr qreal kTreeGap = 48;  ///< between the definition and what is loose

using SizeOf = std::function<QSizeF(NodeId)>;

/// Places trees of nodes column by column, parents at the middle of what is put into them.
class Layering {
 public:
    Layering(const Graph& graph, const SizeOf& sizeOf) : graph_(graph), sizeOf_(sizeOf) {}

    std::map<NodeId, QPointF> run();

 private:
    /// Columns count leftwards from the one of the firing.
    void measure(NodeId id, int column);
    /// Stacks a tree from `top` down; the middle of its first node.
    qreal stack(NodeId id, int column);
    void stackJobs(qreal middle);
    [[nodiscard]] std::vector<NodeId> inputs(NodeId id) const;

    const Graph& graph_;
    const SizeOf& sizeOf_;
    std::map<NodeId, int> columns_;
    std::map<int, qreal> widths_;
    std::map<int, qreal> bottoms_;  ///< how far each column is filled
    std::map<NodeId, qreal> middles_;
    qreal top_ = 0;
};

std::vector<NodeId> Layering::inputs(NodeId id) const {
    std::vector<NodeId> all;
    const Node& node = *graph_.find(id);
    for (std::size_t s = 0; s < node.sockets.size(); ++s) {
        if (node.kind->sockets[s].flow == Flow::Firing) continue;
        for (const NodeId part : node.sockets[s])
            if (part != 0 && std::find(all.begin(), all.end(), part) == all.end()) all.push_back(part);
    }
    return all;
}

void Layering::measure(NodeId id, int column) {
    const auto [found, isNew] = columns_.emplace(id, column);
    if (!isNew && found->second >= column) return;
    found->second = column;
    for (const NodeId part : inputs(id)) measure(part, column + 1);
}

qreal Layering::stack(NodeId id, int column) {
    if (const auto done = middles_.find(id); done != middles_.end()) return done->second;
    qreal sum = 0;
    int count = 0;
    for (const NodeId part : inputs(id)) {
        if (middles_.contains(part)) continue;  // a source that another node stands beside
        sum += stack(part, columns_.at(part));
        ++count;
    }
    const qreal height = sizeOf_(id).height();
    const qreal lowest = bottoms_.contains(column) ? bottoms_.at(column) + kRowGap : top_;
    qreal y = lowest;
    if (count > 0) y = std::max(lowest, sum / count - height / 2);
    bottoms_[column] = y + height;
    return middles_[id] = y + height / 2;
}

void Layering::stackJobs(qreal middle) {
    const auto& jobs = graph_.root().sockets[1];
    qreal total = -kRowGap;
    for (const NodeId job : jobs) total += sizeOf_(job).height() + kRowGap;
    qreal y = middle - total / 2;
    for (const NodeId job : jobs) {
        const qreal height = sizeOf_(job).height();
        columns_[job] = -1;
        middles_[job] = y + height / 2;
        y += height + kRowGap;
        bottoms_[-1] = y;
    }
}

std::map<NodeId, QPointF> Layering::run() {
    const NodeId root = graph_.root().id;
    measure(root, 0);
    stackJobs(stack(root, 0));
    for (const NodeId id : graph_.loose()) {
        qreal lowest = 0;
        for (const auto& [column, bottom] : bottoms_) lowest = std::max(lowest, bottom);
        top_ = lowest + kTreeGap;
        bottoms_.clear();
        const Flow output = graph_.find(id)->kind->output;
        const int column = output == Flow::Records ? 2 : output == Flow::Truth ? 1 : -1;
        measure(id, column);
        stack(id, columns_.at(id));
    }
    for (const auto& [id, column] : columns_) {
        qreal& width = widths_[column];
        width = std::max(width, sizeOf_(id).width());
    }
    std::map<int, qreal> lefts;
    qreal right = 0;
    for (auto column = widths_.rbegin(); column != widths_.rend(); ++column) {
        lefts[column->first] = right;
        right += column->second + kColumnGap;
    }
    std::map<NodeId, QPointF> places;
    for (const auto& [id, middle] : middles_) {
        const QSizeF size = sizeOf_(id);
        places[id] = {lefts.at(columns_.at(id)), middle - size.height() / 2};
    }
    return places;
}

}  // namespace

std::map<NodeId, QPointF> layOut(const Graph& graph, const SizeOf& sizeOf) {
    const auto ideal = Layering(graph, sizeOf).run();
    std::map<NodeId, QPointF> places;
    std::vector<QRectF> taken;
    for (const auto& [id, node] : graph.nodes()) {
        if (!node.place) continue;
        places[id] = *node.place;
        taken.emplace_back(*node.place, sizeOf(id));
    }
    if (places.empty()) return ideal;
    // As far from what they are connected with as they would be if nobody had placed anything.
    const auto connections = graph.connections();
    const auto anchor = [&](NodeId id) -> std::optional<QPointF> {
        for (const Connection& connection : connections) {
            const NodeId other = connection.from == id      ? connection.to.node
                                 : connection.to.node == id ? connection.from
                                                            : 0;
            if (other != 0 && places.contains(other))
                return places.at(other) + ideal.at(id) - ideal.at(other);
        }
        return std::nullopt;
    };
    for (std::size_t round = 0; places.size() < ideal.size() && round <= ideal.size(); ++round) {
        for (const auto& [id, at] : ideal) {
            if (places.contains(id)) continue;
            auto found = anchor(id);
            if (!found && round == ideal.size()) found = at;
            if (!found) continue;
            QRectF rect{*found, sizeOf(id)};
            const auto collides = [&rect](const QRectF& other) {
                return other.adjusted(-8, -8, 8, 8).intersects(rect);
            };
            for (auto hit = taken.begin();
                 (hit = std::find_if(taken.begin(), taken.end(), collides)) != taken.end();)
                rect.moveTop(hit->bottom() + kRowGap);
            places[id] = rect.topLeft();
            taken.push_back(rect);
        }
    }
    return places;
}

}  // namespace dogwatch::gui::canvas
