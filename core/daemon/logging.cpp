#include "core/daemon/logging.h"

#include <fmt/format.h>

#include <QLoggingCategory>
#include <QString>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/model/time.h"

namespace dogwatch::daemon {
namespace {

struct Level {
    const char* name;
    int priority;  ///< of syslog(3)
};

Level levelOf(QtMsgType type) {
    switch (type) {
        case QtDebugMsg: return {"debug", 7};
        case QtInfoMsg: return {"info", 6};
        case QtWarningMsg: return {"warning", 4};
        case QtCriticalMsg: return {"error", 3};
        case QtFatalMsg: return {"fatal", 2};
    }
    return {"info", 6};
}

void write(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    static const bool toJournal = std::getenv("JOURNAL_STREAM") != nullptr;
    const Level level = levelOf(type);
    const std::string_view category = context.category != nullptr ? context.category : "default";
    const std::string origin = category == "default" ? "" : fmt::format("{}: ", category);
    const std::string text = message.toStdString();
    if (toJournal) {
        fmt::print(stderr, "<{}>{}{}\n", level.priority, origin, text);
        return;
    }
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    fmt::print(stderr, "{} {} {}{}\n", toIso(now), level.name, origin, text);
}

}  // namespace

void startLogging() {
    const char* level = std::getenv("DOGWATCH_LOG");
    const bool debug = level != nullptr && std::string_view(level) == "debug";
    QLoggingCategory::setFilterRules(debug ? QStringLiteral("dogwatch.*.debug=true")
                                           : QStringLiteral("dogwatch.*.debug=false"));
    qInstallMessageHandler(write);
}

}  // namespace dogwatch::daemon
