// ControlPlaneSession: the console's one connection to a control plane and the models it feeds. Records are
// turned into model changes in batches of about 30 a second; while nothing happens, nothing runs.
//
// Thread: the GUI's. Nothing here blocks.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <string>
#include <vector>

#include "core/api/client.h"
#include "core/api/start_control_plane.h"
#include "gui/models/activity.h"
#include "gui/models/execution_model.h"
#include "gui/models/firing_model.h"
#include "gui/models/function_model.h"
#include "gui/models/machine_model.h"
#include "gui/models/metaevent_model.h"
#include "gui/models/record_model.h"
#include "gui/session/refresher.h"
#include "gui/session/scope.h"

namespace dogwatch::gui {

/// What `status` tells (docs/api.md).
struct PlaneStatus {
    QString accelerator;  ///< empty: not known yet
    QString acceleratorReason;
    std::int64_t booting = 0;
    std::int64_t ready = 0;
    std::int64_t assigned = 0;
    std::int64_t running = 0;
    std::int64_t maxVms = 0;
    std::int64_t queued = 0;
    std::int64_t executing = 0;
    double recordsPerSecond = 0;
    double executionsPerSecond = 0;

    /// "KVM", "TCG"; in words while it is found out which.
    [[nodiscard]] QString acceleratorName() const;
    [[nodiscard]] std::int64_t machines() const { return booting + ready + assigned + running; }
};

class ControlPlaneSession final : public QObject {
    Q_OBJECT
 public:
    enum class Link { Connecting, Connected, Lost };

    explicit ControlPlaneSession(std::string dataDir, QObject* parent = nullptr);

    /// Attaches, and keeps trying. `startIfMissing`: starts a control plane once when the first attempt
    /// fails.
    void open(bool startIfMissing);
    /// How a control plane is started when that is asked for; by default it goes on without this window.
    void setStartOptions(api::StartOptions options) { startOptions_ = std::move(options); }
    void startControlPlane();
    /// Whether the control plane is one that we started; and its process when it is tied to ours.
    [[nodiscard]] bool hasStarted() const { return started_; }
    [[nodiscard]] pid_t tiedProcess() const { return tiedProcess_; }
    /// For clients of the same connection, such as the demo.
    [[nodiscard]] api::Client& client() { return client_; }

    [[nodiscard]] Link link() const { return link_; }
    [[nodiscard]] const QString& linkReason() const { return linkReason_; }
    /// Whether one can be started where none answers: not beside one of another version.
    [[nodiscard]] bool canStart() const { return !client_.isOtherVersion(); }
    [[nodiscard]] const std::string& dataDir() const { return dataDir_; }
    [[nodiscard]] const json::object& hello() const { return client_.hello(); }
    [[nodiscard]] const PlaneStatus& status() const { return status_; }
    [[nodiscard]] const Activity& activity() const { return activity_; }

    /// What part of the past all pages look at.
    [[nodiscard]] Scope& scope() { return scope_; }
    [[nodiscard]] ExecutionModel& executions() { return executions_; }
    [[nodiscard]] FunctionModel& functions() { return functions_; }
    [[nodiscard]] MetaeventModel& metaevents() { return metaevents_; }
    [[nodiscard]] FiringModel& firings() { return firings_; }
    [[nodiscard]] MachineModel& machines() { return machines_; }
    /// The saved guests that machines are cloned from; told by machinesRefreshed().
    [[nodiscard]] const std::vector<TemplateRow>& templates() const { return templates_; }
    [[nodiscard]] RecordModel& records() { return records_; }

    /// Whether it is known which functions there are, if any.
    [[nodiscard]] bool knowsFunctions() const { return knowsFunctions_; }

    /// Asks the control plane; the reply is dropped when `context` has gone.
    void call(std::string_view method, const json::object& params, const QObject* context,
              api::Client::Reply reply);

    // Asked by pages while they are visible, for what no record tells; joined when asked often.
    void refreshMachines() { machineRefresher_.request(); }
    void refreshMetaevents() { metaeventRefresher_.request(); }
    void refreshFunctions() { functionRefresher_.request(); }
    /// Older firings than those that came by themselves.
    void loadFirings();

 Q_SIGNALS:
    /// As they come, in order of seq, before the models change.
    void recordsTaken(const std::vector<dogwatch::Record>& records);
    void linkChanged();
    void statusChanged();
    /// The list of functions has been taken into its model.
    void functionsListed();
    /// The answer to refreshMachines() has been taken into the models.
    void machinesRefreshed();
    /// Records have been taken into the models.
    void activityChanged();
    /// An execution was changed by the records just taken in.
    void executionTouched(const QString& id);
    void fired(const QString& metaevent, const QString& words);
    /// An answer that makes no sense to us, or a control plane that could not be started.
    void faulted(const QString& sentence);

 private:
    void onConnected();
    void onDisconnected(const QString& reason);
    void onNotification(int subscription, const std::string& method, const json::object& params);
    void setLink(Link link, const QString& reason);
    void loadHistory();
    void subscribeAfter(std::int64_t seq);
    void loadOlderExecutions();
    void loadOlderRecords();
    void takeRecords();
    void takeRecord(const Record& record);
    void takeFirings(std::vector<FiringRow> rows);
    void takeStatus(const json::object& status);
    std::vector<Record> decodeRecords(const json::value& value);
    void fault(const Error& error);

    std::string dataDir_;
    api::Client client_;
    Link link_ = Link::Connecting;
    QString linkReason_;
    bool startIfMissing_ = false;
    bool starting_ = false;
    bool started_ = false;
    api::StartOptions startOptions_;
    pid_t tiedProcess_ = 0;
    bool knowsFunctions_ = false;
    int subscription_ = 0;
    std::int64_t lastSeq_ = 0;
    PlaneStatus status_;
    Activity activity_;
    std::vector<Record> pending_;
    QTimer flush_;

    Scope scope_;
    ExecutionModel executions_;
    FunctionModel functions_;
    MetaeventModel metaevents_;
    FiringModel firings_;
    MachineModel machines_;
    std::vector<TemplateRow> templates_;
    RecordModel records_;
    Refresher functionRefresher_;
    Refresher metaeventRefresher_;
    Refresher firingRefresher_;
    Refresher machineRefresher_;
};

}  // namespace dogwatch::gui
