#include "core/control/control_plane.h"

#include <fmt/format.h>

#include <QFile>
#include <QLoggingCategory>
#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <utility>

#include "core/journal/rescue.h"

namespace dogwatch::control {
namespace {

Q_LOGGING_CATEGORY(lcControl, "dogwatch.control")

std::function<std::uint64_t()> systemRandom() {
    return [device = std::make_shared<std::random_device>()] {
        return (static_cast<std::uint64_t>((*device)()) << 32U) | (*device)();
    };
}

std::string bootId() {
    QFile file(QStringLiteral("/proc/sys/kernel/random/boot_id"));
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toStdString() : std::string();
}

vmpool::PoolConfig withDirectories(vmpool::PoolConfig config, const DataDirectory& directory) {
    config.runDir = directory.runDir().string();
    config.cacheDir = directory.cacheDir().string();
    return config;
}

Record vmRecord(const vmpool::VmEvent& event) {
    Record record;
    record.event = event.event;
    record.fields = event.fields;
    record.fields["vm"] = event.vm;
    if (!event.function.empty()) record.fields["function"] = event.function;
    return record;
}

/// Finds records of the journal by their seq; empty: the journal cannot be read.
engine::RecordSource durableRecords(const std::string& directory) {
    auto opened = journal::Reader::open(directory);
    if (!opened) return {};
    return [reader = std::make_shared<journal::Reader>(std::move(*opened))](
               std::int64_t seq) -> std::optional<json::object> {
        journal::RecordQuery query;
        query.afterSeq = seq - 1;
        query.limit = 1;
        const auto page = reader->records(query);
        if (!page || page->records.empty() || page->records.front().seq != seq) return std::nullopt;
        return toJson(page->records.front());
    };
}

/// A control plane that is killed is known to have watched until so long before.
constexpr std::chrono::seconds kSignOfLife{5};

}  // namespace

ControlPlane::ControlPlane(Clock& clock, DataDirectory directory, vmpool::PoolConfig pool, QObject* parent)
    : QObject(parent),
      clock_(clock),
      directory_(std::move(directory)),
      pool_(withDirectories(std::move(pool), directory_)),
      poolBackend_(pool_) {
    connect(&pool_, &vmpool::Pool::vmEvent, this, &ControlPlane::recordVmEvent);
}

ControlPlane::~ControlPlane() {
    stop();
    backend_->setListener(nullptr);
    disconnect(&pool_, nullptr, this, nullptr);
    writer_.reset();  // before those whom its callbacks reach
}

Result<void> ControlPlane::start() {
    if (backend_ == &poolBackend_) {
        if (auto checked = pool_.start(); !checked) {
            directory_.abandon();
            return checked;
        }
    }
    if (auto opened = openJournal(); !opened) return opened;
    auto recovered = readJournal();
    if (!recovered) return tl::unexpected(recovered.error());
    return build(std::move(*recovered));
}

Result<void> ControlPlane::openJournal() {
    journal::Options options;
    options.directory = directory_.path().string();
    options.bootId = bootId();
    auto writer = journal::Writer::open(
        options,
        [this](std::function<void()> work) {
            QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
        },
        [this](const std::optional<Error>& reason) {
            if (sequencer_) sequencer_->setDiskRefuses(reason);
        });
    if (!writer) return tl::unexpected(writer.error());
    writer_ = std::move(*writer);
    clock_.continueFrom(writer_->opened().lastTime);
    return {};
}

Result<Recovered> ControlPlane::readJournal() {
    auto reader = journal::Reader::open(directory_.path().string());
    if (!reader) return tl::unexpected(reader.error());
    return recover(*reader, clock_.now() - dispatch::Limits().idempotencyKept);
}

Result<void> ControlPlane::build(Recovered recovered) {
    const std::string directory = directory_.path().string();
    Timeline timeline(std::move(recovered.engine), recovered.lastSeq, recovered.lastTime);
    dispatcher_ = std::make_unique<dispatch::Dispatcher>(*backend_, systemRandom());
    sequencer_ = std::make_unique<Sequencer>(clock_, *dispatcher_, *writer_, std::move(timeline));
    sequencer_->setJournal(durableRecords(directory));
    queries_ = std::make_unique<Queries>(directory, "queries");
    longQueries_ = std::make_unique<Queries>(directory, "long queries");
    functions_ =
        std::make_unique<FunctionService>(*sequencer_, *dispatcher_, *queries_,
                                          [this](const std::string& name) { pool_.retireFunction(name); });
    executions_ = std::make_unique<ExecutionService>(*sequencer_, *dispatcher_, *queries_);
    metaevents_ = std::make_unique<MetaeventService>(*sequencer_, *queries_);
    if (auto restored = metaevents_->restore(std::move(recovered.definitions)); !restored) return restored;
    sequencer_->setSilencer(
        [this](const std::string& name, Time time) { return metaevents_->silencedAt(name, time); });
    connect(sequencer_.get(), &Sequencer::failed, this, &ControlPlane::failed);
    connect(sequencer_.get(), &Sequencer::committed, this,
            [this](const std::shared_ptr<const journal::Batch>& batch) { count(*batch); });
    backend_->setListener(executions_.get());

    retention_ = std::make_unique<Retention>(retentionPolicy_, *sequencer_, *writer_, *queries_);

    startedAt_ = sequencer_->now();
    sequencer_->start([&](Turn& turn) { resume(recovered, turn); }, downtime());
    directory_.signLife(startedAt_);
    connect(&alive_, &QTimer::timeout, this, [this] { directory_.signLife(sequencer_->now()); });
    alive_.start(kSignOfLife);
    for (const auto& event : std::exchange(earlyVmEvents_, {})) recordVmEvent(event);
    qCInfo(lcControl, "Recovered %lld records (%lld folded), %zu functions, %zu executions under way",
           static_cast<long long>(recovered.lastSeq), static_cast<long long>(recovered.folded),
           recovered.functions.size(), recovered.unfinished.size());
    return {};
}

void ControlPlane::resume(const Recovered& recovered, Turn& turn) {
    functions_->restore(recovered.functions, recovered.schedules, turn);
    for (const auto& [key, execution] : recovered.idempotencyKeys) {
        dispatcher_->restoreIdempotencyKey(key, execution, turn.now);
    }
    for (const auto& vm : recovered.vms) {
        Record record;
        record.event = "vm.lost";
        record.fields["vm"] = vm;
        record.fields["reason"] = "the control plane ended";
        turn.append(std::move(record));
    }
    if (!recovered.vms.empty()) noteVms(turn);
    for (const auto& [detail, function] : recovered.unfinished) {
        dispatcher_->restore(detail, function, turn.now, turn.changes);
    }
}

std::optional<Timeline::Down> ControlPlane::downtime() const {
    const journal::Opened& opened = writer_->opened();
    if (opened.lastSeq == 0) return std::nullopt;
    return Timeline::Down{directory_.lastAlive().value_or(opened.lastTime),
                          opened.unclean ? "killed" : "stopped"};
}

void ControlPlane::drain(Duration most, std::function<void()> done) {
    sequencer_->drain();
    auto* waiting = new QObject(this);  // all that waits goes with it
    const auto finish = [this, waiting, over = std::make_shared<bool>(false),
                         done = std::move(done)](bool patient) {
        const auto running = dispatcher_->load().running;
        if (*over || (patient && (running > 0 || writer_->backlog() > 0))) return;
        *over = true;
        if (running > 0) {
            qCInfo(lcControl, "%lld executions still run: they will be tried again",
                   static_cast<long long>(running));
        }
        waiting->deleteLater();
        done();
    };
    connect(sequencer_.get(), &Sequencer::committed, waiting, [finish] { finish(true); });
    QTimer::singleShot(0, waiting, [finish] { finish(true); });
    QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(most), waiting,
                       [finish] { finish(false); });
}

