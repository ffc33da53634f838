// A dispatcher with a scripted backend and a simulated clock. What happened is read from the records that it
// leaves: "queued started succeeded".
#pragma once

#include <QTest>
#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/dispatch/dispatcher.h"

namespace dogwatch::dispatch {

/// Takes what there are slots for, and keeps the order.
class ScriptedBackend : public Backend {
 public:
    void setListener(BackendListener*) override {}
    bool offer(const Invocation& invocation) override {
        ++offers;
        if (static_cast<int>(running.size()) >= slots || refused.contains(invocation.function->name))
            return false;
        running.push_back(invocation);
        return true;
    }
    void cancel(std::string_view execution) override { cancelled.emplace_back(execution); }

    [[nodiscard]] QString functions() const {
        QStringList names;
        for (const auto& invocation : running) names << QString::fromStdString(invocation.function->name);
        return names.join(u' ');
    }

    int slots = 100;
    int offers = 0;
    std::set<std::string> refused;
    std::vector<Invocation> running;
    std::vector<std::string> cancelled;
};

/// Plays the sequencer: journals what is decided at once, and reports it durable unless told otherwise.
struct Plant {
    ScriptedBackend backend;
    std::uint64_t bits = 0;  // jitter 0, ids that count
    Dispatcher dispatcher;
    Time now = timeFromUs(1'700'000'000'000'000);
    Changes changes;
    bool durableAtOnce = true;

    explicit Plant(Limits limits = {})
        : dispatcher(
              backend, [this] { return bits++ & 0x7ffU; }, limits) {}

    void add(const std::string& name, const std::function<void(Function&)>& with = {}) {
        Function function;
        function.name = name;
        function.runtime = "sh";
        function.code = "true";
        if (with) with(function);
        dispatcher.setFunction(std::make_shared<Function>(function), now, changes);
    }
    Result<Accepted> request(const std::string& function, const std::string& trigger = "api",
                             const std::string& key = {}) {
        Request request;
        request.function = function;
        request.trigger = trigger;
        request.idempotencyKey = key;
        auto accepted = dispatcher.enqueue(std::move(request), now, changes);
        if (accepted && durableAtOnce) dispatcher.durable(accepted->execution);
        return accepted;
    }
    std::string invoke(const std::string& function) {
        auto accepted = request(function);
        return accepted ? accepted->execution : "";
    }
    void pump() {
        const auto before = changes.size();
        dispatcher.pump(now, changes);
        for (auto i = before; i < changes.size(); ++i) {
            const auto& change = changes[i];
            if (change.record && change.record->event == "execution.queued") {
                dispatcher.durable(change.execution->execution.id);
            }
        }
        if (changes.size() > before) dispatcher.pump(now, changes);
    }
    void advance(Duration by) {
        now += by;
        pump();
    }
    void start(const std::string& execution) {
        dispatcher.started(execution, "vm-1", StartKind::Warm, 1500, now, changes);
    }
    void finish(const std::string& execution, FailureCause cause = FailureCause::None) {
        Outcome outcome;
        outcome.succeeded = cause == FailureCause::None;
        outcome.cause = cause;
        outcome.message = outcome.succeeded ? "" : "it broke";
        outcome.result = outcome.succeeded ? R"({"ok":true})" : "";
        outcome.output = "hello";
        outcome.outputBytes = 5;
        outcome.vm = "vm-1";
        std::erase_if(backend.running, [&](const auto& one) { return one.execution == execution; });
        dispatcher.finished(execution, outcome, now, changes);
        pump();
    }
    void run(const std::string& execution, FailureCause cause = FailureCause::None) {
        start(execution);
        finish(execution, cause);
    }
    /// "queued started failed retrying", of one execution or of all.
    [[nodiscard]] QString story(const std::string& execution = {}) const {
        QStringList events;
        for (const auto& change : changes) {
            if (!change.record) continue;
            if (!execution.empty() && change.record->execution() != execution) continue;
            QString event = QString::fromStdString(change.record->event).section(u'.', 1);
            const auto reason = stringMember(change.record->fields, "reason");
            if (!reason.empty()) event += u'(' + QString::fromStdString(std::string{reason}) + u')';
            events << event;
        }
        return events.join(u' ');
    }
    [[nodiscard]] const Change& last() const { return changes.back(); }
    [[nodiscard]] const json::object& fields(const char* event) const {
        for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
            if (change->record && change->record->event == event) return change->record->fields;
        }
        qFatal("no %s", event);
    }
};

#define COMPARE_TEXT(actual, expected) QCOMPARE(QString(actual), QStringLiteral(expected))

}  // namespace dogwatch::dispatch
