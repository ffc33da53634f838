#include "vmpool/machine.h"

#include <utility>

namespace dogwatch::vmpool {
namespace {

constexpr std::size_t kConsoleKept = 64U << 10U;

}  // namespace

Machine::Machine(const VmHost& host, std::string id, std::uint32_t number, QObject* parent)
    : QObject(parent),
      host_(host),
      id_(std::move(id)),
      number_(number),
      process_(host.runDir + '/' + id_ + ".pid") {
    connect(&process_, &QemuProcess::finished, this, [this](const std::string& why) {
        if (link_) link_->close();
        Q_EMIT ended(shutdownReason_.empty() ? why : shutdownReason_);
    });
}

Machine::~Machine() {
    process_.disconnect(this);
}

Result<void> Machine::start(VmSpec spec, GuestSession session) {
    auto agent = makeSocketPair();
    auto qmp = makeSocketPair();
    auto console = makeSocketPair();
    for (const auto* pair : {&agent, &qmp, &console}) {
        if (!*pair) return tl::unexpected(pair->error());
    }
    qmp_ = std::make_unique<QmpClient>(std::move(qmp->ours));
    connect(qmp_.get(), &QmpClient::eventCame, this, &Machine::onQmpEvent);
    link_ = std::make_unique<GuestLink>(std::move(agent->ours), std::move(session), host_.watchdog);
    console_ = std::make_unique<FdStream>(std::move(console->ours));
    connect(console_.get(), &FdStream::received, this, &Machine::onConsole);
    spec.agentFd = agent->theirs.get();
    spec.qmpFd = qmp->theirs.get();
    spec.consoleFd = console->theirs.get();
    auto confinement = confinementFor(spec, number_);
    if (host_.groups) {
        auto group = host_.groups->add(id_, spec.memoryMiB);
        if (!group) return tl::unexpected(group.error());
        confinement.group = std::move(*group);
    }
    if (host_.starter && host_.starter->isReady()) {
        VmSpec loaded = spec;
        loaded.firstFd = QemuStarter::firstFd();
        loaded.relocationsFd = loaded.heapFd = -1;  // the starter has them
        if (process_.startFrom(*host_.starter, QemuCommandLine(loaded), confinement)) return {};
    }
    process_.start(QemuCommandLine(spec), confinement);
    return {};
}

void Machine::kill() {
    if (link_) link_->close();
    process_.kill();
}

void Machine::onQmpEvent(const std::string& name, const json::object& data) {
    if (name == "SHUTDOWN") {
        shutdownReason_ =
            "the guest shut down (" + std::string(stringMember(data, "reason", "unknown")) + ')';
    }
    Q_EMIT qmpEvent(name, data);
}

void Machine::onConsole(std::string_view bytes) {
    consoleText_.append(bytes);
    if (consoleText_.size() > 2 * kConsoleKept) consoleText_.erase(0, consoleText_.size() - kConsoleKept);
    Q_EMIT consoleWritten(std::string(bytes));
}

}  // namespace dogwatch::vmpool