void ControlPlane::stop() {
    if (!sequencer_) return;
    sequencer_->stop();
    directory_.signLife(sequencer_->now());
}

void ControlPlane::recordVmEvent(const vmpool::VmEvent& event) {
    if (!sequencer_) {
        earlyVmEvents_.push_back(event);
        return;
    }
    sequencer_->turn([this, event](Turn& turn) {
        turn.append(vmRecord(event));
        const bool gone = event.event == "vm.lost" || event.event == "vm.retired";
        const auto known = std::find(vms_.begin(), vms_.end(), event.vm);
        if (gone && known != vms_.end()) {
            vms_.erase(known);
        } else if (!gone && known == vms_.end()) {
            vms_.push_back(event.vm);
        } else {
            return;
        }
        noteVms(turn);
    });
}

void ControlPlane::noteVms(Turn& turn) {
    turn.batch.meta[kVmsNote] = vmsNote(vms_);
}

void ControlPlane::count(const journal::Batch& batch) {
    const Time now = clock_.now();
    recordRate_.add(static_cast<std::int64_t>(batch.records.size()), now);
    const auto ended = std::count_if(batch.records.begin(), batch.records.end(), [](const Record& record) {
        return record.event == "execution.succeeded" || record.event == "execution.failed";
    });
    executionRate_.add(ended, now);
}

PlaneStatus ControlPlane::status() {
    PlaneStatus status;
    const vmpool::PoolStatus pool = pool_.status();
    status.accelerator = pool.accelerator;
    status.acceleratorReason = pool.acceleratorReason;
    status.maxVms = pool.maxVms;
    for (const auto& vm : pool.vms) {
        switch (vm.state) {
            case vmpool::VmState::Booting: ++status.booting; break;
            case vmpool::VmState::Ready: ++status.ready; break;
            case vmpool::VmState::Assigned: ++status.assigned; break;
            case vmpool::VmState::Running: ++status.running; break;
            case vmpool::VmState::Retired:
            case vmpool::VmState::Lost: break;
        }
    }
    status.load = dispatcher_->load();
    const Time now = clock_.now();
    status.recordsPerSecond = recordRate_.perSecond(now);
    status.executionsPerSecond = executionRate_.perSecond(now);
    status.lastSeq = sequencer_->lastDurableSeq();
    return status;
}

