// Gateway: dogwatchd's HTTP interface (docs/http.md): the Lambda API for those who hold a key, and /health
// and /metrics for whoever is on this machine.
//
// Thread: that of the control plane's event loop. Requests are read, authenticated and taken apart on the
// server's thread, and handed over here.
#pragma once

#include <QObject>
#include <chrono>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/control/control_plane.h"
#include "core/http/authenticator.h"
#include "core/http/lambda.h"
#include "core/http/message.h"
#include "core/http/metrics.h"
#include "core/http/server.h"

namespace dogwatch::http {

class Gateway : public QObject, private Service {
    Q_OBJECT

 public:
    /// Borrows the control plane, which must have been started.
    Gateway(control::ControlPlane& plane, std::vector<Credential> credentials, QObject* parent = nullptr);
    /// Closes every connection.
    ~Gateway() override;

    Result<void> listen(const Address& address, const ServerLimits& limits = {});
    /// Once it listens: "http://127.0.0.1:9000"
    [[nodiscard]] const std::string& url() const { return server_->url(); }

    /// Accepts no more connections; those with a request under way get their answers.
    void drain();
    /// Gives the last answers this long to get out.
    void finish(std::chrono::milliseconds most);

 private:
    // Service, on the server's thread
    std::variant<std::size_t, Response> admit(const Request& head) override;
    void serve(Request request, Respond respond) override;

    void health(const Respond& respond);
    void metrics(const Respond& respond);

    control::ControlPlane& plane_;
    Authenticator authenticator_;  ///< touched by the server's thread alone
    Lambda lambda_;
    Metrics metrics_;
    std::unique_ptr<Server> server_;
};

}  // namespace dogwatch::http
