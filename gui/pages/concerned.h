// Which metaevents a record concerns: those that would look at it.
#pragma once

#include <QStringList>

#include "core/model/record.h"

namespace dogwatch::gui {

class MetaeventModel;

/// The names of those with a condition that this record acts on; of a record metaevent.*, the one it tells of
/// comes first. In the order of their names.
QStringList metaeventsConcerned(const Record& record, const MetaeventModel& metaevents);

}  // namespace dogwatch::gui
