#include "core/http/gateway.h"

#include <QUuid>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

namespace dogwatch::http {
namespace {

std::string newRequestId() {
    return QUuid::createUuid().toString(QUuid::WithoutBraces).toStdString();
}

/// What needs no signature, from this machine.
bool isOpen(const Request& request) {
    return request.loopback && request.method == "GET" &&
           (request.path() == "/health" || request.path() == "/metrics");
}

Time systemNow() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

Response tooLarge(std::size_t most) {
    return errorResponse({413, "RequestTooLargeException",
                          "The body of this request may have " + std::to_string(most) + " bytes at most."},
                         newRequestId());
}

}  // namespace

Gateway::Gateway(control::ControlPlane& plane, std::vector<Credential> credentials, QObject* parent)
    : QObject(parent), plane_(plane), authenticator_(std::move(credentials), systemNow), lambda_(plane) {
    connect(&plane_.sequencer(), &control::Sequencer::committed, this,
            [this](const std::shared_ptr<const journal::Batch>& batch) {
                for (const Record& record : batch->records) metrics_.count(record);
                if (!batch->records.empty()) {
                    metrics_.committed(std::max(Duration::zero(), plane_.now() - batch->records.back().time));
                }
            });
}

Gateway::~Gateway() = default;

Result<void> Gateway::listen(const Address& address, const ServerLimits& limits) {
    auto server = Server::listen(address, *this, limits);
    if (!server) return tl::unexpected(server.error());
    server_ = std::move(*server);
    return {};
}

void Gateway::drain() {
    if (server_) server_->drain();
}

void Gateway::finish(std::chrono::milliseconds most) {
    if (server_) server_->finish(most);
}

std::variant<std::size_t, Response> Gateway::admit(const Request& head) {
    if (isOpen(head)) return std::size_t{0};
    if (const auto claim = authenticator_.admit(head); !claim) {
        return errorResponse(claim.error(), newRequestId());
    }
    const auto most = largestBody(head.method, head.path());
    const auto length = head.header("content-length");
    std::size_t bytes = 0;
    std::from_chars(length.data(), length.data() + length.size(), bytes);
    if (bytes > most && most > 0) return tooLarge(most);
    return most;
}

void Gateway::serve(Request request, Respond respond) {
    if (isOpen(request)) {
        const bool isHealth = request.path() == "/health";
        QMetaObject::invokeMethod(
            this,
            [this, isHealth, respond = std::move(respond)] { isHealth ? health(respond) : metrics(respond); },
            Qt::QueuedConnection);
        return;
    }
    auto id = newRequestId();
    const auto claim = authenticator_.verify(request);
    auto call =
        claim ? readCall(request, *claim, id) : tl::expected<Call, AwsError>(tl::unexpected(claim.error()));
    if (!call) {
        respond([error = std::move(call.error()), id] { return errorResponse(error, id); });
        return;
    }
    QMetaObject::invokeMethod(
        this,
        [this, call = std::move(*call), respond = std::move(respond)]() mutable {
            lambda_.handle(std::move(call), std::move(respond));
        },
        Qt::QueuedConnection);
}

void Gateway::health(const Respond& respond) {
    const auto accepting = plane_.sequencer().accepting();
    json::object body{{"status", accepting ? "ok" : "refusing"},
                      {"version", DOGWATCH_VERSION},
                      {"last_seq", plane_.sequencer().lastDurableSeq()}};
    if (!accepting) body["reason"] = accepting.error().text();
    respond([body = std::move(body), status = accepting ? 200 : 503] {
        return Response{status, {{"Content-Type", "application/json"}}, toJson(body) + "\n"};
    });
}

void Gateway::metrics(const Respond& respond) {
    const auto status = plane_.status();
    Gauges gauges;
    gauges.version = DOGWATCH_VERSION;
    gauges.accelerator = status.accelerator;
    gauges.queued = status.load.queued;
    gauges.running = status.load.running;
    gauges.vms = {{"booting", status.booting},
                  {"ready", status.ready},
                  {"assigned", status.assigned},
                  {"running", status.running}};
    gauges.mostVms = status.maxVms;
    gauges.lastSeq = status.lastSeq;
    gauges.accepting = plane_.sequencer().accepting().has_value();
    gauges.startedAt = plane_.startedAt();
    plane_.queries().run<journal::JournalInfo>(
        [](journal::Reader& reader) { return reader.info(); },
        [respond, gauges = std::move(gauges),
         metrics = metrics_](const Result<journal::JournalInfo>& info) mutable {
            if (info) gauges.journalBytes = info->bytes;
            respond([gauges = std::move(gauges), metrics = std::move(metrics)] {
                return Response{200,
                                {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                                metrics.render(gauges)};
            });
        });
}

}  // namespace dogwatch::http
