// Any bytes as definitions: they are refused with a path, or read, worded, checked and matched.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/model/sentence.h"
#include "core/model/static_checks.h"

using namespace dogwatch;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void use(const Metaevent& definition) {
    require(!sentenceOf(definition).text().empty());
    Record record;
    record.event = "execution.failed";
    record.fields = {{"function", "a"}, {"duration_us", 5}, {"message", "aaaaaaaaaaaaaaaaaaaaaaaa"}};
    for (const auto* condition : definition.when.tree()) {
        require(!condition->path.empty() && !clauseOf(*condition).text().empty());
        for (const auto* selector : condition->selectors()) static_cast<void>(selector->matches(record));
        if (const auto* at = condition->as<condition::At>()) {
            const Time start = timeFromUs(1'700'000'000'000'000);
            const auto next = at->schedule.after(start);
            require(next && *next > start && at->schedule.after(*next - Duration{1}) == next);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = parseJson({reinterpret_cast<const char*>(data), size});
    if (!value) return 0;
    const auto definitions = metaeventsFromJson(*value);
    if (!definitions) {
        require(!definitions.error().path.empty() && !definitions.error().message.empty());
        return 0;
    }
    for (const auto& definition : *definitions) {
        use(definition);
        // What was read is read again as the same.
        const auto again = metaeventFromJson(definition.source);
        require(again && sentenceOf(*again).text() == sentenceOf(definition).text());
    }
    static_cast<void>(staticChecks(*definitions));
    return 0;
}
