#include "gui/models/absence_form.h"

#include "core/model/function.h"
#include "core/model/time.h"

namespace dogwatch::gui {
namespace {

const char* eventOf(AbsenceForm::What what) {
    return what == AbsenceForm::What::Failed ? "execution.failed" : "execution.succeeded";
}

json::value selectorOf(const AbsenceForm& form) {
    if (form.what == AbsenceForm::What::Finished) return json::string{form.function};
    return json::object{{"event", eventOf(form.what)}, {"function", form.function}};
}

/// Reads a selector that the form can show into it.
bool readSelector(const json::value& selector, AbsenceForm& form) {
    if (selector.is_string()) {
        form.what = AbsenceForm::What::Finished;
        form.function = std::string{selector.get_string()};
        return true;
    }
    if (!selector.is_object() || selector.get_object().size() != 2) return false;
    const auto event = stringMember(selector.get_object(), "event");
    form.function = std::string{stringMember(selector.get_object(), "function")};
    if (event == "execution.succeeded") {
        form.what = AbsenceForm::What::Succeeded;
    } else if (event == "execution.failed") {
        form.what = AbsenceForm::What::Failed;
    } else {
        return false;
    }
    return !form.function.empty();
}

/// Reads `fire` when it has nothing but what the form shows.
bool readFire(const json::value* fire, AbsenceForm& form) {
    if (fire == nullptr) return true;
    if (!fire->is_object()) return false;
    for (const auto& member : fire->get_object()) {
        if (!member.value().is_string()) return false;
        const std::string text{member.value().get_string()};
        if (member.key() == "cooldown") {
            form.cooldown = text;
        } else if (member.key() == "repeat") {
            form.repeat = text;
        } else if (member.key() != "on" || text != "rise") {
            return false;
        }
    }
    return true;
}

bool readJobs(const json::value* jobs, AbsenceForm& form) {
    if (jobs == nullptr) return true;
    if (!jobs->is_array() || jobs->get_array().size() > 1) return false;
    if (jobs->get_array().empty()) return true;
    const json::value& job = jobs->get_array()[0];
    if (!job.is_object()) return false;
    form.job = std::string{stringMember(job.get_object(), "run")};
    if (const json::value* payload = job.get_object().if_contains("payload")) form.payload = toJson(*payload);
    return !form.job.empty();
}

Result<void> setDuration(json::object& object, std::string_view key, const std::string& text) {
    if (text.empty()) {
        object.erase(key);
        return {};
    }
    if (!parseDuration(text))
        return malformed("fire." + std::string{key}, "a duration such as 30s, 10m or 1h30m");
    object[key] = text;
    return {};
}

Result<json::array> jobsOf(const AbsenceForm& form) {
    if (form.job.empty()) return json::array{};
    if (!isName(form.job)) return malformed("jobs.0.run", "the name of a function");
    json::object job{{"run", form.job}};
    if (!form.payload.empty()) {
        auto payload = parseJson(form.payload);
        if (!payload) return malformed("jobs.0.payload", payload.error().message);
        job["payload"] = std::move(*payload);
    }
    return json::array{std::move(job)};
}

const char* wordOf(AbsenceForm::What what) {
    switch (what) {
        case AbsenceForm::What::Succeeded: return "succeeded";
        case AbsenceForm::What::Finished: return "run";
        case AbsenceForm::What::Failed: return "failed";
    }
    return "";
}

}  // namespace

Result<json::object> definitionFromForm(const AbsenceForm& form, const json::object& base) {
    if (!isName(form.name)) return malformed("metaevent", "a name: 1 to 64 of a-z, A-Z, 0-9, - _ .");
    if (form.function.empty()) return malformed("when.absent.function", "the function to watch");
    if (!parseDuration(form.duration)) return malformed("when.for", "a duration such as 30s, 10m or 1h30m");
    json::object definition = base;
    definition["metaevent"] = form.name;
    json::object when{{"absent", selectorOf(form)}, {"for", form.duration}};
    if (form.fromFirst) when["since"] = "first";
    definition["when"] = std::move(when);

    json::object fire;
    if (const json::value* old = base.if_contains("fire"); old && old->is_object()) fire = old->get_object();
    if (auto set = setDuration(fire, "cooldown", form.cooldown); !set) return tl::unexpected(set.error());
    if (auto set = setDuration(fire, "repeat", form.repeat); !set) return tl::unexpected(set.error());
    if (fire.empty()) {
        definition.erase("fire");
    } else {
        definition["fire"] = std::move(fire);
    }

    auto jobs = jobsOf(form);
    if (!jobs) return tl::unexpected(jobs.error());
    if (jobs->empty()) {
        definition.erase("jobs");
    } else {
        definition["jobs"] = std::move(*jobs);
    }
    return definition;
}

std::optional<AbsenceForm> formFromDefinition(const json::object& definition) {
    AbsenceForm form;
    form.name = std::string{stringMember(definition, "metaevent")};
    const json::value* when = definition.if_contains("when");
    if (when == nullptr || !when->is_object() || definition.contains("partition")) return std::nullopt;
    const json::object& condition = when->get_object();
    const json::value* absent = condition.if_contains("absent");
    if (absent == nullptr || !readSelector(*absent, form)) return std::nullopt;
    form.duration = std::string{stringMember(condition, "for")};
    form.fromFirst = stringMember(condition, "since") == "first";
    if (!readFire(definition.if_contains("fire"), form)) return std::nullopt;
    if (!readJobs(definition.if_contains("jobs"), form)) return std::nullopt;
    return form;
}

std::string formSentence(const AbsenceForm& form) {
    const auto duration = parseDuration(form.duration);
    std::string sentence = "When " + (form.function.empty() ? std::string{"…"} : form.function) +
                           " has not " + wordOf(form.what) + " for " +
                           (duration ? toWords(*duration) : std::string{"…"});
    sentence += form.job.empty() ? ", note it in the journal" : ", run " + form.job;
    if (!form.repeat.empty()) sentence += ", and again every " + form.repeat + " while it lasts";
    return sentence + ".";
}

}  // namespace dogwatch::gui
