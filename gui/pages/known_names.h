// What a drawing can refer to, as the session knows it: functions, metaevents, fields of records.
#pragma once

#include "core/model/static_checks.h"
#include "gui/canvas/view/fields.h"
#include "gui/session/control_plane_session.h"

namespace dogwatch::gui {

/// Asked anew each time; the session must outlive them.
canvas::Names namesOf(ControlPlaneSession& session);
/// For the static checks.
Surroundings surroundingsOf(ControlPlaneSession& session);

}  // namespace dogwatch::gui
