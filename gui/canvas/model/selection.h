// Selection: the nodes that canvas, outline, forms, sentence and issues all show as chosen.
#pragma once

#include <QObject>
#include <set>

#include "gui/canvas/model/graph.h"

namespace dogwatch::gui::canvas {

class Selection final : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;
    [[nodiscard]] const std::set<NodeId>& nodes() const { return nodes_; }
    /// The one node that is chosen; 0: none or several.
    [[nodiscard]] NodeId single() const { return nodes_.size() == 1 ? *nodes_.begin() : 0; }
    void set(std::set<NodeId> nodes) {
        if (nodes == nodes_) return;
        nodes_ = std::move(nodes);
        Q_EMIT changed();
    }
    void choose(NodeId id) { set(id == 0 ? std::set<NodeId>{} : std::set<NodeId>{id}); }
    /// Asks the forms to show this field of the chosen node.
    void askForField(const QString& key) { Q_EMIT fieldAsked(key); }

 Q_SIGNALS:
    void changed();
    void fieldAsked(const QString& key);

 private:
    std::set<NodeId> nodes_;
};

}  // namespace dogwatch::gui::canvas
