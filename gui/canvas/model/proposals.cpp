#include "gui/canvas/model/proposals.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <cmath>

#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

struct Proposals {
    Q_DECLARE_TR_FUNCTIONS(Proposals)
};

/// Round figures that people choose.
constexpr std::array<Duration, 26> kRound = {1s,  2s,   5s,   10s,  15s,   20s,   30s,   45s,   60s,
                                             90s, 2min, 3min, 5min, 10min, 15min, 20min, 30min, 45min,
                                             1h,  2h,   3h,   6h,   12h,   24h,   48h,   168h};

Duration roundUp(Duration duration) {
    const auto found =
        std::find_if(kRound.begin(), kRound.end(), [duration](Duration round) { return round >= duration; });
    return found != kRound.end() ? *found : kRound.back();
}

QString words(Duration duration) {
    return durationWords(duration);
}

json::object selector(const char* event, const std::string& function) {
    json::object made{{"event", event}};
    if (!function.empty()) made["function"] = function;
    return made;
}

/// `title` has a place for how long.
Proposal absence(const QString& title, json::object selected, const Interval& interval,
                 const std::string& name) {
    json::object definition{
        {"metaevent", name},
        {"when", {{"absent", std::move(selected)}, {"for", toText(interval.duration)}, {"since", "first"}}}};
    const QString alarms = interval.alarms == 0
                               ? Proposals::tr("no false alarm in the history shown")
                               : Proposals::tr("%n alarms in the history shown", nullptr, interval.alarms);
    return {title.arg(fromUtf8(grammar().duration(interval.duration, Grammar::Case::Dative))),
            Proposals::tr("The longest of %n gaps was %1: %2.", nullptr, interval.gaps)
                .arg(durationText(interval.longest.count()), alarms),
            std::move(definition)};
}

std::vector<Time> timesOf(std::span<const Record> history, std::string_view event,
                          std::string_view function) {
    std::vector<Time> times;
    for (const Record& record : history)
        if (record.event == event && (function.empty() || record.function() == function))
            times.push_back(record.time);
    return times;
}

std::optional<std::int64_t> usualDuration(std::span<const Record> history, std::string_view function) {
    std::vector<std::int64_t> durations;
    for (const Record& record : history)
        if (record.event == "execution.succeeded" && record.function() == function)
            durations.push_back(intMember(record.fields, "duration_us"));
    if (durations.size() < 5) return std::nullopt;
    std::sort(durations.begin(), durations.end());
    return durations[durations.size() * 95 / 100];
}

}  // namespace

std::optional<Interval> intervalFor(std::span<const Time> times) {
    if (times.size() < 3) return std::nullopt;
    std::vector<Duration> gaps;
    for (std::size_t i = 1; i < times.size(); ++i) gaps.push_back(times[i] - times[i - 1]);
    std::sort(gaps.begin(), gaps.end());
    const Duration usual = gaps[(gaps.size() - 1) * 95 / 100];
    Interval interval;
    interval.duration = roundUp(usual + usual / 2);
    interval.gaps = static_cast<int>(gaps.size());
    interval.longest = gaps.back();
    interval.alarms = static_cast<int>(
        std::count_if(gaps.begin(), gaps.end(), [&](Duration gap) { return gap >= interval.duration; }));
    return interval;
}

std::vector<Proposal> proposalsForFunction(const std::string& function, std::span<const Record> history) {
    std::vector<Proposal> proposals;
    const auto successes = timesOf(history, "execution.succeeded", function);
    const Interval fallback{.duration = 10min};
    const auto interval = intervalFor(successes);
    proposals.push_back(absence(Proposals::tr("%1 has not succeeded for %2").arg(fromUtf8(function), u"%1"_s),
                                selector("execution.succeeded", function), interval.value_or(fallback),
                                function + "-missed"));
    if (!interval)
        proposals.back().reason = Proposals::tr("Too few successes so far to suggest an interval.");
    const auto failures = timesOf(history, "execution.failed", function);
    proposals.push_back(
        {Proposals::tr("%1 failed 3 times in a row").arg(fromUtf8(function)),
         Proposals::tr("%1 failures beside %2 successes in the history shown.")
             .arg(failures.size())
             .arg(successes.size()),
         {{"metaevent", function + "-failing"},
          {"when",
           {{"streak", selector("execution.failed", function)}, {"among", function}, {"is", {">=", 3}}}}}});
    if (const auto usual = usualDuration(history, function)) {
        const Duration bound = roundUp(Duration{std::max<std::int64_t>(*usual * 2, 1'000'000)});
        proposals.push_back({Proposals::tr("%1 takes longer than %2").arg(fromUtf8(function), words(bound)),
                             Proposals::tr("95 of 100 runs took %1 ms at most.").arg(*usual / 1000),
                             {{"metaevent", function + "-slow"},
                              {"when",
                               {{"measure", "p95"},
                                {"of", "duration_us"},
                                {"over", selector("execution.succeeded", function)},
                                {"within", "10m"},
                                {"is", {">", bound.count()}},
                                {"samples", 5}}}}});
    }
    return proposals;
}

