#include "core/api/server.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QLocalSocket>
#include <QLoggingCategory>
#include <algorithm>
#include <chrono>

#include "core/api/encode.h"

namespace dogwatch::api {
namespace {

Q_LOGGING_CATEGORY(lcServer, "dogwatch.api")

constexpr auto kStatusInterval = std::chrono::milliseconds{250};
constexpr std::size_t kMostClients = 1000;

bool isOwnUser(const QLocalSocket& socket) {
    ucred peer{};
    socklen_t length = sizeof(peer);
    const auto descriptor = static_cast<int>(socket.socketDescriptor());
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && peer.uid == geteuid();
}

}  // namespace

Server::Server(control::ControlPlane& plane, QObject* parent) : QObject(parent), plane_(plane) {
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &Server::accept);
    connect(&plane_.sequencer(), &control::Sequencer::committed, this,
            [this](const std::shared_ptr<const journal::Batch>& batch) { publish(*batch); });
    connect(&plane_.executions(), &control::ExecutionService::printed, this,
            [this](const std::string& execution, const std::string& chunk) {
                for (auto* session : sessions_) session->offerOutput(execution, chunk);
            });
    connect(&plane_.pool(), &vmpool::Pool::consoleWritten, this,
            [this](const std::string& vm, const std::string& text) {
                for (auto* session : sessions_) session->offerConsole(vm, text);
            });
    connect(&statusTimer_, &QTimer::timeout, this, &Server::publishStatus);
}

Server::~Server() {
    for (auto* session : std::exchange(sessions_, {})) delete session;
}

Result<void> Server::listen(const std::string& path) {
    const QString name = QString::fromStdString(path);
    QLocalServer::removeServer(name);
    if (server_.listen(name)) return {};
    return failure(Error::Kind::Io,
                   fmt::format("No socket can be made at {} ({}): mend that, or name another data "
                               "directory with --data.",
                               path, server_.errorString().toStdString()));
}

void Server::accept() {
    while (QLocalSocket* socket = server_.nextPendingConnection()) {
        if (!isOwnUser(*socket) || sessions_.size() >= kMostClients) {
            qCWarning(lcServer, "A connection was turned away: %s",
                      sessions_.size() >= kMostClients ? "there are too many" : "its peer is another user");
            socket->abort();
            socket->deleteLater();
            continue;
        }
        auto* session = new ClientSession(socket, longLines_, plane_, this);
        sessions_.push_back(session);
        connect(session, &ClientSession::closed, this, [this, session] {
            std::erase(sessions_, session);
            session->deleteLater();
        });
        connect(session, &ClientSession::shutdownRequested, this, &Server::shutdownRequested);
        connect(session, &ClientSession::statusWanted, this, [this] {
            lastStatus_.clear();  // who is new gets one in any case
            if (!statusTimer_.isActive()) statusTimer_.start(kStatusInterval);
        });
    }
}

void Server::publish(const journal::Batch& batch) {
    const bool wanted = std::any_of(sessions_.begin(), sessions_.end(),
                                    [](const ClientSession* session) { return session->wantsRecords(); });
    if (!wanted || batch.records.empty()) return;
    EncodedRecords records;
    records.reserve(batch.records.size());
    for (const Record& record : batch.records) records.push_back(encode(record));
    for (auto* session : sessions_) session->offerRecords(records);
}

void Server::publishStatus() {
    const bool wanted = std::any_of(sessions_.begin(), sessions_.end(),
                                    [](const ClientSession* session) { return session->wantsStatus(); });
    if (!wanted) {
        statusTimer_.stop();
        return;
    }
    json::object status = encodeStatus(plane_.status());
    if (status == lastStatus_) return;
    for (auto* session : sessions_) session->offerStatus(status);
    lastStatus_ = std::move(status);
}

}  // namespace dogwatch::api
