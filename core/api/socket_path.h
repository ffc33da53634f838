// Where things lie: the data directory and the control plane's socket (docs/api.md).
#pragma once

#include <string>

namespace dogwatch::api {

/// $XDG_DATA_HOME/dogwatch, or ~/.local/share/dogwatch.
std::string defaultDataDir();

/// The absolute path of a data directory, symbolic links resolved as far as it exists.
std::string absoluteDataDir(const std::string& dataDir);

/// DIR/dogwatchd.sock, or, where that is over 100 bytes, $XDG_RUNTIME_DIR/dogwatch-HASH.sock (/tmp without
/// it). Both ends compute it; neither trusts a peer of another user there.
std::string socketPath(const std::string& dataDir);

}  // namespace dogwatch::api
