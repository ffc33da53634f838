// dogwatch-agent: init of a VM, or with --plain a process on the host, for tests. Called dogwatch-emit: that
// program.
#include <sys/prctl.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <string>
#include <string_view>

#include "vmpool/guest/agent.h"
#include "vmpool/guest/machine.h"

namespace {

using namespace dogwatch::guest;

int complain(const std::string& why) {
    std::fprintf(stderr, "dogwatch-agent: %s\n", why.c_str());
    return 1;
}

int serve(Sandbox sandbox, UniqueFd port) {
    EventLoop loop;
    Agent agent(loop, std::move(sandbox), std::move(port));
    if (auto started = agent.start(); !started) return complain(started.error());
    return loop.run();
}

[[noreturn]] void beInit() {
    auto sandbox = bringUpMachine();
    auto port = openPort();
    if (!sandbox) {
        complain(sandbox.error());
    } else if (!port) {
        complain(port.error());
    } else {
        serve(std::move(*sandbox), std::move(*port));
    }
    powerOff();
}

/// --plain --port FD --state DIR --runtimes DIR: no chroot, no cgroup, no other user, no clock to set.
int bePlain(int argc, char** argv) {
    Sandbox sandbox;
    std::string state;
    int port = -1;
    for (int i = 2; i + 1 < argc; i += 2) {
        const std::string_view option = argv[i];
        const std::string_view value = argv[i + 1];
        if (option == "--port") std::from_chars(value.data(), value.data() + value.size(), port);
        if (option == "--state") state = value;
        if (option == "--runtimes") sandbox.runtimesDir = value;
    }
    if (port < 0 || state.empty() || sandbox.runtimesDir.empty()) {
        std::fputs("usage: dogwatch-agent --plain --port FD --state DIR --runtimes DIR\n", stderr);
        return 2;
    }
    sandbox.taskDir = state + "/task";
    sandbox.tmpDir = state + "/tmp";
    sandbox.archive = state + "/code.zip";
    sandbox.emitSocket = state + "/emit";
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // orphans of the function come to the agent, as they do to init
    ::fcntl(port, F_SETFD, FD_CLOEXEC);
    return serve(std::move(sandbox), UniqueFd(port));
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view path = argc > 0 ? argv[0] : "";
    if (path.substr(path.rfind('/') + 1) == "dogwatch-emit") return emitMain(argc, argv);
    ::signal(SIGPIPE, SIG_IGN);
    if (::getpid() == 1) beInit();
    if (argc > 1 && std::string_view(argv[1]) == "--plain") return bePlain(argc, argv);
    std::fputs("dogwatch-agent runs as init of a VM; tests run it with --plain\n", stderr);
    return 2;
}
