// FiringStrip: how often something fired lately, as a row of small bars up to now. The span is the shortest
// of a few round ones that holds what there is to show.
#pragma once

#include <QWidget>
#include <vector>

#include "core/model/time.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui {

class FiringStrip final : public QWidget {
    Q_OBJECT
 public:
    struct Mark {
        Time time{};
        bool silenced = false;
    };
    explicit FiringStrip(const Theme& theme, QWidget* parent = nullptr);
    void setMarks(const std::vector<Mark>& marks, Time now);
    /// "12 firings in the last 24 h".
    [[nodiscard]] QString words() const;
    [[nodiscard]] QSize sizeHint() const override { return {300, 34}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 34}; }

 protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

 private:
    struct Bin {
        int loud = 0;
        int silenced = 0;
        [[nodiscard]] int total() const { return loud + silenced; }
    };
    [[nodiscard]] QString binWords(std::size_t bin) const;

    const Theme& theme_;
    std::vector<Bin> bins_;
    Time now_{};
    Duration span_{};
    int shown_ = 0;
};

}  // namespace dogwatch::gui
