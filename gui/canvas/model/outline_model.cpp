#include "gui/canvas/model/outline_model.h"

#include "gui/models/text.h"

namespace dogwatch::gui::canvas {

OutlineModel::OutlineModel(const GraphModel& model, QObject* parent)
    : QAbstractItemModel(parent), model_(model), items_(itemsOf(model.graph())) {
    connect(&model, &GraphModel::judged, this, &OutlineModel::refresh);
}

int OutlineModel::addItem(const Graph& graph, std::vector<Item>& to, NodeId node, std::optional<Plug> plug,
                          int parent) {
    const int id = static_cast<int>(to.size());
    const int row = parent < 0 ? 0 : static_cast<int>(to[static_cast<std::size_t>(parent)].children.size());
    to.push_back({node, plug, parent, row, {}});
    if (parent >= 0) to[static_cast<std::size_t>(parent)].children.push_back(id);
    const Node* shown = graph.find(node);
    if (shown == nullptr) return id;
    for (std::size_t s = 0; s < shown->sockets.size(); ++s)
        for (std::size_t i = 0; i < shown->sockets[s].size(); ++i)
            if (shown->sockets[s][i] != 0) addItem(graph, to, shown->sockets[s][i], Plug{node, s, i}, id);
    return id;
}

std::vector<OutlineModel::Item> OutlineModel::itemsOf(const Graph& graph) {
    std::vector<Item> items;
    addItem(graph, items, 0, std::nullopt, -1);
    addItem(graph, items, graph.root().id, std::nullopt, 0);
    for (const NodeId id : graph.loose()) addItem(graph, items, id, std::nullopt, 0);
    return items;
}

void OutlineModel::refresh() {
    auto items = itemsOf(model_.graph());
    if (items != items_) {
        beginResetModel();
        items_ = std::move(items);
        endResetModel();
        return;
    }
    for (std::size_t i = 1; i < items_.size(); ++i)
        Q_EMIT dataChanged(createIndex(items_[i].row, What, i), createIndex(items_[i].row, Words, i));
}

const OutlineModel::Item* OutlineModel::item(const QModelIndex& index) const {
    const auto id = index.isValid() ? static_cast<std::size_t>(index.internalId()) : 0U;
    return id < items_.size() ? &items_[id] : nullptr;
}

NodeId OutlineModel::nodeAt(const QModelIndex& index) const {
    const Item* found = item(index);
    return found != nullptr ? found->node : 0;
}

std::optional<Plug> OutlineModel::plugAt(const QModelIndex& index) const {
    const Item* found = item(index);
    return found != nullptr ? found->plug : std::nullopt;
}

QModelIndex OutlineModel::indexOf(NodeId id) const {
    for (std::size_t i = 1; i < items_.size(); ++i)
        if (items_[i].node == id) return createIndex(items_[i].row, 0, i);
    return {};
}

QModelIndex OutlineModel::index(int row, int column, const QModelIndex& parent) const {
    const Item* above = item(parent);
    if (above == nullptr || row < 0 || row >= std::ssize(above->children) || column < 0 ||
        column >= ColumnCount)
        return {};
    return createIndex(row, column, static_cast<quintptr>(above->children[static_cast<std::size_t>(row)]));
}

QModelIndex OutlineModel::parent(const QModelIndex& child) const {
    const Item* below = child.isValid() ? item(child) : nullptr;
    if (below == nullptr || below->parent <= 0) return {};
    const Item& above = items_[static_cast<std::size_t>(below->parent)];
    return createIndex(above.row, 0, static_cast<quintptr>(below->parent));
}

int OutlineModel::rowCount(const QModelIndex& parent) const {
    const Item* above = parent.column() <= 0 ? item(parent) : nullptr;
    return above != nullptr ? static_cast<int>(above->children.size()) : 0;
}

int OutlineModel::columnCount(const QModelIndex& /*parent*/) const {
    return ColumnCount;
}

QString OutlineModel::words(const Item& item) const {
    const auto& summaries = model_.diagnosis().summaries;
    const auto found = summaries.find(item.node);
    return found != summaries.end() ? found->second : QString();
}

QString OutlineModel::issueText(NodeId id) const {
    QStringList texts;
    for (const Issue& issue : model_.issues())
        if (issue.node == id) texts.append(issue.text);
    return texts.join(u'\n');
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const {
    const Item* shown = index.isValid() ? item(index) : nullptr;
    const Node* node = shown != nullptr ? model_.graph().find(shown->node) : nullptr;
    if (node == nullptr) return {};
    switch (role) {
        case Qt::DisplayRole: return index.column() == What ? nodeTitle(*node) : words(*shown);
        case Qt::ToolTipRole: return issueText(node->id);
        case Qt::AccessibleTextRole: {
            const QString place =
                shown->plug && node->kind->output == Flow::Records
                    ? tr("%1: ").arg(fromUtf8(
                          model_.graph().find(shown->plug->node)->kind->sockets[shown->plug->socket].title))
                    : QString();
            const QString issue = issueText(node->id);
            return place + nodeTitle(*node) + QStringLiteral(". ") + words(*shown) +
                   (issue.isEmpty() ? QString() : tr(". Issue: %1").arg(issue));
        }
        case NodeRole: return node->id;
        case SocketRole: return shown->plug ? QVariant(static_cast<int>(shown->plug->socket)) : QVariant();
        case IconRole: return fromUtf8(node->kind->icon);
        case IssueRole: return issueText(node->id);
        default: return {};
    }
}

QVariant OutlineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == What ? tr("Part") : tr("In words");
}

}  // namespace dogwatch::gui::canvas
