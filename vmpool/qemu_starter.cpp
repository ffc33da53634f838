#include "vmpool/qemu_starter.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <QDateTime>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QSocketNotifier>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <string_view>

#include "vmpool/preload/start_request.h"
#include "vmpool/qemu_process.h"

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

/// A starter that does not answer by then is broken.
constexpr int kPatienceMs = 2000;
/// One that ended is loaded anew after this.
constexpr auto kPause = 1s;
/// What ps shows of the arguments of a QEMU that was forked: these end after 1 KiB.
constexpr int kRoomForArguments = 1024;

/// Between fork and exec of the starter itself: it keeps our rights, which those that it forks give up.
class StarterSetup {
 public:
    StarterSetup(std::vector<int> fds, pid_t owner) : fds_(std::move(fds)), owner_(owner) {}

    void operator()() const {
        child::leaveSession();
        child::inheritOnly(fds_.data(), fds_.size());
        child::dieWith(owner_);
    }

 private:
    std::vector<int> fds_;
    pid_t owner_;
};

Result<void> fill(StartRequest& request, const QemuCommandLine& commandLine, const Confinement& confinement) {
    std::string words = commandLine.program() + '\0';
    for (const auto& argument : commandLine.arguments()) words += argument + '\0';
    const std::string groupFile = confinement.procsFile();
    const auto fds = commandLine.inheritedFds().size() + 1;
    if (words.size() > sizeof request.arguments || groupFile.size() >= sizeof request.groupFile ||
        fds > StartRequest::kMostFds) {
        return failure(Error::Kind::Unavailable, "more arguments than a starter takes");
    }
    request.rights = confinement.rights();
    request.owner = ::getpid();
    request.fdCount = static_cast<std::uint32_t>(fds);
    request.argumentCount = static_cast<std::uint32_t>(commandLine.arguments().size() + 1);
    request.argumentBytes = static_cast<std::uint32_t>(words.size());
    std::copy(words.begin(), words.end(), request.arguments);
    std::copy(groupFile.begin(), groupFile.end(), request.groupFile);
    return {};
}

bool sendRequest(int socket, StartRequest& request, const std::vector<int>& fds) {
    alignas(cmsghdr) char control[CMSG_SPACE(StartRequest::kMostFds * sizeof(int))] = {};
    iovec data{&request, sizeof request};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = CMSG_SPACE(fds.size() * sizeof(int));
    cmsghdr* part = CMSG_FIRSTHDR(&message);
    part->cmsg_level = SOL_SOCKET;
    part->cmsg_type = SCM_RIGHTS;
    part->cmsg_len = CMSG_LEN(fds.size() * sizeof(int));
    std::memcpy(CMSG_DATA(part), fds.data(), fds.size() * sizeof(int));
    return ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof request;
}

/// A script would be taken for its interpreter.
bool isProgram(const std::string& path) {
    const auto file = openForReading(path);
    std::array<char, 4> head{};
    return file && ::read(file->get(), head.data(), head.size()) == static_cast<ssize_t>(head.size()) &&
           std::string_view(head.data(), head.size()) ==
               "\x7f"
               "ELF";
}

enum class Arrival { Answer, Nothing, End };

Arrival receiveAnswer(int socket, StartAnswer& answer) {
    const auto size = ::recv(socket, &answer, sizeof answer, MSG_DONTWAIT);
    if (size == sizeof answer) return Arrival::Answer;
    return size < 0 && (errno == EAGAIN || errno == EINTR) ? Arrival::Nothing : Arrival::End;
}

}  // namespace

std::shared_ptr<const QemuPreloads> openPreloads(const std::string& folder) {
    const auto open = [&](const char* name) {
        auto file = openForReading(folder + '/' + name);
        return file ? std::move(*file) : UniqueFd{};
    };
    return std::make_shared<const QemuPreloads>(QemuPreloads{open("dogwatch-qemu-relocations.so"),
                                                             open("dogwatch-qemu-heap.so"),
                                                             open("dogwatch-qemu-starter.so")});
}

std::string programIdentity(const std::string& path) {
    const QFileInfo program(QFileInfo(QString::fromStdString(path)).canonicalFilePath());
    return QStringLiteral("%1, %2 bytes of %3")
        .arg(program.filePath())
        .arg(program.size())
        .arg(program.lastModified().toMSecsSinceEpoch())
        .toStdString();
}

int QemuStarter::firstFd() {
    return StartRequest::kFirstFd;
}

