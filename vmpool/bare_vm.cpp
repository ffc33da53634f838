#include "vmpool/bare_vm.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <cstring>
#include <string_view>
#include <utility>

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds kBootPatience = 120s;

constexpr const char* kRestore =
    R"({"execute":"qmp_capabilities"})"
    R"({"execute":"migrate-set-capabilities","arguments":{"capabilities":[)"
    R"({"capability":"x-ignore-shared","state":true},{"capability":"events","state":true}]}})"
    R"({"execute":"getfd","arguments":{"fdname":"devices"}})"
    R"({"execute":"migrate-incoming","arguments":{"uri":"fd:devices"}})";
/// The event that the state has come in. A `cont` before it is forgotten, since the template was saved
/// stopped.
constexpr std::string_view kRestored = R"("status": "completed")";
constexpr std::string_view kContinue = R"({"execute":"cont"})";

/// Reads what is there, waiting for it; none: nothing came in time, or the other end is closed.
std::optional<std::string> readSome(int fd) {
    pollfd entry{fd, POLLIN, 0};
    if (::poll(&entry, 1, static_cast<int>(kBootPatience.count())) != 1) return std::nullopt;
    std::array<char, 4096> buffer{};
    const auto count = ::read(fd, buffer.data(), buffer.size());
    if (count <= 0) return std::nullopt;
    return std::string(buffer.data(), static_cast<std::size_t>(count));
}

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
    spec.relocationsFd = -1;
    spec.heapFd = -1;
    process_.start(QemuCommandLine(spec), confinementFor(spec, number_));
    return true;
}

std::unique_ptr<BareVm> BareVm::boot(const VmSpec& base, const std::string& pidFile) {
    constexpr std::uint32_t number = 0;
    auto vm = std::unique_ptr<BareVm>(new BareVm(pidFile, number));
    const auto start = Clock::now();
    if (!vm->start(base) || !vm->read().has_value()) return nullptr;
    vm->bootTime_ = Clock::now() - start;
    return vm;
}

std::unique_ptr<BareVm> BareVm::clone(const VmSpec& base, const VmTemplate& source,
                                      const std::string& pidFile, std::uint32_t number) {
    auto vm = std::unique_ptr<BareVm>(new BareVm(pidFile, number));
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

bool BareVm::resume() {
    std::string said;
    while (said.find(kRestored) == std::string::npos) {
        const auto more = readSome(qmp_.get());
        if (!more) return false;
        said += *more;
    }
    return ::write(qmp_.get(), kContinue.data(), kContinue.size()) == static_cast<ssize_t>(kContinue.size());
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
        const auto more = readSome(agent_.get());
        if (!more) return std::nullopt;
        reader_.append(*more);
    }
}

}  // namespace dogwatch::vmpool
