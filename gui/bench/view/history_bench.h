// HistoryBench: what the drawing would have done over recorded history, below the canvas: chooses the
// history, runs the draft over it with every edit, and shows firings, lanes, why at any moment, and test
// cases.
#pragma once

#include <QTimer>
#include <QWidget>
#include <functional>

#include "gui/bench/model/record_loader.h"
#include "gui/bench/model/study_runner.h"
#include "gui/bench/model/time_axis.h"
#include "gui/bench/view/lane.h"
#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/selection.h"
#include "gui/theme/theme.h"

class QComboBox;
class QLabel;
class QPushButton;
class QSplitter;
class QTabWidget;

namespace dogwatch::gui::bench {

class CaseList;
class LanesView;
class RangeBox;
class WhyView;

/// What the bench asks of whoever holds the connection.
struct HistorySource {
    std::function<std::string()> socketPath;
    std::function<std::vector<Metaevent>()> metaevents;  ///< that are applied, in their order
    std::function<QStringList()> functions;
};

class HistoryBench final : public QWidget {
    Q_OBJECT
 public:
    HistoryBench(canvas::GraphModel& model, canvas::Selection& selection, const Theme& theme,
                 HistorySource source, QWidget* parent = nullptr);
    ~HistoryBench() override;

    /// Another drawing: nothing is placed by hand, no moment is chosen. `metaevent`: its name as applied.
    void begin(const QString& metaevent, std::vector<TestCase> cases);
    /// Open: the lanes are seen, and history is loaded. Closed: its head alone.
    void setOpen(bool open);
    [[nodiscard]] bool isOpen() const { return open_; }
    /// A moment of the past, as when a firing or a record was followed here; with the key whose lanes are to
    /// be seen, where that is another.
    void goTo(Time time, std::optional<json::value> key = {});
    /// What the control plane says of it, until another moment is chosen.
    void showRecorded(const json::object& explanation);
    /// Records that came since: the history at hand is a snapshot, and says how many it lacks.
    void noteNew(const std::vector<Record>& records);
    void useRecords(const QString& file);
    /// Records that are at hand already.
    void useStore(std::shared_ptr<RecordStore> store);

    [[nodiscard]] const std::vector<TestCase>& cases() const { return cases_; }
    /// One line for each test case that the draft fails, as far as is known.
    [[nodiscard]] QStringList failures() const;
    [[nodiscard]] LanesView& lanes() const { return *lanes_; }
    /// Of the latest edit; firings are shown for it once firingsShown() tells of that or a later one.
    [[nodiscard]] std::int64_t ordinal() const { return ordinal_; }
    [[nodiscard]] std::size_t recordCount() const { return store_ ? store_->size() : 0; }

 Q_SIGNALS:
    void openChanged(bool open);
    void casesChanged();
    /// How the draft stood at the moment under the cursor.
    void momentShown(const dogwatch::json::object& explanation);
    /// Back to now.
    void momentLeft();
    /// Why did this firing of the journal come about?
    void recordedFiringAsked(const QString& id);
    void firingsShown(std::int64_t ordinal);

 protected:
    void showEvent(QShowEvent* event) override;

 private:
    QWidget* makeHead();
    QWidget* makeBody();
    void connectParts();
    void load();
    void reload();
    void take(const Loaded& loaded);
    void showNews();
    void followDraft();
    void study();
    [[nodiscard]] Subject subjectOf(const Metaevent& definition) const;
    [[nodiscard]] std::optional<Subject> draft() const;
    void changeScope();
    void ask(std::optional<Question> question);
    void leaveMoment();
    /// Closer, so that what happened around that time can be told apart.
    void lookAt(Time time);
    void takeFirings(const std::shared_ptr<const FiringsAnswer>& answer);
    void takeTrace(const std::shared_ptr<const engine::MetaeventTrace>& trace);
    void setBound(canvas::NodeId node, double value);
    void setDuration(canvas::NodeId node, std::int64_t us);
    void placeRecord(Time time, QPoint globalPos);
    void saveCase();
    void acceptCase(int index);
    void showWhatIf();
    void showState();
    [[nodiscard]] QString recordWords(std::int64_t seq) const;
    [[nodiscard]] bool wantsAll() const;

    canvas::GraphModel& model_;
    canvas::Selection& selection_;
    const Theme& theme_;
    HistorySource source_;
    StudyRunner runner_;
    RecordLoader loader_;
    QTimer windowed_;  ///< lanes are asked anew a moment after zooming

    QString metaevent_;
    std::vector<TestCase> cases_;
    std::shared_ptr<RecordStore> store_;
    std::optional<Time> from_;
    std::optional<Time> until_;
    WhatIf whatIf_;
    std::optional<Question> question_;
    std::optional<json::value> key_;
    std::shared_ptr<const FiringsAnswer> answer_;
    QString fault_;
    std::int64_t ordinal_ = 0;
    std::int64_t scopeVersion_ = 0;
    std::vector<std::int64_t> news_;  ///< seqs of records that the history lacks
    std::optional<TimeAxis> kept_;    ///< what shall be seen again after loading anew
    bool open_ = false;
    bool isCut_ = false;
    bool hasGauge_ = false;
    bool isRecorded_ = false;  ///< the moment is the journal's, not the draft's

    QPushButton* toggle_ = nullptr;
    RangeBox* range_ = nullptr;
    QPushButton* reload_ = nullptr;
    QPushButton* newRecords_ = nullptr;
    QPushButton* stop_ = nullptr;
    QPushButton* previous_ = nullptr;
    QPushButton* next_ = nullptr;
    QPushButton* asItWas_ = nullptr;
    QComboBox* keys_ = nullptr;
    QLabel* state_ = nullptr;
    QWidget* body_ = nullptr;
    LanesView* lanes_ = nullptr;
    QTabWidget* tabs_ = nullptr;
    WhyView* why_ = nullptr;
    CaseList* caseList_ = nullptr;
};

}  // namespace dogwatch::gui::bench
