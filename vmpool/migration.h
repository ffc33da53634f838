// Saving and restoring a guest's devices by QEMU's migration through a descriptor. The guest's memory is not
// in it: it lies in a file that both sides map (capability x-ignore-shared).
#pragma once

#include <functional>

#include "vmpool/qmp_client.h"
#include "vmpool/unique_fd.h"

namespace dogwatch::vmpool {

using Migrated = std::function<void(const Result<void>&)>;

/// Stops the guest and writes its devices' state (60 KB) to `file`. Afterwards the guest stands still for
/// good.
void saveDevices(QmpClient& qmp, UniqueFd file, Migrated done);

/// For a QEMU that waits (-incoming defer -S): takes the state from `file`. Afterwards the guest stands
/// still, until `cont`. A QEMU that cannot take it ends.
void restoreDevices(QmpClient& qmp, UniqueFd file, Migrated done);

}  // namespace dogwatch::vmpool
