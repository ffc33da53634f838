// Definitions and records together, in the form of a conformance case: the engine folds them in bounded time,
// and a checkpoint anywhere changes nothing.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/engine/engine.h"

using namespace dogwatch;
using engine::Engine;

namespace {

constexpr std::size_t kMostRecords = 400;
constexpr int kMostTimerSteps = 4'000;
constexpr std::size_t kMostDerived = 20'000;

struct Case {
    std::vector<Metaevent> definitions;
    std::vector<Record> records;
};

/// Records that are none, or go back in seq or time, are left out.
std::optional<Case> read(std::string_view text) {
    const auto value = parseJson(text);
    const auto* object = value ? value->if_object() : nullptr;
    if (object == nullptr || !object->contains("metaevents") || !object->contains("records"))
        return std::nullopt;
    auto definitions = metaeventsFromJson(object->at("metaevents"));
    const auto* records = object->at("records").if_array();
    if (!definitions || records == nullptr || records->size() > kMostRecords) return std::nullopt;
    Case result{std::move(*definitions), {}};
    for (const auto& each : *records) {
        auto record = recordFromJson(each);
        if (!record) continue;
        const bool follows = result.records.empty() || (record->seq > result.records.back().seq &&
                                                        record->time >= result.records.back().time);
        if (follows) result.records.push_back(std::move(*record));
    }
    return result;
}

class Run {
 public:
    explicit Run(const Case& test) : test_(test) { engine_.setRecordSource(journal_); }

    /// What was derived; none: it takes more steps than we wait for. `cut`: before which record to go through
    /// a checkpoint.
    std::optional<std::string> operator()(std::size_t cut) {
        const Time start = test_.records.front().time;
        for (const auto& definition : test_.definitions) {
            if (!engine_.define(definition, 1, start)) return std::nullopt;
        }
        for (std::size_t i = 0; i < test_.records.size(); ++i) {
            if (i == cut) {
                auto restored = Engine::restore(engine_.checkpoint());
                if (!restored) std::abort();
                engine_ = std::move(*restored);
                engine_.setRecordSource(journal_);
            }
            if (!advance(test_.records[i].time - Duration{1})) return std::nullopt;
            engine_.fold(test_.records[i], sink_);
            if (derived_ > kMostDerived) return std::nullopt;
        }
        if (!advance(test_.records.back().time + std::chrono::hours{1})) return std::nullopt;
        for (const auto& definition : test_.definitions) {
            if (engine_.status(definition.name)->stateBytes < 0) std::abort();
        }
        return text_;
    }

 private:
    bool advance(Time to) {
        while (const auto due = engine_.nextDue()) {
            if (*due > to) break;
            if (++steps_ > kMostTimerSteps || derived_ > kMostDerived) return false;
            engine_.advance(*due, sink_);
        }
        engine_.advance(to, sink_);
        return true;
    }

    const Case& test_;
    engine::RecordSource journal_ = [this](std::int64_t seq) -> std::optional<json::object> {
        for (const auto& record : test_.records) {
            if (record.seq == seq) return toJson(record);
        }
        return std::nullopt;
    };
    Engine engine_;
    std::string text_;
    std::size_t derived_ = 0;
    int steps_ = 0;
    engine::Sink sink_ = [this](engine::Derived&& derived) {
        ++derived_;
        text_ += toJson(derived.toRecord().fields) + toJson(derived.toBacktestLine()) + '\n';
    };
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto test = read({reinterpret_cast<const char*>(data), size});
    if (!test || test->records.empty()) return 0;
    const auto whole = Run(*test)(test->records.size());
    if (!whole) return 0;
    const auto cut = Run(*test)(size % test->records.size());
    if (!cut || *cut != *whole) std::abort();
    return 0;
}
