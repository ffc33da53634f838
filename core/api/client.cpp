#include "core/api/client.h"

#include <QPointer>
#include <QSocketNotifier>
#include <QTimer>
#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "core/api/local_socket.h"
#include "core/api/protocol.h"

namespace dogwatch::api {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstRetry{100};
constexpr milliseconds kLongestRetry{3000};

/// Notifiers go from within their own slots too: once control is back in the event loop.
struct DeleteLater {
    void operator()(QSocketNotifier* notifier) const {
        notifier->setEnabled(false);
        notifier->deleteLater();
    }
};
using Notifier = std::unique_ptr<QSocketNotifier, DeleteLater>;

QString toQString(const std::string& text) {
    return QString::fromStdString(text);
}

}  // namespace

class Client::Private {
 public:
    explicit Private(Client* client) : q(client) {
        retry.setSingleShot(true);
        QObject::connect(&retry, &QTimer::timeout, q, [this] { attempt(); });
    }

    // ---- the connection
    void attempt();
    void lost(const std::string& reason, bool isOther = false);
    void greeted(Result<json::value> answer);
    void readAll();
    void flush();
    void send(std::string line);

    // ---- what is said over it
    void dispatch(const std::string& line);
    void answered(Response response);
    void notified(const Notification& notification);
    std::int64_t ask(std::string_view method, const json::object& params, Reply reply,
                     const QObject* context = nullptr);
    void expire(std::int64_t id, Duration timeout);
    void resubscribe(int id);
    void subscribed(int id, const Result<json::value>& answer);

    struct Call {
        std::string method;
        Reply reply;
        bool hasContext = false;
        QPointer<const QObject> context;

        void answer(Result<json::value> result) {
            if (reply && !(hasContext && context.isNull())) reply(std::move(result));
        }
    };
    struct Live {
        Subscription wanted;
        std::optional<std::int64_t> serverId;
    };

    Client* q;
    std::string path;
    LocalSocket socket;
    Notifier readable;
    Notifier writable;
    LineReader lines;
    std::string unsent;
    std::size_t sent = 0;  ///< of `unsent`
    QTimer retry;
    milliseconds pause = kFirstRetry;
    bool toldLost = false;
    bool isOtherVersion = false;
    bool greetedYet = false;
    json::object hello;
    std::int64_t lastCall = 0;
    int lastSubscription = 0;
    std::map<std::int64_t, Call> calls;
    std::map<int, Live> subscriptions;
};

void Client::Private::attempt() {
    auto opened = LocalSocket::connect(path, false);
    if (!opened) {
        lost(opened.error().message);
        return;
    }
    socket = std::move(*opened);
    lines = LineReader{};
    unsent.clear();
    sent = 0;
    readable.reset(new QSocketNotifier(socket.fd(), QSocketNotifier::Read));
    writable.reset(new QSocketNotifier(socket.fd(), QSocketNotifier::Write));
    writable->setEnabled(false);
    QObject::connect(readable.get(), &QSocketNotifier::activated, q, [this] { readAll(); });
    QObject::connect(writable.get(), &QSocketNotifier::activated, q, [this] { flush(); });
    ask("hello", {{"client", "dogwatch " DOGWATCH_VERSION}},
        [this](Result<json::value> answer) { greeted(std::move(answer)); });
}

void Client::Private::greeted(Result<json::value> answer) {
    if (!socket.isOpen()) return;  // the connection went before the answer came: told already
    if (!answer) {
        lost(answer.error().message);
        return;
    }
    const auto* object = answer->if_object();
    const auto protocol = object != nullptr ? intMember(*object, "protocol") : 0;
    if (protocol != kProtocolVersion) {
        const std::int64_t pid = object != nullptr ? intMember(*object, "pid") : 0;
        lost("What answers at " + path + " speaks version " + std::to_string(protocol) +
                 " of the protocol, not " + std::to_string(kProtocolVersion) + ": stop " +
                 (pid > 0 ? "process " + std::to_string(pid) : "it") +
                 " and start the control plane of this version.",
             true);
        return;
    }
    hello = *object;
    greetedYet = true;
    toldLost = false;
    isOtherVersion = false;
    pause = kFirstRetry;
    for (auto& [id, live] : subscriptions) resubscribe(id);
    Q_EMIT q->connected();
}

