#include "vmpool/guest_link.h"

#include <algorithm>
#include <utility>

namespace dogwatch::vmpool {

using Clock = std::chrono::steady_clock;

GuestLink::GuestLink(UniqueFd fd, GuestSession session, Watchdog watchdog, QObject* parent)
    : QObject(parent), stream_(std::move(fd)), session_(std::move(session)), limits_(watchdog) {
    tick_.setInterval(limits_.interval);
    connect(&tick_, &QTimer::timeout, this, &GuestLink::onTick);
    connect(&stream_, &FdStream::received, this, &GuestLink::onReceived);
    connect(&stream_, &FdStream::closed, this, [this] {
        tick_.stop();
        Q_EMIT closed();
    });
}

void GuestLink::configure(const Configure& configure) {
    session_.sentConfigure();
    stream_.send(encodeConfigure(configure));
}

void GuestLink::rehearse() {
    session_.sentRehearse();
    stream_.send(encodeRehearse());
}

void GuestLink::load(const Function& function) {
    session_.sentLoad();
    stream_.send(encodeLoad(function, {}));
    std::string_view code = function.code;
    while (!code.empty()) {
        const std::size_t size = std::min(code.size(), kLargestCodeChunk);
        stream_.send(encodeCode(code.substr(0, size)));
        code.remove_prefix(size);
    }
}

void GuestLink::run(const Invocation& invocation) {
    session_.sentRun(invocation.execution, LoadLimits{}.streamBytes);
    stream_.send(encodeRun(invocation));
}

void GuestLink::cancel(const std::string& execution) {
    stream_.send(encodeCancel(execution));
}

void GuestLink::ping() {
    if (session_.awaitsPong()) return;
    pinged_ = Clock::now();
    session_.sentPing(++nonce_);
    stream_.send(encodePing(nonce_));
}

void GuestLink::watch(bool on) {
    if (on) {
        pinged_ = Clock::now();  // a ping that was under way when the VM was stopped has all its time again
        tick_.start();
    } else {
        tick_.stop();
    }
}

void GuestLink::close() {
    tick_.stop();
    stream_.close();
}

void GuestLink::onReceived(std::string_view bytes) {
    reader_.append(bytes);
    drain();
}

void GuestLink::drain() {
    for (int handled = 0; stream_.isOpen(); ++handled) {
        if (handled == kMessagesAtOnce) {
            stream_.setPaused(true);
            QTimer::singleShot(0, this, [this] {
                stream_.setPaused(false);
                drain();
            });
            return;
        }
        const auto body = reader_.next();
        if (!body) return fail(body.error());
        if (!*body) return;
        const auto decoded = decodeGuestMessage(**body);
        if (!decoded) return fail(decoded.error());
        if (const auto verdict = session_.accept(*decoded); !verdict) return fail(verdict.error());
        Q_EMIT message(*decoded);
    }
}

void GuestLink::onTick() {
    if (!session_.awaitsPong()) return ping();
    if (Clock::now() - pinged_ > limits_.deadline) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits_.deadline).count();
        fail({Error::Kind::Unavailable,
              "the guest has not answered for " + std::to_string(seconds) + " s",
              {}});
    }
}

void GuestLink::fail(const Error& error) {
    if (!stream_.isOpen()) return;
    close();
    Q_EMIT failed(error);
}

}  // namespace dogwatch::vmpool
