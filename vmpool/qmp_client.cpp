#include "vmpool/qmp_client.h"

#include <algorithm>
#include <utility>

namespace dogwatch::vmpool {
namespace {

constexpr JsonLimits kLimits{QmpClient::kLongestLine, 32};

std::string commandLine(const std::string& command, json::object arguments, std::int64_t id) {
    json::object message{{"execute", command}, {"id", id}};
    if (!arguments.empty()) message["arguments"] = std::move(arguments);
    return dogwatch::toJson(message) + "\r\n";
}

/// "7.2.22" from {"major": 7, "minor": 2, "micro": 22}.
std::string versionText(const json::object& greeting) {
    const auto* version = greeting.if_contains("version");
    const auto* object = version != nullptr ? version->if_object() : nullptr;
    const auto* inner = object != nullptr ? object->if_contains("qemu") : nullptr;
    const auto* qemu = inner != nullptr ? inner->if_object() : nullptr;
    if (qemu == nullptr) return {};
    return std::to_string(intMember(*qemu, "major")) + '.' + std::to_string(intMember(*qemu, "minor")) + '.' +
           std::to_string(intMember(*qemu, "micro"));
}

}  // namespace

QmpClient::QmpClient(UniqueFd fd, QObject* parent) : QObject(parent), stream_(std::move(fd)) {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &QmpClient::expire);
    connect(&stream_, &FdStream::received, this, &QmpClient::onReceived);
    connect(&stream_, &FdStream::closed, this, [this] { fail("QEMU closed its control connection"); });
}

QmpClient::~QmpClient() = default;

void QmpClient::execute(const std::string& command, json::object arguments, Reply reply,
                        std::chrono::milliseconds timeout, UniqueFd attached) {
    if (state_ == State::Failed) {
        if (reply)
            reply(failure(Error::Kind::Unavailable,
                          command + " was not sent: QEMU's control connection is gone"));
        return;
    }
    const std::int64_t id = ++lastId_;
    pending_.emplace(id, Pending{command, std::move(reply), Clock::now() + timeout});
    armTimer();
    std::string line = commandLine(command, std::move(arguments), id);
    if (state_ == State::Ready || (state_ == State::Negotiating && command == "qmp_capabilities")) {
        stream_.send(std::move(line), std::move(attached));
    } else {
        waiting_.push_back({std::move(line), std::move(attached)});
    }
}

void QmpClient::onReceived(std::string_view bytes) {
    while (!bytes.empty() && state_ != State::Failed) {
        const std::size_t end = bytes.find('\n');
        if (partial_.size() + std::min(end, bytes.size()) > kLongestLine) {
            fail("QEMU sent a control message of more than " + std::to_string(kLongestLine) + " bytes");
            return;
        }
        if (end == std::string_view::npos) {
            partial_.append(bytes);
            return;
        }
        std::string line = std::exchange(partial_, {});
        line.append(bytes.substr(0, end));
        bytes.remove_prefix(end + 1);
        if (line.find_first_not_of(" \t\r") != std::string::npos) onLine(line);
    }
}

void QmpClient::onLine(std::string_view line) {
    const auto message = parseJson(line, kLimits);
    const json::object* object = message ? message->if_object() : nullptr;
    if (object == nullptr) {
        fail("QEMU sent a control message that is no JSON object" +
             (message ? "" : ": " + message.error().text()));
        return;
    }
    if (state_ == State::Greeting) {
        onGreeting(*object);
    } else if (object->contains("return") || object->contains("error")) {
        onAnswer(*object);
    } else if (const auto name = stringMember(*object, "event"); !name.empty()) {
        const auto* data = object->if_contains("data");
        const auto* fields = data != nullptr ? data->if_object() : nullptr;
        Q_EMIT eventCame(std::string(name), fields != nullptr ? *fields : json::object{});
    } else {
        fail("QEMU sent a control message that is no answer and no event");
    }
}

void QmpClient::onGreeting(const json::object& message) {
    const auto* greeting = message.if_contains("QMP");
    if (greeting == nullptr || !greeting->is_object()) {
        fail("the control connection did not begin with QEMU's greeting");
        return;
    }
    qemuVersion_ = versionText(greeting->get_object());
    state_ = State::Negotiating;
    execute("qmp_capabilities", {}, [this](const Result<json::value>& answer) { onNegotiated(answer); });
}

void QmpClient::onNegotiated(const Result<json::value>& answer) {
    if (state_ == State::Failed) return;
    if (!answer) {
        fail("QEMU refused the control protocol: " + answer.error().text());
        return;
    }
    state_ = State::Ready;
    for (auto& [line, attached] : std::exchange(waiting_, {}))
        stream_.send(std::move(line), std::move(attached));
    Q_EMIT ready();
}

void QmpClient::onAnswer(const json::object& message) {
    const auto found = pending_.find(intMember(message, "id", -1));
    if (found == pending_.end()) {
        // A late answer to a command that ran out of time has an id we gave; anything else was never asked.
        if (const auto id = intMember(message, "id", -1); id >= 1 && id <= lastId_) return;
        fail("QEMU answered a command that was never sent");
        return;
    }
    Pending pending = std::move(found->second);
    pending_.erase(found);
    armTimer();
    if (!pending.reply) return;
    if (const auto* value = message.if_contains("return")) {
        pending.reply(*value);
        return;
    }
    const auto* error = message.at("error").if_object();
    pending.reply(failure(Error::Kind::Refused,
                          "QEMU refused " + pending.command + ": " +
                              std::string(error != nullptr ? stringMember(*error, "desc", "no reason given")
                                                           : "no reason given")));
}

void QmpClient::expire() {
    const auto now = Clock::now();
    std::vector<Pending> late;
    for (auto it = pending_.begin(); it != pending_.end();) {
        if (it->second.deadline > now) {
            ++it;
            continue;
        }
        late.push_back(std::move(it->second));
        it = pending_.erase(it);
    }
    armTimer();
    for (auto& pending : late) {
        if (pending.reply) {
            pending.reply(
                failure(Error::Kind::Unavailable, "QEMU did not answer " + pending.command + " in time"));
        }
    }
}

void QmpClient::armTimer() {
    if (pending_.empty()) {
        timer_.stop();
        return;
    }
    const auto earliest =
        std::min_element(pending_.begin(), pending_.end(), [](const auto& left, const auto& right) {
            return left.second.deadline < right.second.deadline;
        })->second.deadline;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(earliest - Clock::now());
    timer_.start(std::max(wait, std::chrono::milliseconds{0}));
}

void QmpClient::fail(std::string why) {
    if (state_ == State::Failed) return;
    state_ = State::Failed;
    stream_.close();
    timer_.stop();
    waiting_.clear();
    const Error error{Error::Kind::Unavailable, std::move(why), {}};
    for (auto& [id, pending] : std::exchange(pending_, {})) {
        if (pending.reply) pending.reply(tl::unexpected(error));
    }
    Q_EMIT failed(error);
}

}  // namespace dogwatch::vmpool
