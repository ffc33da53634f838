// Rows of the table of kinds: sources, states, times, combinators, the firing and its jobs; and all in order.
#include "gui/canvas/model/kind_table.h"

#include <array>

namespace dogwatch::gui::canvas {
namespace {

using namespace table;

constexpr std::array<Choice, 3> kGauges = {
    {{"queued", "executions queued"}, {"running", "executions running"}, {"vms", "VMs ready or at work"}}};
constexpr std::array<Choice, 3> kEdges = {
    {{"rise", "when it begins to hold"}, {"fall", "when it ceases to hold"}, {"both", "at both"}}};

constexpr std::array<Choice, 2> kDowntime = {
    {{"counted", "counts as silence"}, {"excluded", "is left out of intervals"}}};

NodeKind source() {
    return {.key = "source",
            .role = Role::Source,
            .group = Group::Watch,
            .title = "Records",
            .says = "successes of backup",
            .help =
                "Which records a condition looks at: their kind, the function they are about, and what "
                "their fields say.",
            .icon = "journal",
            .example =
                R"({"event":"execution.failed","function":"import-*","where":[["duration_us",">",500000]]})",
            .fields = {{.key = "event",
                        .type = FieldType::Events,
                        .title = "What happened",
                        .help = "A kind of record, or several with commas; * stands for any characters.",
                        .required = true,
                        .initial = R"("execution.succeeded")",
                        .sample = R"("vm.lost")"},
                       {.key = "function",
                        .type = FieldType::Patterns,
                        .title = "Of function",
                        .help = "A name, or several with commas; * stands for any characters.",
                        .unset = "any function",
                        .sample = R"(["import-*","backup"])"},
                       {.key = "where",
                        .type = FieldType::Where,
                        .title = "Only where",
                        .help = "What fields of the record must say; all of it must hold.",
                        .unset = "anything",
                        .sample = R"([["duration_us",">",500000],["tags.team","==","red"]])"}},
            .output = Flow::Records};
}

void addStatesAndTimes(std::vector<NodeKind>& kinds) {
    kinds.push_back({.key = "gauge",
                     .role = Role::Condition,
                     .group = Group::RightNow,
                     .title = "So many now",
                     .says = "more than 100 executions are queued",
                     .help = "Compares how many executions wait or run, or how many VMs stand ready, now.",
                     .icon = "machines",
                     .example = R"({"gauge":"queued","function":"import-*","is":[">",100]})",
                     .fields = {{.key = "gauge",
                                 .type = FieldType::Choice,
                                 .title = "Number of",
                                 .help = "What is counted.",
                                 .required = true,
                                 .initial = R"("queued")",
                                 .choices = kGauges,
                                 .sample = R"("running")"},
                                {.key = "function",
                                 .type = FieldType::Pattern,
                                 .title = "Of function",
                                 .help = "One name; * stands for any characters. Not for VMs.",
                                 .unset = "any function",
                                 .sample = R"("import-*")"},
                                comparison(R"([">",10])", "How many there must be.")}});
    kinds.push_back({.key = "active",
                     .role = Role::Condition,
                     .group = Group::RightNow,
                     .title = "A metaevent is active",
                     .says = "metaevent backup-missed is active",
                     .help = "True from a firing of another metaevent until its criteria cease to hold.",
                     .icon = "eye",
                     .example = R"({"active":"backup-missed"})",
                     .fields = {{.key = "active",
                                 .type = FieldType::Metaevent,
                                 .title = "Metaevent",
                                 .help = "The metaevent to look at.",
                                 .required = true,
                                 .initial = R"("")",
                                 .sample = R"("backup-missed")"}}});
    kinds.push_back({.key = "at",
                     .role = Role::Condition,
                     .group = Group::AtTimes,
                     .title = "At these times",
                     .says = "at 8 on weekdays",
                     .help = "True at each time of a schedule, for that moment.",
                     .icon = "bell",
                     .example = R"({"at":"0 8 * * MON-FRI","timezone":"Europe/Zurich"})",
                     .fields = {schedule("at", "Times", R"("0 8 * * *")"), timeZone()}});
    kinds.push_back(
        {.key = "during",
         .role = Role::Condition,
         .group = Group::AtTimes,
         .title = "During these times",
         .says = "within 9 hours from 8 on weekdays",
         .help = "True from each time of a schedule on for a while.",
         .icon = "sun",
         .example = R"({"during":"0 8 * * MON-FRI","for":"9h"})",
         .fields = {schedule("during", "From", R"("0 8 * * MON-FRI")"),
                    duration("for", "For", "How long from each time on.", R"("9h")"), timeZone()}});
}

void addCombinators(std::vector<NodeKind>& kinds) {
    kinds.push_back({.key = "all",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = "All of",
                     .says = "this and that",
                     .help = "True while all of them are.",
                     .icon = "check",
                     .example = R"({"all":[{"active":"a"},{"gauge":"queued","is":[">",10]}]})",
                     .sockets = {truth("all", true, "all of")}});
    kinds.push_back({.key = "any",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = "Any of",
                     .says = "this or that",
                     .help = "True while at least one of them is.",
                     .icon = "plus",
                     .example = R"({"any":[{"fired":"a"},{"fired":"b"}]})",
                     .sockets = {truth("any", true, "any of")}});
    kinds.push_back({.key = "not",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = "Not",
                     .says = "not this",
                     .help = "True while the other is not.",
                     .icon = "cross",
                     .example = R"({"not":{"active":"maintenance"}})",
                     .sockets = {truth("not", false, "not")}});
    kinds.push_back({.key = "at_least",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = "At least so many of",
                     .says = "at least 2 of these",
                     .help = "True while at least so many of them are.",
                     .icon = "more",
                     .example = R"({"at_least":2,"of":[{"active":"a"},{"active":"b"},{"active":"c"}]})",
                     .sockets = {truth("of", true, "of")},
                     .fields = {{.key = "at_least",
                                 .type = FieldType::Whole,
                                 .title = "At least",
                                 .help = "How many of them must be true.",
                                 .required = true,
                                 .initial = "1",
                                 .sample = "2"}}});
    kinds.push_back({.key = "held",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = "Without a break for",
                     .says = "this, without a break for 5 minutes",
                     .help = "True once the other has been true without a break for so long.",
                     .icon = "pause",
                     .example = R"({"held":{"gauge":"queued","is":[">",100]},"for":"5m"})",
                     .sockets = {truth("held", false, "what lasts")},
                     .fields = {duration("for", "For", "How long it must have been true.", R"("5m")")}});
    kinds.push_back({.key = "recent",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = "Now or lately",
                     .says = "this, now or within the last 10 minutes",
                     .help = "True while the other is, and for a while after: it makes a moment last.",
                     .icon = "follow",
                     .example = R"({"recent":{"occurs":{"event":"vm.lost"}},"within":"10m"})",
                     .sockets = {truth("recent", false, "what happened")},
                     .fields = {duration("within", "For", "How long after.", R"("10m")")}});
}

NodeKind firing() {
    return {.key = "firing",
            .role = Role::Firing,
            .group = Group::Hidden,
            .title = "Fires",
            .says = "at most once an hour",
            .help = "When the criteria come true, the metaevent fires.",
            .icon = "bell",
            .example = R"({"metaevent":"backup-missed","when":{"absent":"backup","for":"24h"}})",
            .sockets = {truth("when", false, "when"),
                        {.key = "jobs", .flow = Flow::Firing, .many = true, .title = "runs"}},
            .fields =
                {{.key = "metaevent",
                  .type = FieldType::Name,
                  .title = "Name",
                  .help = "1 to 64 of a-z, A-Z, 0-9, - _ .",
                  .required = true,
                  .initial = R"("")",
                  .sample = R"("backup-missed")"},
                 {.key = "description",
                  .type = FieldType::Text,
                  .title = "Description",
                  .help = "For people.",
                  .unset = "none",
                  .sample = R"("the nightly backup")"},
                 {.key = "fire.on",
                  .type = FieldType::Choice,
                  .title = "Fires",
                  .help = "At which edge of the criteria.",
                  .unset = "when it begins to hold",
                  .choices = kEdges,
                  .sample = R"("both")"},
                 optionalDuration("fire.cooldown", "Cooldown",
                                  "How long after a firing it does not fire again.", "none"),
                 optionalDuration("fire.repeat", "Repeat every",
                                  "Fires again and again while the criteria hold.", "never"),
                 {.key = "fire.limit.count",
                  .type = FieldType::Whole,
                  .title = "At most",
                  .help = "Firings, repeats included, within the time below.",
                  .unset = "any number",
                  .sample = "10"},
                 optionalDuration("fire.limit.within", "within", "The time for the limit above.", "–"),
                 {.key = "fire.max_depth",
                  .type = FieldType::Whole,
                  .title = "Chain of at most",
                  .help = "Firings that lead to one another, 1 to 64.",
                  .unset = "8",
                  .sample = "3"},
                 {.key = "partition",
                  .type = FieldType::FieldPaths,
                  .title = "Separately for each",
                  .help = "Each value of these fields is watched by itself, such as function or tags.order.",
                  .unset = "nothing: all together",
                  .sample = R"(["function","tags.team"])"},
                 optionalDuration("expire", "Forget after",
                                  "Without a record for so long a value is forgotten.", "never"),
                 {.key = "downtime",
                  .type = FieldType::Choice,
                  .title = "Downtime",
                  .help = "Whether time in which Dogwatch was down counts where something has not happened.",
                  .unset = "counts as silence",
                  .choices = kDowntime,
                  .sample = R"("excluded")"},
                 {.key = "enabled",
                  .type = FieldType::Flag,
                  .title = "Enabled",
                  .help = "Whether it watches at all.",
                  .unset = "true",
                  .sample = "false"}},
            .output = Flow::Truth};
}

NodeKind job() {
    return {.key = "job",
            .role = Role::Job,
            .group = Group::Act,
            .title = "Run",
            .says = "run pager",
            .help = "Each firing runs this function.",
            .icon = "play",
            .example = R"({"run":"pager","payload":{"text":"no backup since {{ evidence.0.time }}"}})",
            .fields = {{.key = "run",
                        .type = FieldType::Function,
                        .title = "Function",
                        .help = "The function to run.",
                        .required = true,
                        .initial = R"("")",
                        .sample = R"("pager")"},
                       {.key = "payload",
                        .type = FieldType::Payload,
                        .title = "Payload",
                        .help = "JSON; {{ path }} in a string is filled in from the firing.",
                        .unset = "everything known about the firing",
                        .sample = R"({"text":"since {{ evidence.0.time }}"})"}},
            .output = Flow::Firing};
}

}  // namespace

std::vector<NodeKind> makeKinds() {
    std::vector<NodeKind> kinds;
    kinds.push_back(source());
    addAbsences(kinds);
    addOccurrences(kinds);
    addFrequencies(kinds);
    addSequenceAndMeasure(kinds);
    addStatesAndTimes(kinds);
    addCombinators(kinds);
    kinds.push_back(job());
    kinds.push_back(firing());
    return kinds;
}

}  // namespace dogwatch::gui::canvas
