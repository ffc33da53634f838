// pool status | drain | console, gauges
#include "core/cli/commands.h"

namespace dogwatch::cli {

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
    if (vms.empty()) return kDone;
    out << '\n';
    Table table(
        {"VM", "STATE", "IMAGE", "FUNCTION", "EXECUTION", ">EXECUTIONS", ">BOOT", ">MEMORY", ">AGE", ">PID"});
    for (const auto& value : vms) {
        const auto& vm = value.get_object();
        table.row({textCell(vm, "vm"), session.palette().state(textCell(vm, "state")), textCell(vm, "image"),
                   textCell(vm, "function"), textCell(vm, "execution"), textCell(vm, "executions"),
                   durationCell(vm, "boot_us"), bytesCell(vm, "rss_bytes"), durationCell(vm, "age_us"),
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
    const auto answer = session.ask("pool.console", {{"vm", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << stringMember(*answer, "console");
    }
    return kDone;
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
