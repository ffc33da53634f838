// QmpClient: the QEMU Machine Protocol over a connected socket: greeting, capability negotiation, commands
// with ids and deadlines, events. (QEMU docs/interop/qmp-spec.txt)
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/model/json.h"
#include "core/model/result.h"
#include "vmpool/fd_stream.h"

namespace dogwatch::vmpool {

class QmpClient : public QObject {
    Q_OBJECT
 public:
    using Reply = std::function<void(Result<json::value>)>;
    static constexpr std::chrono::milliseconds kDefaultTimeout{5000};
    /// The longest line QEMU may send; its longest answers (query-qmp-schema) are not asked for.
    static constexpr std::size_t kLongestLine = 1U << 20U;

    /// `fd`: our end of the socket, which does not block.
    explicit QmpClient(UniqueFd fd, QObject* parent = nullptr);
    ~QmpClient() override;

    /// Sends a command, or keeps it until the negotiation is over. `reply` is called exactly once, unless the
    /// client is destroyed first: with QEMU's "return", or an error (Refused: QEMU's own "error";
    /// Unavailable: no answer within `timeout`, or the connection is gone). `attached` travels with the
    /// command (getfd).
    void execute(const std::string& command, json::object arguments = {}, Reply reply = {},
                 std::chrono::milliseconds timeout = kDefaultTimeout, UniqueFd attached = {});

    [[nodiscard]] bool isReady() const { return state_ == State::Ready; }
    /// "7.2.22", once it is ready.
    [[nodiscard]] const std::string& qemuVersion() const { return qemuVersion_; }

 Q_SIGNALS:
    /// Negotiation is over.
    void ready();
    /// An event such as SHUTDOWN, with its data.
    void eventCame(const std::string& name, const boost::json::object& data);
    /// The connection is gone, or the peer does not speak QMP. Once; every reply was called before.
    void failed(const dogwatch::Error& error);

 private:
    enum class State { Greeting, Negotiating, Ready, Failed };
    using Clock = std::chrono::steady_clock;
    struct Pending {
        std::string command;
        Reply reply;
        Clock::time_point deadline;
    };
    struct Waiting {
        std::string line;
        UniqueFd attached;
    };

    void onReceived(std::string_view bytes);
    void onLine(std::string_view line);
    void onGreeting(const json::object& message);
    void onAnswer(const json::object& message);
    void onNegotiated(const Result<json::value>& answer);
    void expire();
    void armTimer();
    void fail(std::string why);

    FdStream stream_;
    QTimer timer_;
    State state_ = State::Greeting;
    std::string partial_;  ///< the line that has not ended yet
    std::string qemuVersion_;
    std::int64_t lastId_ = 0;
    std::map<std::int64_t, Pending> pending_;  ///< by id
    std::vector<Waiting> waiting_;             ///< commands given before the negotiation is over
};

}  // namespace dogwatch::vmpool
