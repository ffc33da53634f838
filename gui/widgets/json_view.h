// JsonView: a JSON value as a tree that can be opened, searched by typing, and copied from.
#pragma once

#include <QTreeView>
#include <optional>

#include "gui/models/json_tree.h"
#include "gui/theme/theme.h"

class QLabel;

namespace dogwatch::gui {

class JsonView final : public QTreeView {
    Q_OBJECT
 public:
    /// `nothing`: shown while there is no value.
    JsonView(const Theme& theme, const QString& name, const QString& nothing, QWidget* parent = nullptr);
    void setValue(std::optional<json::value> value);
    /// The value of the current row, or of all, as JSON.
    void copy() const;

 protected:
    void resizeEvent(QResizeEvent* event) override;

 private:
    JsonTree model_;
    std::optional<json::value> value_;
    QLabel* nothing_;
};

}  // namespace dogwatch::gui
