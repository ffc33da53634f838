// Client: a connection to the control plane that mends itself. Calls are answered by callbacks; subscriptions
// survive a lost connection without a gap: they are made anew from the last record seen. Nothing blocks.
//
// Thread: the one whose event loop it lives on; callbacks and signals come on that thread, callbacks never
// from within call().
#pragma once

#include <QObject>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/json.h"
#include "core/model/result.h"
#include "core/model/time.h"

namespace dogwatch::api {

/// What to be told of (docs/api.md, `subscribe`).
struct Subscription {
    std::vector<std::string> topics;       ///< of "records", "status", "output"
    json::object filters;                  ///< event, function, execution
    std::optional<std::int64_t> afterSeq;  ///< records: first those after this one; none: only what is new
};

class Client : public QObject {
    Q_OBJECT
 public:
    using Reply = std::function<void(Result<json::value>)>;

    explicit Client(QObject* parent = nullptr);
    ~Client() override;  ///< calls without an answer get none

    /// Connects, and keeps trying (after 100 ms, then twice as long each time, up to 3 s) until close().
    void connectTo(const std::string& socketPath);
    void close();
    /// Whether a control plane of the same protocol has answered `hello` on this connection.
    [[nodiscard]] bool isConnected() const;
    /// Whether what answers there speaks another version of the protocol; it is asked again all the same.
    [[nodiscard]] bool isOtherVersion() const;
    [[nodiscard]] const std::string& socketPath() const;
    /// What it answered to `hello` (program, version, pid, data, started, journal); empty while not
    /// connected.
    [[nodiscard]] const json::object& hello() const;

    /// Asks; `reply` gets the result or the error, once. While not connected, and when the connection goes
    /// before the answer has come, the error is of kind Unavailable; likewise after `timeout` (zero: none).
    /// With a `context`, the reply is dropped when that object is gone. Returns the request's id, by which
    /// progress() tells of it and the method `cancel` ends it; 0: there is no connection.
    std::int64_t call(std::string_view method, const json::object& params, Reply reply,
                      const QObject* context = nullptr, Duration timeout = Duration::zero());

    /// Tells by notification() what comes; may be called before there is a connection. Returns the
    /// subscription's id on this side, which stays the same over all connections.
    int subscribe(Subscription subscription);
    void unsubscribe(int id);

 Q_SIGNALS:
    void connected();
    /// Once an outage: the connection was lost, or the first attempt failed; and when isOtherVersion() has
    /// changed since. `reason`: one sentence.
    void disconnected(const QString& reason);
    /// `method`: "records", "status", "output", "missed"; `params` as docs/api.md tells. No record comes
    /// twice, and those that "missed" counts follow all the same: the client asks for them itself.
    void notification(int subscription, const std::string& method, const dogwatch::json::object& params);
    /// How far a request is that asked to be told ("progress": true).
    void progress(std::int64_t request, std::int64_t done, std::int64_t total);

 private:
    class Private;
    std::unique_ptr<Private> d;
};

}  // namespace dogwatch::api
