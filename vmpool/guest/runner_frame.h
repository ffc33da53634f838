// What the agent and a resident runner say to each other (docs/guest-protocol.md, "Inside the guest"): the
// body of a frame is one letter and fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vmpool/guest/result.h"

namespace dogwatch::guest {

struct RunnerFrame {
    char type = 0;
    std::vector<std::string> fields;
};

std::string encodeRunnerFrame(const RunnerFrame& frame);  ///< with its length in front
constexpr std::size_t kMostRunnerFields = 4;              ///< of a frame from a runner
Result<RunnerFrame> decodeRunnerFrame(std::string_view body, std::size_t mostFields = kMostRunnerFields);

}  // namespace dogwatch::guest
