#include "gui/session/control_plane_session.h"

#include <algorithm>
#include <unordered_set>

#include "core/api/socket_path.h"
#include "core/model/metaevent.h"
#include "core/model/sentence.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace std::chrono_literals;

constexpr auto kBatch = 33ms;                  ///< records are taken into the models this often, at most
constexpr std::int64_t kHistory = 1000;        ///< records asked for at the beginning
constexpr std::int64_t kPage = 200;            ///< rows of a page of executions
constexpr std::int64_t kFiringHistory = 5000;  ///< firings asked for where they are looked at
constexpr std::size_t kToldAtOnce = 200;       ///< of executions touched in one batch

const json::array& arrayMember(const json::object& object, std::string_view key) {
    static const json::array kNone;
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_array() ? value->get_array() : kNone;
}

template <class Row>
std::vector<Row> rowsOf(const json::object& reply, std::string_view key, Row (*decode)(const json::object&)) {
    std::vector<Row> rows;
    for (const json::value& value : arrayMember(reply, key))
        if (value.is_object()) rows.push_back(decode(value.get_object()));
    return rows;
}

double numberMember(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    return value != nullptr && value->is_number() ? value->to_number<double>() : 0.0;
}

/// What each definition waits for.
std::map<std::string, Criteria> criteriaOf(const MetaeventModel& metaevents) {
    std::map<std::string, Criteria> criteria;
    for (const MetaeventRow& row : metaevents.rows()) {
        const auto definition = metaeventFromJson(row.definition);
        if (definition) criteria[row.name] = {row.version, clauseOf(definition->when, grammar()).text()};
    }
    return criteria;
}

}  // namespace

QString PlaneStatus::acceleratorName() const {
    const bool known = !accelerator.isEmpty() && accelerator != QLatin1String{"probing"};
    return known ? accelerator.toUpper() : ControlPlaneSession::tr("being found out");
}

ControlPlaneSession::ControlPlaneSession(std::string dataDir, QObject* parent)
    : QObject(parent),
      dataDir_(std::move(dataDir)),
      functionRefresher_(
          client_, "functions.list", {},
          [this](const json::object& reply) {
              functions_.sync(rowsOf<FunctionRow>(reply, "functions", functionRowFromJson));
              knowsFunctions_ = true;
              Q_EMIT functionsListed();
          },
          100ms),
      metaeventRefresher_(
          client_, "metaevents.list", {},
          [this](const json::object& reply) {
              metaevents_.sync(rowsOf<MetaeventRow>(reply, "metaevents", metaeventRowFromJson));
              firings_.setCriteria(criteriaOf(metaevents_));
          },
          100ms),
      firingRefresher_(
          client_, "firings.list", {{"limit", 100}},
          [this](const json::object& reply) {
              auto rows = rowsOf<FiringRow>(reply, "firings", firingRowFromJson);
              std::reverse(rows.begin(), rows.end());
              takeFirings(std::move(rows));
          },
          200ms),
      machineRefresher_(
          client_, "pool.status", {},
          [this](const json::object& reply) {
              machines_.take(rowsOf<MachineRow>(reply, "vms", machineRowFromJson));
              templates_ = rowsOf<TemplateRow>(reply, "templates", templateRowFromJson);
              Q_EMIT machinesRefreshed();
          },
          150ms) {
    flush_.setSingleShot(true);
    flush_.setInterval(kBatch);
    connect(&flush_, &QTimer::timeout, this, &ControlPlaneSession::takeRecords);
    connect(&client_, &api::Client::connected, this, &ControlPlaneSession::onConnected);
    connect(&client_, &api::Client::disconnected, this, &ControlPlaneSession::onDisconnected);
    connect(&client_, &api::Client::notification, this, &ControlPlaneSession::onNotification);
    connect(&executions_, &PagedTableModel::olderWanted, this, &ControlPlaneSession::loadOlderExecutions);
    connect(&records_, &PagedTableModel::olderWanted, this, &ControlPlaneSession::loadOlderRecords);
}

void ControlPlaneSession::open(bool startIfMissing) {
    startIfMissing_ = startIfMissing;
    client_.connectTo(api::socketPath(dataDir_));
}

void ControlPlaneSession::startControlPlane() {
    if (std::exchange(starting_, true)) return;
    setLink(Link::Connecting, tr("Starting the control plane…"));
    api::startControlPlane(dataDir_, startOptions_, this, [this](Result<api::StartedControlPlane> started) {
        starting_ = false;
        if (!started) {
            setLink(Link::Lost, faultText(started.error()));
            return;
        }
        started_ = true;
        tiedProcess_ = started->pid;
    });
}

