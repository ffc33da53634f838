// TimelinePanel: the timeline of the executions that a filter matches, asked for as one moves about, and the
// figures of a selected stretch.
#pragma once

#include <QTimer>

#include "gui/pages/page.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace dogwatch::gui {

class TimelineView;

class TimelinePanel final : public Page {
    Q_OBJECT
 public:
    explicit TimelinePanel(const Workbench& bench, QWidget* parent = nullptr);
    void setFilter(const QString& filter);
    void setCurrent(const QString& execution);
    [[nodiscard]] TimelineView& view() { return *view_; }

 Q_SIGNALS:
    /// "Make a metaevent from this": the records of the selected stretch, in order.
    void stretchWatched(const std::vector<dogwatch::Record>& records);

 protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    QLayout* makeBar();
    void showScope();
    /// Where all time is asked for: a quarter of an hour, or what there is when that is less.
    [[nodiscard]] Time defaultBegin(Time end) const;
    void fitAll();
    void rangeMoved();
    void ask();
    void askFirings(std::int64_t since);
    void askSummary();
    void watchSelection();
    void showSummary(const json::object& summary);
    void followNow();
    [[nodiscard]] bool needsMore() const;

    TimelineView* view_;
    QComboBox* by_;
    QPushButton* now_;
    QLabel* summary_;
    QPushButton* watch_;
    QString filter_;
    QTimer askTimer_;
    QTimer nowTimer_;  ///< moves the view on while it follows, is seen and something happens
    int ordinal_ = 0;
    bool asking_ = false;
    bool again_ = false;
    bool shown_ = false;
    double askedSpanUs_ = 0;
};

}  // namespace dogwatch::gui