QemuStarter::QemuStarter(std::string qemu, std::shared_ptr<const QemuPreloads> preloads)
    : qemu_(std::move(qemu)), preloads_(std::move(preloads)) {
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &QemuStarter::load);
    load();
}

QemuStarter::~QemuStarter() {
    drop();
}

void QemuStarter::load() {
    if (!preloads_ || !preloads_->starter.valid() || !isProgram(qemu_)) return;
    loaded_ = programIdentity(qemu_);
    int pair[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return again_.start(kPause);
    socket_ = UniqueFd(pair[0]);
    const UniqueFd theirs(pair[1]);
    const auto path = [](const UniqueFd& file) { return QStringLiteral("/proc/self/fd/%1").arg(file.get()); };
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("PATH"), QStringLiteral("/usr/local/bin:/usr/bin:/bin"));
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    environment.insert(QString::fromLatin1(kStarterSocket), QString::number(theirs.get()));
    std::vector<int> fds{theirs.get(), preloads_->starter.get()};
    QString preload = path(preloads_->starter);
    if (preloads_->heap.valid()) {
        preload += QLatin1Char(' ') + path(preloads_->heap);
        fds.push_back(preloads_->heap.get());
    }
    environment.insert(QStringLiteral("LD_PRELOAD"), preload);
    if (preloads_->relocations.valid()) {
        environment.insert(QStringLiteral("LD_AUDIT"), path(preloads_->relocations));
        fds.push_back(preloads_->relocations.get());
    }
    process_ = std::make_unique<QProcess>();
    process_->setProcessEnvironment(environment);
    process_->setStandardInputFile(QProcess::nullDevice());
    process_->setStandardOutputFile(QProcess::nullDevice());
    process_->setStandardErrorFile(QProcess::nullDevice());
    process_->setChildProcessModifier(StarterSetup(std::move(fds), ::getpid()));
    process_->start(QString::fromStdString(qemu_), {QString(kRoomForArguments, QLatin1Char(' '))});
    notifier_ = std::make_unique<QSocketNotifier>(socket_.get(), QSocketNotifier::Read);
    connect(notifier_.get(), &QSocketNotifier::activated, this, &QemuStarter::onAnswer);
}

void QemuStarter::onAnswer() {
    StartAnswer answer = -1;
    const auto arrival = receiveAnswer(socket_.get(), answer);
    if (arrival == Arrival::Nothing) return;  // woken for nothing
    if (arrival == Arrival::Answer && answer == 0 && !isReady_) {
        isReady_ = true;
        return;
    }
    // It ended, or says what nobody asked for.
    const bool wasReady = isReady_;
    drop();
    if (wasReady) again_.start(kPause);  // one that never got ready will not the next time
}

void QemuStarter::drop() {
    isReady_ = false;
    if (notifier_) {
        notifier_->setEnabled(false);
        notifier_.release()->deleteLater();  // we may be called by it
    }
    socket_.reset();
    if (!process_) return;
    process_->kill();
    process_->waitForFinished(kPatienceMs);
    process_.reset();
}

void QemuStarter::renew() {
    if (!isReady_) return;  // a new one is on its way
    drop();
    load();
}

Result<pid_t> QemuStarter::fork(const QemuCommandLine& commandLine, const Confinement& confinement,
                                int errors) {
    if (!isReady_) return failure(Error::Kind::Unavailable, "the starter is not ready");
    if (programIdentity(qemu_) != loaded_) {
        renew();
        return failure(Error::Kind::Conflict, "QEMU was replaced");
    }
    const auto request = std::make_unique<StartRequest>();
    if (auto filled = fill(*request, commandLine, confinement); !filled) {
        return tl::unexpected(filled.error());
    }
    std::vector<int> fds{errors};
    fds.insert(fds.end(), commandLine.inheritedFds().begin(), commandLine.inheritedFds().end());
    if (!sendRequest(socket_.get(), *request, fds)) {  // should it have ended, the notifier will say so
        return failure(Error::Kind::Unavailable, "the starter of QEMU cannot be asked");
    }
    StartAnswer answer = 0;
    pollfd waiting{socket_.get(), POLLIN, 0};
    if (::poll(&waiting, 1, kPatienceMs) == 1 && receiveAnswer(socket_.get(), answer) == Arrival::Answer &&
        answer > 0) {
        return static_cast<pid_t>(answer);
    }
    drop();  // whom it may still begin finds nobody to tell, and ends
    again_.start(kPause);
    return failure(Error::Kind::Unavailable, "the starter of QEMU failed");
}

}  // namespace dogwatch::vmpool
