#include "vmpool/guest/runner_frame.h"

#include "vmpool/guest/frames.h"

namespace dogwatch::guest {
std::string encodeRunnerFrame(const RunnerFrame& message) {
    std::string body(1, message.type);
    for (const auto& field : message.fields) {
        putU32(body, field.size());
        body.append(field);
    }
    return frame(body);
}

Result<RunnerFrame> decodeRunnerFrame(std::string_view body, std::size_t mostFields) {
    if (body.empty()) return failure("the runner sent an empty frame");
    RunnerFrame frame{body.front(), {}};
    body.remove_prefix(1);
    while (!body.empty()) {
        const auto size = body.size() < 4 ? body.size() : getU32(body);
        if (body.size() < 4 || size > body.size() - 4 || frame.fields.size() == mostFields) {
            return failure("the runner sent a frame whose fields do not fit it");
        }
        frame.fields.emplace_back(body.substr(4, size));
        body.remove_prefix(4 + size);
    }
    return frame;
}

}  // namespace dogwatch::guest
