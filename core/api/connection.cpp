#include "core/api/connection.h"

#include <chrono>
#include <utility>

namespace dogwatch::api {
namespace {

constexpr qint64 kReadBuffer = 1 << 20;  ///< bytes that Qt reads ahead
constexpr qint64 kOutputHigh = 8 << 20;  ///< bytes waiting to be sent: congested
constexpr qint64 kOutputLow = 1 << 20;   ///< and no more
constexpr int kRequestsATurn = 64;       ///< before others get their turn
/// Requests of one client without an answer. Answers can be large, so few are made at once; those to
/// invocations are small, and may be long in coming.
constexpr int kMostPending = 16;
constexpr int kMostWaiting = 4096;
constexpr std::size_t kLongLine = 1U << 20U;
constexpr std::size_t kMostOfLongLines = 160U << 20U;
constexpr std::chrono::seconds kFarewell{1};
constexpr std::chrono::seconds kPatience{60};  ///< from when a line is long until it is whole

}  // namespace

Connection::Connection(QLocalSocket* socket, LongLines& longLines, QObject* parent)
    : QObject(parent), socket_(socket), longLines_(longLines) {
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
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] {
        refuse({Error::Kind::Refused, "A large request must arrive within a minute.", {}});
    });
    again_.start(0);  // what came before we listened
}

Connection::~Connection() {
    longLines_.bytes -= counted_;
}

void Connection::send(std::string_view line) {
    if (socket_->state() != QLocalSocket::ConnectedState) return;
    socket_->write(line.data(), static_cast<qint64>(line.size()));
    if (socket_->bytesToWrite() > kOutputHigh) congested_ = true;
}

bool Connection::isCongested() const {
    return congested_;
}

void Connection::answered(bool waited) {
    const bool could = mayRead();
    --pending_;
    if (waited) --waiting_;
    if (!could && mayRead()) again_.start(0);
}

void Connection::close() {
    socket_->disconnectFromServer();
}

bool Connection::mayRead() const {
    return !refused_ && !congested_ && pending_ - waiting_ < kMostPending && waiting_ < kMostWaiting;
}

bool Connection::keepsWithinBounds() {
    const std::size_t kept = lines_.kept() > kLongLine ? lines_.kept() : 0;
    longLines_.bytes = longLines_.bytes - counted_ + kept;
    counted_ = kept;
    if (kept == 0) {
        patience_.stop();
    } else if (!patience_.isActive()) {
        patience_.start(kPatience);
    }
    if (longLines_.bytes <= kMostOfLongLines) return true;
    refuse({Error::Kind::Refused, "There are too many large requests at once: try again in a moment.", {}});
    return false;
}

void Connection::refuse(const Error& error) {
    refused_ = true;
    send(errorLine(nullptr, error));
    again_.stop();
    patience_.stop();
    lines_ = LineReader{};
    longLines_.bytes -= std::exchange(counted_, 0);
    socket_->disconnect(this);
    connect(socket_, &QLocalSocket::disconnected, this, &Connection::closed);
    // What it still sends is thrown away, so that the refusal arrives; a peer that never stops is cut off.
    connect(socket_, &QLocalSocket::readyRead, this, [this] { socket_->readAll(); });
    QTimer::singleShot(kFarewell, socket_, [socket = socket_] { socket->abort(); });
    close();
}

void Connection::readMore() {
    int handled = 0;
    while (mayRead()) {
        auto line = lines_.next();
        if (!line) return refuse(line.error());
        if (!keepsWithinBounds()) return;
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