void Client::Private::lost(const std::string& reason, bool isOther) {
    readable.reset();
    writable.reset();
    socket.close();
    greetedYet = false;
    hello.clear();
    for (auto& [id, live] : subscriptions) {
        live.serverId.reset();
    }
    retry.start(pause);
    pause = std::min(pause * 2, kLongestRetry);

    const QPointer<Client> alive = q;
    const auto error = Error{Error::Kind::Unavailable, reason, {}};
    for (auto& [id, call] : std::exchange(calls, {})) {
        call.answer(tl::unexpected(error));
        if (alive.isNull()) return;
    }
    const bool isNew = std::exchange(isOtherVersion, isOther) != isOther;
    if (!std::exchange(toldLost, true) || isNew) Q_EMIT q->disconnected(toQString(reason));
}

void Client::Private::readAll() {
    std::string bytes;
    const auto got = socket.read(bytes);
    lines.feed(bytes);
    const QPointer<Client> alive = q;
    while (socket.isOpen()) {
        auto line = lines.next();
        if (!line) {
            lost(line.error().message);
            return;
        }
        if (!*line) break;
        dispatch(**line);
        if (alive.isNull()) return;
    }
    if (!got && socket.isOpen()) lost(got.error().message);
}

void Client::Private::send(std::string line) {
    if (sent == unsent.size()) {
        unsent = std::move(line);
        sent = 0;
    } else {
        unsent += line;
    }
    flush();
}

void Client::Private::flush() {
    const auto taken = socket.write(std::string_view{unsent}.substr(sent));
    if (!taken) {
        // Not from within call(): the read end tells the same in a moment.
        writable->setEnabled(false);
        QTimer::singleShot(0, q, [this, reason = taken.error().message] {
            if (socket.isOpen()) lost(reason);
        });
        return;
    }
    sent += *taken;
    writable->setEnabled(sent < unsent.size());
}

std::int64_t Client::Private::ask(std::string_view method, const json::object& params, Reply reply,
                                  const QObject* context) {
    const auto id = ++lastCall;
    auto line = requestLine(id, method, params);
    auto& call = calls[id];
    call = {std::string{method}, std::move(reply), context != nullptr, context};
    if (line.size() <= kLargestLine) {
        send(std::move(line));
        return id;
    }
    QTimer::singleShot(0, q, [this, id] {
        auto found = calls.extract(id);
        if (found.empty()) return;
        found.mapped().answer(failure(Error::Kind::Refused, "The request is larger than the " +
                                                                std::to_string(kLargestLine >> 20U) +
                                                                " MiB that one may have."));
    });
    return id;
}

void Client::Private::expire(std::int64_t id, Duration timeout) {
    const auto pause = std::chrono::ceil<milliseconds>(timeout);
    QTimer::singleShot(pause, q, [this, id, timeout] {
        auto found = calls.extract(id);
        if (found.empty()) return;
        found.mapped().answer(failure(Error::Kind::Unavailable, "The control plane did not answer \"" +
                                                                    found.mapped().method + "\" within " +
                                                                    toWords(timeout) + "."));
    });
}

void Client::Private::dispatch(const std::string& line) {
    auto message = decodeMessage(line);
    if (!message) {
        lost("What the control plane sent is not understood: expected " + message.error().text() + ".");
    } else if (auto* response = std::get_if<Response>(&*message)) {
        answered(std::move(*response));
    } else {
        notified(std::get<Notification>(*message));
    }
}

void Client::Private::answered(Response response) {
    auto found = calls.extract(response.id);
    if (found.empty()) return;  // it timed out
    found.mapped().answer(outcomeOf(found.mapped().method, std::move(response)));
}

