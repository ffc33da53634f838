#include "gui/canvas/model/templates.h"

#include <algorithm>

#include "core/model/cron.h"
#include "core/model/function.h"
#include "core/model/time.h"
#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui::canvas {
namespace {

using Type = TemplateField::Type;

TemplateField aboutFunction(std::string_view title) {
    return {.key = "function", .type = Type::Function, .title = title, .initial = ""};
}
TemplateField thenRun() {
    return {.key = "job",
            .type = Type::Function,
            .title = QT_TRANSLATE_NOOP("Kinds", "then run"),
            .initial = "",
            .required = false};
}
TemplateField lasting(std::string_view title, std::string_view initial) {
    return {.key = "for", .type = Type::Duration, .title = title, .initial = initial};
}
TemplateField asNumberOf(std::string_view title, std::string_view initial) {
    return {.key = "count", .type = Type::Number, .title = title, .initial = initial};
}

std::vector<Template> makeTemplates() {
    return {
        {"dead-man",
         QT_TRANSLATE_NOOP("Kinds", "Dead man's switch"),
         QT_TRANSLATE_NOOP("Kinds", "It has not succeeded for a while."),
         "o--o--o--.--.--!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          lasting(QT_TRANSLATE_NOOP("Kinds", "has not succeeded for"), "10s"), thenRun()},
         R"({"metaevent":"$function-missed","when":{"absent":{"event":"execution.succeeded","function":"$function"},)"
         R"("for":"$for"},"jobs":[{"run":"$job","payload":{"text":"$function has not succeeded for $for",)"
         R"("last":"{{ evidence.0.time }}"}}]})"},
        {"cron-missed",
         QT_TRANSLATE_NOOP("Kinds", "Scheduled run missed"),
         QT_TRANSLATE_NOOP("Kinds", "It is late by its own schedule."),
         "|--o-|--o-|--.--!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          {.key = "schedule",
           .type = Type::Schedule,
           .title = QT_TRANSLATE_NOOP("Kinds", "is due at"),
           .initial = "0 2 * * *"},
          lasting(QT_TRANSLATE_NOOP("Kinds", "and not done after"), "10m"),
          thenRun()},
         R"({"metaevent":"$function-late","when":{"missed":{"event":"execution.succeeded","function":"$function"},)"
         R"("schedule":"$schedule","grace":"$for"},"jobs":[{"run":"$job"}]})"},
        {"failure-streak",
         QT_TRANSLATE_NOOP("Kinds", "Failure streak"),
         QT_TRANSLATE_NOOP("Kinds", "It failed several times in a row."),
         "o-o-x-o-x-x-x-!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          asNumberOf(QT_TRANSLATE_NOOP("Kinds", "failed so often in a row"), "3"), thenRun()},
         R"({"metaevent":"$function-failing","when":{"streak":{"event":"execution.failed","function":"$function"},)"
         R"("among":"$function","is":[">=","$count"]},"jobs":[{"run":"$job","payload":)"
         R"({"execution":"{{ evidence.0.execution }}","message":"{{ evidence.0.message }}"}}]})"},
        {"error-rate",
         QT_TRANSLATE_NOOP("Kinds", "Error rate"),
         QT_TRANSLATE_NOOP("Kinds", "Too large a share of its runs fails."),
         "o-o-x-o-x-x-o-x-!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When of")),
          {.key = "count",
           .type = Type::Number,
           .title = QT_TRANSLATE_NOOP("Kinds", "fails a share over"),
           .initial = "0.2"},
          lasting(QT_TRANSLATE_NOOP("Kinds", "within"), "10m"),
          thenRun()},
         R"({"metaevent":"$function-error-rate","when":{"ratio":{"event":"execution.failed","function":"$function"},)"
         R"("to":"$function","within":"$for","is":[">","$count"],"samples":10},)"
         R"("fire":{"cooldown":"30m"},"jobs":[{"run":"$job"}]})"},
        {"slow",
         QT_TRANSLATE_NOOP("Kinds", "Slow (95th percentile)"),
         QT_TRANSLATE_NOOP("Kinds", "Its slowest runs take too long."),
         "v-v-v-^-v-^-^-^-!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          {.key = "count",
           .type = Type::Number,
           .title = QT_TRANSLATE_NOOP("Kinds", "takes longer than (µs)"),
           .initial = "500000"},
          lasting(QT_TRANSLATE_NOOP("Kinds", "within"), "10m"),
          thenRun()},
         R"({"metaevent":"$function-slow","when":{"measure":"p95","of":"duration_us","over":)"
         R"({"event":"execution.succeeded","function":"$function"},"within":"$for","is":[">","$count"],)"
         R"("samples":5},"fire":{"cooldown":"30m"},"jobs":[{"run":"$job"}]})"},
        {"stuck-queue",
         QT_TRANSLATE_NOOP("Kinds", "Stuck queue"),
         QT_TRANSLATE_NOOP("Kinds", "Executions wait and do not get fewer."),
         "q-qq-qqq-qqq-qqq-!",
         {asNumberOf(QT_TRANSLATE_NOOP("Kinds", "When more are queued than"), "10"),
          lasting(QT_TRANSLATE_NOOP("Kinds", "for"), "5m"), thenRun()},
         R"({"metaevent":"queue-stuck","when":{"held":{"gauge":"queued","is":[">","$count"]},"for":"$for"},)"
         R"("fire":{"cooldown":"30m"},"jobs":[{"run":"$job"}]})"},
        {"unanswered",
         QT_TRANSLATE_NOOP("Kinds", "Order without invoice"),
         QT_TRANSLATE_NOOP("Kinds", "Nothing answered it; asks again until something does."),
         "a-b--a-b--a--!--!--!",
         {{.key = "first",
           .type = Type::Event,
           .title = QT_TRANSLATE_NOOP("Kinds", "When there is"),
           .initial = "custom.order"},
          {.key = "second",
           .type = Type::Event,
           .title = QT_TRANSLATE_NOOP("Kinds", "but no"),
           .initial = "custom.invoice"},
          {.key = "path",
           .type = Type::Path,
           .title = QT_TRANSLATE_NOOP("Kinds", "with the same"),
           .initial = "data.order"},
          lasting(QT_TRANSLATE_NOOP("Kinds", "after"), "5m"),
          thenRun()},
         R"({"metaevent":"unanswered","when":{"all":[{"count":{"event":"$first"},"within":"7d","is":[">=",1]},)"
         R"({"absent":{"event":"$second"},"for":"$for"}]},"partition":["$path"],"expire":"7d",)"
         R"("fire":{"repeat":"10m"},"jobs":[{"run":"$job","payload":{"which":"{{ key.0 }}"}}]})"},
        {"retries",
         QT_TRANSLATE_NOOP("Kinds", "Runaway retries"),
         QT_TRANSLATE_NOOP("Kinds", "It is tried again and again."),
         "x-x-x-x-x-x-!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          asNumberOf(QT_TRANSLATE_NOOP("Kinds", "is retried so often"), "5"),
          lasting(QT_TRANSLATE_NOOP("Kinds", "within"), "10m"), thenRun()},
         R"({"metaevent":"$function-retries","when":{"count":{"event":"execution.retrying","function":"$function"},)"
         R"("within":"$for","is":[">=","$count"]},"fire":{"cooldown":"30m"},"jobs":[{"run":"$job"}]})"},
        {"changed",
         QT_TRANSLATE_NOOP("Kinds", "Result changed"),
         QT_TRANSLATE_NOOP("Kinds", "It returns something else than before."),
         "a-a-a-a-b-!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          {.key = "path",
           .type = Type::Path,
           .title = QT_TRANSLATE_NOOP("Kinds", "changes its"),
           .initial = "result"},
          thenRun()},
         R"({"metaevent":"$function-changed","when":{"changed":"$path","over":{"event":"execution.succeeded",)"
         R"("function":"$function"}},"jobs":[{"run":"$job","payload":{"now":"{{ evidence.0.result }}"}}]})"},
        {"unfinished",
         QT_TRANSLATE_NOOP("Kinds", "Start without finish"),
         QT_TRANSLATE_NOOP("Kinds", "It started, and that was the last of it."),
         ">-o->-o->--.--.--!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          lasting(QT_TRANSLATE_NOOP("Kinds", "started and did not finish within"), "5m"), thenRun()},
         R"({"metaevent":"$function-unfinished","when":{"sequence":[{"event":"execution.started",)"
         R"("function":"$function"},{"not":"$function"}],"within":"$for","by":["execution"]},)"
         R"("jobs":[{"run":"$job","payload":{"execution":"{{ evidence.0.execution }}"}}]})"},
        {"keep-alive",
         QT_TRANSLATE_NOOP("Kinds", "Keep-alive"),
         QT_TRANSLATE_NOOP("Kinds", "It runs, but says no more that it is alive."),
         ">-a-a-a-a-.-.-.-!",
         {aboutFunction(QT_TRANSLATE_NOOP("Kinds", "When")),
          {.key = "first",
           .type = Type::Event,
           .title = QT_TRANSLATE_NOOP("Kinds", "runs and emits no"),
           .initial = "custom.alive"},
          lasting(QT_TRANSLATE_NOOP("Kinds", "for"), "30s"),
          thenRun()},
         R"({"metaevent":"$function-silent","when":{"all":[{"gauge":"running","function":"$function","is":[">=",1]},)"
         R"({"absent":{"event":"$first","function":"$function"},"for":"$for"}]},"jobs":[{"run":"$job"}]})"},
        {"escalation",
         QT_TRANSLATE_NOOP("Kinds", "Escalation"),
         QT_TRANSLATE_NOOP("Kinds", "Another metaevent stays active too long."),
         "!--------------!",
         {{.key = "metaevent",
           .type = Type::Metaevent,
           .title = QT_TRANSLATE_NOOP("Kinds", "When"),
           .initial = ""},
          lasting(QT_TRANSLATE_NOOP("Kinds", "is still active after"), "30m"),
          thenRun()},
         R"({"metaevent":"$metaevent-escalated","when":{"held":{"active":"$metaevent"},"for":"$for"},)"
         R"("fire":{"repeat":"1h"},"jobs":[{"run":"$job"}]})"},
    };
}

