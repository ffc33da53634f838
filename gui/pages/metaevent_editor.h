// MetaeventEditor: one definition, drawn. Canvas, outline and JSON are views of one model; a sentence says it
// in words, issues stand below, and applying says first what changes.
#pragma once

#include <QTimer>
#include <span>

#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/proposals.h"
#include "gui/canvas/model/selection.h"
#include "gui/canvas/view/checker.h"
#include "gui/canvas/view/fields.h"
#include "gui/canvas/view/live.h"
#include "gui/pages/layout_store.h"
#include "gui/pages/live_truth.h"
#include "gui/pages/page.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace dogwatch::gui {

class JsonField;

namespace canvas {
class CanvasView;
class Gallery;
class OutlineView;
class Palette;
class PropertyPanel;
class SentenceView;
}  // namespace canvas
namespace bench {
class HistoryBench;
}  // namespace bench

class MetaeventEditor final : public Page {
    Q_OBJECT
 public:
    enum View { Canvas, Outline, Json };

    explicit MetaeventEditor(const Workbench& bench, QWidget* parent = nullptr);
    ~MetaeventEditor() override;

    /// The gallery: what to begin with. `function`: what it is about; `proposals`: made from recorded data.
    void startNew(const QString& function = {}, std::vector<canvas::Proposal> proposals = {});
    void edit(const json::object& definition);
    /// A new drawing of this definition, which is applied nowhere.
    void beginWith(const json::object& definition);
    /// The same, with the bench at a moment; with the key whose instance is to be seen there.
    void editAt(const json::object& definition, Time time, std::optional<json::value> key = {});
    /// Why did this firing of the journal come about? The bench shows the answer.
    void askWhy(const QString& firing);
    void showView(View view);
    [[nodiscard]] bench::HistoryBench& bench() { return *bench_; }
    [[nodiscard]] canvas::GraphModel& model() { return model_; }

 Q_SIGNALS:
    void applied(const QString& name);
    void cancelled();

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QWidget* makeDesk();
    QWidget* makeHead();
    QWidget* makeMiddle();
    void makeShortcuts();
    void connectViews();
    void open(const canvas::Graph& graph, std::optional<json::object> applied,
              const std::optional<json::object>& kept = {});
    void takeUpDraft();
    void addKind(const canvas::NodeKind& kind, std::optional<QPointF> place);
    void quickAdd(std::optional<QPointF> place);
    void showJudged();
    void showJson();
    void takeJson();
    void askToApply();
    void apply();
    void showLive(const json::object& reply);
    void makeBench();
    void showMoment(const json::object& explanation);
    void leaveMoment();
    void tryJobs();
    void showKeys(const json::object& reply);
    void fitBench(bool open);
    void keep();
    void leave();
    [[nodiscard]] QString keptName() const;

    canvas::GraphModel model_;
    canvas::Selection selection_;
    canvas::Names names_;
    LayoutStore store_;
    LiveTruth live_;
    json::object explained_;
    std::optional<json::object> moment_;  ///< of the past, which is shown in place of what is now
    canvas::TruthHistory history_;
    QTimer keeping_;  ///< writes what is drawn a moment after the last change
    QTimer clock_;    ///< countdowns
    bool settingJson_ = false;

    enum Stack { Start, Desk };
    QStackedWidget* stack_;  ///< of Stack
    canvas::Gallery* gallery_;
    QLineEdit* name_ = nullptr;
    QLabel* state_ = nullptr;
    QLabel* fault_ = nullptr;
    QPushButton* apply_ = nullptr;
    QPushButton* revert_ = nullptr;
    QPushButton* try_ = nullptr;
    QButtonGroup* views_ = nullptr;
    QStackedWidget* viewStack_ = nullptr;
    canvas::Palette* palette_ = nullptr;
    canvas::CanvasView* canvas_ = nullptr;
    canvas::OutlineView* outline_ = nullptr;
    JsonField* json_ = nullptr;
    canvas::PropertyPanel* panel_ = nullptr;
    canvas::Checker* checker_ = nullptr;
    canvas::SentenceView* sentence_ = nullptr;
    bench::HistoryBench* bench_ = nullptr;
    QSplitter* benchSplit_ = nullptr;
    QComboBox* keys_ = nullptr;
    QLabel* momentBar_ = nullptr;
};

}  // namespace dogwatch::gui
