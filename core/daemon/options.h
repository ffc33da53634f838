// The command line of dogwatchd as a value.
#pragma once

#include <QStringList>
#include <optional>
#include <string>

#include "core/control/retention.h"
#include "core/daemon/logging.h"
#include "core/http/server.h"
#include "core/model/result.h"
#include "vmpool/pool.h"

namespace dogwatch::daemon {

enum class Action {
    Serve,
    Help,
    Version,
    BenchLateness,
    BenchPool,
    BenchJournal,
    BenchExecutions,  ///< makes a journal of so many thousand of them in DIR, for `dogwatch --bench`
    // without serving: see offline.h
    Restore,
    Salvage,
    Check,
    Import,
};

struct Options {
    Action action = Action::Serve;
    std::string dataDir;
    std::string file;      ///< to restore or to import
    std::string imageDir;  ///< as given; empty: see findImage()
    vmpool::AccelChoice accel = vmpool::AccelChoice::Auto;
    int maxVms = 8;
    int warm = 2;
    control::RetentionPolicy retention{Duration::zero(), 16LL << 30U};
    std::optional<http::Address> http;                ///< where HTTP is served; none: it is not
    Duration stopTimeout = std::chrono::seconds{10};  ///< how long executions may finish when it stops
    LogOptions log;
    int benchSeconds = 0;
    std::string helpText;
};

/// `arguments`: the program's name first. What they leave open is read from DIR/dogwatch.conf, if there is
/// one. An error is wrong usage: one sentence.
Result<Options> parseOptions(const QStringList& arguments);

/// The options that DIR/dogwatch.conf may set.
QStringList settingNames();

/// The first of these that is there: `given`, $DOGWATCH_IMAGE, `dataDir`/image/current, the build tree's
/// image beside `programDir`, the installed one (../lib/dogwatch/image). Where one was named by option or
/// environment, only that.
Result<std::string> findImage(const std::string& given, const std::string& dataDir,
                              const std::string& programDir);

/// Where the libraries lie that hasten QEMU's start: beside the program in a build tree, or installed
/// (../lib/dogwatch/qemu).
std::string findPreloads(const std::string& programDir);

}  // namespace dogwatch::daemon