/// Puts values in, in all strings below.
void put(json::value& value, const TemplateValues& values, const std::vector<TemplateField>& fields) {
    if (value.is_array()) {
        for (json::value& item : value.get_array()) put(item, values, fields);
    } else if (value.is_object()) {
        for (auto& member : value.get_object()) put(member.value(), values, fields);
    } else if (value.is_string()) {
        QString text = fromUtf8(value.get_string());
        for (const TemplateField& field : fields) {
            const QString name = u'$' + fromUtf8(field.key);
            const QString given = values.value(fromUtf8(field.key));
            if (field.type == Type::Number && text == name) {
                value = parseJson(toUtf8(given)).value_or(json::value{});
                return;
            }
            text.replace(name, given);
        }
        value = json::string(toUtf8(text));
    }
}

std::optional<std::string> faultOf(const TemplateField& field, const QString& text) {
    const std::string given = toUtf8(text);
    switch (field.type) {
        case Type::Function:
        case Type::Metaevent:
            if (!isName(given))
                return toUtf8(
                    tableText(QT_TRANSLATE_NOOP("Kinds", "a name: 1 to 64 of a-z, A-Z, 0-9, '-', '_', '.'")));
            break;
        case Type::Duration:
            if (!parseDuration(given))
                return toUtf8(tableText(QT_TRANSLATE_NOOP("Kinds", "a duration such as 10s, 5m or 1h30m")));
            break;
        case Type::Number: {
            const auto number = parseJson(given);
            if (!number || !number->is_number())
                return toUtf8(tableText(QT_TRANSLATE_NOOP("Kinds", "a number")));
            break;
        }
        case Type::Schedule:
            if (const auto cron = Cron::parse(given, "UTC", grammar()); !cron) return cron.error().message;
            break;
        case Type::Path:
        case Type::Event:
            if (given.empty()) return toUtf8(tableText(QT_TRANSLATE_NOOP("Kinds", "something")));
            break;
    }
    return std::nullopt;
}

