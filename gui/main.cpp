// dogwatch: the console. Attaches to the control plane of a data directory, or starts one.
#include <sys/wait.h>
#include <csignal>
#include <cstdio>

#include <QApplication>
#include <QCommandLineParser>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "core/api/socket_path.h"
#include "core/demo/workspace.h"
#include "gui/console_bench.h"
#include "gui/main_window.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/screenshot_tour.h"
#include "gui/tour.h"

using namespace Qt::StringLiterals;
using namespace dogwatch;

namespace {

struct Arguments {
    QString data;
    bool demo = false;
    QString screenshots;  ///< a directory; empty: none are asked for
    bool bench = false;
    QString file;  ///< of metaevents to open; empty: none
};

Arguments readArguments(const QApplication& app) {
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QObject::tr("The console of Dogwatch: runs code in virtual machines, watches "
                    "what happens, and acts on it."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption data{u"data"_s, QObject::tr("Everything persistent lies in DIR."), u"DIR"_s};
    const QCommandLineOption demo{u"demo"_s,
                                  QObject::tr("Use a temporary workspace with sample functions in motion.")};
    const QCommandLineOption shots{u"screenshots"_s,
                                   QObject::tr("Render every page of the demo to DIR and exit."), u"DIR"_s};
    const QCommandLineOption bench{
        u"bench"_s,
        QObject::tr("Measure the console over a million executions, print the figures, and exit.")};
    const QCommandLineOption language{
        u"language"_s, QObject::tr("Speak LANGUAGE (en, de) instead of the one that was chosen."),
        u"LANGUAGE"_s};
    parser.addOptions({data, demo, shots, bench, language});
    parser.addPositionalArgument(u"FILE"_s, QObject::tr("Metaevents to open in the editor (NAME.dogwatch)."),
                                 u"[FILE]"_s);
    parser.process(app);
    return {parser.value(data), parser.isSet(demo) || parser.isSet(shots), parser.value(shots),
            parser.isSet(bench), parser.positionalArguments().value(0)};
}

bool needsNoDisplay(std::span<char* const> arguments) {
    static constexpr std::array<std::string_view, 6> kAlone = {"--bench",    "-h", "--help",
                                                               "--help-all", "-v", "--version"};
    return std::any_of(arguments.begin(), arguments.end(), [](std::string_view each) {
        return each.starts_with("--screenshots") ||
               std::find(kAlone.begin(), kAlone.end(), each) != kAlone.end();
    });
}

/// The language that is asked for on the command line: it is needed before the command line can tell of
/// itself.
QString languageAsked(const QStringList& arguments) {
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        if (arguments[i] == u"--language"_s) return arguments.value(i + 1);
        if (arguments[i].startsWith(u"--language="_s)) return arguments[i].section(u'=', 1);
    }
    return {};
}

/// Ends the control plane that is tied to us, before its data directory goes.
void endTied(pid_t process) {
    if (process <= 0) return;
    ::kill(process, SIGTERM);
    ::waitpid(process, nullptr, 0);
}

/// Sets the sample functions and metaevents up once there is a connection, and keeps them in motion.
void startDemo(gui::ControlPlaneSession& session, demo::Workspace& workspace) {
    const auto begin = [&session, &workspace] {
        if (session.link() != gui::ControlPlaneSession::Link::Connected) return;
        workspace.setUp([&session, &workspace](const Result<void>& done) {
            if (done) {
                workspace.keepInMotion();
            } else {
                Q_EMIT session.faulted(gui::faultText(done.error()));
            }
        });
    };
    QObject::connect(&session, &gui::ControlPlaneSession::linkChanged, &workspace, begin,
                     Qt::QueuedConnection);
}

/// Of a control plane that ends with us: nobody waits for the end of a demo's executions, and a bench wants
/// the machine for itself.
api::StartOptions startOptions(const Arguments& arguments) {
    api::StartOptions options{.program = {}, .arguments = {"--stop-timeout", "0s"}, .tied = true};
    if (arguments.bench) options.arguments.insert(options.arguments.end(), {"--warm", "0", "--accel", "tcg"});
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    if (needsNoDisplay(std::span{argv, static_cast<std::size_t>(argc)}.subspan(argc > 0 ? 1 : 0)) &&
        qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app{argc, argv};
    QApplication::setApplicationName(u"dogwatch"_s);
    QApplication::setApplicationDisplayName(u"Dogwatch"_s);
    QApplication::setOrganizationName(u"dogwatch"_s);
    QApplication::setApplicationVersion(QStringLiteral(DOGWATCH_VERSION));
    QGuiApplication::setDesktopFileName(u"org.dogwatch.Console"_s);
    QString language = languageAsked(QApplication::arguments());
    if (language.isEmpty())
        language = QSettings{QSettings::IniFormat, QSettings::UserScope, u"dogwatch"_s, u"console"_s}
                       .value(u"language"_s)
                       .toString();
    const gui::LanguageScope speaks{language};
    const Arguments arguments = readArguments(app);

    const QTemporaryDir
        scratch;  // of the demo's workspace, and of what screenshots shall not find remembered
    const bool isTemporary = (arguments.demo || arguments.bench) && arguments.data.isEmpty();
    const QString given = isTemporary ? scratch.path() : arguments.data;
    const std::string dataDir =
        api::absoluteDataDir(given.isEmpty() ? api::defaultDataDir() : gui::toUtf8(given));

    QSettings settings =
        arguments.screenshots.isEmpty() && !arguments.bench
            ? QSettings{QSettings::IniFormat, QSettings::UserScope, u"dogwatch"_s, u"console"_s}
            : QSettings{scratch.filePath(u"console.ini"_s), QSettings::IniFormat};
    gui::Theme theme;
    theme.choose(static_cast<gui::Theme::Choice>(settings.value(u"theme"_s, 0).toInt()));
    if (arguments.bench) {
        if (const auto made = gui::ConsoleBench::prepare(dataDir); !made) {
            std::fprintf(stderr, "%s\n", made.error().text().c_str());
            return 1;
        }
    }
    int status = 0;
    pid_t tied = 0;
    {
        gui::ControlPlaneSession session{dataDir};
        // Nobody waits for the end of a demo's executions.
        if (isTemporary) session.setStartOptions(startOptions(arguments));
        gui::MainWindow window{{session, theme}, settings};
        demo::Workspace workspace{session.client()};
        if (arguments.demo) startDemo(session, workspace);
        QObject::connect(&window, &gui::MainWindow::demoWanted, &window, [] {
            QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--demo"_s});
        });
        std::optional<gui::ScreenshotTour> tour;
        if (!arguments.screenshots.isEmpty()) {
            tour.emplace(window, gui::Workbench{session, theme}, arguments.screenshots);
            QObject::connect(&*tour, &gui::ScreenshotTour::finished, &app, [](const QString& fault) {
                if (!fault.isEmpty()) std::fprintf(stderr, "%s\n", qPrintable(fault));
                QApplication::exit(fault.isEmpty() ? 0 : 1);
            });
            tour->start();
        }
        std::optional<gui::ConsoleBench> bench;
        if (arguments.bench) {
            bench.emplace(window, gui::Workbench{session, theme});
            QObject::connect(&*bench, &gui::ConsoleBench::finished, &app, [](const QString& fault) {
                if (!fault.isEmpty()) std::fprintf(stderr, "%s\n", qPrintable(fault));
                QApplication::exit(fault.isEmpty() ? 0 : 1);
            });
            window.resize(1440, 900);
            bench->start();
        }
        session.open(true);
        QApplication::setWindowIcon(QIcon{u":/icons/dogwatch.svg"_s});
        window.show();
        if (!arguments.file.isEmpty()) window.openFile(arguments.file);
        // The demo has something to show at each step, once it is in motion.
        if (arguments.demo && arguments.screenshots.isEmpty())
            QTimer::singleShot(1500, &window, [&window] { window.tour().startOnce(); });
        status = QApplication::exec();
        tied = session.tiedProcess();
    }
    endTied(tied);
    return status;
}
