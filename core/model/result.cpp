#include "core/model/result.h"

namespace dogwatch {

const char* kindName(Error::Kind kind) {
    switch (kind) {
        case Error::Kind::Invalid: return "invalid";
        case Error::Kind::NotFound: return "not_found";
        case Error::Kind::Conflict: return "conflict";
        case Error::Kind::Refused: return "refused";
        case Error::Kind::Unavailable: return "unavailable";
        case Error::Kind::Io: return "io";
        case Error::Kind::Internal: return "internal";
    }
    return "internal";
}

}  // namespace dogwatch
