// Takes the records that processes of the function emit with dogwatch-emit, over a local socket.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>

#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/result.h"
#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {

class EmitServer {
 public:
    /// Takes a record; the answer is empty, or says why it is not taken.
    using Emitted = std::function<std::string(const std::string& name, const std::string& data)>;

    static Result<std::unique_ptr<EmitServer>> listen(EventLoop& loop, const std::string& path,
                                                      Emitted emitted);
    /// While paused nothing is taken: those who emit wait.
    void setPaused(bool paused);
    EmitServer(const EmitServer&) = delete;
    EmitServer& operator=(const EmitServer&) = delete;
    ~EmitServer() = default;

 private:
    struct Client {
        UniqueFd fd;
        EventLoop::Watch watch;
    };
    EmitServer(EventLoop& loop, Emitted emitted) : loop_(loop), emitted_(std::move(emitted)) {}
    void accept();
    void serve(std::list<Client>::iterator client);

    EventLoop& loop_;
    Emitted emitted_;
    UniqueFd socket_;
    std::list<Client> clients_;
    bool paused_ = false;
    EventLoop::Watch watch_;
};

/// The program dogwatch-emit NAME JSON. Returns its exit status.
int emitMain(int argc, char** argv);

}  // namespace dogwatch::guest