void Client::Private::notified(const Notification& notification) {
    if (notification.method == "progress") {
        Q_EMIT q->progress(intMember(notification.params, "request"), intMember(notification.params, "done"),
                           intMember(notification.params, "total"));
        return;
    }
    const auto serverId = notification.subscription();
    const auto found = std::find_if(subscriptions.begin(), subscriptions.end(),
                                    [&](const auto& entry) { return entry.second.serverId == serverId; });
    if (found == subscriptions.end()) return;  // ended, or about to be made anew
    const int id = found->first;
    auto& live = found->second;
    if (notification.method == "records") {
        const auto* records = notification.params.if_contains("records");
        const auto* list = records != nullptr ? records->if_array() : nullptr;
        if (list != nullptr && !list->empty() && list->back().is_object()) {
            live.wanted.afterSeq =
                intMember(list->back().get_object(), "seq", live.wanted.afterSeq.value_or(0));
        }
    } else if (notification.method == "missed") {
        // Subscribing anew after the last record that came brings those that were spared, and then live ones.
        live.wanted.afterSeq =
            intMember(notification.params, "resume_after_seq", live.wanted.afterSeq.value_or(0));
        live.serverId.reset();
        ask("unsubscribe", {{"subscription", serverId}}, {});
        resubscribe(id);
    }
    // NOLINTNEXTLINE(readability-misleading-indentation): it takes the empty macro for an indented statement
    Q_EMIT q->notification(id, notification.method, notification.params);
}

void Client::Private::resubscribe(int id) {
    auto& live = subscriptions.at(id);
    json::object params = live.wanted.filters;
    params["topics"] = json::value_from(live.wanted.topics);
    if (live.wanted.afterSeq) params["after_seq"] = *live.wanted.afterSeq;
    ask("subscribe", params, [this, id](const Result<json::value>& answer) { subscribed(id, answer); });
}

void Client::Private::subscribed(int id, const Result<json::value>& answer) {
    const auto* result = answer ? answer->if_object() : nullptr;
    if (result == nullptr) {
        // Refused: the next connection asks again. Without it nothing would come, so it must not go
        // unnoticed.
        if (!answer && socket.isOpen()) qWarning("%s", answer.error().text().c_str());
        return;
    }
    const auto serverId = intMember(*result, "subscription", -1);
    const auto found = subscriptions.find(id);
    if (found == subscriptions.end()) {  // ended while it was being made
        ask("unsubscribe", {{"subscription", serverId}}, {});
        return;
    }
    found->second.serverId = serverId;
    if (!found->second.wanted.afterSeq) found->second.wanted.afterSeq = intMember(*result, "last_seq");
}

Client::Client(QObject* parent) : QObject(parent), d(std::make_unique<Private>(this)) {}

Client::~Client() = default;

void Client::connectTo(const std::string& socketPath) {
    close();
    d->path = socketPath;
    d->retry.start(0);
}

void Client::close() {
    d->isOtherVersion = false;
    if (d->socket.isOpen()) {
        d->toldLost = true;  // whoever closes knows
        d->lost("The connection was closed.");
    }
    d->retry.stop();
    d->toldLost = false;
    d->pause = kFirstRetry;
}

bool Client::isConnected() const {
    return d->greetedYet;
}

bool Client::isOtherVersion() const {
    return d->isOtherVersion;
}

const std::string& Client::socketPath() const {
    return d->path;
}

const json::object& Client::hello() const {
    return d->hello;
}

std::int64_t Client::call(std::string_view method, const json::object& params, Reply reply,
                          const QObject* context, Duration timeout) {
    if (isConnected()) {
        const auto id = d->ask(method, params, std::move(reply), context);
        if (timeout > Duration::zero()) d->expire(id, timeout);
        return id;
    }
    Private::Call call{std::string{method}, std::move(reply), context != nullptr, context};
    QTimer::singleShot(0, this, [call = std::move(call)]() mutable {
        call.answer(failure(Error::Kind::Unavailable, "There is no connection to the control plane now."));
    });
    return 0;
}

int Client::subscribe(Subscription subscription) {
    const int id = ++d->lastSubscription;
    d->subscriptions[id].wanted = std::move(subscription);
    if (isConnected()) d->resubscribe(id);
    return id;
}

void Client::unsubscribe(int id) {
    const auto found = d->subscriptions.extract(id);
    if (found.empty() || !found.mapped().serverId) return;
    if (isConnected()) d->ask("unsubscribe", {{"subscription", *found.mapped().serverId}}, {});
}

}  // namespace dogwatch::api
