// dogwatchd without virtual machines: the whole control plane and its socket on a backend that does what each
// payload says, so that the crash harness may kill it hundreds of times a minute.
//
//   {"ms": 5, "do": "ok" | "fail" | "lose" | "lose-early", "emit": NAME}
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QTimer>
#include <cstdio>
#include <map>

#include "core/api/server.h"
#include "core/api/socket_path.h"
#include "core/control/control_plane.h"

namespace {

using namespace dogwatch;

constexpr int kAtOnce = 4;

class ScriptedBackend final : public QObject, public dispatch::Backend {
 public:
    void setListener(dispatch::BackendListener* listener) override { listener_ = listener; }

    bool offer(const Invocation& invocation) override {
        if (running_.size() >= kAtOnce) return false;
        const auto payload = parseJson(invocation.payload);
        const json::object script = payload && payload->is_object() ? payload->get_object() : json::object();
        const std::string id = invocation.execution;
        running_[id] = false;
        const std::string what{stringMember(script, "do")};
        if (what == "lose-early" && ++lost_ % 3 != 0) {
            QTimer::singleShot(1, this, [this, id] { lose(id); });
            return true;
        }
        QTimer::singleShot(1, this, [this, id, script] { start(id, script); });
        return true;
    }

    void cancel(std::string_view execution) override {
        const std::string id(execution);
        QTimer::singleShot(1, this, [this, id] {
            Outcome outcome;
            outcome.cause = FailureCause::Exit;
            outcome.message = "cancelled";
            finish(id, outcome);
        });
    }

 private:
    void start(const std::string& id, const json::object& script) {
        if (!running_.contains(id) || listener_ == nullptr) return;
        listener_->started(id, fmt::format("vm-{}", getpid()), StartKind::Warm, 100);
        if (const std::string name{stringMember(script, "emit")}; !name.empty())
            listener_->emitted(id, name, R"({"n": 1})");
        QTimer::singleShot(static_cast<int>(intMember(script, "ms")), this, [this, id, script] {
            const auto what = stringMember(script, "do");
            if (what == "lose") return lose(id);
            Outcome outcome;
            outcome.succeeded = what != "fail";
            outcome.durationUs = intMember(script, "ms") * 1000;
            outcome.vm = fmt::format("vm-{}", getpid());
            if (outcome.succeeded) {
                outcome.result = toJson(json::value(id));
                outcome.resultBytes = static_cast<std::int64_t>(outcome.result.size());
            } else {
                outcome.cause = FailureCause::Exit;
                outcome.message = "as it was told";
                outcome.exitCode = 1;
            }
            finish(id, outcome);
        });
    }

    void lose(const std::string& id) {
        Outcome outcome;
        outcome.cause = FailureCause::VmLost;
        outcome.message = "the machine died";
        finish(id, outcome);
    }

    void finish(const std::string& id, const Outcome& outcome) {
        if (running_.erase(id) == 0 || listener_ == nullptr) return;
        listener_->finished(id, outcome);
        listener_->capacityChanged();
    }

    dispatch::BackendListener* listener_ = nullptr;
    std::map<std::string, bool> running_;
    int lost_ = 0;
};

int refuse(const Error& error) {
    fmt::print(stderr, "{}\n", error.text());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    umask(S_IRWXG | S_IRWXO);
    QCoreApplication application(argc, argv);
    if (argc != 2) return 2;
    control::SystemClock clock;
    ScriptedBackend backend;
    auto directory = control::DataDirectory::open(argv[1], clock.now());
    if (!directory) return refuse(directory.error());
    control::ControlPlane plane(clock, std::move(*directory), {});
    plane.setBackend(backend);
    plane.setRetention({});
    if (const auto started = plane.start(); !started) return refuse(started.error());
    api::Server server(plane);
    const std::string socket = api::socketPath(argv[1]);
    if (const auto listening = server.listen(socket); !listening) return refuse(listening.error());
    QObject::connect(&server, &api::Server::shutdownRequested, qApp, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    int status = 0;
    QObject::connect(&plane, &control::ControlPlane::failed, qApp, [&](const Error& error) {
        status = refuse(error);
        QCoreApplication::quit();
    });
    fmt::print("ready {}\n", socket);
    std::fflush(stdout);
    QCoreApplication::exec();
    plane.stop();
    return status;
}
