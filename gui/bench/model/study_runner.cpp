#include "gui/bench/model/study_runner.h"

#include <utility>

#include "gui/models/faults.h"
#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 400ms;  ///< a study of firings is finished within it although a later one waits

std::string textOf(const Subject& subject) {
    std::string text;
    for (const Metaevent& each : subject.all()) text += toJson(json::value(each.source)) + '\n';
    return text;
}

std::string textOf(const Question& question) {
    std::string text = std::to_string(toUs(question.at));
    if (question.key) text += toJson(*question.key);
    if (question.firing)
        text += '!' + question.firing->edge + question.firing->key + std::to_string(question.firing->time);
    return text;
}

std::string textOf(const engine::TraceOptions& options) {
    std::string text;
    if (options.from) text += std::to_string(toUs(*options.from));
    text += ' ';
    if (options.until) text += std::to_string(toUs(*options.until));
    for (const auto& key : options.keys) text += ' ' + toJson(key);
    return text + ' ' + std::to_string(options.points);
}

double since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

StudyRunner::StudyRunner(QObject* parent) : QObject(parent), thread_([this] { work(); }) {}

StudyRunner::~StudyRunner() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void StudyRunner::ask(StudyRequest request) {
    {
        const std::lock_guard lock(mutex_);
        next_ = std::move(request);
        forgotten_ = false;
    }
    wake_.notify_one();
}

void StudyRunner::forget() {
    const std::lock_guard lock(mutex_);
    next_.reset();
    forgotten_ = true;
}

template <typename Tell>
void StudyRunner::tell(Tell told) {
    QMetaObject::invokeMethod(this, std::move(told), Qt::QueuedConnection);
}

void StudyRunner::work() {
    for (;;) {
        std::optional<StudyRequest> request;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [this] { return ending_ || next_.has_value(); });
            if (ending_) return;
            request = std::exchange(next_, std::nullopt);
        }
        begun_ = std::chrono::steady_clock::now();
        serve(*request);
    }
}

bool StudyRunner::isOvertaken() {
    const std::lock_guard lock(mutex_);
    return ending_ || forgotten_ || next_.has_value();
}

bool StudyRunner::isOvertakenLate() {
    const std::lock_guard lock(mutex_);
    if (ending_ || forgotten_) return true;
    return next_.has_value() && std::chrono::steady_clock::now() - begun_ > kPatience;
}

void StudyRunner::fail(const Error& error) {
    if (wasStopped(error)) return;
    tell([this, text = faultText(error)] { Q_EMIT failed(text); });
}

void StudyRunner::serve(const StudyRequest& request) {
    if (!readColumns(request)) return;
    const std::string about = std::to_string(request.scopeVersion) + '\n' + textOf(request.subject);
    if (!findFirings(request, about)) return;
    if (isOvertaken()) return;
    explain(request, about);
    if (isOvertaken()) return;
    trace(request, about);
}

bool StudyRunner::readColumns(const StudyRequest& request) {
    auto definitions = request.subject.all();
    if (request.applied) definitions.push_back(*request.applied);
    auto told = begun_;
    const bool done =
        request.scope.store->addColumns(fieldPathsOf(definitions), [&](std::size_t read, std::size_t total) {
            if (const auto now = std::chrono::steady_clock::now(); now - told > 100ms) {
                told = now;
                tell([this, share = static_cast<double>(read) / static_cast<double>(total)] {
                    Q_EMIT reading(share);
                });
            }
            return !isOvertaken();
        });
    if (done) tell([this] { Q_EMIT reading(1); });
    return done;
}

bool StudyRunner::findFirings(const StudyRequest& request, const std::string& about) {
    std::string applied;
    if (request.applied) {
        Subject before{*request.applied, request.subject.others};
        applied = std::to_string(request.scopeVersion) + textOf(before);
        if (applied != done_.applied) {
            auto firings = firingsOf(before, request.scope, [this] { return isOvertakenLate(); });
            if (!firings) {
                fail(firings.error());
                return false;
            }
            appliedFirings_ = *std::move(firings);
            done_.applied = applied;
        }
    }
    std::string signature = about + applied + std::to_string(request.cases.size());
    for (const TestCase& one : request.cases) signature += '\n' + one.name;
    if (signature == done_.firings) return true;
    const auto start = std::chrono::steady_clock::now();
    auto firings = firingsOf(request.subject, request.scope, [this] { return isOvertakenLate(); });
    if (!firings) {
        fail(firings.error());
        return false;
    }
    auto answer = std::make_shared<FiringsAnswer>();
    answer->ordinal = request.ordinal;
    answer->firings = *std::move(firings);
    answer->isCompared = request.applied.has_value();
    if (request.applied) compareFirings(answer->firings, appliedFirings_);
    for (const TestCase& one : request.cases) answer->cases.push_back(runCase(request.subject, one));
    answer->milliseconds = since(start);
    done_.firings = std::move(signature);
    tell([this, found = std::shared_ptr<const FiringsAnswer>(std::move(answer))] {
        Q_EMIT firingsFound(found);
    });
    return true;
}

void StudyRunner::explain(const StudyRequest& request, const std::string& about) {
    if (!request.question) return done_.question.clear();
    std::string signature = about + textOf(*request.question);
    if (signature == done_.question) return;
    auto explanation = explanationOf(request.subject, request.scope, *request.question,
                                     [this] { return isOvertakenLate(); });
    if (!explanation) return fail(explanation.error());
    done_.question = std::move(signature);
    tell([this, ordinal = request.ordinal, found = *std::move(explanation)] {
        Q_EMIT explained(ordinal, found);
    });
}

void StudyRunner::trace(const StudyRequest& request, const std::string& about) {
    std::string signature = about + textOf(request.trace);
    if (signature == done_.trace) return;
    auto trace = traceOf(request.subject, request.scope, request.trace, [this] { return isOvertaken(); });
    if (!trace) return fail(trace.error());
    done_.trace = std::move(signature);
    tell([this, ordinal = request.ordinal,
          found = std::make_shared<const engine::MetaeventTrace>(*std::move(trace))] {
        Q_EMIT traced(ordinal, found);
    });
}

}  // namespace dogwatch::gui::bench
