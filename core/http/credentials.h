// DIR/credentials: the access key that HTTP clients sign with, in the AWS credentials file format.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/result.h"

namespace dogwatch::http {

struct Credential {
    std::string accessKey;
    std::string secret;
};

/// All keys of a file in the AWS credentials format, each profile one; the error tells the line.
Result<std::vector<Credential>> parseCredentials(std::string_view text);

/// Reads the file. Makes one (mode 0600) with a new key in the profile "default" when there is none; refuses
/// one that others can read. `random`: uniform bits from the system's source.
Result<std::vector<Credential>> loadCredentials(const std::filesystem::path& file,
                                                const std::function<std::uint64_t()>& random);

}  // namespace dogwatch::http
