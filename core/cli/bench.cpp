// bench: the engine in this process; what needs a control plane's parts by `dogwatchd --bench-…`, which
// prints one figure a line.
#include <fmt/format.h>

#include <QCoreApplication>
#include <QProcess>
#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>

#include "core/api/start_control_plane.h"
#include "core/cli/companion.h"
#include "core/cli/format.h"
#include "core/cli/run.h"
#include "core/engine/bench.h"

namespace dogwatch::cli {
namespace {

std::string numberText(double value) {
    std::array<char, 32> text{};
    const char* format = value >= 1000 ? "%.0f" : value >= 10 ? "%.1f" : "%.3g";
    std::snprintf(text.data(), text.size(), format, value);
    return text.data();
}

/// The text of the last line that says something.
std::string lastLine(const QByteArray& bytes) {
    const auto lines = bytes.trimmed().split('\n');
    return printable(lines.back().toStdString());
}

using Report = std::function<void(json::object figure)>;

/// Reports each figure that a bench of dogwatchd prints, as soon as it is known.
Result<void> measure(const std::string& option, std::int64_t seconds, const Report& report) {
    QProcess process;
    process.setProgram(QString::fromStdString(api::findControlPlane()));
    process.setArguments({QString::fromStdString(option), QString::number(seconds)});
    process.start(QIODevice::ReadOnly);
    if (!process.waitForStarted(-1)) {
        return failure(Error::Kind::Unavailable,
                       "dogwatchd cannot be started; install it beside this program.");
    }
    do {
        while (process.canReadLine()) {
            const QByteArray line = process.readLine();
            auto figure = parseJson(line.toStdString());
            if (!figure || !figure->is_object()) {
                return failure(Error::Kind::Internal,
                               "`dogwatchd " + option + "` printed what is no figure: " + lastLine(line));
            }
            report(std::move(figure->get_object()));
        }
    } while (process.waitForReadyRead(-1) || process.canReadLine());
    process.waitForFinished(-1);
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        return failure(Error::Kind::Refused,
                       "`dogwatchd " + option + "` failed: " + lastLine(process.readAllStandardError()));
    }
    return {};
}

/// Rows of fixed widths: each is printed when it is known, not after the last one.
void printRow(Session& session, std::string_view bench, std::string_view value, std::string_view unit,
              std::string_view ratio, std::string_view baseline, std::string_view runs) {
    session.out() << fmt::format("{:<29} {:>10} {:<9} {:>8}  {:<15} {:>5}\n", bench, value, unit, ratio,
                                 baseline, runs);
    session.out().flush();
}

void printFigure(Session& session, const json::object& figure) {
    const auto number = [&](std::string_view key) {
        const auto* member = figure.if_contains(key);
        return member != nullptr && member->is_number() ? numberText(member->to_number<double>())
                                                        : std::string{"-"};
    };
    printRow(session, textCell(figure, "bench"), number("value"), textCell(figure, "unit"), number("ratio"),
             textCell(figure, "baseline"), textCell(figure, "runs"));
}

}  // namespace

int runBench(Session& session, const Arguments& arguments) {
    if (const auto fault = benchFault(arguments)) return session.misuse(*fault);
    struct Part {
        std::string_view name;
        const char* option;  ///< of dogwatchd
    };
    constexpr std::array<Part, 3> kParts{
        {{"engine", "--bench-lateness"}, {"journal", "--bench-journal"}, {"pool", "--bench-pool"}}};
    const auto& wanted = arguments.operand();
    const auto report = [&session](const json::object& figure) {
        if (session.json()) {
            session.out() << toJson(figure) << '\n';
            session.out().flush();
        } else {
            printFigure(session, figure);
        }
    };
    if (!session.json()) printRow(session, "BENCH", "VALUE", "UNIT", "RATIO", "TO", "RUNS");
    const auto each = arguments.number("--seconds", 1)->value_or(10);
    for (const auto& part : kParts) {
        if (wanted != "all" && wanted != part.name) continue;
        if (part.name == "engine") {
            for (const auto& figure : engine::benchEngine(std::chrono::seconds{each})) report(toJson(figure));
        }
        if (const auto measured = measure(part.option, each, report); !measured) {
            return session.fail(measured.error());
        }
    }
    return kDone;
}

}  // namespace dogwatch::cli

int main(int argc, char** argv) {
    return dogwatch::cli::runMain(argc, argv, dogwatch::cli::runBench);
}
