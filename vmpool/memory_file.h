// Memory files: files without a name that lie in memory (memfd) and vanish with their last descriptor.
#pragma once

#include <cstdint>

#include "core/model/result.h"
#include "vmpool/unique_fd.h"

namespace dogwatch::vmpool {

/// A memory file of `bytes` zeros, which take no memory until they are written. Closed on exec.
Result<UniqueFd> makeMemoryFile(const char* name, std::int64_t bytes);

/// From now on nobody can write the file, resize it or undo this. Fails while somebody has it mapped for
/// writing.
Result<void> sealMemoryFile(const UniqueFd& file);
[[nodiscard]] bool isSealed(const UniqueFd& file);

/// The same file for reading, with a position of its own.
Result<UniqueFd> reopenForReading(const UniqueFd& file);

/// Size in bytes; 0 when it cannot be told.
[[nodiscard]] std::int64_t fileBytes(const UniqueFd& file);
/// What of it really lies in memory.
[[nodiscard]] std::int64_t residentFileBytes(const UniqueFd& file);

/// SHA-256 of a small file's content, in hexadecimal; empty when it cannot be read.
[[nodiscard]] std::string fileDigest(const UniqueFd& file);

}  // namespace dogwatch::vmpool
