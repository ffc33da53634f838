// What a zip archive says of itself, checked before it is unpacked.
#pragma once

#include <cstdint>
#include <string_view>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

/// Whether the archive's directory is well-formed (APPNOTE.TXT 4.3 of PKWARE) and all that it names lies
/// below where it is unpacked: no absolute names, no "..", no symbolic links that lead out, at most 20,000
/// entries, at most `mostBytes` unpacked. The error says which entry is at fault. Archives may lie about
/// sizes: the room to unpack into is bounded too.
Result<void> checkZip(std::string_view archive, std::int64_t mostBytes);

}  // namespace dogwatch::guest
