#include "core/api/connection.h"

namespace dogwatch::api {
namespace {

constexpr qint64 kReadBuffer = 1 << 20;  ///< bytes that Qt reads ahead
constexpr qint64 kOutputHigh = 8 << 20;  ///< bytes waiting to be sent: congested
constexpr qint64 kOutputLow = 1 << 20;   ///< and no more
constexpr int kRequestsATurn = 64;       ///< before others get their turn
constexpr int kMostPending = 4096;       ///< requests of one client that wait for their answers

}  // namespace

Connection::Connection(QLocalSocket* socket, QObject* parent) : QObject(parent), socket_(socket) {
    socket_->setParent(this);
    socket_->setReadBufferSize(kReadBuffer);
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &Connection::readMore);
    connect(socket_, &QLocalSocket::readyRead, this, [this] {
        if (!again_.isActive()) readMore();
    });
    connect(socket_, &QLocalSocket::disconnected, this, &Connection::closed);
    connect(socket_, &QLocalSocket::bytesWritten, this, [this] {
        if (!congested_ || socket_->bytesToWrite() > kOutputLow) return;
        congested_ = false;
        Q_EMIT drained();
        again_.start(0);
    });
    again_.start(0);  // what came before we listened
}

void Connection::send(std::string_view line) {
    if (socket_->state() != QLocalSocket::ConnectedState) return;
    socket_->write(line.data(), static_cast<qint64>(line.size()));
    if (socket_->bytesToWrite() > kOutputHigh) congested_ = true;
}

bool Connection::isCongested() const {
    return congested_;
}

void Connection::answered() {
    if (pending_-- == kMostPending) again_.start(0);
}

void Connection::close() {
    socket_->disconnectFromServer();
}

bool Connection::mayRead() const {
    return !congested_ && pending_ < kMostPending;
}

void Connection::readMore() {
    int handled = 0;
    while (mayRead()) {
        auto line = lines_.next();
        if (!line) {
            send(errorLine(nullptr, line.error(), kParseError));
            close();
            return;
        }
        if (*line) {
            handle(**line);
            if (++handled < kRequestsATurn) continue;
            again_.start(0);
            return;
        }
        const QByteArray bytes = socket_->read(kReadBuffer);
        if (bytes.isEmpty()) return;
        lines_.feed({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    }
}

void Connection::handle(const std::string& line) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) return;
    auto decoded = decodeRequest(line);
    if (!decoded) {
        send(errorLine(decoded.error().id, decoded.error().error, decoded.error().code));
        return;
    }
    ++pending_;
    Q_EMIT request(*decoded);
}

}  // namespace dogwatch::api
