#include "core/model/figure.h"

namespace dogwatch {

json::object toJson(const Figure& figure) {
    const bool compared = !figure.baseline.empty();
    json::object object;
    object["bench"] = figure.bench;
    object["value"] = figure.value;
    object["unit"] = figure.unit;
    object["baseline"] = compared ? json::value(figure.baseline) : json::value(nullptr);
    object["ratio"] = compared ? json::value(figure.ratio) : json::value(nullptr);
    object["runs"] = figure.runs;
    return object;
}

}  // namespace dogwatch
