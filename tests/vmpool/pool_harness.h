// A pool of real VMs for tests, and the little dispatcher that tests need: offer until taken, collect what
// comes.
#pragma once

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>
#include <list>
#include <map>
#include <string>
#include <vector>

#include "vmpool/pool.h"

namespace dogwatch::vmpool {

/// Where `make image` puts the image of the tree that this test was built from.
inline std::string imageFolder() {
    if (const auto folder = qEnvironmentVariable("DOGWATCH_IMAGE"); !folder.isEmpty())
        return folder.toStdString();
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../../image"))
        .toStdString();
}

/// Where the build puts the libraries for QEMU.
inline std::string preloadFolder() {
    if (const auto folder = qEnvironmentVariable("DOGWATCH_BIN"); !folder.isEmpty())
        return folder.toStdString();
    return QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../bin")).toStdString();
}

inline std::shared_ptr<Function> makeFunction(std::string name, std::string runtime, std::string code) {
    auto function = std::make_shared<Function>();
    function->name = std::move(name);
    function->runtime = std::move(runtime);
    function->code = std::move(code);
    return function;
}

class PoolHarness : public QObject {
 public:
    struct Run {
        bool started = false;
        StartKind kind = StartKind::Cold;
        std::string vm;
        std::string output;
        std::vector<std::pair<std::string, std::string>> emitted;
        std::vector<Outcome> outcomes;
    };

    explicit PoolHarness(int warm = 1, int maxVms = 4) {
        PoolConfig config;
        config.imageDir = imageFolder();
        config.preloadDir = preloadFolder();
        config.runDir = dir.filePath(QStringLiteral("run")).toStdString();
        config.cacheDir = dir.filePath(QStringLiteral("cache")).toStdString();
        config.accel = AccelChoice::Tcg;
        config.warm = warm;
        config.maxVms = maxVms;
        make(config);
    }
    explicit PoolHarness(const PoolConfig& config) { make(config); }

    Result<void> start() { return pool->start(); }

    /// Hands the invocation to the pool, now or as soon as it can take it.
    std::string submit(std::shared_ptr<const Function> function, std::string payload = "null",
                       std::chrono::milliseconds timeout = std::chrono::seconds{20}) {
        Invocation invocation;
        invocation.execution = "e-" + std::to_string(++last_);
        invocation.function = std::move(function);
        invocation.payload = std::move(payload);
        invocation.timeout = timeout;
        const auto id = invocation.execution;
        runs[id];
        queue_.push_back(std::move(invocation));
        drainQueue();
        return id;
    }
    bool isFinished(const std::string& execution) { return !runs[execution].outcomes.empty(); }
    /// The outcome; one without VM and with a message of its own when none comes in a minute and a half.
    Outcome wait(const std::string& execution,
                 std::chrono::milliseconds patience = std::chrono::seconds{90}) {
        if (!QTest::qWaitFor([&] { return isFinished(execution); }, static_cast<int>(patience.count()))) {
            Outcome none;
            none.message = "no outcome came";
            return none;
        }
        return runs[execution].outcomes.front();
    }
    Outcome invoke(std::shared_ptr<const Function> function, std::string payload = "null",
                   std::chrono::milliseconds timeout = std::chrono::seconds{20}) {
        return wait(submit(std::move(function), std::move(payload), timeout),
                    timeout + std::chrono::seconds{90});
    }

    [[nodiscard]] int count(VmState state) const {
        int number = 0;
        for (const auto& vm : pool->status().vms) number += vm.state == state ? 1 : 0;
        return number;
    }
    /// The events of one VM, joined by blanks: "vm.booting vm.ready".
    [[nodiscard]] std::string story(const std::string& vm) const {
        std::string text;
        for (const auto& event : events) {
            if (event.vm == vm) text += (text.empty() ? "" : " ") + event.event;
        }
        return text;
    }
    [[nodiscard]] std::string reason(const std::string& vm) const {
        for (const auto& event : events) {
            if (event.vm == vm && event.fields.contains("reason")) {
                return std::string(stringMember(event.fields, "reason"));
            }
        }
        return {};
    }

    QTemporaryDir dir;
    std::unique_ptr<Pool> pool;
    std::map<std::string, Run> runs;
    std::vector<VmEvent> events;

 private:
    void make(const PoolConfig& config) {
        pool = std::make_unique<Pool>(config);
        connect(pool.get(), &Pool::vmEvent, this, [this](const VmEvent& event) { events.push_back(event); });
        connect(pool.get(), &Pool::capacityChanged, this, [this] { drainQueue(); });
        connect(pool.get(), &Pool::executionStarted, this,
                [this](const std::string& id, const std::string& vm, StartKind kind, std::int64_t) {
                    runs[id].started = true;
                    runs[id].vm = vm;
                    runs[id].kind = kind;
                });
        connect(pool.get(), &Pool::executionOutput, this,
                [this](const std::string& id, const std::string& chunk) { runs[id].output += chunk; });
        connect(pool.get(), &Pool::executionEmitted, this,
                [this](const std::string& id, const std::string& name, const std::string& data) {
                    runs[id].emitted.emplace_back(name, data);
                });
        connect(
            pool.get(), &Pool::executionFinished, this,
            [this](const std::string& id, const Outcome& outcome) { runs[id].outcomes.push_back(outcome); });
    }
    void drainQueue() {
        for (auto it = queue_.begin(); it != queue_.end();) {
            const Invocation invocation = *it;
            it = pool->offer(invocation) ? queue_.erase(it) : std::next(it);
        }
    }

    std::list<Invocation> queue_;
    int last_ = 0;
};

}  // namespace dogwatch::vmpool
