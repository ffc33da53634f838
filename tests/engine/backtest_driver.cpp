// A backtest and nothing else: --metaevents F --records F [--from T] [--until T] [--all]. For runs of the
// engine against other evaluators, without the rest of Dogwatch.
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "core/engine/backtest.h"
#include "core/engine/record_file.h"

using namespace dogwatch;

namespace {

int fail(const std::string& text) {
    std::cerr << text << '\n';
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    std::map<std::string, std::string> arguments;
    bool everything = false;
    for (int i = 1; i < argc; ++i) {
        const std::string name = argv[i];
        if (name == "--all") {
            everything = true;
        } else if (i + 1 < argc) {
            arguments[name] = argv[++i];
        }
    }
    engine::BacktestOptions options;
    const Time now = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
    for (const auto& [name, into] :
         {std::pair{"--from", &options.from}, std::pair{"--until", &options.until}}) {
        if (!arguments.contains(name)) continue;
        const auto time = parseTime(arguments[name], now);
        if (!time) return fail(time.error().text());
        *into = *time;
    }
    std::ifstream file(arguments["--metaevents"]);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const auto value = parseJson(text);
    if (!value) return fail("$: " + value.error().text());
    const auto definitions = metaeventsFromJson(*value);
    if (!definitions) return fail(definitions.error().text());

    std::ifstream stream(arguments["--records"]);
    engine::RecordFile records(stream);
    const auto done = engine::backtest(
        *definitions, [&records] { return records.next(); }, options,
        [everything](engine::Derived&& derived) {
            if (!everything && derived.kind != engine::Derived::Kind::Fired) return;
            std::puts(toJson(derived.toBacktestLine()).c_str());
        });
    return done ? 0 : fail(done.error().text());
}
