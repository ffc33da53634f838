#include "gui/bench/model/sample_firing.h"

#include <algorithm>

#include "core/engine/payload.h"

namespace dogwatch::gui::bench {
namespace {

constexpr std::size_t kMostEvidence = 16;

bool looksAt(const Condition& condition, const Record& record) {
    const auto selectors = condition.selectors();
    return std::any_of(selectors.begin(), selectors.end(),
                       [&](const Selector* selector) { return selector->matches(record); });
}

/// The values at the partition's paths; none where one is missing.
std::optional<json::array> keyOf(const Metaevent& definition, const Record& record) {
    json::array key;
    for (const FieldPath& path : definition.partition) {
        json::value scratch;
        const json::value* found = path.find(record, scratch);
        if (found == nullptr) return std::nullopt;
        key.push_back(*found);
    }
    return key;
}

/// As evidence shows a record: of metaevent.* without what is bulky.
json::object evidenceOf(const Record& record) {
    json::object shown = toJson(record);
    if (record.isMetaevent())
        for (const char* key : {"evidence", "result", "output"}) shown.erase(key);
    return shown;
}

}  // namespace

json::object sampleFiring(const Metaevent& definition, std::span<const Record> records, Time now) {
    const auto tree = definition.when.tree();
    std::vector<const Record*> chosen;
    std::optional<json::array> key;
    for (auto record = records.rbegin(); record != records.rend() && chosen.size() < kMostEvidence;
         ++record) {
        if (std::none_of(tree.begin(), tree.end(),
                         [&](const Condition* condition) { return looksAt(*condition, *record); }))
            continue;
        const auto its = keyOf(definition, *record);
        if (!its || (key && *its != *key)) continue;
        if (!key) key = its;
        chosen.push_back(&*record);
    }
    json::array evidence;
    for (auto record = chosen.rbegin(); record != chosen.rend(); ++record)
        evidence.emplace_back(evidenceOf(**record));
    json::object firing{
        {"firing", "sample"}, {"metaevent", definition.name}, {"time", toUs(now)}, {"depth", 1}};
    firing["key"] = definition.partition.empty() || !key ? json::value(nullptr) : json::value(*key);
    firing["evidence"] = std::move(evidence);
    return firing;
}

std::vector<JobSample> jobSamples(const Metaevent& definition, const json::object& firing) {
    engine::Derived derived;
    derived.metaevent = definition.name;
    derived.firing = stringMember(firing, "firing");
    derived.time = timeFromUs(intMember(firing, "time"));
    if (const auto* key = firing.if_contains("key")) derived.key = *key;
    derived.depth = intMember(firing, "depth", 1);
    if (const auto* evidence = firing.if_contains("evidence"); evidence != nullptr && evidence->is_array())
        derived.evidence = evidence->get_array();
    std::vector<JobSample> samples;
    for (const engine::JobRequest& job : engine::jobsOf(definition, derived)) {
        auto payload = parseJson(job.payload);
        samples.push_back({job.function, payload ? std::move(*payload) : json::value(nullptr)});
    }
    return samples;
}

}  // namespace dogwatch::gui::bench
