// LiveTruth: asks the control plane how the conditions of a metaevent stand, while someone looks.
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include "gui/session/control_plane_session.h"

namespace dogwatch::gui {

class LiveTruth final : public QObject {
    Q_OBJECT
 public:
    explicit LiveTruth(ControlPlaneSession& session, QObject* parent = nullptr);
    /// Empty: none. `key`: of a partition; none: the one that acted last.
    void watch(const QString& metaevent, std::optional<json::value> key = {});
    /// Asks once a second, or less often where answers take long.
    void setLooking(bool looking);

 Q_SIGNALS:
    /// A reply of metaevents.explain.
    void explained(const dogwatch::json::object& reply);

 private:
    void ask();

    ControlPlaneSession& session_;
    QString metaevent_;
    std::optional<json::value> key_;
    QTimer timer_;
    QElapsedTimer asked_;
    bool looking_ = false;
    int ordinal_ = 0;
};

}  // namespace dogwatch::gui
