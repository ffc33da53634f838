// Any bytes on the local socket: cut into lines the same way however they arrive, and each line refused with
// a reason or understood.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/api/protocol.h"

using namespace dogwatch;

namespace {

constexpr std::size_t kLongest = 4096;

void require(bool holds) {
    if (!holds) std::abort();
}

/// The lines, and "!" where the connection would end.
std::vector<std::string> linesOf(std::string_view bytes, std::size_t step) {
    api::LineReader reader(kLongest);
    std::vector<std::string> lines;
    while (!bytes.empty()) {
        reader.feed(bytes.substr(0, step));
        bytes.remove_prefix(std::min(step, bytes.size()));
        require(reader.kept() <= kLongest + step + 1);
        for (;;) {
            auto line = reader.next();
            if (!line) {
                lines.emplace_back("!");
                return lines;
            }
            if (!*line) break;
            lines.push_back(std::move(**line));
        }
    }
    return lines;
}

void decode(const std::string& line) {
    const auto request = api::decodeRequest(line);
    if (request) {
        if (request->id && request->id->is_int64()) {
            const auto again = api::requestLine(request->id->get_int64(), request->method, request->params);
            require(api::decodeRequest(std::string_view{again}.substr(0, again.size() - 1)).has_value());
        }
    } else {
        const auto& fault = request.error();
        require(fault.code != 0 && !fault.error.message.empty());
        require(api::errorLine(fault.id, fault.error, fault.code).ends_with('\n'));
    }
    const auto message = api::decodeMessage(line);
    if (!message) require(!message.error().message.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const auto lines = linesOf(bytes, size);
    require(lines == linesOf(bytes, 1 + bytes.front() % 7U));
    for (const auto& line : lines) decode(line);
    return 0;
}
