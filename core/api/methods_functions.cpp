// functions.*
#include "core/api/encode.h"
#include "core/api/methods.h"

namespace dogwatch::api {
namespace {

json::object encodeVersion(const control::FunctionVersion& version) {
    return {{"function", version.function}, {"version", version.version}};
}

void add(const Context& context, Params& params, const Answer& answer) {
    context.plane.functions().add(params.all(), encoded<control::FunctionVersion>(answer, encodeVersion));
}

void update(const Context& context, Params& params, const Answer& answer) {
    params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.functions().update(params.all(), encoded<control::FunctionVersion>(answer, encodeVersion));
}

void remove(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    context.plane.functions().remove(name, encoded<control::FunctionVersion>(answer, [](const auto& version) {
                                         return json::object{{"function", version.function}};
                                     }));
}

void list(const Context& context, Params& /*params*/, const Answer& answer) {
    context.plane.functions().list(
        encoded<std::vector<control::FunctionRow>>(answer, [](const std::vector<control::FunctionRow>& rows) {
            return json::object{{"functions", encodeList(rows, encodeFunctionRow)}};
        }));
}

void show(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    const auto version = params.numberOr("version", 0, 0, 1LL << 53U);
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    if (version > 0) {
        context.plane.queries().run<Function>(
            [name, version](journal::Reader& reader) { return reader.function(name, version); },
            encoded<Function>(answer, [](const Function& function) { return toJson(function, true); }));
        return;
    }
    const auto function = context.plane.functions().show(name);
    if (!function) return answer(tl::unexpected(function.error()));
    answer(json::value(toJson(**function, true)));
}

void versions(const Context& context, Params& params, const Answer& answer) {
    const std::string name = params.text("name");
    if (const auto fine = params.check(); !fine) return answer(tl::unexpected(fine.error()));
    using List = std::vector<Function>;
    context.plane.queries().run<List>(
        [name](journal::Reader& reader) { return reader.functionVersions(name); },
        encoded<List>(answer, [](const List& list) {
            return json::object{{"versions", encodeList(list, [](const Function& function) {
                                     return toJson(function, false);
                                 })}};
        }));
}

}  // namespace

std::vector<Method> functionMethods() {
    return {
        {"functions.add", {"FUNCTION"}, add},           {"functions.update", {"name", "FUNCTION"}, update},
        {"functions.remove", {"name"}, remove},         {"functions.list", {}, list},
        {"functions.show", {"name", "version?"}, show}, {"functions.versions", {"name"}, versions}};
}

}  // namespace dogwatch::api
