#include "core/cli/commands.h"

#include "core/cli/completion.h"
#include "core/cli/help.h"

namespace dogwatch::cli {
namespace {

std::vector<Option> functionOptions(bool isNew) {
    return {
        {"--runtime", "R", "python3, sh, lua, node or provided", false, isNew},
        {"--code", "FILE", "its source text, or for provided a program (this or --zip)"},
        {"--zip", "FILE", "its code as a zip archive"},
        {"--handler", "H", "module.function to call (default: main.handler)"},
        {"--memory", "MiB", "memory it may use"},
        {"--timeout", "D", "wall time an execution may take"},
        {"--concurrency", "N", "executions at once; 0: no limit of its own"},
        {"--rate", "N/D", "at most N starts in any D, such as 10/1s"},
        {"--retries", "N", "further attempts after a failed one"},
        {"--max-age", "D", "a request that waited longer is dropped"},
        {"--schedule", "CRON", "run it at these times, such as \"*/5 * * * *\"; \"\": at none"},
        {"--timezone", "TZ", "of the schedule (default: UTC)"},
        {"--catch-up", "once|skip|all", "what to do about missed instants of the schedule (default: once)"},
        {"--env", "K=V", "a variable of its environment", true},
        {"--tag", "K=V", "a tag that its records carry", true},
        {"--network", "none|user", "whether its VM has a network (default: none)"},
    };
}

const Option kFunction{"--function", "F", "of this function alone"};
const Option kSince{"--since", "T", "from this time on"};

}  // namespace

const std::vector<Command>& commands() {
    static const std::vector<Command> table{
        {"functions add", "NAME", "Add a function.", functionOptions(true), addFunction},
        {"functions list", "", "List the functions and how they last ended.", {}, listFunctions},
        {"functions show", "NAME", "Show a function's settings and code.", {}, showFunction},
        {"functions update", "NAME", "Change what is given of a function; the rest stays.",
         functionOptions(false), updateFunction},
        {"functions remove", "NAME", "Remove a function.", {}, removeFunction},
        {"invoke",
         "NAME",
         "Run a function and print its result; what it prints itself goes to standard error.",
         {{"--payload", "JSON|@FILE", "what it is called with (default: null)"},
          {"--async", "", "do not wait: print the execution's id once the request is durable"},
          {"--timeout", "D", "wall time it may take, instead of its own limit"},
          {"--idempotency-key", "K", "a request repeated with it within a day means the same execution"}},
         invoke},
        {"executions list",
         "",
         "List executions, the latest first.",
         {kFunction,
          {"--state", "S", "queued, running, succeeded, failed or dropped"},
          {"--limit", "N", "at most so many (default: 100)"}},
         listExecutions},
        {"executions show", "ID", "Show all there is to know of an execution.", {}, showExecution},
        {"executions logs", "ID", "Print what an execution printed.", {}, printLogs},
        {"executions cancel", "ID", "Cancel an execution that waits or runs.", {}, cancelExecution},
        {"deadletters list", "", "List the requests that were given up.", {}, listDeadLetters},
        {"deadletters retry", "ID...", "Run given-up requests again.", {}, retryDeadLetters},
        {"deadletters drop", "ID...", "Forget given-up requests.", {}, dropDeadLetters},
        {"records tail",
         "",
         "Print the latest records of the journal, or those since a time.",
         {{"--follow", "", "go on with new ones as they come"},
          {"--event", "E", "of this kind alone; * stands for any characters"},
          kFunction,
          kSince},
         tailRecords},
        {"records export",
         "FILE",
         "Write all records to a file, one JSON object a line (-: standard output).",
         {},
         exportRecords},
        {"records import",
         "FILE",
         "Make a journal of the records in such a file, in a data directory that has none; needs no control "
         "plane.",
         {},
         importRecords},
        {"journal backup",
         "FILE",
         "Write a copy of the whole journal to a file, while work goes on.",
         {},
         backupJournal},
        {"journal check", "", "Tell whether the journal is whole; needs no control plane.", {}, checkJournal},
        {"journal restore",
         "FILE",
         "Make a backup the journal again, while no control plane runs; what was there is kept beside it.",
         {},
         restoreJournal},
        {"journal salvage",
         "",
         "Keep what can still be read of a damaged journal, while no control plane runs; the damaged one is "
         "kept "
         "beside it.",
         {},
         salvageJournal},
        {"metaevents apply",
         "FILE...",
         "Create or update the metaevents defined in files: all of them, or none.",
         {},
         applyMetaevents},
        {"metaevents check",
         "FILE",
         "Tell whether definitions are right, and what they say and cannot mean; needs no control plane.",
         {},
         checkMetaevents},
        {"metaevents list", "", "List the metaevents and their state.", {}, listMetaevents},
        {"metaevents show", "NAME", "Show a metaevent's definition and state.", {}, showMetaevent},
        {"metaevents export",
         "FILE",
         "Write the definitions of all metaevents to a file, such as mine.dogwatch, for apply and the "
         "console (-: "
         "standard output).",
         {},
         exportMetaevents},
        {"metaevents remove", "NAME", "Remove a metaevent.", {}, removeMetaevent},
        {"metaevents enable", "NAME", "Arm a metaevent anew.", {}, enableMetaevent},
        {"metaevents disable", "NAME", "Disarm a metaevent and keep its definition.", {}, disableMetaevent},
        {"metaevents silence",
         "NAME",
         "Let a metaevent fire without running its jobs, for some time or at recurring times.",
         {{"--for", "D", "from now on for so long; with --schedule, how long each time lasts"},
          {"--until", "T", "from now on until this time"},
          {"--schedule", "CRON", "at each of these times, such as \"0 2 * * *\", for the time of --for"},
          {"--timezone", "TZ", "of the schedule (default: UTC)"},
          {"--reason", "TEXT", "why, for others to read"},
          {"--by", "NAME", "who asks for it (default: the user)"}},
         silenceMetaevent},
        {"metaevents unsilence",
         "NAME",
         "End all silences of a metaevent.",
         {{"--by", "NAME", "who ends them (default: the user)"}},
         unsilenceMetaevent},
        {"metaevents explain",
         "NAME",
         "Tell why a metaevent fired, or why it did not.",
         {{"--at", "T", "at this time (default: now)"},
          {"--key", "JSON",
           "for this key of the partition: a list of its values (default: the one that acted last)"},
          {"--firing", "ID", "at this firing of it"}},
         explainMetaevent},
        {"firings list",
         "",
         "List firings, the latest first.",
         {{"--metaevent", "NAME", "of this metaevent alone"}, kSince},
         listFirings},
        {"firings show",
         "ID",
         "Show a firing: why it fired, the records that caused it, and its jobs.",
         {},
         showFiring},
        {"firings ack",
         "ID...",
         "Acknowledge firings: tell others that somebody has seen to them.",
         {{"--note", "TEXT", "what was found or done"},
          {"--by", "NAME", "who has seen to them (default: the user)"}},
         acknowledgeFirings},
        {"backtest",
         "",
         "Tell when metaevents would have fired over recorded history; with --records needs no control "
         "plane.",
         {{"--metaevents", "FILE", "the definitions to run", false, true},
          {"--records", "FILE", "records, one JSON object a line (default: the journal)"},
          {"--from", "T", "arm at this time (default: the first record's)"},
          {"--until", "T", "end at this time (default: the last record's)"},
          {"--all", "", "print clearings and suppressions too"},
          {"--compare", "FILE",
           "print what fires with the definitions and not with these (+), and the other way round (-)"}},
         backtest},
        {"pool status", "", "Show the virtual machines and how they run.", {}, showPool},
        {"pool drain", "", "Replace the virtual machines once they are idle.", {}, drainPool},
        {"pool console",
         "VM",
         "Print what a virtual machine wrote to its serial console.",
         {{"--follow", "", "go on with what it writes from now on"}},
         printConsole},
        {"gauges", "", "Show how many executions wait and run.", {}, showGauges},
        {"demo",
         "",
         "Tell the story of a watched heartbeat on real virtual machines, in a workspace of its own.",
         {},
         demo},
        {"bench",
         "engine|pool|journal|all",
         "Measure, each figure beside its baseline of the same run.",
         {{"--seconds", "N", "about how long each part may take (default: 10)"}},
         bench},
        {"help reference", "", "Print the reference of all commands as Markdown.", {}, printReference},
        {"help completion",
         "",
         "Print a script that completes command lines in a shell.",
         {{"--shell", "bash|zsh|fish", "for this shell (default: bash)"}},
         printCompletion},
    };
    return table;
}

int printReference(Session& session, const Arguments& /*arguments*/) {
    session.out() << referenceMarkdown(commands());
    return kDone;
}

int printCompletion(Session& session, const Arguments& arguments) {
    const auto shell = arguments.value("--shell").value_or("bash");
    const auto script = completionScript(shell, commands());
    if (script.empty()) {
        return session.misuse(
            {Error::Kind::Invalid, "--shell must be bash, zsh or fish, not \"" + shell + "\".", {}});
    }
    session.out() << script;
    return kDone;
}

}  // namespace dogwatch::cli
