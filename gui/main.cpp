// dogwatch: the console.
#include <QApplication>
#include <QCommandLineParser>

#include "core/api/socket_path.h"
#include "gui/main_window.h"
#include "gui/models/text.h"

using namespace Qt::StringLiterals;
using namespace dogwatch;

int main(int argc, char** argv) {
    QApplication app{argc, argv};
    QApplication::setApplicationName(u"dogwatch"_s);
    QApplication::setApplicationDisplayName(u"Dogwatch"_s);
    QApplication::setOrganizationName(u"dogwatch"_s);
    QApplication::setApplicationVersion(QStringLiteral(DOGWATCH_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(u"The console of Dogwatch."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data{u"data"_s, u"Everything persistent lies in this directory."_s, u"DIR"_s};
    parser.addOption(data);
    parser.process(app);

    const std::string dataDir =
        api::absoluteDataDir(parser.isSet(data) ? gui::toUtf8(parser.value(data)) : api::defaultDataDir());
    QSettings settings{QSettings::IniFormat, QSettings::UserScope, u"dogwatch"_s, u"console"_s};
    gui::Theme theme;
    theme.choose(static_cast<gui::Theme::Choice>(settings.value(u"theme"_s, 0).toInt()));
    gui::ControlPlaneSession session{dataDir};
    gui::MainWindow window{{session, theme}, settings};
    session.open(true);
    window.show();
    return QApplication::exec();
}
