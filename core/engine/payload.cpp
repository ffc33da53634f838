#include "core/engine/payload.h"

namespace dogwatch::engine {
namespace {

/// The next placeholder of a text: where it begins and ends, and the path in it.
struct Placeholder {
    std::size_t begin = std::string_view::npos;
    std::size_t end = 0;
    std::string_view path;
};

Placeholder placeholderIn(std::string_view text, std::size_t from) {
    const std::size_t begin = text.find("{{", from);
    const std::size_t close = begin == std::string_view::npos ? begin : text.find("}}", begin + 2);
    if (close == std::string_view::npos) return {};
    std::string_view path = text.substr(begin + 2, close - begin - 2);
    const std::size_t first = path.find_first_not_of(" \t");
    path = first == std::string_view::npos ? std::string_view{}
                                           : path.substr(first, path.find_last_not_of(" \t") - first + 1);
    return {begin, close + 2, path};
}

const json::value* look(const json::value& context, std::string_view path) {
    const auto parsed = FieldPath::parse(path);
    return parsed ? parsed->find(context) : nullptr;
}

json::value fillText(std::string_view text, const json::value& context) {
    Placeholder next = placeholderIn(text, 0);
    if (next.begin == 0 && next.end == text.size()) {
        const json::value* found = look(context, next.path);
        return found != nullptr ? *found : json::value(nullptr);
    }
    std::string filled;
    std::size_t done = 0;
    for (; next.begin != std::string_view::npos; next = placeholderIn(text, done)) {
        filled += text.substr(done, next.begin - done);
        done = next.end;
        const json::value* found = look(context, next.path);
        if (found == nullptr) continue;
        if (const auto* string = found->if_string()) {
            filled.append(string->data(), string->size());
        } else {
            filled += toJson(*found);
        }
    }
    filled += text.substr(done);
    return json::value(filled);
}

json::value fill(const json::value& form, const json::value& context) {
    if (const auto* text = form.if_string()) return fillText({text->data(), text->size()}, context);
    if (const auto* list = form.if_array()) {
        json::array filled;
        for (const auto& element : *list) filled.push_back(fill(element, context));
        return filled;
    }
    if (const auto* object = form.if_object()) {
        json::object filled;
        for (const auto& member : *object) filled[member.key()] = fill(member.value(), context);
        return filled;
    }
    return form;
}

}  // namespace

json::object payloadContext(const Derived& firing) {
    return {{"metaevent", firing.metaevent}, {"firing", firing.firing},
            {"time", toUs(firing.time)},     {"key", firing.key},
            {"depth", firing.depth},         {"evidence", firing.evidence}};
}

json::value fillTemplate(const json::value& form, const json::object& context) {
    return fill(form, context);
}

std::vector<JobRequest> jobsOf(const Metaevent& definition, const Derived& firing) {
    std::vector<JobRequest> jobs;
    if (definition.jobs.empty()) return jobs;
    const json::value context = payloadContext(firing);
    for (const Job& job : definition.jobs) {
        jobs.push_back({job.run, toJson(job.payload ? fill(*job.payload, context) : context)});
    }
    return jobs;
}

}  // namespace dogwatch::engine
