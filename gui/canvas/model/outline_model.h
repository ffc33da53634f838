// OutlineModel: the drawing as a tree, for keyboard and screen reader: the firing, below it what leads to it
// and what it runs; then what is not connected. Edits that keep the tree's shape change rows in place.
#pragma once

#include <QAbstractItemModel>
#include <vector>

#include "gui/canvas/model/graph_model.h"

namespace dogwatch::gui::canvas {

class OutlineModel final : public QAbstractItemModel {
    Q_OBJECT
 public:
    enum Column { What, Words, ColumnCount };
    enum Role { NodeRole = Qt::UserRole, SocketRole, IconRole, IssueRole };

    explicit OutlineModel(const GraphModel& model, QObject* parent = nullptr);

    [[nodiscard]] NodeId nodeAt(const QModelIndex& index) const;
    /// Where the node of a row is put in; none: it is the firing, or loose.
    [[nodiscard]] std::optional<Plug> plugAt(const QModelIndex& index) const;
    /// The first row of a node.
    [[nodiscard]] QModelIndex indexOf(NodeId id) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Item {
        NodeId node = 0;
        std::optional<Plug> plug;
        int parent = -1;
        int row = 0;
        std::vector<int> children;
        bool operator==(const Item&) const = default;
    };
    void refresh();
    static int addItem(const Graph& graph, std::vector<Item>& to, NodeId node, std::optional<Plug> plug,
                       int parent);
    [[nodiscard]] static std::vector<Item> itemsOf(const Graph& graph);
    [[nodiscard]] const Item* item(const QModelIndex& index) const;
    [[nodiscard]] QString words(const Item& item) const;
    [[nodiscard]] QString issueText(NodeId id) const;

    const GraphModel& model_;
    std::vector<Item> items_;  ///< the first is not shown; its children are the top rows
};

}  // namespace dogwatch::gui::canvas
