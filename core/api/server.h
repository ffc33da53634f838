// Server: the local API (docs/api.md) on a Unix socket that only its owner may use.
#pragma once

#include <QLocalServer>
#include <QObject>
#include <QTimer>
#include <string>
#include <vector>

#include "core/api/client_session.h"
#include "core/control/control_plane.h"

namespace dogwatch::api {

class Server : public QObject {
    Q_OBJECT

 public:
    /// Borrows the control plane, which must have been started.
    explicit Server(control::ControlPlane& plane, QObject* parent = nullptr);
    ~Server() override;

    /// Listens at `path`; a socket left over there is replaced, so the caller must own the data directory.
    Result<void> listen(const std::string& path);

 Q_SIGNALS:
    /// A client asked for the end of the control plane.
    void shutdownRequested();

 private:
    void accept();
    void publish(const journal::Batch& batch);
    void publishStatus();

    control::ControlPlane& plane_;
    LongLines longLines_;
    QLocalServer server_;
    QTimer statusTimer_;  ///< runs while somebody wants the status
    json::object lastStatus_;
    std::vector<ClientSession*> sessions_;  ///< children of this
};

}  // namespace dogwatch::api
