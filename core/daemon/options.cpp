#include "core/daemon/options.h"

#include <fmt/format.h>

#include <QCommandLineParser>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "core/api/socket_path.h"
#include "core/daemon/config_file.h"

namespace dogwatch::daemon {
namespace {

constexpr int kMostVms = 256;
constexpr int kLongestBench = 3600;
constexpr int kMostGiB = 1 << 20;
constexpr Duration kLongestStop = std::chrono::hours{1};
constexpr const char* kConfigFile = "dogwatch.conf";

/// The options that the configuration may set.
constexpr std::array kSettings = {"image", "accel",      "max-vms",      "warm", "http",
                                  "log",   "log-format", "stop-timeout", "keep", "keep-size"};

tl::unexpected<Error> wrongUsage(const std::string& what) {
    return failure(Error::Kind::Invalid, what + " (dogwatchd --help lists the options)");
}

Result<int> wholeNumber(const QCommandLineParser& parser, const QString& name, int least, int most) {
    bool isNumber = false;
    const int number = parser.value(name).toInt(&isNumber);
    if (!isNumber || number < least || number > most) {
        return wrongUsage(fmt::format("--{} takes a whole number from {} to {}, not \"{}\"",
                                      name.toStdString(), least, most, parser.value(name).toStdString()));
    }
    return number;
}

Result<vmpool::AccelChoice> accelerator(const QString& name) {
    if (name == QLatin1String("auto")) return vmpool::AccelChoice::Auto;
    if (name == QLatin1String("kvm")) return vmpool::AccelChoice::Kvm;
    if (name == QLatin1String("tcg")) return vmpool::AccelChoice::Tcg;
    return wrongUsage(fmt::format("--accel takes auto, kvm or tcg, not \"{}\"", name.toStdString()));
}

QCommandLineOption option(const char* name, const char* text, const char* value,
                          const QString& initially = {}) {
    return QCommandLineOption(QLatin1String(name), QLatin1String(text), QLatin1String(value), initially);
}

QCommandLineOption hidden(const char* name) {
    QCommandLineOption result(QLatin1String(name), QString(), QStringLiteral("SECONDS"));
    result.setFlags(QCommandLineOption::HiddenFromHelp);
    return result;
}

struct Bench {
    const char* option;
    Action action;
};
constexpr std::array kBenches = {
    Bench{"bench-lateness", Action::BenchLateness}, Bench{"bench-pool", Action::BenchPool},
    Bench{"bench-journal", Action::BenchJournal}, Bench{"bench-executions", Action::BenchExecutions}};

struct Offline {
    const char* option;
    const char* value;  ///< null: it takes none
    const char* help;
    Action action;
};
constexpr std::array kOffline = {
    Offline{"restore", "FILE", "Make this backup the journal, instead of serving.", Action::Restore},
    Offline{"salvage", nullptr, "Keep what can be read of a damaged journal, instead of serving.",
            Action::Salvage},
    Offline{"check", nullptr, "Check the journal, instead of serving.", Action::Check},
    Offline{"import", "FILE", "Make a journal of these records, instead of serving.", Action::Import}};

void describe(QCommandLineParser& parser) {
    parser.setApplicationDescription(QStringLiteral(
        "The control plane of Dogwatch: journal, metaevent engine, dispatcher, VM pool, local API.\n"
        "Prints \"ready SOCKET [HTTP-URL]\" once it accepts requests, and stops on SIGTERM and SIGINT.\n"
        "DIR/dogwatch.conf sets what the command line leaves open."));
    const Options initially;
    parser.addOption(option("data", "Where everything persistent lies.", "DIR",
                            QString::fromStdString(api::defaultDataDir())));
    parser.addOption(option("image", "The guest image.", "DIR"));
    parser.addOption(option("accel", "auto, kvm or tcg.", "ACCEL", QStringLiteral("auto")));
    parser.addOption(
        option("max-vms", "Virtual machines at once, at most.", "N", QString::number(initially.maxVms)));
    parser.addOption(option("warm", "Virtual machines kept ready.", "N", QString::number(initially.warm)));
    parser.addOption(option("keep",
                            "Records older than this may be removed, such as 90d; 0: none for their age.",
                            "D", QStringLiteral("0")));
    parser.addOption(option("keep-size",
                            "The oldest records go while the journal is larger; 0: none for its size.", "GiB",
                            QStringLiteral("16")));
    for (const Offline& offline : kOffline) {
        parser.addOption(offline.value != nullptr ? option(offline.option, offline.help, offline.value)
                                                  : QCommandLineOption(QLatin1String(offline.option),
                                                                       QLatin1String(offline.help)));
    }
    parser.addOption(
        option("http", "Serve the AWS Lambda API, /health and /metrics there too.", "ADDRESS:PORT"));
    parser.addOption(option("stop-timeout", "How long executions may take to finish when it stops.", "D",
                            QString::fromStdString(toText(initially.stopTimeout))));
    parser.addOption(option("log", "error, warning, info or debug.", "LEVEL", QStringLiteral("info")));
    parser.addOption(option("log-format", "text or json.", "FORMAT", QStringLiteral("text")));
    parser.addHelpOption();
    parser.addVersionOption();
    for (const Bench& bench : kBenches) parser.addOption(hidden(bench.option));
}

Result<control::RetentionPolicy> retention(const QCommandLineParser& parser) {
    control::RetentionPolicy policy;
    const std::string age = parser.value(QStringLiteral("keep")).toStdString();
    if (age != "0") {
        const auto duration = parseDuration(age);
        if (!duration) return wrongUsage("--keep takes a duration such as 90d, or 0, not \"" + age + "\"");
        policy.age = *duration;
    }
    const auto size = wholeNumber(parser, QStringLiteral("keep-size"), 0, kMostGiB);
    if (!size) return tl::unexpected(size.error());
    policy.bytes = std::int64_t{*size} << 30U;
    return policy;
}

Result<void> readNumbers(const QCommandLineParser& parser, Options& options) {
    const auto maxVms = wholeNumber(parser, QStringLiteral("max-vms"), 1, kMostVms);
    if (!maxVms) return tl::unexpected(maxVms.error());
    const auto kept = retention(parser);
    if (!kept) return tl::unexpected(kept.error());
    options.retention = *kept;
    options.maxVms = *maxVms;
    options.warm = std::min(options.warm, options.maxVms);
    if (parser.isSet(QStringLiteral("warm"))) {
        const auto warm = wholeNumber(parser, QStringLiteral("warm"), 0, *maxVms);
        if (!warm) return tl::unexpected(warm.error());
        options.warm = *warm;
    }
    for (const Bench& bench : kBenches) {
        const QString name = QLatin1String(bench.option);
        if (!parser.isSet(name)) continue;
        const auto seconds = wholeNumber(parser, name, 1, kLongestBench);
        if (!seconds) return tl::unexpected(seconds.error());
        options.action = bench.action;
        options.benchSeconds = *seconds;
    }
    return {};
}

Result<void> readService(const QCommandLineParser& parser, Options& options) {
    if (parser.isSet(QStringLiteral("http"))) {
        auto address = http::parseAddress(parser.value(QStringLiteral("http")).toStdString());
        if (!address) return wrongUsage("--http: " + address.error().message);
        options.http = std::move(*address);
    }
    const std::string stop = parser.value(QStringLiteral("stop-timeout")).toStdString();
    const auto timeout = stop == "0s" ? Result<Duration>(Duration::zero()) : parseDuration(stop);
    if (!timeout || *timeout > kLongestStop) {
        return wrongUsage(fmt::format("--stop-timeout takes a duration from 0s to 1h, not \"{}\"", stop));
    }
    options.stopTimeout = *timeout;
    const std::string level = parser.value(QStringLiteral("log")).toStdString();
    const auto known = logLevel(level);
    if (!known)
        return wrongUsage(fmt::format("--log takes error, warning, info or debug, not \"{}\"", level));
    options.log.level = *known;
    const QString format = parser.value(QStringLiteral("log-format"));
    if (format != QLatin1String("text") && format != QLatin1String("json")) {
        return wrongUsage(fmt::format("--log-format takes text or json, not \"{}\"", format.toStdString()));
    }
    options.log.json = format == QLatin1String("json");
    return {};
}

Result<Options> readOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    describe(parser);
    if (!parser.parse(arguments)) return wrongUsage(parser.errorText().toStdString());
    if (!parser.positionalArguments().isEmpty()) {
        return wrongUsage(fmt::format("dogwatchd takes options only, not \"{}\"",
                                      parser.positionalArguments().constFirst().toStdString()));
    }
    Options options;
    if (parser.isSet(QStringLiteral("help"))) {
        options.action = Action::Help;
        options.helpText = parser.helpText().toStdString();
        return options;
    }
    if (parser.isSet(QStringLiteral("version"))) {
        options.action = Action::Version;
        return options;
    }
    options.dataDir = parser.value(QStringLiteral("data")).toStdString();
    if (options.dataDir.empty()) return wrongUsage("--data takes the path of a directory");
    for (const Offline& offline : kOffline) {
        const QString name = QLatin1String(offline.option);
        if (!parser.isSet(name)) continue;
        if (options.action != Action::Serve)
            return wrongUsage("Only one thing can be done instead of serving");
        options.action = offline.action;
        if (offline.value == nullptr) continue;
        options.file = parser.value(name).toStdString();
        if (options.file.empty())
            return wrongUsage(fmt::format("--{} takes the path of a file", offline.option));
    }
    options.imageDir = parser.value(QStringLiteral("image")).toStdString();
    const auto accel = accelerator(parser.value(QStringLiteral("accel")));
    if (!accel) return tl::unexpected(accel.error());
    options.accel = *accel;
    if (const auto numbers = readNumbers(parser, options); !numbers) return tl::unexpected(numbers.error());
    if (const auto service = readService(parser, options); !service) return tl::unexpected(service.error());
    return options;
}

/// The arguments with the settings before them, which so have the last word.
Result<QStringList> withSettings(const QStringList& arguments, const std::vector<Setting>& settings) {
    QStringList all{arguments.value(0)};
    for (const Setting& setting : settings) {
        const auto name = QString::fromStdString(setting.name);
        if (!settingNames().contains(name)) {
            return malformed(fmt::format("line {}", setting.line),
                             "one of " + settingNames().join(QLatin1String(", ")).toStdString());
        }
        all.append(QStringLiteral("--%1=%2").arg(name, QString::fromStdString(setting.value)));
    }
    return all + arguments.mid(1);
}

/// The command line alone is fine: what is wrong stands in the configuration.
Error placed(Error error, const std::vector<Setting>& settings) {
    const auto setting = std::find_if(settings.begin(), settings.end(), [&](const Setting& each) {
        return error.message.find("--" + each.name + " ") != std::string::npos ||
               error.message.find("--" + each.name + ":") != std::string::npos;
    });
    if (setting != settings.end()) error.path = fmt::format("line {}", setting->line);
    return error;
}

Result<Options> readConfigured(const QStringList& arguments, const std::filesystem::path& file,
                               const Options& alone) {
    const auto settings = readConfig(file);
    if (!settings) return tl::unexpected(settings.error());
    if (settings->empty()) return alone;
    const auto all = withSettings(arguments, *settings);
    if (!all) return tl::unexpected(all.error());
    return readOptions(*all).map_error([&](Error error) { return placed(std::move(error), *settings); });
}

}  // namespace

