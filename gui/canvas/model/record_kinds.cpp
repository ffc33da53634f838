// Rows of the table of kinds: conditions on records, and the fields that they share.
#include <array>

#include "gui/canvas/model/kind_table.h"

namespace dogwatch::gui::canvas::table {
namespace {

constexpr std::string_view kSucceeded = R"({"event":"execution.succeeded"})";
constexpr std::string_view kFailed = R"({"event":"execution.failed"})";
constexpr std::string_view kStarted = R"({"event":"execution.started"})";
constexpr std::string_view kFinished = R"({"event":["execution.succeeded","execution.failed"]})";
constexpr std::array<Choice, 2> kSince = {{{"armed", QT_TRANSLATE_NOOP("Kinds", "since it is armed")},
                                           {"first", QT_TRANSLATE_NOOP("Kinds", "since it happened once")}}};
constexpr std::array<Choice, 9> kMeasures = {
    {{"sum", QT_TRANSLATE_NOOP("Kinds", "sum")},
     {"avg", QT_TRANSLATE_NOOP("Kinds", "average")},
     {"min", QT_TRANSLATE_NOOP("Kinds", "smallest value")},
     {"max", QT_TRANSLATE_NOOP("Kinds", "largest value")},
     {"p50", QT_TRANSLATE_NOOP("Kinds", "median")},
     {"p90", QT_TRANSLATE_NOOP("Kinds", "90th percentile")},
     {"p95", QT_TRANSLATE_NOOP("Kinds", "95th percentile")},
     {"p99", QT_TRANSLATE_NOOP("Kinds", "99th percentile")},
     {"distinct", QT_TRANSLATE_NOOP("Kinds", "number of distinct values")}}};

}  // namespace

Field duration(std::string_view key, std::string_view title, std::string_view help,
               std::string_view initial) {
    return {.key = key,
            .type = FieldType::Duration,
            .title = title,
            .help = help,
            .required = true,
            .initial = initial,
            .sample = R"("1h30m")"};
}

Field optionalDuration(std::string_view key, std::string_view title, std::string_view help,
                       std::string_view unset) {
    return {.key = key,
            .type = FieldType::Duration,
            .title = title,
            .help = help,
            .unset = unset,
            .sample = R"("1h30m")"};
}

Field comparison(std::string_view initial, std::string_view help) {
    return {.key = "is",
            .type = FieldType::Comparison,
            .title = QT_TRANSLATE_NOOP("Kinds", "Is"),
            .help = help,
            .required = true,
            .initial = initial,
            .sample = R"(["<",7])"};
}

Field within(std::string_view initial) {
    return duration("within", QT_TRANSLATE_NOOP("Kinds", "Within the last"),
                    QT_TRANSLATE_NOOP("Kinds", "How far back it looks, from now."), initial);
}

Field samples(std::string_view of) {
    return {.key = "samples",
            .type = FieldType::Whole,
            .title = QT_TRANSLATE_NOOP("Kinds", "Given at least"),
            .help = of,
            .unset = "1",
            .sample = "20"};
}

Field since() {
    return {.key = "since",
            .type = FieldType::Choice,
            .title = QT_TRANSLATE_NOOP("Kinds", "Counted"),
            .help = QT_TRANSLATE_NOOP("Kinds", "Whether silence before the very first time counts."),
            .unset = QT_TRANSLATE_NOOP("Kinds", "since it is armed"),
            .choices = kSince,
            .sample = R"("first")"};
}

Field schedule(std::string_view key, std::string_view title, std::string_view initial) {
    return {.key = key,
            .type = FieldType::Schedule,
            .title = title,
            .help = QT_TRANSLATE_NOOP(
                "Kinds", "Cron: minute hour day-of-month month day-of-week; six fields begin with seconds."),
            .required = true,
            .initial = initial,
            .sample = R"("*/15 8-17 * * MON-FRI")"};
}

Field timeZone() {
    return {.key = "timezone",
            .type = FieldType::TimeZone,
            .title = QT_TRANSLATE_NOOP("Kinds", "Time zone"),
            .help = QT_TRANSLATE_NOOP("Kinds", "Of the schedule; an IANA name such as Europe/Zurich."),
            .unset = "UTC",
            .sample = R"("Europe/Zurich")"};
}

Socket records(std::string_view key, std::string_view title, std::string_view initial) {
    return {.key = key, .flow = Flow::Records, .title = title, .initial = initial};
}

Socket truth(std::string_view key, bool many, std::string_view title) {
    return {.key = key, .flow = Flow::Truth, .many = many, .title = title};
}

void addAbsences(std::vector<NodeKind>& kinds) {
    kinds.push_back(
        {.key = "absent",
         .role = Role::Condition,
         .group = Group::NotHappened,
         .title = QT_TRANSLATE_NOOP("Kinds", "Has not happened"),
         .says = QT_TRANSLATE_NOOP("Kinds", "backup has not succeeded for 24 hours"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds", "True once nothing of the kind was seen for a while, until it is seen again."),
         .icon = "clock",
         .example = R"({"absent":"backup","for":"24h","since":"first"})",
         .sockets = {records("absent", QT_TRANSLATE_NOOP("Kinds", "what is missed"), kSucceeded)},
         .fields = {duration("for", QT_TRANSLATE_NOOP("Kinds", "For"),
                             QT_TRANSLATE_NOOP("Kinds", "How long nothing must have been seen."), R"("1m")"),
                    since()}});
    kinds.push_back(
        {.key = "missed",
         .role = Role::Condition,
         .group = Group::NotHappened,
         .title = QT_TRANSLATE_NOOP("Kinds", "Missed its schedule"),
         .says = QT_TRANSLATE_NOOP("Kinds", "backup has not run 10 minutes after it was due"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds",
             "True once a scheduled time, and some grace after it, passed without it, until it "
             "comes."),
         .icon = "never",
         .example = R"({"missed":"backup","schedule":"0 2 * * *","grace":"10m"})",
         .sockets = {records("missed", QT_TRANSLATE_NOOP("Kinds", "what is due"), kSucceeded)},
         .fields = {schedule("schedule", QT_TRANSLATE_NOOP("Kinds", "Due at"), R"("0 2 * * *")"), timeZone(),
                    optionalDuration("grace", QT_TRANSLATE_NOOP("Kinds", "Grace"),
                                     QT_TRANSLATE_NOOP("Kinds", "How late it may be."),
                                     QT_TRANSLATE_NOOP("Kinds", "none")),
                    since()}});
}

void addOccurrences(std::vector<NodeKind>& kinds) {
    kinds.push_back({.key = "occurs",
                     .role = Role::Condition,
                     .group = Group::Happened,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Happens"),
                     .says = QT_TRANSLATE_NOOP("Kinds", "import fails"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "True at each record of the kind, for that moment."),
                     .icon = "bell",
                     .example = R"({"occurs":{"event":"vm.lost"}})",
                     .sockets = {records("occurs", QT_TRANSLATE_NOOP("Kinds", "what happens"), kFailed)}});
    kinds.push_back(
        {.key = "changed",
         .role = Role::Condition,
         .group = Group::Happened,
         .title = QT_TRANSLATE_NOOP("Kinds", "Changes"),
         .says = QT_TRANSLATE_NOOP("Kinds", "the result of price changes"),
         .help = QT_TRANSLATE_NOOP("Kinds", "True at a record whose value differs from the one before."),
         .icon = "refresh",
         .example = R"({"changed":"result","over":{"event":"execution.succeeded","function":"price"}})",
         .sockets = {records("over", QT_TRANSLATE_NOOP("Kinds", "from one to the next of"), kSucceeded)},
         .fields = {
             {.key = "changed",
              .type = FieldType::FieldPath,
              .title = QT_TRANSLATE_NOOP("Kinds", "Value of"),
              .help = QT_TRANSLATE_NOOP("Kinds", "The field to compare, such as result or result.status."),
              .required = true,
              .initial = R"("result")",
              .sample = R"("tags.team")"}}});
    kinds.push_back(
        {.key = "fired",
         .role = Role::Condition,
         .group = Group::Happened,
         .title = QT_TRANSLATE_NOOP("Kinds", "A metaevent fires"),
         .says = QT_TRANSLATE_NOOP("Kinds", "metaevent backup-missed fires"),
         .help = QT_TRANSLATE_NOOP("Kinds", "True at each firing of another metaevent, for that moment."),
         .icon = "metaevents",
         .example = R"({"fired":"backup-missed"})",
         .fields = {{.key = "fired",
                     .type = FieldType::Metaevent,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Metaevent"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "The metaevent to listen to."),
                     .required = true,
                     .initial = R"("")",
                     .sample = R"("backup-missed")"}}});
}

void addFrequencies(std::vector<NodeKind>& kinds) {
    kinds.push_back(
        {.key = "count",
         .role = Role::Condition,
         .group = Group::TooOften,
         .title = QT_TRANSLATE_NOOP("Kinds", "Happened so often"),
         .says = QT_TRANSLATE_NOOP("Kinds", "at least 5 failures of import in 10 minutes"),
         .help = QT_TRANSLATE_NOOP("Kinds", "Compares the number of records in a window that ends now."),
         .icon = "rate",
         .example = R"({"count":{"event":"execution.failed"},"within":"10m","is":[">=",5]})",
         .sockets = {records("count", QT_TRANSLATE_NOOP("Kinds", "what is counted"), kFailed)},
         .fields = {comparison(R"([">=",5])", QT_TRANSLATE_NOOP("Kinds", "How many there must be.")),
                    within(R"("10m")")}});
    kinds.push_back(
        {.key = "ratio",
         .role = Role::Condition,
         .group = Group::TooOften,
         .title = QT_TRANSLATE_NOOP("Kinds", "Share"),
         .says = QT_TRANSLATE_NOOP("Kinds", "more than 20% of executions fail"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds", "Compares the share of some records among others in a window that ends now."),
         .icon = "overview",
         .example = R"({"ratio":{"event":"execution.failed"},"to":{"event":"execution.*"},)"
                    R"("within":"5m","is":[">",0.2],"samples":10})",
         .sockets = {records("ratio", QT_TRANSLATE_NOOP("Kinds", "the share of these"), kFailed),
                     records("to", QT_TRANSLATE_NOOP("Kinds", "among these"), kFinished)},
         .fields = {
             comparison(R"([">",0.2])", QT_TRANSLATE_NOOP("Kinds", "From 0, none, to 1, all: 0.2 is 20%.")),
             within(R"("10m")"),
             samples(QT_TRANSLATE_NOOP("Kinds", "With fewer in the window than this it is not true."))}});
    kinds.push_back(
        {.key = "streak",
         .role = Role::Condition,
         .group = Group::TooOften,
         .title = QT_TRANSLATE_NOOP("Kinds", "Several in a row"),
         .says = QT_TRANSLATE_NOOP("Kinds", "import failed 3 times in a row"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds", "Compares how many of the latest records, without a break, were of the kind."),
         .icon = "queue",
         .example = R"({"streak":{"event":"execution.failed","function":"import"},)"
                    R"("among":"import","is":[">=",3]})",
         .sockets = {records("streak", QT_TRANSLATE_NOOP("Kinds", "a run of these"), kFailed),
                     records("among", QT_TRANSLATE_NOOP("Kinds", "among these"), kFinished)},
         .fields = {
             comparison(R"([">=",3])", QT_TRANSLATE_NOOP("Kinds", "How many there must be in a row."))}});
}

void addSequenceAndMeasure(std::vector<NodeKind>& kinds) {
    kinds.push_back(
        {.key = "sequence",
         .role = Role::Condition,
         .group = Group::InOrder,
         .title = QT_TRANSLATE_NOOP("Kinds", "In this order"),
         .says = QT_TRANSLATE_NOOP("Kinds", "an order that no invoice follows"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds",
             "True for a moment when the steps happened one after the other in time; a step may also be "
             "that something does not happen."),
         .icon = "arrow",
         .example = R"({"sequence":[{"event":"custom.order"},{"not":{"event":"custom.invoice"}}],)"
                    R"("within":"5m","by":["tags.order"]})",
         .sockets = {{.key = "sequence",
                      .flow = Flow::Records,
                      .many = true,
                      .steps = true,
                      .title = QT_TRANSLATE_NOOP("Kinds", "step"),
                      .initial = kStarted}},
         .fields = {duration("within", QT_TRANSLATE_NOOP("Kinds", "Within"),
                             QT_TRANSLATE_NOOP("Kinds", "From the first step to the last."), R"("5m")"),
                    {.key = "by",
                     .type = FieldType::FieldPaths,
                     .title = QT_TRANSLATE_NOOP("Kinds", "With the same"),
                     .help = QT_TRANSLATE_NOOP(
                         "Kinds",
                         "Fields that are equal on all records of one run, such as execution or tags.order."),
                     .unset = QT_TRANSLATE_NOOP("Kinds", "nothing"),
                     .sample = R"(["execution","tags.order"])"},
                    {.key = "overlap",
                     .type = FieldType::Flag,
                     .title = QT_TRANSLATE_NOOP("Kinds", "Runs may overlap"),
                     .help = QT_TRANSLATE_NOOP("Kinds", "Whether a first step starts a run while one lives."),
                     .unset = "true",
                     .sample = "false"}}});
    kinds.push_back(
        {.key = "measure",
         .role = Role::Condition,
         .group = Group::TookTooLong,
         .title = QT_TRANSLATE_NOOP("Kinds", "Value over a window"),
         .says = QT_TRANSLATE_NOOP("Kinds", "p95 of duration over 500 ms in the last 10 minutes"),
         .help = QT_TRANSLATE_NOOP(
             "Kinds", "Compares the average, a percentile, the sum … of a field in a window that ends now."),
         .icon = "chip",
         .example =
             R"({"measure":"p95","of":"duration_us","over":"import","within":"10m","is":[">",500000]})",
         .sockets = {records("over", QT_TRANSLATE_NOOP("Kinds", "over these"), kSucceeded)},
         .fields = {
             {.key = "measure",
              .type = FieldType::Choice,
              .title = QT_TRANSLATE_NOOP("Kinds", "The"),
              .help = QT_TRANSLATE_NOOP("Kinds", "What is made of the values."),
              .required = true,
              .initial = R"("p95")",
              .choices = kMeasures,
              .sample = R"("distinct")"},
             {.key = "of",
              .type = FieldType::FieldPath,
              .title = QT_TRANSLATE_NOOP("Kinds", "Of"),
              .help = QT_TRANSLATE_NOOP("Kinds", "The field; durations are in microseconds."),
              .required = true,
              .initial = R"("duration_us")",
              .sample = R"("result.items.0.id")"},
             comparison(R"([">",1000000])",
                        QT_TRANSLATE_NOOP("Kinds", "Durations are in microseconds: 1000000 is one second.")),
             within(R"("10m")"),
             samples(
                 QT_TRANSLATE_NOOP("Kinds", "With fewer values in the window than this it is not true."))}});
}

}  // namespace dogwatch::gui::canvas::table
