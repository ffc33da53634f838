// A runner's end of the channel to the agent (docs/guest-protocol.md, "Inside the guest").
#pragma once

#include <string>

#include "vmpool/guest/runner_frame.h"

namespace dogwatch::guest {

class Channel {
 public:
    explicit Channel(int fd) : fd_(fd) {}

    /// The next frame. Ends the process when the agent is gone.
    RunnerFrame receive();
    void send(const RunnerFrame& frame);

 private:
    std::string read(std::size_t size);

    int fd_;
};

}  // namespace dogwatch::guest
