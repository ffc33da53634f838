// pool status | drain | console, gauges
#include "core/cli/commands.h"

namespace dogwatch::cli {
namespace {

/// "clone", with how it waits: "clone, rehearsed, stopped".
std::string originCell(const json::object& vm) {
    std::string text = textCell(vm, "origin");
    if (boolMember(vm, "rehearsed")) text += ", rehearsed";
    if (boolMember(vm, "stopped")) text += ", stopped";
    return text;
}

void showTemplates(Session& session, json::object& status) {
    const auto templates = listMember(status, "templates");
    if (templates.empty()) return;
    session.out() << '\n';
    Table table({"TEMPLATE", ">VM MEMORY", "NETWORK", "STATE", ">SIZE", ">FAILURES", "PROBLEM"});
    for (const auto& value : templates) {
        const auto& row = value.get_object();
        table.row({textCell(row, "image"), textCell(row, "memory_mib") + " MiB", textCell(row, "network"),
                   textCell(row, "state"), bytesCell(row, "bytes"), textCell(row, "failures"),
                   textCell(row, "problem")});
    }
    table.print(session.out(), session.palette());
}

/// Prints what comes until the control plane goes.
int followConsole(Session& session) {
    for (;;) {
        session.out().flush();
        auto connected = session.client();
        if (!connected) return session.fail(connected.error());
        const auto next = (*connected)->next();
        if (!next) return session.fail(next.error());
        if (!*next || (*next)->method != "console") continue;
        if (session.json()) {
            session.printLine((*next)->params);
        } else {
            session.out() << stringMember((*next)->params, "text");
        }
    }
}

}  // namespace

int showPool(Session& session, const Arguments& /*arguments*/) {
    auto answer = session.ask("pool.status", {});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    auto& out = session.out();
    out << "accelerator " << textCell(*answer, "accelerator") << ": "
        << textCell(*answer, "accelerator_reason") << '\n';
    const auto vms = listMember(*answer, "vms");
    out << vms.size() << " of at most " << textCell(*answer, "max_vms") << " virtual machines, "
        << textCell(*answer, "warm_target") << " to be kept warm\n";
    out << "control groups: " << textCell(*answer, "control_groups")
        << "; memory pressure: " << textCell(*answer, "memory_pressure")
        << "; failed: " << textCell(*answer, "failed_boots") << " boots, "
        << textCell(*answer, "failed_clones") << " clones\n";
    showTemplates(session, *answer);
    if (vms.empty()) return kDone;
    out << '\n';
    Table table({"VM", "STATE", "IMAGE", "ORIGIN", "FUNCTION", "EXECUTION", ">EXECUTIONS", ">START",
                 ">MEMORY", ">SHARE", ">CPU", ">AGE", ">PID"});
    for (const auto& value : vms) {
        const auto& vm = value.get_object();
        table.row({textCell(vm, "vm"), session.palette().state(textCell(vm, "state")), textCell(vm, "image"),
                   originCell(vm), textCell(vm, "function"), textCell(vm, "execution"),
                   textCell(vm, "executions"), durationCell(vm, "boot_us"), bytesCell(vm, "rss_bytes"),
                   bytesCell(vm, "pss_bytes"), durationCell(vm, "cpu_us"), durationCell(vm, "age_us"),
                   textCell(vm, "pid")});
    }
    table.print(out, session.palette());
    return kDone;
}

int drainPool(Session& session, const Arguments& /*arguments*/) {
    const auto answer = session.ask("pool.drain", {});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << textCell(*answer, "vms") << " virtual machines are being replaced\n";
    }
    return kDone;
}

int printConsole(Session& session, const Arguments& arguments) {
    const bool follows = arguments.has("--follow");
    if (follows) {  // asked first, so that nothing is passed over
        const auto subscribed =
            session.ask("subscribe", {{"topics", json::array{"console"}}, {"vm", arguments.operand()}});
        if (!subscribed) return session.fail(subscribed.error());
    }
    const auto answer = session.ask("pool.console", {{"vm", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << stringMember(*answer, "console");
    }
    return follows ? followConsole(session) : kDone;
}

int showGauges(Session& session, const Arguments& /*arguments*/) {
    const auto answer = session.ask("gauges", {});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    session.out() << textCell(*answer, "queued") << " queued, " << textCell(*answer, "running")
                  << " running, " << textCell(*answer, "vms") << " virtual machines ready\n";
    const auto* functions = answer->if_contains("functions");
    if (functions == nullptr || !functions->is_object() || functions->get_object().empty()) return kDone;
    Table table({"FUNCTION", ">QUEUED", ">RUNNING"});
    for (const auto& member : functions->get_object()) {
        const auto* gauges = member.value().if_object();
        if (gauges != nullptr)
            table.row({printable(member.key()), textCell(*gauges, "queued"), textCell(*gauges, "running")});
    }
    session.out() << '\n';
    table.print(session.out(), session.palette());
    return kDone;
}

}  // namespace dogwatch::cli
