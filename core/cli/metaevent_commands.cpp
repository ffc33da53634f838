// metaevents apply | check | list | show | export | remove | enable | disable, firings list | show
#include <algorithm>
#include <optional>

#include "core/cli/act_commands.h"
#include "core/cli/commands.h"
#include "core/cli/definitions.h"
#include "core/cli/explain.h"
#include "core/cli/files.h"
#include "core/model/sentence.h"
#include "core/model/static_checks.h"

namespace dogwatch::cli {
namespace {

void printWarnings(Session& session, json::object& answer) {
    const auto* warnings = answer.if_contains("warnings");
    if (warnings == nullptr || !warnings->is_array()) return;
    for (const auto& warning : warnings->get_array()) {
        if (warning.is_string()) session.err() << "warning: " << printable(warning.get_string()) << '\n';
    }
}

/// remove, enable, disable: `done` says what happened to it.
int change(Session& session, const Arguments& arguments, std::string_view method, const char* done) {
    const auto answer = session.ask(method, {{"name", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "metaevent " << arguments.operand() << ' ' << done << '\n';
    }
    return kDone;
}

/// The values of a partition's key, or "-".
std::string keyCell(const json::object& object) {
    const auto* key = object.if_contains("key");
    if (key == nullptr || !key->is_array()) return "-";
    std::string text;
    for (const auto& value : key->get_array()) {
        text += (text.empty() ? "" : ", ") +
                (value.is_string() ? printable(value.get_string()) : printable(toJson(value)));
    }
    return text;
}

void field(Session& session, std::string title, const std::string& value) {
    title.resize(std::max<std::size_t>(title.size() + 1, 14), ' ');
    session.out() << session.palette().paint(title, Colour::Dim) << value << '\n';
}

/// What the control plane shows of a metaevent, read; none where this program does not know a part of it.
std::optional<Metaevent> definitionOf(const json::object& shown) {
    const auto* source = shown.if_contains("definition");
    auto definition = source != nullptr ? metaeventFromJson(*source) : malformed("definition", "required");
    if (!definition) return std::nullopt;
    return std::move(*definition);
}

std::string enabledCell(const json::object& metaevent) {
    if (!boolMember(metaevent, "enabled")) return "no";
    const auto* silenced = metaevent.if_contains("silenced");
    return silenced != nullptr && silenced->is_object() ? "silenced" : "yes";
}

/// What a metaevent means: in its author's words, or in ours.
std::string meaning(const json::object& shown) {
    const auto described = stringMember(shown, "sentence");
    if (!described.empty()) return printable(described);
    const auto definition = definitionOf(shown);
    return definition ? printable(sentenceOf(*definition).text()) : "-";
}

}  // namespace

int applyMetaevents(Session& session, const Arguments& arguments) {
    auto read = Definitions::read(arguments.operands);
    if (!read) return session.fail(read.error());
    auto answer = session.ask("metaevents.apply", {{"definitions", read->all}});
    if (!answer) return session.fail(read->inFile(answer.error()));
    const auto changes = listMember(*answer, "metaevents");
    printWarnings(session, *answer);
    if (session.json()) {
        session.printLines(changes);
        return kDone;
    }
    for (const auto& value : changes) {
        const auto& applied = value.get_object();
        session.out() << "metaevent " << textCell(applied, "metaevent") << ' ' << textCell(applied, "change")
                      << ", version " << textCell(applied, "version") << '\n';
    }
    return kDone;
}

int checkMetaevents(Session& session, const Arguments& arguments) {
    const auto read = Definitions::read(arguments.operands);
    if (!read) return session.fail(read.error());
    const auto warnings = staticChecks(read->metaevents);
    if (session.json()) {
        json::array names;
        json::array sentences;
        json::array told;
        for (const auto& metaevent : read->metaevents) {
            names.emplace_back(metaevent.name);
            sentences.emplace_back(sentenceOf(metaevent).text());
        }
        for (const auto& warning : warnings) told.emplace_back(warning.text());
        session.printLine(json::object{{"metaevents", names}, {"sentences", sentences}, {"warnings", told}});
        return kDone;
    }
    for (const auto& metaevent : read->metaevents) {
        session.out() << metaevent.name << ": " << printable(sentenceOf(metaevent).text()) << '\n';
    }
    session.out().flush();
    for (const auto& warning : warnings) session.err() << "warning: " << printable(warning.text()) << '\n';
    return kDone;
}

int listMetaevents(Session& session, const Arguments& /*arguments*/) {
    auto answer = session.ask("metaevents.list", {});
    if (!answer) return session.fail(answer.error());
    const auto metaevents = listMember(*answer, "metaevents");
    if (session.json()) {
        session.printLines(metaevents);
        return kDone;
    }
    if (metaevents.empty()) {
        session.out() << "There are no metaevents; define some with `dogwatchctl metaevents apply FILE`.\n";
        return kDone;
    }
    Table table({"NAME", ">VERSION", "ENABLED", "ACTIVE", ">INSTANCES", ">FIRINGS", "LAST FIRED",
                 "NEXT DEADLINE", "WHAT"});
    for (const auto& value : metaevents) {
        const auto& metaevent = value.get_object();
        table.row({textCell(metaevent, "metaevent"), textCell(metaevent, "version"), enabledCell(metaevent),
                   boolMember(metaevent, "active") ? session.palette().paint("yes", Colour::Strong) : "no",
                   textCell(metaevent, "instances"), textCell(metaevent, "firings"),
                   timeCell(metaevent, "last_fired", session.now()),
                   timeCell(metaevent, "next_deadline", session.now()), meaning(metaevent)});
    }
    table.print(session.out(), session.palette());
    return kDone;
}

int showMetaevent(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("metaevents.show", {{"name", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    for (const auto* key :
         {"metaevent", "version", "enabled", "active", "instances", "state_bytes", "checks", "firings"}) {
        if (answer->contains(key)) field(session, key, textCell(*answer, key));
    }
    for (const auto* key : {"last_fired", "next_deadline"})
        field(session, key, timeCell(*answer, key, session.now()));
    if (const auto silences = silencesText(*answer, session.now()); !silences.empty())
        field(session, "silenced", silences);
    if (const auto* definition = answer->if_contains("definition")) {
        session.out() << '\n' << toPrettyJson(*definition) << '\n';
    }
    return kDone;
}

int exportMetaevents(Session& session, const Arguments& arguments) {
    auto answer = session.ask("metaevents.list", {});
    if (!answer) return session.fail(answer.error());
    json::array definitions;
    for (const auto& value : listMember(*answer, "metaevents")) {
        if (const auto* definition = value.get_object().if_contains("definition"))
            definitions.push_back(*definition);
    }
    const auto& path = arguments.operand();
    const std::string text = toPrettyJson(definitions) + '\n';
    if (path == "-") {
        session.out() << text;
        return kDone;
    }
    NewFile file(path);
    file.stream() << text;
    if (const auto done = file.finish(); !done) return session.fail(done.error());
    if (session.json()) {
        session.printLine(json::object{{"exported", definitions.size()}, {"file", path}});
    } else {
        session.out() << definitions.size() << (definitions.size() == 1 ? " metaevent" : " metaevents")
                      << " written to " << path << '\n';
    }
    return kDone;
}

int removeMetaevent(Session& session, const Arguments& arguments) {
    return change(session, arguments, "metaevents.remove", "removed");
}

int enableMetaevent(Session& session, const Arguments& arguments) {
    return change(session, arguments, "metaevents.enable", "enabled");
}

int disableMetaevent(Session& session, const Arguments& arguments) {
    return change(session, arguments, "metaevents.disable", "disabled");
}

int listFirings(Session& session, const Arguments& arguments) {
    json::object params;
    if (const auto metaevent = arguments.value("--metaevent")) params["metaevent"] = *metaevent;
    const auto since = arguments.time("--since", session.now());
    if (!since) return session.misuse(since.error());
    if (*since) params["since"] = toUs(**since);
    auto answer = session.ask("firings.list", params);
    if (!answer) return session.fail(answer.error());
    const auto firings = listMember(*answer, "firings");
    if (session.json()) {
        session.printLines(firings);
        return kDone;
    }
    if (firings.empty()) {
        session.out() << "There are no such firings.\n";
        return kDone;
    }
    Table table({"FIRING", "METAEVENT", "TIME", "KEY", "EDGE", ">DEPTH", "LATE", "SEEN TO", "EXECUTIONS"});
    for (const auto& value : firings) {
        const auto& firing = value.get_object();
        std::string executions;
        if (const auto* ids = firing.if_contains("executions"); ids != nullptr && ids->is_array()) {
            for (const auto& id : ids->get_array()) {
                if (id.is_string())
                    executions += (executions.empty() ? "" : " ") + printable(id.get_string());
            }
        }
        table.row({textCell(firing, "firing"), textCell(firing, "metaevent"),
                   timeCell(firing, "time", session.now()), keyCell(firing), textCell(firing, "edge"),
                   textCell(firing, "depth"), boolMember(firing, "late") ? "late" : "-", actsCell(firing),
                   executions.empty() ? "-" : executions});
    }
    table.print(session.out(), session.palette());
    return kDone;
}

int showFiring(Session& session, const Arguments& arguments) {
    auto answer = session.ask("firings.show", {{"firing", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    for (const auto* key : {"firing", "metaevent", "version", "edge", "depth", "late", "cause"}) {
        if (answer->contains(key)) field(session, key, textCell(*answer, key));
    }
    field(session, "time", timeCell(*answer, "time", session.now()));
    field(session, "key", keyCell(*answer));
    if (const auto acts = actsCell(*answer); acts != "-") field(session, "seen to", acts);
    for (const auto& job : listMember(*answer, "jobs")) {
        const auto& object = job.get_object();
        field(session, "job",
              textCell(object, "run") + "  " +
                  (boolMember(object, "silenced")
                       ? "not run: silenced"
                       : textCell(object, object.contains("error") ? "error" : "execution")));
    }
    printWhy(session, *answer);
    const auto evidence = listMember(*answer, "evidence");
    if (!evidence.empty()) session.out() << '\n' << session.palette().paint("evidence", Colour::Dim) << '\n';
    for (const auto& record : evidence) {
        session.out() << recordLine(record.get_object(), session.now(), session.palette()) << '\n';
    }
    return kDone;
}

}  // namespace dogwatch::cli
