// The control plane itself: who it is, how it fares, its VMs, and its end.
#include <unistd.h>

#include "core/api/encode.h"
#include "core/api/methods.h"
#include "core/api/protocol.h"

namespace dogwatch::api {
namespace {

void hello(const Context& context, Params& params, const Answer& answer) {
    params.textOr("client");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    auto& plane = context.plane;
    json::object result{{"program", "dogwatchd"},           {"version", DOGWATCH_VERSION},
                        {"protocol", kProtocolVersion},     {"pid", getpid()},
                        {"data", plane.dataDir().string()}, {"started", toUs(plane.startedAt())}};
    plane.queries().run<journal::JournalInfo>(
        [](journal::Reader& reader) { return reader.info(); },
        encoded<journal::JournalInfo>(answer, [result](const journal::JournalInfo& info) mutable {
            result["journal"] = {
                {"records", info.records}, {"bytes", info.bytes}, {"last_seq", info.lastSeq}};
            return result;
        }));
}

void status(const Context& context, Params& /*params*/, const Answer& answer) {
    answer(json::value(encodeStatus(context.plane.status())));
}

void gauges(const Context& context, Params& /*params*/, const Answer& answer) {
    const auto& engine = context.plane.sequencer().engine();
    json::object result{{"queued", engine.gauge("queued")},
                        {"running", engine.gauge("running")},
                        {"vms", engine.gauge("vms")}};
    context.plane.functions().list(encoded<std::vector<control::FunctionRow>>(
        answer, [&plane = context.plane, result](const std::vector<control::FunctionRow>& rows) mutable {
            json::object functions;
            for (const auto& row : rows) {
                const std::string& name = row.function->name;
                const auto& engine = plane.sequencer().engine();
                functions[name] = {{"queued", engine.gauge("queued", name)},
                                   {"running", engine.gauge("running", name)}};
            }
            result["functions"] = std::move(functions);
            return result;
        }));
}

void poolStatus(const Context& context, Params& /*params*/, const Answer& answer) {
    answer(json::value(vmpool::toJson(context.plane.pool().status())));
}

void poolDrain(const Context& context, Params& /*params*/, const Answer& answer) {
    const auto vms = static_cast<std::int64_t>(context.plane.pool().status().vms.size());
    context.plane.pool().drain();
    answer(json::value{{"vms", vms}});
}

void poolRetire(const Context& context, Params& params, const Answer& answer) {
    const std::string vm = params.text("vm");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (const auto retired = context.plane.pool().retire(vm); !retired)
        return answer(tl::unexpected(retired.error()));
    answer(json::value{{"vm", vm}});
}

void poolBoot(const Context& context, Params& /*params*/, const Answer& answer) {
    if (const auto begun = context.plane.pool().bootOne(); !begun)
        return answer(tl::unexpected(begun.error()));
    answer(json::object());
}

void poolConsole(const Context& context, Params& params, const Answer& answer) {
    const std::string vm = params.text("vm");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    const auto console = context.plane.pool().console(vm);
    if (!console) return answer(tl::unexpected(console.error()));
    answer(json::value{{"vm", vm}, {"console", *console}});
}

void shutdown(const Context& context, Params& /*params*/, const Answer& answer) {
    answer(json::object());
    context.session.requestShutdown();
}

}  // namespace

std::vector<Method> planeMethods() {
    return {{"hello", {"client?"}, hello},
            {"status", {}, status},
            {"gauges", {}, gauges},
            {"pool.status", {}, poolStatus},
            {"pool.drain", {}, poolDrain},
            {"pool.console", {"vm"}, poolConsole},
            {"pool.retire", {"vm"}, poolRetire},
            {"pool.boot", {}, poolBoot},
            {"shutdown", {}, shutdown}};
}

}  // namespace dogwatch::api
