#include "gui/models/json_tree.h"

#include <utility>

#include "gui/models/table_models.h"
#include "gui/models/text.h"

namespace dogwatch::gui {

struct JsonTree::Node {
    const json::value* value = nullptr;
    QString name;
    Node* parent = nullptr;
    int row = 0;
    bool filled = false;
    std::vector<std::unique_ptr<Node>> children;

    [[nodiscard]] int size() const {
        if (value->is_object()) return static_cast<int>(value->get_object().size());
        return value->is_array() ? static_cast<int>(value->get_array().size()) : 0;
    }
    void fill() {
        if (std::exchange(filled, true)) return;
        const auto add = [this](QString key, const json::value& of) {
            auto node = std::make_unique<Node>();
            node->value = &of;
            node->name = std::move(key);
            node->parent = this;
            node->row = static_cast<int>(children.size());
            children.push_back(std::move(node));
        };
        if (value->is_object())
            for (const auto& member : value->get_object()) add(fromUtf8(member.key()), member.value());
        if (value->is_array())
            for (const json::value& each : value->get_array()) add(QString::number(children.size()), each);
    }
};

JsonTree::JsonTree(QObject* parent) : QAbstractItemModel(parent), root_(std::make_unique<Node>()) {
    root_->value = &value_;
}
JsonTree::~JsonTree() = default;

void JsonTree::setValue(json::value value) {
    if (value == value_) return;
    // The whole value is another one: there is nothing of it that a view could keep.
    beginResetModel();
    value_ = std::move(value);
    root_ = std::make_unique<Node>();
    root_->value = &value_;
    endResetModel();
}

JsonTree::Node& JsonTree::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<Node*>(index.internalPointer()) : *root_;
}

QModelIndex JsonTree::index(int row, int column, const QModelIndex& parent) const {
    if (!hasIndex(row, column, parent)) return {};
    Node& node = nodeOf(parent);
    node.fill();
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex JsonTree::parent(const QModelIndex& child) const {
    if (!child.isValid()) return {};
    Node* parent = nodeOf(child).parent;
    return parent == root_.get() ? QModelIndex{} : createIndex(parent->row, 0, parent);
}

int JsonTree::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : nodeOf(parent).size();
}

int JsonTree::columnCount(const QModelIndex& /*parent*/) const {
    return ColumnCount;
}

QVariant JsonTree::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Node& node = nodeOf(index);
    const json::value& value = *node.value;
    const bool isLeaf = !value.is_object() && !value.is_array();
    if (role == ToneRole)
        return static_cast<int>(index.column() == Name || !isLeaf ? Tone::Muted : Tone::Neutral);
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    if (index.column() == Name) return node.name;
    if (value.is_string()) return fromUtf8(view(value.get_string()));
    if (value.is_object()) return tr("{ %1 }").arg(node.size());
    if (value.is_array()) return tr("[ %1 ]").arg(node.size());
    return fromUtf8(toJson(value));
}

QVariant JsonTree::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == Name ? tr("Name") : tr("Value");
}

}  // namespace dogwatch::gui
