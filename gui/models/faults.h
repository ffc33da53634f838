// Why something was refused or went wrong, in the language of the console: the control plane says it in
// English. (Faults of definitions it says in the language that it is asked in, as these are said by a
// grammar.)
#pragma once

#include <QString>

#include "core/model/result.h"

namespace dogwatch::gui {

/// The message in the language in use; itself where the table of faults.cpp has none like it.
QString faultMessage(const Error& error);

/// "path: message", or the message alone: what stands below a form.
QString faultText(const Error& error);

}  // namespace dogwatch::gui
