#include "gui/help/diagnostics.h"

#include <QGuiApplication>
#include <QScreen>
#include <QStringList>
#include <QSysInfo>
#include <QThread>

#include "gui/models/text.h"
#include "gui/session/control_plane_session.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

QString linkName(ControlPlaneSession::Link link) {
    switch (link) {
        case ControlPlaneSession::Link::Connecting: return u"connecting"_s;
        case ControlPlaneSession::Link::Connected: return u"connected"_s;
        case ControlPlaneSession::Link::Lost: return u"lost"_s;
    }
    return {};
}

QStringList planeLines(ControlPlaneSession& session) {
    const json::object& hello = session.hello();
    const PlaneStatus& status = session.status();
    QStringList lines{u"control plane: "_s + linkName(session.link())};
    if (session.link() != ControlPlaneSession::Link::Connected) return lines;
    const auto* journal = hello.if_contains("journal");
    if (journal != nullptr && journal->is_object())
        lines +=
            u"journal at the start: %1 records, %2 bytes"_s.arg(intMember(journal->get_object(), "records"))
                .arg(intMember(journal->get_object(), "bytes"));
    lines += u"dogwatchd: %1"_s.arg(fromUtf8(stringMember(hello, "version")));
    lines += u"accelerator: %1 (%2)"_s.arg(status.accelerator, status.acceleratorReason);
    lines += u"machines: %1 of %2, %3 ready, %4 running"_s.arg(status.machines())
                 .arg(status.maxVms)
                 .arg(status.ready)
                 .arg(status.running);
    lines += u"executions: %1 queued, %2 running"_s.arg(status.queued).arg(status.executing);
    lines += u"defined: %1 functions, %2 metaevents"_s.arg(session.functions().rowCount())
                 .arg(session.metaevents().rowCount());
    return lines;
}

}  // namespace

QString diagnostics(ControlPlaneSession& session) {
    QStringList lines{
        u"dogwatch: "_s + QCoreApplication::applicationVersion(),
        u"Qt: %1, platform %2"_s.arg(QString::fromLatin1(qVersion()), QGuiApplication::platformName()),
        u"system: %1, Linux %2, %3, %4 processors"_s
            .arg(QSysInfo::prettyProductName(), QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture())
            .arg(QThread::idealThreadCount())};
    for (const QScreen* screen : QGuiApplication::screens())
        lines += u"screen: %1x%2 at %3"_s.arg(screen->size().width())
                     .arg(screen->size().height())
                     .arg(screen->devicePixelRatio());
    return (lines + planeLines(session)).join(u'\n') + u'\n';
}

}  // namespace dogwatch::gui
