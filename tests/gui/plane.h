// A real control plane (journal, engine, dispatcher, API at its socket) in the test's own process, whose
// executions are played by the test instead of by virtual machines.
#pragma once

#include <QObject>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>
#include <map>
#include <memory>
#include <string>

#include "core/api/server.h"
#include "core/api/socket_path.h"
#include "core/control/control_plane.h"

namespace dogwatch::gui {

/// Does what the payload says: {"fail": MESSAGE} fails, {"hold": true} runs until it is cancelled, "print" is
/// its output; the rest succeeds with the payload as its result.
class PlayedBackend final : public QObject, public dispatch::Backend {
 public:
    void setListener(dispatch::BackendListener* listener) override { listener_ = listener; }
    bool offer(const Invocation& invocation) override {
        QTimer::singleShot(0, this, [this, invocation] { play(invocation); });
        return true;
    }
    void cancel(std::string_view execution) override {
        if (held_.erase(std::string{execution}) == 0) return;
        QTimer::singleShot(0, this, [this, id = std::string{execution}] {
            Outcome outcome;
            outcome.cause = FailureCause::Exit;
            outcome.message = "cancelled";
            listener_->finished(id, outcome);
        });
    }

 private:
    void play(const Invocation& invocation) {
        if (listener_ == nullptr) return;
        listener_->started(invocation.execution, "vm-1", StartKind::Warm, 700);
        const auto payload = parseJson(invocation.payload);
        const json::object empty;
        const json::object& asked = payload && payload->is_object() ? payload->get_object() : empty;
        if (boolMember(asked, "hold")) {
            held_[invocation.execution] = true;
            return;
        }
        Outcome outcome;
        outcome.succeeded = !asked.contains("fail");
        outcome.output = stringMember(asked, "print");
        outcome.outputBytes = static_cast<std::int64_t>(outcome.output.size());
        outcome.durationUs = intMember(asked, "us", 1500);
        outcome.vm = "vm-1";
        if (outcome.succeeded) {
            outcome.result = invocation.payload;
        } else {
            outcome.cause = FailureCause::Exception;
            outcome.message = stringMember(asked, "fail");
            outcome.traceback = "Traceback:\n  File \"/w/main.py\", line 2, in handler";
        }
        listener_->finished(invocation.execution, outcome);
    }

    dispatch::BackendListener* listener_ = nullptr;
    std::map<std::string, bool> held_;
};

class Plane final {
 public:
    /// What stands in its data directory before it starts, such as a journal, `prepare` makes.
    explicit Plane(const std::function<void(const std::string& directory)>& prepare = {}) {
        QDir{}.mkpath(QString::fromStdString(directory()));
        if (prepare) prepare(directory());
        start();
    }
    ~Plane() { stop(); }

    /// As a control plane that is started again over the same data.
    void start() {
        auto data = control::DataDirectory::open(directory(), clock_.now());
        if (!data) qFatal("%s", data.error().text().c_str());
        plane_ = std::make_unique<control::ControlPlane>(clock_, std::move(*data), vmpool::PoolConfig{});
        plane_->setBackend(backend_);
        if (const auto started = plane_->start(); !started) qFatal("%s", started.error().text().c_str());
        server_ = std::make_unique<api::Server>(*plane_);
        if (const auto listens = server_->listen(api::socketPath(directory())); !listens)
            qFatal("%s", listens.error().text().c_str());
    }
    void stop() {
        server_.reset();
        if (plane_) plane_->stop();
        plane_.reset();
    }

    [[nodiscard]] std::string directory() const {
        return folder_.filePath(QStringLiteral("data")).toStdString();
    }
    [[nodiscard]] control::ControlPlane& plane() { return *plane_; }

    void addFunction(const std::string& name, json::object more = {}) {
        more["name"] = name;
        more["runtime"] = "python3";
        more["code"] = "def handler(event, context):\n    return event\n";
        bool done = false;
        plane_->functions().add(more, [&](const Result<control::FunctionVersion>& added) {
            if (!added) qFatal("%s", added.error().text().c_str());
            done = true;
        });
        QTRY_VERIFY(done);
    }
    void applyMetaevent(const std::string& text) {
        bool done = false;
        plane_->metaevents().apply(*parseJson(text), [&](const auto& applied) {
            if (!applied) qFatal("%s", applied.error().text().c_str());
            done = true;
        });
        QTRY_VERIFY(done);
    }
    void removeMetaevent(const std::string& name) {
        bool done = false;
        plane_->metaevents().remove(name, [&](const auto& removed) {
            if (!removed) qFatal("%s", removed.error().text().c_str());
            done = true;
        });
        QTRY_VERIFY(done);
    }
    /// The id of a new execution, once it is durable.
    std::string run(const std::string& function, const std::string& payload = "{}") {
        std::string id;
        dispatch::Request request;
        request.function = function;
        request.payload = payload;
        request.trigger = "api";
        plane_->executions().submit(std::move(request), [&](const Result<std::string>& accepted) {
            if (!accepted) qFatal("%s", accepted.error().text().c_str());
            id = *accepted;
        });
        (void)QTest::qWaitFor([&] { return !id.empty(); });
        return id;
    }

 private:
    QTemporaryDir folder_;
    control::SystemClock clock_;
    PlayedBackend backend_;
    std::unique_ptr<control::ControlPlane> plane_;
    std::unique_ptr<api::Server> server_;
};

}  // namespace dogwatch::gui