QStringList settingNames() {
    QStringList names;
    for (const char* name : kSettings) names.append(QLatin1String(name));
    return names;
}

Result<Options> parseOptions(const QStringList& arguments) {
    auto alone = readOptions(arguments);
    if (!alone || alone->action != Action::Serve) return alone;
    const auto file = std::filesystem::path(alone->dataDir) / kConfigFile;
    return readConfigured(arguments, file, *alone).map_error([&](Error error) {
        if (!error.path.empty())
            error.message = fmt::format("{}, {}: {}", file.string(), error.path, error.message);
        error.path.clear();
        return error;
    });
}

Result<std::string> findImage(const std::string& given, const std::string& dataDir,
                              const std::string& programDir) {
    namespace fs = std::filesystem;
    const auto there = [](const fs::path& path) {
        std::error_code ignored;
        return fs::is_directory(path, ignored);
    };
    const char* environment = std::getenv("DOGWATCH_IMAGE");
    const std::string named = !given.empty() ? given : (environment != nullptr ? environment : "");
    if (!named.empty()) {
        if (there(named)) return named;
        return failure(
            Error::Kind::Unavailable,
            fmt::format("There is no guest image in {}: build one with \"make image\", or name the "
                        "directory that holds it with --image.",
                        named));
    }
    const std::array<fs::path, 3> places = {fs::path(dataDir) / "image" / "current",
                                            fs::path(programDir) / ".." / ".." / "image" / "current",
                                            fs::path(programDir) / ".." / DOGWATCH_PRIVATE_DIR / "image"};
    for (const fs::path& place : places) {
        if (there(place)) return fs::weakly_canonical(place).string();
    }
    return failure(
        Error::Kind::Unavailable,
        "There is no guest image: install the package dogwatch-image, run dogwatch-build-image, or \"make "
        "image\" in a checkout; or name the directory that holds one with --image.");
}

std::string findPreloads(const std::string& programDir) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    if (fs::exists(fs::path(programDir) / "dogwatch-qemu-heap.so", ignored)) return programDir;
    return (fs::path(programDir) / ".." / DOGWATCH_PRIVATE_DIR / "qemu").string();
}

}  // namespace dogwatch::daemon