void ControlPlaneSession::call(std::string_view method, const json::object& params, const QObject* context,
                               api::Client::Reply reply) {
    client_.call(method, params, std::move(reply), context);
}

void ControlPlaneSession::setLink(Link link, const QString& reason) {
    if (link == link_ && reason == linkReason_) return;
    link_ = link;
    linkReason_ = reason;
    Q_EMIT linkChanged();
}

void ControlPlaneSession::onConnected() {
    setLink(Link::Connected, {});
    const json::value* journal = client_.hello().if_contains("journal");
    const std::int64_t theirs =
        journal != nullptr && journal->is_object() ? intMember(journal->get_object(), "last_seq") : 0;
    if (theirs < lastSeq_) {  // another journal stands in this place now
        executions_.clear();
        firings_.clear();
        records_.clear();
        activity_.clear();
        lastSeq_ = 0;
        client_.unsubscribe(std::exchange(subscription_, 0));
    }
    if (subscription_ == 0) loadHistory();
    functionRefresher_.request();
    metaeventRefresher_.request();
    firingRefresher_.request();
    machineRefresher_.request();
    call("status", {}, this, [this](Result<json::value> reply) {
        if (reply && reply->is_object()) takeStatus(reply->get_object());
    });
}

void ControlPlaneSession::onDisconnected(const QString& reason) {
    if (starting_) return;
    // One of another version keeps the data directory to itself: ours is started when that has gone.
    if (!client_.isOtherVersion() && std::exchange(startIfMissing_, false)) {
        startControlPlane();
        return;
    }
    activity_.note(wallClock(), std::nullopt);
    setLink(Link::Lost, reason);
}

void ControlPlaneSession::loadHistory() {
    call("records.list", {{"newest", true}, {"limit", kHistory}}, this, [this](Result<json::value> reply) {
        if (!reply) return fault(reply.error());
        if (!reply->is_object() || subscription_ != 0) return;
        std::vector<Record> history = decodeRecords(reply->get_object()["records"]);
        const std::int64_t last = history.empty() ? 0 : history.back().seq;
        for (const Record& record : history) {
            activity_.add(record);
            functions_.countRecord(record);
        }
        records_.setMoreBehind(boolMember(reply->get_object(), "more"));
        records_.addLatest(std::move(history));
        subscribeAfter(last);
        loadOlderExecutions();
        Q_EMIT activityChanged();
    });
}

void ControlPlaneSession::subscribeAfter(std::int64_t seq) {
    lastSeq_ = seq;
    subscription_ = client_.subscribe({.topics = {"records", "status"}, .filters = {}, .afterSeq = seq});
}

void ControlPlaneSession::loadOlderExecutions() {
    json::object params{{"limit", kPage}};
    if (executions_.rowCount() > 0) params["before"] = executions_.at(executions_.rowCount() - 1).id;
    call("executions.list", params, this, [this](Result<json::value> reply) {
        if (!reply) return fault(reply.error());
        if (!reply->is_object()) return;
        std::vector<Execution> page;
        for (const json::value& value : arrayMember(reply->get_object(), "executions")) {
            auto execution = executionFromJson(value);
            if (!execution) return fault(execution.error());
            page.push_back(std::move(*execution));
        }
        executions_.setMoreBehind(std::ssize(page) >= kPage);
        executions_.addOlder(std::move(page));
    });
}

void ControlPlaneSession::loadOlderRecords() {
    if (records_.rowCount() == 0) return;
    const std::int64_t before = records_.at(records_.rowCount() - 1).seq;
    json::object params{{"newest", true}, {"limit", kHistory}, {"before_seq", before}};
    call("records.list", params, this, [this](Result<json::value> reply) {
        if (!reply) return fault(reply.error());
        if (!reply->is_object()) return;
        std::vector<Record> page = decodeRecords(reply->get_object()["records"]);
        std::reverse(page.begin(), page.end());
        records_.setMoreBehind(boolMember(reply->get_object(), "more"));
        records_.addOlder(std::move(page));
    });
}

void ControlPlaneSession::onNotification(int subscription, const std::string& method,
                                         const json::object& params) {
    if (subscription != subscription_) return;
    if (method == "records") {
        const json::value* records = params.if_contains("records");
        if (records == nullptr) return;
        for (Record& record : decodeRecords(*records)) pending_.push_back(std::move(record));
        if (!pending_.empty() && !flush_.isActive()) flush_.start();
    } else if (method == "status") {
        const json::value* status = params.if_contains("status");
        if (status != nullptr && status->is_object()) takeStatus(status->get_object());
    }
}

