#include "vmpool/bare_vm.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <utility>

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kBootPatience = 120s;

/// All that a clone is told. `cont` is kept by QEMU until the state has come in.
constexpr const char* kRestore =
    R"({"execute":"qmp_capabilities"})"
    R"({"execute":"migrate-set-capabilities","arguments":{"capabilities":[{"capability":"x-ignore-shared","state":true}]}})"
    R"({"execute":"getfd","arguments":{"fdname":"devices"}})"
    R"({"execute":"migrate-incoming","arguments":{"uri":"fd:devices"}})"
    R"({"execute":"cont"})";

}  // namespace

bool BareVm::start(VmSpec spec) {
    auto agent = makeSocketPair();
    auto qmp = makeSocketPair();
    auto console = makeSocketPair();
    if (!agent || !qmp || !console) return false;
    agent_ = std::move(agent->ours);
    qmp_ = std::move(qmp->ours);
    console_ = std::move(console->ours);
    ::fcntl(agent_.get(), F_SETFL, 0);
    spec.agentFd = agent->theirs.get();
    spec.qmpFd = qmp->theirs.get();
    spec.consoleFd = console->theirs.get();
    process_.start(QemuCommandLine(spec), confinementFor(spec, 0));
    return true;
}

std::unique_ptr<BareVm> BareVm::boot(const VmSpec& base, const std::string& pidFile) {
    auto vm = std::unique_ptr<BareVm>(new BareVm(pidFile));
    const auto start = Clock::now();
    if (!vm->start(base) || !vm->read().has_value()) return nullptr;
    vm->bootTime_ = Clock::now() - start;
    return vm;
}

std::unique_ptr<BareVm> BareVm::clone(const VmSpec& base, const VmTemplate& source,
                                      const std::string& pidFile) {
    auto vm = std::unique_ptr<BareVm>(new BareVm(pidFile));
    const auto devices = source.openDevices();
    VmSpec spec = base;
    spec.memory = MemoryKind::CopyOnWrite;
    spec.memoryFd = source.memoryFd();
    spec.incoming = true;
    const Configure configure{"bare",
                              std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now()),
                              std::string(64, 'e')};
    const std::string frame = encodeConfigure(configure);
    if (!devices || !vm->start(std::move(spec)) || !vm->sendQmp(kRestore, devices->get()) ||
        ::write(vm->agent_.get(), frame.data(), frame.size()) != static_cast<ssize_t>(frame.size())) {
        return nullptr;
    }
    return vm;
}

bool BareVm::sendQmp(const std::string& text, int attached) const {
    iovec part{const_cast<char*>(text.data()), text.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &attached, sizeof attached);
    return ::sendmsg(qmp_.get(), &message, MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

bool BareVm::answered() {
    return readUntil<Configured>();
}

bool BareVm::settle() {
    return readUntil<Warm>();
}

std::optional<BareVm::Clock::duration> BareVm::ping() {
    const auto start = Clock::now();
    const std::string frame = encodePing(++nonce_);
    if (::write(agent_.get(), frame.data(), frame.size()) != static_cast<ssize_t>(frame.size()) ||
        !readUntil<Pong>()) {
        return std::nullopt;
    }
    return Clock::now() - start;
}

template <typename Message>
bool BareVm::readUntil() {
    for (;;) {
        const auto message = read();
        if (!message) return false;
        if (std::holds_alternative<Message>(*message)) return true;
    }
}

std::optional<GuestMessage> BareVm::read() {
    for (;;) {
        if (const auto body = reader_.next(); !body) {
            return std::nullopt;
        } else if (*body) {
            auto message = decodeGuestMessage(**body);
            return message ? std::optional(std::move(*message)) : std::nullopt;
        }
        pollfd entry{agent_.get(), POLLIN, 0};
        if (::poll(&entry, 1, static_cast<int>(kBootPatience.count())) != 1) return std::nullopt;
        std::array<char, 4096> buffer{};
        const auto count = ::read(agent_.get(), buffer.data(), buffer.size());
        if (count <= 0) return std::nullopt;
        reader_.append({buffer.data(), static_cast<std::size_t>(count)});
    }
}

}  // namespace dogwatch::vmpool
