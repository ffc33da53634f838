#include "core/engine/firing_id.h"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>

#include "core/engine/step.h"

namespace dogwatch::engine {

std::string firingId(const Derived& firing, std::int64_t ordinal) {
    // Any namespace will do, as long as it never changes.
    constexpr boost::uuids::uuid kNamespace = {
        {0x6d, 0x0b, 0x3e, 0x51, 0x8c, 0x2f, 0x4a, 0x77, 0x9e, 0x14, 0xd0, 0x67, 0xa2, 0x5b, 0x39, 0xc8}};
    std::string name = firing.metaevent;
    for (const std::int64_t number : {firing.version, toUs(firing.time), firing.cause, ordinal}) {
        name += '\n' + std::to_string(number);
    }
    name += '\n' + firing.edge + '\n';
    appendCanonical(name, firing.key);
    return boost::uuids::to_string(boost::uuids::name_generator_sha1(kNamespace)(name));
}

}  // namespace dogwatch::engine
