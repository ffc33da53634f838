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

class Connection : public QObject {
    Q_OBJECT

 public:
    /// Takes over the socket.
    explicit Connection(QLocalSocket* socket, QObject* parent = nullptr);

    void send(std::string_view line);
    /// Whether so much waits to be sent that notifications must be left out.
    [[nodiscard]] bool isCongested() const;
    /// A request was answered: more may be read.
    void answered();
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

    QLocalSocket* socket_;
    LineReader lines_;
    QTimer again_;  ///< the next share of requests, after everyone else's turn
    int pending_ = 0;
    bool congested_ = false;
};

}  // namespace dogwatch::api
