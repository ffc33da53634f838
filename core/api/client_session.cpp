#include "core/api/client_session.h"

#include <fmt/format.h>

#include <QPointer>
#include <algorithm>
#include <atomic>
#include <string_view>
#include <utility>

namespace dogwatch::api {
namespace {

constexpr std::size_t kMostSubscriptions = 100;
constexpr std::string_view kInvoke = "invoke";  // answered when its execution is over
constexpr std::int64_t kLargestSeq = (1LL << 53U) - 1;

}  // namespace

ClientSession::ClientSession(QLocalSocket* socket, LongLines& longLines, control::ControlPlane& plane,
                             QObject* parent)
    : QObject(parent), plane_(plane), connection_(socket, longLines) {
    connect(&connection_, &Connection::request, this, &ClientSession::handle);
    connect(&connection_, &Connection::closed, this, &ClientSession::closed);
}

ClientSession::~ClientSession() {
    for (const auto& [id, flag] : cancellable_) flag->store(true);
}

control::Cancelled ClientSession::cancelled() {
    return cancellable_[toJson(current_)] = std::make_shared<std::atomic<bool>>(false);
}

control::Progress ClientSession::progress() {
    return [self = QPointer<ClientSession>(this), id = current_](std::int64_t done, std::int64_t total) {
        if (!self || self->connection_.isCongested()) return;
        self->connection_.send(
            notificationLine("progress", {{"request", id}, {"done", done}, {"total", total}}));
    };
}

bool ClientSession::cancel(const json::value& request) {
    const auto found = cancellable_.find(toJson(request));
    if (found == cancellable_.end()) return false;
    found->second->store(true);
    return true;
}

void ClientSession::handle(const Request& request) {
    const auto& all = methods();
    const auto method =
        std::find_if(all.begin(), all.end(), [&](const Method& each) { return each.name == request.method; });
    const json::value id = request.id.value_or(nullptr);
    if (method == all.end()) {
        const Error unknown{
            Error::Kind::Invalid, fmt::format("There is no method \"{}\".", request.method), {}};
        if (request.id) connection_.send(errorLine(id, unknown, kMethodNotFound));
        connection_.answered(false);
        return;
    }
    current_ = id;
    const bool waits = method->name == kInvoke;
    if (waits) connection_.letWait();
    run(*method, {plane_, *this}, request.params,
        [self = QPointer<ClientSession>(this), id, waits,
         wanted = request.id.has_value()](const Result<json::value>& result) {
            if (self) self->answer(id, wanted, waits, result);
        });
}

void ClientSession::answer(const json::value& id, bool wanted, bool waited,
                           const Result<json::value>& result) {
    cancellable_.erase(toJson(id));
    if (wanted) connection_.send(result ? resultLine(id, *result) : errorLine(id, result.error()));
    connection_.answered(waited);
}

Result<std::int64_t> ClientSession::subscribe(Params& params) {
    const auto topics = params.texts("topics");
    const auto afterSeq = params.number("after_seq", 0, kLargestSeq);
    const RecordFeed::Filter filter{params.textOr("event"), params.textOr("function")};
    Subscription subscription;
    subscription.execution = params.textOr("execution");
    subscription.vm = params.textOr("vm");
    if (const auto fine = params.check(); !fine) return tl::unexpected(fine.error());
    if (subscriptions_.size() >= kMostSubscriptions) {
        return failure(Error::Kind::Refused,
                       fmt::format("A connection may have {} subscriptions at most.", kMostSubscriptions));
    }
    const std::int64_t id = nextSubscription_++;
    for (const std::string& topic : topics) {
        if (topic == "records") {
            subscription.records = std::make_unique<RecordFeed>(id, filter, connection_, plane_.queries());
        } else if (topic == "status") {
            subscription.status = true;
        } else if (topic == "output") {
            subscription.output = true;
        } else if (topic == "console") {
            subscription.console = true;
        } else {
            return malformed("topics", "a list of \"records\", \"status\", \"output\", \"console\"");
        }
    }
    if (subscription.records) subscription.records->start(afterSeq, plane_.sequencer().lastDurableSeq());
    const bool status = subscription.status;
    subscriptions_.emplace(id, std::move(subscription));
    if (status) Q_EMIT statusWanted();
    return id;
}

Result<void> ClientSession::unsubscribe(std::int64_t subscription) {
    if (subscriptions_.erase(subscription) > 0) return {};
    return failure(Error::Kind::NotFound,
                   fmt::format("This connection has no subscription {}.", subscription));
}

bool ClientSession::wantsRecords() const {
    return std::any_of(subscriptions_.begin(), subscriptions_.end(),
                       [](const auto& each) { return each.second.records != nullptr; });
}

bool ClientSession::wantsStatus() const {
    return std::any_of(subscriptions_.begin(), subscriptions_.end(),
                       [](const auto& each) { return each.second.status; });
}

void ClientSession::offerRecords(const EncodedRecords& records) {
    for (auto& [id, subscription] : subscriptions_) {
        if (subscription.records) subscription.records->offer(records);
    }
}

void ClientSession::offerStatus(const json::object& status) {
    if (connection_.isCongested()) return;  // a later one says all that this one does
    for (const auto& [id, subscription] : subscriptions_) {
        if (subscription.status) {
            connection_.send(notificationLine("status", {{"subscription", id}, {"status", status}}));
        }
    }
}

void ClientSession::offerOutput(const std::string& execution, const std::string& chunk) {
    if (connection_.isCongested()) return;  // executions.logs has what is kept of it
    for (const auto& [id, subscription] : subscriptions_) {
        if (!subscription.output) continue;
        if (!subscription.execution.empty() && subscription.execution != execution) continue;
        connection_.send(
            notificationLine("output", {{"subscription", id}, {"execution", execution}, {"chunk", chunk}}));
    }
}

void ClientSession::offerConsole(const std::string& vm, const std::string& text) {
    if (connection_.isCongested()) return;  // pool.console has what is kept of it
    for (const auto& [id, subscription] : subscriptions_) {
        if (!subscription.console || (!subscription.vm.empty() && subscription.vm != vm)) continue;
        connection_.send(notificationLine("console", {{"subscription", id}, {"vm", vm}, {"text", text}}));
    }
}

}  // namespace dogwatch::api
