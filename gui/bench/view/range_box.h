// RangeBox: which part of the recorded history, or which file of records.
#pragma once

#include <QComboBox>
#include <optional>

#include "core/model/time.h"

namespace dogwatch::gui::bench {

struct Range {
    std::optional<Time> from;   ///< none: from the first record on
    std::optional<Time> until;  ///< none: to the last record
    QString file;               ///< of records, in place of the journal
};

class RangeBox final : public QComboBox {
    Q_OBJECT
 public:
    explicit RangeBox(QWidget* parent = nullptr);
    /// As it is chosen, seen from now.
    [[nodiscard]] Range range(Time now) const;
    /// Whether it reaches up to now, so that what comes belongs to it.
    [[nodiscard]] bool isOpenEnded() const;
    /// The shortest of the offered ones that reaches back to a time. False: that is chosen already.
    bool chooseFor(Time time, Time now);
    /// A part of the time, as if it had been typed.
    void chooseSpan(Time from, Time until);
    void chooseFile(const QString& file);

 Q_SIGNALS:
    void rangeChosen();

 private:
    void askForSpan();
    void askForFile();

    Range own_;
    int last_ = 0;
};

}  // namespace dogwatch::gui::bench
