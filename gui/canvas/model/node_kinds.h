// The one table of what can stand on the canvas: every condition of section 5 of the metaevent spec, the
// sources they look at, the firing and its jobs. Palette, forms, outline, docs and tests are made from it.
#pragma once

#include <QtGlobal>  // QT_TRANSLATE_NOOP, which marks the texts of the table (tableText() of gui/models/language.h)
#include <span>
#include <string_view>
#include <vector>

namespace dogwatch::gui::canvas {

/// What flows along a connection; only equals fit together.
enum class Flow {
    Records,  ///< from a source to a condition
    Truth,    ///< from a condition to a combinator, or to the firing
    Firing,   ///< from the firing to a job
};

enum class Role { Source, Condition, Combinator, Firing, Job, Unknown };

/// The palette's sections, by what people want to say.
enum class Group {
    Watch,
    NotHappened,
    Happened,
    TooOften,
    InOrder,
    TookTooLong,
    RightNow,
    AtTimes,
    Combine,
    Act,
    Hidden,  ///< in no palette: there is one, or it comes only from JSON
};

enum class FieldType {
    Duration,    ///< "10s"
    Comparison,  ///< [op, number]
    Schedule,    ///< cron
    TimeZone,    ///< IANA
    Choice,      ///< one of `choices`
    Whole,       ///< a whole number
    Flag,        ///< true or false
    FieldPath,   ///< "tags.team"
    FieldPaths,  ///< a list of them
    Pattern,     ///< one function name, `*` allowed
    Patterns,    ///< one or several
    Events,      ///< kinds of records
    Where,       ///< [[path, operator, value], …]
    Name,        ///< of a metaevent, its own
    Metaevent,   ///< of another one
    Function,    ///< the function that a job runs
    Text,
    Payload,  ///< any JSON
};

struct Choice {
    std::string_view value{};
    std::string_view title{};
};

/// One member of a node's JSON, `key` dotted where it stands deeper ("fire.limit.count").
struct Field {
    std::string_view key{};
    FieldType type = FieldType::Text;
    std::string_view title{};
    std::string_view help{};
    bool required = false;
    std::string_view initial{};  ///< JSON text that a new node has; empty: left out
    std::string_view unset{};    ///< what holds while it is left out, in words
    std::span<const Choice> choices{};
    std::string_view sample{};  ///< JSON text of a value that is valid and not `initial`; for tests and docs
};

/// Where other nodes are put in. Its JSON stands at `key` of the node's.
struct Socket {
    std::string_view key{};
    Flow flow = Flow::Records;
    bool many = false;   ///< a list
    bool steps = false;  ///< the list of a sequence: each may be `{"not": …, "for": …}`
    std::string_view title{};
    std::string_view initial{};  ///< JSON of the source that comes with a new node; empty: none
};

struct NodeKind {
    std::string_view key{};  ///< operator key of a condition; "source", "firing", "job"
    Role role = Role::Unknown;
    Group group = Group::Hidden;
    std::string_view title{};
    std::string_view says{};  ///< what people want to say
    std::string_view help{};
    std::string_view icon{};     ///< of resources/icons
    std::string_view example{};  ///< valid JSON
    std::vector<Socket> sockets{};
    std::vector<Field> fields{};
    Flow output = Flow::Truth;  ///< what it gives to what it is put in; of a job: what it takes

    [[nodiscard]] const Field* field(std::string_view path) const;
    [[nodiscard]] bool isOperator() const { return role == Role::Condition || role == Role::Combinator; }
};

/// All, in the order of the palette.
const std::vector<NodeKind>& nodeKinds();
/// Null when there is none.
const NodeKind* findKind(std::string_view key);
const NodeKind& sourceKind();
const NodeKind& firingKind();
const NodeKind& jobKind();
/// What cannot be read as what is expected there, kept as it stands.
const NodeKind& unknownKind(Flow flow);

std::string_view groupTitle(Group group);

/// The kinds of records that there are, with what they say.
std::span<const Choice> eventKinds();
/// The operators of `where` and of comparisons, in words.
std::span<const Choice> whereOperators();
std::span<const Choice> comparisonOperators();

}  // namespace dogwatch::gui::canvas