QString freeName(const QString& wanted, const QStringList& taken) {
    QString name = wanted.left(60);
    for (int i = 2; taken.contains(name); ++i) name = wanted.left(58) + u'-' + QString::number(i);
    return name;
}

}  // namespace

std::span<const Template> templates() {
    static const std::vector<Template> kTemplates = makeTemplates();
    return kTemplates;
}

Result<json::object> definitionFrom(const Template& made, const TemplateValues& values,
                                    const QStringList& taken) {
    TemplateValues all;
    for (const TemplateField& field : made.fields) {
        const QString key = fromUtf8(field.key);
        const QString given = values.value(key, fromUtf8(field.initial)).trimmed();
        all.insert(key, given);
        if (given.isEmpty() && !field.required) continue;
        if (const auto fault = faultOf(field, given)) return malformed(std::string(field.key), *fault);
    }
    auto definition = parseJson(made.definition);
    if (!definition) return tl::unexpected(definition.error());
    json::object& object = definition->get_object();
    if (all.value(QStringLiteral("job")).isEmpty()) object.erase("jobs");
    put(*definition, all, made.fields);
    const QString name = freeName(fromUtf8(stringMember(object, "metaevent")), taken);
    object["metaevent"] = toUtf8(name);
    return object;
}

}  // namespace dogwatch::gui::canvas
