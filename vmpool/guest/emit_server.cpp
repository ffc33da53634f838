#include "vmpool/guest/emit_server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <vector>

#include "vmpool/guest/agent.h"

namespace dogwatch::guest {
namespace {

constexpr std::size_t kMostClients = 64;
constexpr std::size_t kLargestPacket = 64 + 1 + kLargestEmit;

std::optional<sockaddr_un> addressOf(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) return std::nullopt;
    path.copy(address.sun_path, path.size());
    return address;
}

const sockaddr* generic(const sockaddr_un& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

}  // namespace

Result<std::unique_ptr<EmitServer>> EmitServer::listen(EventLoop& loop, const std::string& path,
                                                       Emitted emitted) {
    std::unique_ptr<EmitServer> server(new EmitServer(loop, std::move(emitted)));
    const auto address = addressOf(path);
    if (!address) return failure("the path of the emit socket is too long: " + path);
    server->socket_.reset(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::unlink(path.c_str());
    if (!server->socket_ || ::bind(server->socket_.get(), generic(*address), sizeof *address) != 0 ||
        ::chmod(path.c_str(), 0666) != 0 || ::listen(server->socket_.get(), 16) != 0) {
        return systemFailure(path);
    }
    server->watch_ =
        loop.watch(server->socket_.get(), POLLIN, [self = server.get()](short) { self->accept(); });
    return server;
}

void EmitServer::setPaused(bool paused) {
    if (paused == paused_) return;
    paused_ = paused;
    watch_.setPaused(paused);
    for (auto& client : clients_) client.watch.setPaused(paused);
}

void EmitServer::accept() {
    UniqueFd fd(::accept4(socket_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!fd) return;
    if (clients_.size() == kMostClients) clients_.pop_front();  // the one that has kept silent the longest
    const auto client = clients_.insert(clients_.end(), Client{std::move(fd), {}});
    client->watch = loop_.watch(client->fd.get(), POLLIN, [this, client](short) { serve(client); });
}

void EmitServer::serve(std::list<Client>::iterator client) {
    std::vector<char> packet(kLargestPacket + 1);
    const auto size = ::recv(client->fd.get(), packet.data(), packet.size(), 0);
    if (size > 0) {
        const std::string text(packet.data(), static_cast<std::size_t>(size));
        const auto zero = text.find('\0');
        std::string answer = "the record is too large: at most 65536 bytes of JSON are taken";
        if (text.size() <= kLargestPacket && zero != std::string::npos) {
            answer = emitted_(text.substr(0, zero), text.substr(zero + 1));
        }
        answer.push_back('\0');  // an empty packet could not be told from the end
        ::send(client->fd.get(), answer.data(), answer.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
    clients_.erase(client);
}

int emitMain(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: dogwatch-emit NAME JSON\n", stderr);
        return 2;
    }
    const char* path = std::getenv("DOGWATCH_EMIT_SOCKET");
    const auto address = addressOf(path != nullptr ? path : "");
    const UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
    if (!address || !fd || ::connect(fd.get(), generic(*address), sizeof *address) != 0) {
        std::fputs("dogwatch-emit: nobody takes records here; it works in a function only\n", stderr);
        return 1;
    }
    const auto packet = std::string(argv[1]) + '\0' + argv[2];
    char answer[512] = {};
    if (::send(fd.get(), packet.data(), packet.size(), MSG_NOSIGNAL) < 0 ||
        ::recv(fd.get(), answer, sizeof answer - 1, 0) <= 0) {
        std::fputs("dogwatch-emit: the record is too large: at most 65536 bytes of JSON are taken\n", stderr);
        return 1;
    }
    if (answer[0] == '\0') return 0;
    std::fprintf(stderr, "dogwatch-emit: %s\n", answer);
    return 1;
}

}  // namespace dogwatch::guest