std::vector<Proposal> proposalsForRecord(const Record& record, std::span<const Record> history) {
    const std::string function(record.function());
    json::object selected = selector(record.event.c_str(), function);
    if (const auto error = stringMember(record.fields, "error"); !error.empty())
        selected["where"] = json::array{json::array{"error", "==", error}};
    const std::string about = function.empty() ? record.event : function;
    std::string name;
    for (const char c : about + "-" + record.event.substr(record.event.rfind('.') + 1))
        name +=
            std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.' ? c : '-';
    name = name.substr(0, 56);
    std::vector<Proposal> proposals;
    proposals.push_back({Proposals::tr("This happens again"),
                         Proposals::tr("Each record of this kind fires it."),
                         {{"metaevent", name}, {"when", {{"occurs", selected}}}}});
    const auto times = timesOf(history, record.event, function);
    proposals.push_back(
        {Proposals::tr("This happens at least 5 times within 10 minutes"),
         Proposals::tr("It happened %n times in the history shown.", nullptr, static_cast<int>(times.size())),
         {{"metaevent", name + "-often"},
          {"when", {{"count", selected}, {"within", "10m"}, {"is", {">=", 5}}}}}});
    if (const auto interval = intervalFor(times))
        proposals.push_back(
            absence(Proposals::tr("This has not happened for %1"), selected, *interval, name + "-missed"));
    if (record.event.starts_with("execution.") && !function.empty())
        for (Proposal& proposal : proposalsForFunction(function, history))
            proposals.push_back(std::move(proposal));
    return proposals;
}

const Record* subjectOf(std::span<const Record> stretch) {
    const Record* longest = nullptr;
    for (const Record& record : stretch) {
        if (record.event == "execution.failed" || record.event == "execution.dropped") return &record;
        if (record.event != "execution.succeeded") continue;
        if (longest == nullptr ||
            intMember(record.fields, "duration_us") > intMember(longest->fields, "duration_us"))
            longest = &record;
    }
    return longest != nullptr || stretch.empty() ? longest : &stretch.front();
}

std::vector<Proposal> proposalsForStretch(std::span<const Record> stretch, std::span<const Record> history) {
    const Record* subject = subjectOf(stretch);
    if (subject == nullptr) return {};
    std::vector<Proposal> proposals = proposalsForRecord(*subject, history);
    const auto times = timesOf(stretch, subject->event, subject->function());
    const Duration span = stretch.back().time - stretch.front().time;
    if (times.size() < 2 || span <= Duration{}) return proposals;
    json::object definition = proposals.front().definition;
    definition["metaevent"] = std::string{stringMember(definition, "metaevent")} + "-burst";
    const json::value counted = definition["when"].at("occurs");
    definition["when"] = {{"count", counted},
                          {"within", toText(roundUp(span))},
                          {"is", json::array{">=", static_cast<std::int64_t>(times.size())}}};
    proposals.insert(proposals.begin(),
                     {Proposals::tr("This happens %1 times within %2, as in the selected stretch")
                          .arg(times.size())
                          .arg(words(roundUp(span))),
                      Proposals::tr("The stretch holds %1 such records in %2.")
                          .arg(times.size())
                          .arg(fromUtf8(toWords(span))),
                      std::move(definition)});
    return proposals;
}

}  // namespace dogwatch::gui::canvas
