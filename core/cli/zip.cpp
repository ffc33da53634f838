#include "core/cli/zip.h"

#include <boost/crc.hpp>
#include <cstdint>

namespace dogwatch::cli {
namespace {

constexpr std::uint32_t kVersion = 20;              ///< of the format that is needed to unpack
constexpr std::uint32_t kMadeOnUnix = 3U << 8U;     ///< so that the mode counts
constexpr std::uint32_t kMode = (0100755U) << 16U;  ///< a file, executable
constexpr std::uint32_t kDate = (1U << 5U) | 1U;    ///< 1980-01-01: the same program gives the same bytes

void put(std::string& out, std::uint32_t value, int bytes) {
    for (; bytes > 0; --bytes, value >>= 8U) out.push_back(static_cast<char>(value & 0xFFU));
}

/// What stands both before the content and in the directory.
void putDescription(std::string& out, std::string_view name, std::string_view content) {
    boost::crc_32_type sum;
    sum.process_bytes(content.data(), content.size());
    put(out, kVersion, 2);
    put(out, 0, 2);  // flags
    put(out, 0, 2);  // stored
    put(out, 0, 2);  // time
    put(out, kDate, 2);
    put(out, sum.checksum(), 4);
    put(out, static_cast<std::uint32_t>(content.size()), 4);
    put(out, static_cast<std::uint32_t>(content.size()), 4);
    put(out, static_cast<std::uint32_t>(name.size()), 2);
    put(out, 0, 2);  // extra field
}

}  // namespace

std::string packExecutable(std::string_view name, std::string_view content) {
    std::string out = "PK\x03\x04";
    putDescription(out, name, content);
    out.append(name).append(content);
    const auto directory = static_cast<std::uint32_t>(out.size());
    out += "PK\x01\x02";
    put(out, kMadeOnUnix | kVersion, 2);
    putDescription(out, name, content);
    put(out, 0, 2);  // comment
    put(out, 0, 2);  // disk
    put(out, 0, 2);  // internal attributes
    put(out, kMode, 4);
    put(out, 0, 4);  // where the content stands
    out.append(name);
    const auto size = static_cast<std::uint32_t>(out.size()) - directory;
    out += "PK\x05\x06";
    put(out, 0, 4);
    put(out, 1, 2);
    put(out, 1, 2);
    put(out, size, 4);
    put(out, directory, 4);
    put(out, 0, 2);
    return out;
}

}  // namespace dogwatch::cli
