// FirstSteps: what an empty workspace offers on the overview: look at a demo, write a function, bring what
// one has.
#pragma once

#include <QWidget>

#include "gui/theme/theme.h"

namespace dogwatch::gui {

class FirstSteps final : public QWidget {
    Q_OBJECT
 public:
    explicit FirstSteps(const Theme& theme, QWidget* parent = nullptr);

 Q_SIGNALS:
    void demoWanted();
    void functionWanted();
    void metaeventsWanted();  ///< from a file
    void recordsWanted();     ///< from a file
};

}  // namespace dogwatch::gui
