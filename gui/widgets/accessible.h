// What widgets of our own are to a screen reader: Qt takes a painted widget for a mere container, and a
// button that is none of its own for nothing at all.
#pragma once

namespace dogwatch::gui {

/// For the whole application; asked for again it does nothing.
void installAccessibility();

}  // namespace dogwatch::gui
