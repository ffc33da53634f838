#include "core/daemon/logging.h"

#include <fmt/format.h>

#include <QLoggingCategory>
#include <QString>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "core/model/json.h"
#include "core/model/time.h"

namespace dogwatch::daemon {
namespace {

struct Name {
    LogLevel level;
    std::string_view text;
};
constexpr std::array kNames = {Name{LogLevel::Error, "error"}, Name{LogLevel::Warning, "warning"},
                               Name{LogLevel::Info, "info"}, Name{LogLevel::Debug, "debug"}};

LogOptions settings;  // NOLINT: set before any other thread begins

LogLevel levelOf(QtMsgType type) {
    switch (type) {
        case QtDebugMsg: return LogLevel::Debug;
        case QtInfoMsg: return LogLevel::Info;
        case QtWarningMsg: return LogLevel::Warning;
        case QtCriticalMsg:
        case QtFatalMsg: return LogLevel::Error;
    }
    return LogLevel::Info;
}

std::string_view nameOf(LogLevel level) {
    for (const Name& name : kNames) {
        if (name.level == level) return name.text;
    }
    return "info";
}

void write(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    static const bool toJournal = std::getenv("JOURNAL_STREAM") != nullptr;
    const LogLevel level = levelOf(type);
    if (level > settings.level) return;
    const std::string_view category = context.category != nullptr ? context.category : "default";
    const std::string origin = category == "default" ? "" : fmt::format("{}: ", category);
    const std::string text = message.toStdString();
    const std::string priority = toJournal ? fmt::format("<{}>", static_cast<int>(level)) : "";
    const auto now = toIso(std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
    if (settings.json) {
        const json::object line{
            {"time", now}, {"level", nameOf(level)}, {"category", category}, {"message", text}};
        fmt::print(stderr, "{}{}\n", priority, toJson(line));
    } else if (toJournal) {  // which keeps the time itself
        fmt::print(stderr, "{}{}{}\n", priority, origin, text);
    } else {
        fmt::print(stderr, "{} {} {}{}\n", now, nameOf(level), origin, text);
    }
}

}  // namespace

std::optional<LogLevel> logLevel(std::string_view name) {
    for (const Name& each : kNames) {
        if (each.text == name) return each.level;
    }
    return std::nullopt;
}

void startLogging(const LogOptions& options) {
    settings = options;
    const char* wanted = std::getenv("DOGWATCH_LOG");
    if (const auto level = logLevel(wanted != nullptr ? wanted : "")) settings.level = *level;
    QLoggingCategory::setFilterRules(settings.level == LogLevel::Debug
                                         ? QStringLiteral("dogwatch.*.debug=true")
                                         : QStringLiteral("dogwatch.*.debug=false"));
    qInstallMessageHandler(write);
}

}  // namespace dogwatch::daemon
