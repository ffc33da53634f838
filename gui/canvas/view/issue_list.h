// IssueList: what is wrong with the drawing, worst first; choosing one leads to its node and field.
#pragma once

#include <QListWidget>

#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/selection.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::canvas {

class IssueList final : public QListWidget {
    Q_OBJECT
 public:
    IssueList(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, sizeHint().height()}; }

 private:
    void show();
    void go(int row);

    GraphModel& model_;
    Selection& selection_;
    const Theme& theme_;
    std::vector<Issue> shown_;
};

}  // namespace dogwatch::gui::canvas
