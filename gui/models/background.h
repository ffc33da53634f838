// background(): the threads for what takes long and may wait, such as loading records from the control plane.
#pragma once

class QThreadPool;

namespace dogwatch::gui {

/// Not QThreadPool::globalInstance(): Qt's raster painter fills large areas with the threads of that one and
/// waits for them on the GUI thread, which work that waits for a control plane would then hold up.
[[nodiscard]] QThreadPool& background();

}  // namespace dogwatch::gui
