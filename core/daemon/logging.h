// What dogwatchd logs: one line a message on standard error, with its level, as journald understands it when
// it reads our standard error and as people, or programs, read it otherwise.
#pragma once

#include <optional>
#include <string_view>

namespace dogwatch::daemon {

/// By the priorities of syslog(3).
enum class LogLevel { Error = 3, Warning = 4, Info = 6, Debug = 7 };
std::optional<LogLevel> logLevel(std::string_view name);  ///< "error", "warning", "info", "debug"

struct LogOptions {
    LogLevel level = LogLevel::Info;
    bool json = false;  ///< one JSON object a line: {"time","level","category","message"}
};

/// Routes Qt's messages (qInfo, qWarning, categories) to standard error. $DOGWATCH_LOG, where it names a
/// level, has the last word about it. May be called again.
void startLogging(const LogOptions& options = {});

}  // namespace dogwatch::daemon