void ControlPlaneSession::takeRecords() {
    const std::vector<Record> batch = std::exchange(pending_, {});
    Q_EMIT recordsTaken(batch);
    executions_.applyRecords(batch);
    std::unordered_set<std::string_view> touched;
    for (const Record& record : batch) {
        takeRecord(record);
        if (!record.execution().empty() && touched.size() < kToldAtOnce) touched.insert(record.execution());
    }
    firings_.noteRecords(batch);
    lastSeq_ = std::max(lastSeq_, batch.back().seq);
    records_.addLatest(batch);
    for (const std::string_view id : touched) Q_EMIT executionTouched(fromUtf8(id));
    Q_EMIT activityChanged();
}

void ControlPlaneSession::takeRecord(const Record& record) {
    activity_.add(record);
    functions_.applyRecord(record);
    const std::string_view event = record.event;
    if (event == "metaevent.fired") {
        json::object fields = record.fields;
        fields["time"] = toUs(record.time);
        FiringRow row = firingRowFromJson(fields);
        if (!row.silenced) Q_EMIT fired(fromUtf8(row.metaevent), firings_.words(row));
        std::vector<FiringRow> rows;
        rows.push_back(std::move(row));
        firings_.addLatest(std::move(rows));
        firingRefresher_.request();  // for the executions of its jobs, which the record cannot know
    }
    if (event == "metaevent.acknowledged") firings_.acknowledge(record);
    if (event.starts_with("metaevent.")) metaeventRefresher_.request();
    if (event.starts_with("function.")) functionRefresher_.request();
    if (event.starts_with("vm.")) machineRefresher_.request();
}

void ControlPlaneSession::takeFirings(std::vector<FiringRow> rows) {
    std::vector<std::pair<std::string, ExecutionState>> known;
    for (const FiringRow& row : rows)
        for (const std::string& id : row.executions)
            if (const auto at = executions_.find(id)) known.emplace_back(id, executions_.at(*at).state);
    firings_.addLatest(std::move(rows));
    for (const auto& [id, state] : known) firings_.noteOutcome(id, state);
}

void ControlPlaneSession::loadFirings() {
    client_.call(
        "firings.list", {{"limit", kFiringHistory}},
        [this](const Result<json::value>& reply) {
            if (!reply || !reply->is_object()) return;
            auto rows = rowsOf<FiringRow>(reply->get_object(), "firings", firingRowFromJson);
            // Those that fired meanwhile come with their records.
            if (const int count = firings_.rowCount(); count > 0)
                std::erase_if(rows, [oldest = firings_.at(count - 1).time](const FiringRow& row) {
                    return row.time > oldest;
                });
            firings_.addOlder(std::move(rows));
        },
        this);
}

void ControlPlaneSession::takeStatus(const json::object& status) {
    status_.accelerator = fromUtf8(stringMember(status, "accelerator"));
    status_.acceleratorReason = fromUtf8(stringMember(status, "accelerator_reason"));
    if (const json::value* vms = status.if_contains("vms"); vms != nullptr && vms->is_object()) {
        status_.booting = intMember(vms->get_object(), "booting");
        status_.ready = intMember(vms->get_object(), "ready");
        status_.assigned = intMember(vms->get_object(), "assigned");
        status_.running = intMember(vms->get_object(), "running");
    }
    status_.maxVms = intMember(status, "max_vms");
    status_.queued = intMember(status, "queued");
    status_.executing = intMember(status, "running");
    status_.recordsPerSecond = numberMember(status, "records_per_s");
    status_.executionsPerSecond = numberMember(status, "executions_per_s");
    activity_.note(wallClock(), PlaneGauges{.queued = status_.queued,
                                            .executing = status_.executing,
                                            .booting = status_.booting,
                                            .ready = status_.ready,
                                            .assigned = status_.assigned,
                                            .running = status_.running});
    Q_EMIT statusChanged();
}

std::vector<Record> ControlPlaneSession::decodeRecords(const json::value& value) {
    std::vector<Record> records;
    if (!value.is_array()) return records;
    records.reserve(value.get_array().size());
    for (const json::value& item : value.get_array()) {
        auto record = recordFromJson(item);
        if (!record) {
            fault(record.error());
            continue;
        }
        records.push_back(std::move(*record));
    }
    std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.seq < b.seq; });
    return records;
}

void ControlPlaneSession::fault(const Error& error) {
    Q_EMIT faulted(faultText(error));
}

}  // namespace dogwatch::gui
