// Checker: the static checks of what is drawn, beside the GUI's thread, whenever it changes.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>

#include "core/model/static_checks.h"
#include "gui/canvas/model/graph_model.h"

namespace dogwatch::gui::canvas {

class Checker final : public QObject {
    Q_OBJECT
 public:
    using Around = std::function<Surroundings()>;
    /// `around`: what is known of functions and other metaevents, asked for in the GUI's thread.
    Checker(GraphModel& model, Around around, QObject* parent = nullptr);
    /// Functions or metaevents are others now.
    void checkSoon() { delay_.start(); }

 private:
    void check();

    GraphModel& model_;
    Around around_;
    QTimer delay_;
    int ordinal_ = 0;  ///< of the latest check; answers to older ones are dropped
};

}  // namespace dogwatch::gui::canvas
