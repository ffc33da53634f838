// Packs one program into a zip archive, as functions of the runtime `provided` come.
#pragma once

#include <string>
#include <string_view>

namespace dogwatch::cli {

/// An archive with one executable file, stored as it is (APPNOTE.TXT 4.3 of PKWARE). Less than 4 GiB.
std::string packExecutable(std::string_view name, std::string_view content);

}  // namespace dogwatch::cli
