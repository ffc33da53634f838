// Takes the place of the agent in a real VM, to play what a guest can do to its host: it serves until its
// first execution, whose payload says how the VM ends.
#include <sys/reboot.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

#include "vmpool/guest/event_loop.h"
#include "vmpool/guest/frame_stream.h"
#include "vmpool/guest/frames.h"
#include "vmpool/guest/host_message.h"
#include "vmpool/guest/machine.h"
#include "vmpool/guest/message.h"

using namespace dogwatch::guest;

namespace {

class Rogue {
 public:
    Rogue(EventLoop& loop, UniqueFd port)
        : port_(loop, std::move(port),
                {[this](const std::string& body) { receive(body); }, [] { powerOff(); },
                 [](const std::string&) { powerOff(); }}) {
        send({{"type", "hello"},
              {"protocol", kProtocolVersion},
              {"agent", std::string("rogue")},
              {"kernel", std::string("6")},
              {"runtimes", TextList{"python3", "sh"}}});
        send({{"type", "warm"}, {"runtime", std::string("python3")}, {"init_us", std::int64_t{1}}});
    }

 private:
    void send(const Message& message) { port_.send(frame(encodeMessage(message))); }

    void receive(const std::string& body) {
        auto message = decodeMessage(body);
        if (!message) powerOff();
        const auto type = std::get<std::string>(message->at("type"));
        if (type == "configure") {
            send({{"type", "configured"}});
        } else if (type == "rehearse") {
            send({{"type", "rehearsed"}});
        } else if (type == "ping") {
            send({{"type", "pong"}, {"nonce", std::get<std::int64_t>(message->at("nonce"))}});
        } else if (type == "code") {
            send({{"type", "loaded"}, {"init_us", std::int64_t{1}}});
        } else if (type == "run") {
            send(
                {{"type", "started"}, {"execution", message->at("execution")}, {"init_us", std::int64_t{0}}});
            port_.flush(std::chrono::seconds(1));
            end(std::get<std::string>(message->at("payload")));
        }
    }

    static void end(const std::string& how) {
        if (how == "\"panic\"") std::ofstream("/proc/sysrq-trigger") << 'c' << std::flush;
        if (how == "\"reset\"") ::reboot(RB_AUTOBOOT);
        if (how == "\"power off\"") ::reboot(RB_POWER_OFF);
        if (how == "\"agent killed\"") ::_exit(9);  // the kernel cannot go on without init
        for (;;) ::pause();                         // "silent": nobody answers any more
    }

    FrameStream port_;
};

}  // namespace

int main() {
    if (::getpid() != 1) return 2;
    const auto sandbox = bringUpMachine();
    auto port = openPort();
    if (!sandbox || !port) powerOff();
    EventLoop loop;
    const Rogue rogue(loop, std::move(*port));
    loop.run();
    powerOff();
}
