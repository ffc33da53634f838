#include "core/model/firing.h"

namespace dogwatch {

json::object toJson(const Firing& firing, bool full) {
    json::object object;
    object["firing"] = firing.id;
    object["metaevent"] = firing.metaevent;
    object["version"] = firing.version;
    object["time"] = toUs(firing.time);
    object["key"] = firing.key;
    object["edge"] = firing.edge;
    object["depth"] = firing.depth;
    object["late"] = firing.late;
    object["executions"] = json::array(firing.executions.begin(), firing.executions.end());
    object["silenced"] = firing.silenced;
    object["acknowledged"] = firing.acknowledged;
    if (full) {
        object["cause"] = firing.cause;
        object["seq"] = firing.seq;
        object["evidence"] = firing.evidence;
        object["jobs"] = firing.jobs;
    }
    return object;
}

}  // namespace dogwatch
