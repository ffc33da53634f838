#include "core/api/methods.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace dogwatch::api {
namespace {

std::vector<Method> assemble() {
    std::vector<Method> all;
    for (auto&& part :
         {planeMethods(), functionMethods(), executionMethods(), recordMethods(), metaeventMethods(),
          actMethods(), monitorMethods(), historyMethods(), watchMethods()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

/// Whether the method's parameters are an object that something else checks.
bool isObject(const Method& method) {
    return std::find(method.params.begin(), method.params.end(), "FUNCTION") != method.params.end();
}

Result<void> checkKeys(const Method& method, const json::object& params) {
    if (isObject(method)) return {};
    for (const auto& member : params) {
        const std::string_view key{member.key().data(), member.key().size()};
        const bool known =
            std::any_of(method.params.begin(), method.params.end(), [&](std::string_view name) {
                if (name.ends_with('?')) name.remove_suffix(1);
                return name == key;
            });
        if (!known) {
            return malformed(std::string(key), fmt::format("{} takes no such parameter", method.name));
        }
    }
    return {};
}

}  // namespace

const std::vector<Method>& methods() {
    static const std::vector<Method> all = assemble();
    return all;
}

void run(const Method& method, const Context& context, const json::object& params, const Answer& answer) {
    if (const auto known = checkKeys(method, params); !known) return answer(tl::unexpected(known.error()));
    Params reader(params, context.plane.now());
    method.run(context, reader, answer);
}

}  // namespace dogwatch::api
