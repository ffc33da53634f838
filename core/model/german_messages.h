// The German of what Grammar::say() is given: faults of definitions and warnings about them.
#pragma once

#include <span>
#include <string_view>

namespace dogwatch::german {

/// Templates of fmt, both with the same arguments.
struct Message {
    std::string_view english;
    std::string_view german;
};

/// Those that the sources name, sorted by the English.
std::span<const Message> messages();

/// The German that the English names; the English where there is none.
std::string_view message(std::string_view english);

}  // namespace dogwatch::german