Progress ControlPlane::relayed(Progress progress) {
    if (!progress) return {};
    return [this, progress = std::move(progress)](std::int64_t done, std::int64_t total) {
        QMetaObject::invokeMethod(
            this, [progress, done, total] { progress(done, total); }, Qt::QueuedConnection);
    };
}

void ControlPlane::backtest(BacktestQuery query, Cancelled cancelled, Progress progress,
                            Reply<BacktestAnswer> reply) {
    longQueries_->run<BacktestAnswer>(
        [query = std::move(query), cancelled = std::move(cancelled), progress = relayed(std::move(progress))](
            journal::Reader& reader) { return control::backtest(&reader, query, cancelled, progress); },
        std::move(reply));
}

void ControlPlane::explain(const Question& question, Cancelled cancelled, Progress progress,
                           Reply<Explanation> reply) {
    if (!question.at && !question.firing) return explainNow(question, std::move(reply));
    ExplainQuery query{question.metaevent, question.at.value_or(now()), question.key, {}};
    longQueries_->run<Explanation>(
        [query = std::move(query), id = question.firing, cancelled = std::move(cancelled),
         progress = relayed(std::move(progress))](journal::Reader& reader) mutable -> Result<Explanation> {
            if (id) {
                auto firing = reader.firing(*id);
                if (!firing) return tl::unexpected(firing.error());
                if (firing->metaevent != query.metaevent) {
                    return failure(Error::Kind::NotFound,
                                   fmt::format("The firing {} is one of the metaevent {}, not of {}.", *id,
                                               firing->metaevent, query.metaevent));
                }
                query.at = firing->time;
                query.key = firing->key;
                query.firing = std::move(*firing);
            }
            return control::explain(reader, query, cancelled, progress);
        },
        std::move(reply));
}

void ControlPlane::explainNow(const Question& question, Reply<Explanation> reply) {
    const auto row = metaevents_->show(question.metaevent);
    if (!row) return reply(tl::unexpected(row.error()));
    const engine::Engine& engine = sequencer_->engine();
    ExplainQuery query{question.metaevent, std::max(now(), engine.lastTimerStep()), question.key, {}};
    queries_->run<Explanation>(
        [query = std::move(query), excerpt = engine::excerpt(engine, question.metaevent),
         definition = *metaevents_->find(question.metaevent)](journal::Reader&) -> Result<Explanation> {
            auto explanation = control::explainLive(excerpt, query);
            if (explanation) explanation->definition = definition;
            return explanation;
        },
        std::move(reply));
}

void ControlPlane::backup(const std::string& path, Cancelled cancelled, Reply<journal::JournalInfo> reply) {
    longQueries_->run<journal::JournalInfo>(
        [directory = directory_.path().string(), path,
         cancelled = std::move(cancelled)](journal::Reader& reader) {
            return journal::backupJournal(directory, path, [&] { return cancelled->load(); }).and_then([&] {
                return reader.info();
            });
        },
        std::move(reply));
}

void ControlPlane::check(Reply<bool> reply) {
    longQueries_->run<bool>([](journal::Reader& reader) { return reader.check().map([] { return true; }); },
                            std::move(reply));
}

void ControlPlane::importRecords(std::vector<Record> records, Reply<std::int64_t> reply) {
    if (const auto accepting = sequencer_->accepting(); !accepting)
        return reply(tl::unexpected(accepting.error()));
    sequencer_->turn([this, records = std::move(records), reply = std::move(reply)](Turn& turn) mutable {
        const Time now = clock_.now();
        Time last = turn.timeline.lastTime();
        for (std::size_t i = 0; i < records.size(); ++i) {
            if (records[i].isMetaevent()) continue;
            if (records[i].time < last || records[i].time > now || turn.timeline.stamp(last) != last) {
                return reply(tl::unexpected(
                    Error{Error::Kind::Conflict,
                          fmt::format(
                              "the records must follow the last one here, {}, and not lie in the future: "
                              "import them into a data directory of their own, where no control plane runs.",
                              toIso(turn.timeline.lastTime())),
                          fmt::format("records.{}", i)}));
            }
            last = records[i].time;
        }
        std::int64_t imported = 0;
        for (Record& record : records) {
            if (record.isMetaevent()) continue;
            turn.timeline.adopt(std::move(record), turn.output);
            ++imported;
        }
        turn.whenDurable.emplace_back([imported, reply](const Result<void>& result) {
            if (!result) return reply(tl::unexpected(result.error()));
            reply(imported);
        });
    });
}

}  // namespace dogwatch::control
