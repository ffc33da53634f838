// Story: what `dogwatchctl demo` tells. It watches the journal of a control plane of its own and moves on
// when the records say so: machines boot, a heartbeat beats, imports fail, the heartbeat stops, somebody is
// paged.
#pragma once

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "core/api/client.h"
#include "core/cli/session.h"
#include "core/demo/workspace.h"

namespace dogwatch::cli {

class Story : public QObject {
    Q_OBJECT
 public:
    explicit Story(Session& session);

    /// Tells it to a control plane that is ready; ended() comes within `patience`.
    void begin(const std::string& socket, Duration patience);
    /// One line of the story, with the seconds since it began; with --json an object.
    void say(const char* step, const std::string& text, const json::object& more = {});

 Q_SIGNALS:
    /// `error` empty: it came to its end.
    void ended(const std::optional<dogwatch::Error>& error);

 private:
    enum class Chapter { Connecting, Booting, Beating, Silent, Over };

    void connected();
    void workspaceReady();
    void status(const json::object& status);
    void record(const json::object& record);
    void succeeded(const std::string& function, const json::object& record);
    void fired(const json::object& record);
    void stopTheHeartbeat();
    void end(const std::optional<Error>& error);
    [[nodiscard]] const char* awaited() const;

    Session& session_;
    api::Client client_;
    demo::Workspace workspace_{client_};
    QTimer deadline_;
    std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
    Chapter chapter_ = Chapter::Connecting;
    bool acceleratorTold_ = false;
    bool workspaceReady_ = false;
    bool vmReady_ = false;
    std::optional<Time> lastBeat_;
};

}  // namespace dogwatch::cli
