// JsonTree: a JSON value as a tree of two columns, name and value. Children are made when a view asks for
// them, so that a large value costs what is opened of it.
#pragma once

#include <QAbstractItemModel>
#include <memory>
#include <vector>

#include "core/model/json.h"

namespace dogwatch::gui {

class JsonTree final : public QAbstractItemModel {
    Q_OBJECT
 public:
    enum Column { Name, Value, ColumnCount };

    explicit JsonTree(QObject* parent = nullptr);
    ~JsonTree() override;
    /// Another value; the one that is shown already changes nothing.
    void setValue(json::value value);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
    struct Node;
    [[nodiscard]] Node& nodeOf(const QModelIndex& index) const;

    json::value value_;
    std::unique_ptr<Node> root_;
};

}  // namespace dogwatch::gui
