#include "fail_on_warning.h"

#include <utility>

namespace dogwatch::gui {
namespace {

QStringList logged;  // the handler is a plain function: what it keeps is global
QtMessageHandler passedOnTo = nullptr;

void handle(QtMsgType type, const QMessageLogContext& context, const QString& message) {
    // The offscreen platform says of each menu what it has no windows to do.
    const bool ofThePlatform = message.startsWith(QLatin1String("This plugin does not support "));
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !ofThePlatform) logged.append(message);
    if (passedOnTo != nullptr) passedOnTo(type, context, message);
}

}  // namespace

FailOnWarning::FailOnWarning() : previous_(qInstallMessageHandler(handle)) {
    if (previous_ != handle) passedOnTo = previous_;
}

FailOnWarning::~FailOnWarning() {
    if (previous_ != handle) passedOnTo = nullptr;
    qInstallMessageHandler(previous_);
}

QStringList FailOnWarning::take() {
    return std::exchange(logged, {});
}

}  // namespace dogwatch::gui
