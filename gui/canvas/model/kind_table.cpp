// Rows of the table of kinds: sources, states, times, combinators, the firing and its jobs; and all in order.
#include "gui/canvas/model/kind_table.h"

#include <array>

namespace dogwatch::gui::canvas {
namespace {

using namespace table;

constexpr std::array<Choice, 3> kGauges = {{{"queued", QT_TRANSLATE_NOOP("Kinds", "executions queued")},
                                            {"running", QT_TRANSLATE_NOOP("Kinds", "executions running")},
                                            {"vms", QT_TRANSLATE_NOOP("Kinds", "VMs ready or at work")}}};
constexpr std::array<Choice, 3> kEdges = {{{"rise", QT_TRANSLATE_NOOP("Kinds", "when it begins to hold")},
                                           {"fall", QT_TRANSLATE_NOOP("Kinds", "when it ceases to hold")},
                                           {"both", QT_TRANSLATE_NOOP("Kinds", "at both")}}};

constexpr std::array<Choice, 2> kDowntime = {
    {{"counted", QT_TRANSLATE_NOOP("Kinds", "counts as silence")},
     {"excluded", QT_TRANSLATE_NOOP("Kinds", "is left out of intervals")}}};

NodeKind source() {
    return {
        .key = "source",
        .role = Role::Source,
        .group = Group::Watch,
        .title = QT_TRANSLATE_NOOP("Kinds", "Records"),
        .says = QT_TRANSLATE_NOOP("Kinds", "successes of backup"),
        .help = QT_TRANSLATE_NOOP(
            "Kinds",
            "Which records a condition looks at: their kind, the function they are about, and what "
            "their fields say."),
        .icon = "journal",
        .example =
            R"({"event":"execution.failed","function":"import-*","where":[["duration_us",">",500000]]})",
        .fields = {{.key = "event",
                    .type = FieldType::Events,
                    .title = QT_TRANSLATE_NOOP("Kinds", "What happened"),
                    .help = QT_TRANSLATE_NOOP(
                        "Kinds", "A kind of record, or several with commas; * stands for any characters."),
                    .required = true,
                    .initial = R"("execution.succeeded")",
                    .sample = R"("vm.lost")"},
                   {.key = "function",
                    .type = FieldType::Patterns,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Of function"),
                    .help = QT_TRANSLATE_NOOP("Kinds",
                                              "A name, or several with commas; * stands for any characters."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "any function"),
                    .sample = R"(["import-*","backup"])"},
                   {.key = "where",
                    .type = FieldType::Where,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Only where"),
                    .help = QT_TRANSLATE_NOOP("Kinds",
                                              "What fields of the record must say; all of it must hold."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "anything"),
                    .sample = R"([["duration_us",">",500000],["tags.team","==","red"]])"}},
        .output = Flow::Records};
}

void addStatesAndTimes(std::vector<NodeKind>& kinds) {
    kinds.push_back(
        {.key = "gauge",
         .role = Role::Condition,
         .group = Group::RightNow,
         .title = QT_TRANSLATE_NOOP("Kinds", "So many now"),
         .says = QT_TRANSLATE_NOOP("Kinds", "more than 100 executions are queued"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds", "Compares how many executions wait or run, or how many VMs stand ready, now."),
         .icon = "machines",
         .example = R"({"gauge":"queued","function":"import-*","is":[">",100]})",
         .fields = {
             {.key = "gauge",
              .type = FieldType::Choice,
              .title = QT_TRANSLATE_NOOP("Kinds", "Number of"),
              .help = QT_TRANSLATE_NOOP("Kinds", "What is counted."),
              .required = true,
              .initial = R"("queued")",
              .choices = kGauges,
              .sample = R"("running")"},
             {.key = "function",
              .type = FieldType::Pattern,
              .title = QT_TRANSLATE_NOOP("Kinds", "Of function"),
              .help = QT_TRANSLATE_NOOP("Kinds", "One name; * stands for any characters. Not for VMs."),
              .unset = QT_TRANSLATE_NOOP("Kinds", "any function"),
              .sample = R"("import-*")"},
             comparison(R"([">",10])", QT_TRANSLATE_NOOP("Kinds", "How many there must be."))}});
    kinds.push_back(
        {.key = "active",
         .role = Role::Condition,
         .group = Group::RightNow,
         .title = QT_TRANSLATE_NOOP("Kinds", "A metaevent is active"),
         .says = QT_TRANSLATE_NOOP("Kinds", "metaevent backup-missed is active"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds", "True from a firing of another metaevent until its criteria cease to hold."),
         .icon = "eye",
         .example = R"({"active":"backup-missed"})",
         .fields = {{.key = "active",
                     .type = FieldType::Metaevent,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Metaevent"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "The metaevent to look at."),
                     .required = true,
                     .initial = R"("")",
                     .sample = R"("backup-missed")"}}});
    kinds.push_back(
        {.key = "at",
         .role = Role::Condition,
         .group = Group::AtTimes,
         .title = QT_TRANSLATE_NOOP("Kinds", "At these times"),
         .says = QT_TRANSLATE_NOOP("Kinds", "at 8 on weekdays"),
         .help = QT_TRANSLATE_NOOP("Kinds", "True at each time of a schedule, for that moment."),
         .icon = "bell",
         .example = R"({"at":"0 8 * * MON-FRI","timezone":"Europe/Zurich"})",
         .fields = {schedule("at", QT_TRANSLATE_NOOP("Kinds", "Times"), R"("0 8 * * *")"), timeZone()}});
    kinds.push_back(
        {.key = "during",
         .role = Role::Condition,
         .group = Group::AtTimes,
         .title = QT_TRANSLATE_NOOP("Kinds", "During these times"),
         .says = QT_TRANSLATE_NOOP("Kinds", "within 9 hours from 8 on weekdays"),
         .help = QT_TRANSLATE_NOOP("Kinds", "True from each time of a schedule on for a while."),
         .icon = "sun",
         .example = R"({"during":"0 8 * * MON-FRI","for":"9h"})",
         .fields = {schedule("during", QT_TRANSLATE_NOOP("Kinds", "From"), R"("0 8 * * MON-FRI")"),
                    duration("for", QT_TRANSLATE_NOOP("Kinds", "For"),
                             QT_TRANSLATE_NOOP("Kinds", "How long from each time on."), R"("9h")"),
                    timeZone()}});
}

void addCombinators(std::vector<NodeKind>& kinds) {
    kinds.push_back({.key = "all",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = QT_TRANSLATE_NOOP("Kinds", "All of"),
                     .says = QT_TRANSLATE_NOOP("Kinds", "this and that"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "True while all of them are."),
                     .icon = "check",
                     .example = R"({"all":[{"active":"a"},{"gauge":"queued","is":[">",10]}]})",
                     .sockets = {truth("all", true, QT_TRANSLATE_NOOP("Kinds", "all of"))}});
    kinds.push_back({.key = "any",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Any of"),
                     .says = QT_TRANSLATE_NOOP("Kinds", "this or that"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "True while at least one of them is."),
                     .icon = "plus",
                     .example = R"({"any":[{"fired":"a"},{"fired":"b"}]})",
                     .sockets = {truth("any", true, QT_TRANSLATE_NOOP("Kinds", "any of"))}});
    kinds.push_back({.key = "not",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Not"),
                     .says = QT_TRANSLATE_NOOP("Kinds", "not this"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "True while the other is not."),
                     .icon = "cross",
                     .example = R"({"not":{"active":"maintenance"}})",
                     .sockets = {truth("not", false, QT_TRANSLATE_NOOP("Kinds", "not"))}});
    kinds.push_back({.key = "at_least",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = QT_TRANSLATE_NOOP("Kinds", "At least so many of"),
                     .says = QT_TRANSLATE_NOOP("Kinds", "at least 2 of these"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "True while at least so many of them are."),
                     .icon = "more",
                     .example = R"({"at_least":2,"of":[{"active":"a"},{"active":"b"},{"active":"c"}]})",
                     .sockets = {truth("of", true, QT_TRANSLATE_NOOP("Kinds", "of"))},
                     .fields = {{.key = "at_least",
                                 .type = FieldType::Whole,
                                 .title = QT_TRANSLATE_NOOP("Kinds", "At least"),
                                 .help = QT_TRANSLATE_NOOP("Kinds", "How many of them must be true."),
                                 .required = true,
                                 .initial = "1",
                                 .sample = "2"}}});
    kinds.push_back(
        {.key = "held",
         .role = Role::Combinator,
         .group = Group::Combine,
         .title = QT_TRANSLATE_NOOP("Kinds", "Without a break for"),
         .says = QT_TRANSLATE_NOOP("Kinds", "this, without a break for 5 minutes"),
         .help = QT_TRANSLATE_NOOP("Kinds", "True once the other has been true without a break for so long."),
         .icon = "pause",
         .example = R"({"held":{"gauge":"queued","is":[">",100]},"for":"5m"})",
         .sockets = {truth("held", false, QT_TRANSLATE_NOOP("Kinds", "what lasts"))},
         .fields = {duration("for", QT_TRANSLATE_NOOP("Kinds", "For"),
                             QT_TRANSLATE_NOOP("Kinds", "How long it must have been true."), R"("5m")")}});
    kinds.push_back({.key = "recent",
                     .role = Role::Combinator,
                     .group = Group::Combine,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Now or lately"),
                     .says = QT_TRANSLATE_NOOP("Kinds", "this, now or within the last 10 minutes"),
                     .help = QT_TRANSLATE_NOOP(
                         "Kinds", "True while the other is, and for a while after: it makes a moment last."),
                     .icon = "follow",
                     .example = R"({"recent":{"occurs":{"event":"vm.lost"}},"within":"10m"})",
                     .sockets = {truth("recent", false, QT_TRANSLATE_NOOP("Kinds", "what happened"))},
                     .fields = {duration("within", QT_TRANSLATE_NOOP("Kinds", "For"),
                                         QT_TRANSLATE_NOOP("Kinds", "How long after."), R"("10m")")}});
}

NodeKind firing() {
    return {
        .key = "firing",
        .role = Role::Firing,
        .group = Group::Hidden,
        .title = QT_TRANSLATE_NOOP("Kinds", "Fires"),
        .says = QT_TRANSLATE_NOOP("Kinds", "at most once an hour"),
        .help = QT_TRANSLATE_NOOP("Kinds", "When the criteria come true, the metaevent fires."),
        .icon = "bell",
        .example = R"({"metaevent":"backup-missed","when":{"absent":"backup","for":"24h"}})",
        .sockets = {truth("when", false, QT_TRANSLATE_NOOP("Kinds", "when")),
                    {.key = "jobs",
                     .flow = Flow::Firing,
                     .many = true,
                     .title = QT_TRANSLATE_NOOP("Kinds", "runs")}},
        .fields = {{.key = "metaevent",
                    .type = FieldType::Name,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Name"),
                    .help = QT_TRANSLATE_NOOP("Kinds", "1 to 64 of a-z, A-Z, 0-9, - _ ."),
                    .required = true,
                    .initial = R"("")",
                    .sample = R"("backup-missed")"},
                   {.key = "description",
                    .type = FieldType::Text,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Description"),
                    .help = QT_TRANSLATE_NOOP("Kinds", "For people."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "none"),
                    .sample = R"("the nightly backup")"},
                   {.key = "fire.on",
                    .type = FieldType::Choice,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Fires"),
                    .help = QT_TRANSLATE_NOOP("Kinds", "At which edge of the criteria."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "when it begins to hold"),
                    .choices = kEdges,
                    .sample = R"("both")"},
                   optionalDuration(
                       "fire.cooldown", QT_TRANSLATE_NOOP("Kinds", "Cooldown"),
                       QT_TRANSLATE_NOOP("Kinds", "How long after a firing it does not fire again."),
                       QT_TRANSLATE_NOOP("Kinds", "none")),
                   optionalDuration(
                       "fire.repeat", QT_TRANSLATE_NOOP("Kinds", "Repeat every"),
                       QT_TRANSLATE_NOOP("Kinds", "Fires again and again while the criteria hold."),
                       QT_TRANSLATE_NOOP("Kinds", "never")),
                   {.key = "fire.limit.count",
                    .type = FieldType::Whole,
                    .title = QT_TRANSLATE_NOOP("Kinds", "At most"),
                    .help = QT_TRANSLATE_NOOP("Kinds", "Firings, repeats included, within the time below."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "any number"),
                    .sample = "10"},
                   optionalDuration("fire.limit.within", QT_TRANSLATE_NOOP("Kinds", "within"),
                                    QT_TRANSLATE_NOOP("Kinds", "The time for the limit above."), "–"),
                   {.key = "fire.max_depth",
                    .type = FieldType::Whole,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Chain of at most"),
                    .help = QT_TRANSLATE_NOOP("Kinds", "Firings that lead to one another, 1 to 64."),
                    .unset = "8",
                    .sample = "3"},
                   {.key = "partition",
                    .type = FieldType::FieldPaths,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Separately for each"),
                    .help = QT_TRANSLATE_NOOP(
                        "Kinds",
                        "Each value of these fields is watched by itself, such as function or tags.order."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "nothing: all together"),
                    .sample = R"(["function","tags.team"])"},
                   optionalDuration(
                       "expire", QT_TRANSLATE_NOOP("Kinds", "Forget after"),
                       QT_TRANSLATE_NOOP("Kinds", "Without a record for so long a value is forgotten."),
                       QT_TRANSLATE_NOOP("Kinds", "never")),
                   {.key = "downtime",
                    .type = FieldType::Choice,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Downtime"),
                    .help = QT_TRANSLATE_NOOP(
                        "Kinds",
                        "Whether time in which Dogwatch was down counts where something has not happened."),
                    .unset = QT_TRANSLATE_NOOP("Kinds", "counts as silence"),
                    .choices = kDowntime,
                    .sample = R"("excluded")"},
                   {.key = "enabled",
                    .type = FieldType::Flag,
                    .title = QT_TRANSLATE_NOOP("Kinds", "Enabled"),
                    .help = QT_TRANSLATE_NOOP("Kinds", "Whether it watches at all."),
                    .unset = "true",
                    .sample = "false"}},
        .output = Flow::Truth};
}

NodeKind job() {
    return {.key = "job",
            .role = Role::Job,
            .group = Group::Act,
            .title = QT_TRANSLATE_NOOP("Kinds", "Run"),
            .says = QT_TRANSLATE_NOOP("Kinds", "run pager"),
            .help = QT_TRANSLATE_NOOP("Kinds", "Each firing runs this function."),
            .icon = "play",
            .example = R"({"run":"pager","payload":{"text":"no backup since {{ evidence.0.time }}"}})",
            .fields = {{.key = "run",
                        .type = FieldType::Function,
                        .title = QT_TRANSLATE_NOOP("Kinds", "Function"),
                        .help = QT_TRANSLATE_NOOP("Kinds", "The function to run."),
                        .required = true,
                        .initial = R"("")",
                        .sample = R"("pager")"},
                       {.key = "payload",
                        .type = FieldType::Payload,
                        .title = QT_TRANSLATE_NOOP("Kinds", "Payload"),
                        .help = QT_TRANSLATE_NOOP(
                            "Kinds", "JSON; {{ path }} in a string is filled in from the firing."),
                        .unset = QT_TRANSLATE_NOOP("Kinds", "everything known about the firing"),
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
