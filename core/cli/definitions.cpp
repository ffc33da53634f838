#include "core/cli/definitions.h"

#include <charconv>
#include <utility>

#include "core/cli/files.h"

namespace dogwatch::cli {
namespace {

constexpr std::size_t kLargestFile = 16U << 20U;

}  // namespace

Result<Definitions> Definitions::read(const std::vector<std::string>& files) {
    Definitions definitions;
    for (const auto& file : files) {
        auto value = readJsonFile(file, kLargestFile);
        if (!value) return tl::unexpected(value.error());
        const auto name = files.size() > 1 ? file : std::string{};
        if (auto* list = value->if_array()) {
            for (std::size_t i = 0; i < list->size(); ++i) {
                definitions.places_.push_back({name, std::to_string(i)});
                definitions.all.push_back(std::move((*list)[i]));
            }
        } else {
            definitions.places_.push_back({name, {}});
            definitions.all.push_back(std::move(*value));
        }
    }
    auto metaevents = metaeventsFromJson(definitions.all);
    if (!metaevents) return tl::unexpected(definitions.inFile(metaevents.error()));
    definitions.metaevents = std::move(*metaevents);
    return definitions;
}

Error Definitions::inFile(Error error) const {
    std::size_t index = 0;
    const auto* end = error.path.data() + error.path.size();
    const auto read = std::from_chars(error.path.data(), end, index);
    if (read.ec != std::errc{} || index >= places_.size() || (read.ptr != end && *read.ptr != '.'))
        return error;
    const auto& place = places_[index];
    std::string rest = read.ptr == end ? std::string{} : std::string{read.ptr + 1, end};
    std::string path = place.path;
    if (!rest.empty()) path += (path.empty() ? "" : ".") + rest;
    if (path.empty()) path = "$";
    error.path = place.file.empty() ? path : place.file + ": " + path;
    return error;
}

}  // namespace dogwatch::cli
