// RangeButton: shows and changes the stretch of time that all pages look at.
#pragma once

#include <QPushButton>

#include "gui/models/query_filter.h"
#include "gui/session/scope.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui {

class RangeButton final : public QPushButton {
    Q_OBJECT
 public:
    RangeButton(const Theme& theme, Scope& scope, QWidget* parent = nullptr);

 private:
    void showRange();
    void askForRange();

    Scope& scope_;
};

/// "All time", "Last 5 min", "27 Nov 12:00 – 13:30".
QString rangeText(const TimeRange& range);

/// Lets through what lies in the time range that all pages share, from now on.
void followRange(QueryFilter& filter, Scope& scope);

}  // namespace dogwatch::gui
