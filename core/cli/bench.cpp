// bench: the engine in this process; what needs a control plane's parts by `dogwatchd --bench-…`, which
// prints one figure a line.
#include <QCoreApplication>
#include <QProcess>
#include <algorithm>
#include <array>
#include <cstdio>

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

/// The figures that a bench of dogwatchd prints.
Result<json::array> measure(const std::string& option, std::int64_t seconds) {
    QProcess process;
    process.setProgram(QString::fromStdString(api::findControlPlane()));
    process.setArguments({QString::fromStdString(option), QString::number(seconds)});
    process.start(QIODevice::ReadOnly);
    if (!process.waitForFinished(-1)) {
        return failure(Error::Kind::Unavailable,
                       "dogwatchd cannot be started; install it beside this program.");
    }
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        return failure(Error::Kind::Refused,
                       "`dogwatchd " + option + "` failed: " + lastLine(process.readAllStandardError()));
    }
    json::array figures;
    for (const auto& line : process.readAllStandardOutput().split('\n')) {
        if (line.trimmed().isEmpty()) continue;
        auto figure = parseJson(line.toStdString());
        if (!figure || !figure->is_object()) {
            return failure(Error::Kind::Internal,
                           "`dogwatchd " + option + "` printed what is no figure: " + lastLine(line));
        }
        figures.push_back(std::move(*figure));
    }
    return figures;
}

/// The engine's throughput, before how late its absences fire.
void prependThroughput(json::array& figures, std::chrono::seconds budget) {
    json::array all;
    for (const auto& figure : engine::benchEngine(budget)) all.emplace_back(toJson(figure));
    all.insert(all.end(), figures.begin(), figures.end());
    figures = std::move(all);
}

void printFigures(Session& session, const json::array& figures) {
    Table table({"BENCH", ">VALUE", "UNIT", ">RATIO", "TO", ">RUNS"});
    for (const auto& value : figures) {
        if (!value.is_object()) continue;
        const auto& figure = value.get_object();
        const auto number = [&](std::string_view key) {
            const auto* member = figure.if_contains(key);
            return member != nullptr && member->is_number() ? numberText(member->to_number<double>())
                                                            : std::string{"-"};
        };
        table.row({textCell(figure, "bench"), number("value"), textCell(figure, "unit"), number("ratio"),
                   textCell(figure, "baseline"), textCell(figure, "runs")});
    }
    table.print(session.out(), session.palette());
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
    json::array all;
    for (const auto& part : kParts) {
        if (wanted != "all" && wanted != part.name) continue;
        const auto each = arguments.number("--seconds", 1)->value_or(10);
        auto figures = measure(part.option, each);
        if (!figures) return session.fail(figures.error());
        if (part.name == "engine") prependThroughput(*figures, std::chrono::seconds{each});
        if (session.json()) {
            session.printLines(*figures);
            session.out().flush();
        }
        all.insert(all.end(), figures->begin(), figures->end());
    }
    if (!session.json()) printFigures(session, all);
    return kDone;
}

}  // namespace dogwatch::cli

int main(int argc, char** argv) {
    return dogwatch::cli::runMain(argc, argv, dogwatch::cli::runBench);
}
