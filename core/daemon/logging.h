// What dogwatchd logs: one line a message on standard error, with its level, as journald understands it when
// it reads our standard error and as people read it otherwise.
#pragma once

namespace dogwatch::daemon {

/// Routes Qt's messages (qInfo, qWarning, categories) to standard error. $DOGWATCH_LOG=debug shows all.
void startLogging();

}  // namespace dogwatch::daemon
