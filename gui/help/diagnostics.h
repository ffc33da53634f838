// What to send along with a report of a defect: versions, the machine, how much there is. No names, no
// payloads, no code, no secrets: only what is listed here by hand.
#pragma once

#include <QString>

namespace dogwatch::gui {

class ControlPlaneSession;

QString diagnostics(ControlPlaneSession& session);

}  // namespace dogwatch::gui
