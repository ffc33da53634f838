// Why the pool of machines uses the accelerator that it uses, in the language of the console: the control
// plane tells it in English.
#pragma once

#include <QString>

namespace dogwatch::gui {

/// The reason as vmpool/accelerator_probe.h words it, translated; itself where it is none of those.
QString acceleratorWords(const QString& reason);

}  // namespace dogwatch::gui
