// Why a metaevent fired, or did not, as people read it.
#pragma once

#include "core/cli/session.h"

namespace dogwatch::cli {

/// Below a firing (as firings.show answers): which conditions made it fire. Where the control plane cannot
/// tell any more, that is said in its place.
void printWhy(Session& session, const json::object& firing);

}  // namespace dogwatch::cli
