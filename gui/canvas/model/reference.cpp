#include "gui/canvas/model/reference.h"

#include <optional>

#include "core/model/metaevent.h"
#include "core/model/sentence.h"
#include "gui/canvas/model/node_kinds.h"

namespace dogwatch::gui::canvas {
namespace {

constexpr std::string_view kIntroduction =
    R"(# Conditions

What a metaevent is made of. This page is made from the table that the editor's palette shows, so it cannot tell other
things than the editor; `dogwatchctl metaevents check FILE` says what a definition of yours means. Each has its title in
the editor, what people want to say with it, and an example with the sentence that Dogwatch makes of it.

A condition is a JSON object with one operator and its fields. Where records are asked for stands a *selector*
([source](#source)); a name alone, such as `"backup"`, means the finished executions of that function. Durations are
written `250ms`, `5s`, `10m`, `24h`, `7d`, or as sums such as `1h30m`; comparisons as `[">=", 5]`; schedules as five
fields of cron, or six with seconds first.
)";

std::string_view typeName(FieldType type) {
    switch (type) {
        case FieldType::Duration: return "duration";
        case FieldType::Comparison: return "comparison";
        case FieldType::Schedule: return "schedule";
        case FieldType::TimeZone: return "time zone";
        case FieldType::Choice: return "choice";
        case FieldType::Whole: return "whole number";
        case FieldType::Flag: return "true or false";
        case FieldType::FieldPath: return "field";
        case FieldType::FieldPaths: return "fields";
        case FieldType::Pattern: return "name";
        case FieldType::Patterns: return "name or names";
        case FieldType::Events: return "kind or kinds";
        case FieldType::Where: return "list of [field, operator, value]";
        case FieldType::Name: return "name";
        case FieldType::Metaevent: return "metaevent";
        case FieldType::Function: return "function";
        case FieldType::Text: return "text";
        case FieldType::Payload: return "JSON";
    }
    return {};
}

/// As it stands in a table's cell or in emphasis.
std::string escaped(std::string_view text, char special) {
    std::string escaped;
    for (const char c : text) {
        if (c == special) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string cell(std::string_view text) {
    return escaped(text, '|');
}

std::string choicesOf(const Field& field) {
    std::string text;
    for (const Choice& choice : field.choices) {
        text += text.empty() ? " " : ", ";
        text += "`" + std::string{choice.value} + "`: " + std::string{choice.title};
    }
    return text.empty() ? text : text + ".";
}

std::string fieldRow(const Field& field) {
    const std::string absent = field.required        ? "required"
                               : field.unset.empty() ? ""
                                                     : std::string{field.unset};
    return "| `" + std::string{field.key} + "` | " + std::string{typeName(field.type)} + " | " +
           cell(std::string{field.help} + choicesOf(field)) + " | " + cell(absent) + " |\n";
}

std::string socketRow(const Socket& socket) {
    const std::string_view what = socket.flow == Flow::Records ? "selector"
                                  : socket.flow == Flow::Truth ? "condition"
                                                               : "job";
    return "| `" + std::string{socket.key} + "` | " + (socket.many ? "list, each a " : "") +
           std::string{what} + " | " + cell(std::string{socket.title}) + " | required |\n";
}

std::string tableOf(const NodeKind& kind) {
    if (kind.fields.empty() && kind.sockets.empty()) return {};
    std::string text = "\n| key | is | what | left out |\n| --- | --- | --- | --- |\n";
    for (const Socket& socket : kind.sockets) {
        const bool isOptional = socket.key == "jobs";
        std::string row = socketRow(socket);
        if (isOptional) row.replace(row.rfind("required"), 8, "nothing runs");
        text += row;
    }
    for (const Field& field : kind.fields) text += fieldRow(field);
    return text;
}

/// What the example says; empty for what is no condition and no whole.
std::string meaning(const NodeKind& kind) {
    const auto whole = metaeventFromJson(exampleDefinition(kind));
    if (!whole || kind.role == Role::Job) return {};
    return kind.role == Role::Firing ? sentenceOf(*whole).text() : clauseOf(whole->when).text();
}

std::string section(const NodeKind& kind) {
    std::string text = "\n### " + std::string{kind.key} + "\n\n**" + std::string{kind.title} + "**: “" +
                       std::string{kind.says} + "”. " + std::string{kind.help} + "\n\n```json\n" +
                       std::string{kind.example} + "\n```\n";
    if (const std::string says = meaning(kind); !says.empty())
        text += "\nIt says: *" + escaped(says, '*') + "*.\n";
    const std::string key{kind.key};
    text += "\n![" + key + ", drawn](images/conditions/" + key + ".png)\n";
    return text + tableOf(kind);
}

std::string wordsTable(std::string_view head, std::span<const Choice> choices) {
    std::string text = "\n| " + std::string{head} + " | |\n| --- | --- |\n";
    for (const Choice& choice : choices)
        text += "| `" + cell(choice.value) + "` | " + cell(choice.title) + " |\n";
    return text;
}

}  // namespace

json::object exampleDefinition(const NodeKind& kind) {
    json::value example = parseJson(kind.example).value_or(json::object{});
    if (kind.role == Role::Firing) return example.is_object() ? example.get_object() : json::object{};
    json::object whole{{"metaevent", "example"}};
    switch (kind.role) {
        case Role::Source: whole["when"] = {{"occurs", example}}; break;
        case Role::Job:
            whole["when"] = {{"absent", "backup"}, {"for", "24h"}};
            whole["jobs"] = json::array{example};
            break;
        default: whole["when"] = example;
    }
    return whole;
}

std::string conditionsReference() {
    std::string text{kIntroduction};
    std::optional<Group> group;
    for (const NodeKind& kind : nodeKinds()) {
        if (kind.group != Group::Hidden && group != kind.group)
            text += "\n## " + std::string{groupTitle(kind.group)} + "\n";
        if (kind.group == Group::Hidden && kind.role == Role::Firing) text += "\n## The whole\n";
        group = kind.group;
        text += section(kind);
    }
    return text + "\n## Words\n\nThe kinds of records, and the operators of `where`:\n" +
           wordsTable("kind", eventKinds()) + wordsTable("operator", whereOperators());
}

}  // namespace dogwatch::gui::canvas
