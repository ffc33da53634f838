// SentenceView: the definition in plain words. Each phrase leads to its node: the mouse over it lights the
// node up, a click chooses it.
#pragma once

#include <QLabel>
#include <map>
#include <string>

#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/selection.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::canvas {

class SentenceView final : public QLabel {
    Q_OBJECT
 public:
    SentenceView(GraphModel& model, Selection& selection, const Theme& theme, QWidget* parent = nullptr);

    /// Of a moment that is shown: which conditions were true, by their paths; empty: none is.
    void setTruth(std::map<std::string, bool> truth);

 Q_SIGNALS:
    void phraseHovered(NodeId id);

 private:
    void show();
    [[nodiscard]] QString phraseHtml(const Phrase& phrase) const;

    GraphModel& model_;
    Selection& selection_;
    const Theme& theme_;
    std::map<std::string, bool> truth_;
};

}  // namespace dogwatch::gui::canvas
