// Door and its sessions: what happens on the server's thread with one connection after the other.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include "core/http/server.h"

namespace dogwatch::http {

class Session;

/// Where answers come in from other threads; it outlives the server, whom late ones do not reach any more.
class Mailbox {
 public:
    explicit Mailbox(boost::asio::io_context& io) : io_(&io) {}
    void post(std::function<void()> work);
    void close();

 private:
    std::mutex mutex_;
    boost::asio::io_context* io_;
};

class Door {
 public:
    Door(Service& service, const ServerLimits& limits, boost::asio::io_context& io)
        : service_(service), limits_(limits), io_(io), mailbox_(std::make_shared<Mailbox>(io)) {}
    /// Answers that come from now on are passed over. Before `io` ends.
    void close() { mailbox_->close(); }

    /// Serves this connection until it ends.
    void enter(boost::asio::ip::tcp::socket socket);
    /// Sessions without a request under way end; the others after it.
    void drain();

 private:
    friend class Session;
    Service& service_;
    const ServerLimits limits_;
    boost::asio::io_context& io_;
    std::shared_ptr<Mailbox> mailbox_;
    std::set<Session*> sessions_;
    std::size_t bodies_ = 0;  ///< bytes set aside for bodies
    bool draining_ = false;
};

}  // namespace dogwatch::http
