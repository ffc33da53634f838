// Any bytes as a line of records: refused, or written and read again as the same.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/model/record.h"
#include "core/model/value.h"

using namespace dogwatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto value = parseJson({reinterpret_cast<const char*>(data), size});
    if (!value) return 0;
    const auto copy = parseJson(toPrettyJson(*value));
    if (!copy || !sameValue(*copy, *value) || hashValue(*copy) != hashValue(*value)) std::abort();
    const auto record = recordFromJson(*value, false);
    if (!record) return 0;
    const auto again = recordFromJson(toJson(*record), false);
    if (!again || again->time != record->time || toJson(again->fields) != toJson(record->fields))
        std::abort();
    return 0;
}
