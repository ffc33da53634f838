// Connection: one client at the door. It reads requests as fast as they can be answered and no faster, and
// holds no more output than a bound: nothing that one client does makes others wait or memory grow.
#pragma once

#include <QLocalSocket>
#include <QObject>
#include <QTimer>
#include <string>
#include <string_view>

#include "core/api/protocol.h"

namespace dogwatch::api {

/// Bytes kept of long lines that are not whole yet, over all connections: together they have a limit.
struct LongLines {
    std::size_t bytes = 0;
};

class Connection : public QObject {
    Q_OBJECT

 public:
    /// Takes over the socket; borrows `longLines`.
    Connection(QLocalSocket* socket, LongLines& longLines, QObject* parent = nullptr);
    ~Connection() override;

    void send(std::string_view line);
    /// Whether so much waits to be sent that notifications must be left out.
    [[nodiscard]] bool isCongested() const;
    /// The request that was just told of waits for something other than us, and its answer is small: many
    /// may.
    void letWait() { ++waiting_; }
    /// A request was answered: more may be read. `waited`: it was one of those.
    void answered(bool waited);
    void close();

 Q_SIGNALS:
    /// A request; answered() must follow once.
    void request(const dogwatch::api::Request& request);
    /// What waited is sent: isCongested() is false again.
    void drained();
    void closed();

 private:
    void readMore();
    [[nodiscard]] bool mayRead() const;
    void handle(const std::string& line);
    /// Counts what is kept of a long line; false: there is no room for it, and the connection ends.
    bool keepsWithinBounds();
    void refuse(const Error& error);

    QLocalSocket* socket_;
    LineReader lines_;
    LongLines& longLines_;
    std::size_t counted_ = 0;  ///< of them, ours
    QTimer patience_;          ///< for a long line to become whole
    QTimer again_;             ///< the next share of requests, after everyone else's turn
    int pending_ = 0;          ///< requests without an answer
    int waiting_ = 0;          ///< of them, those that wait for something other than us
    bool congested_ = false;
    bool refused_ = false;  ///< what it still sends is thrown away
};

}  // namespace dogwatch::api
