#include "vmpool/guest/confinement.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <csignal>
#include <ctime>
#include <fstream>
#include <map>
#include <string_view>
#include <thread>

namespace dogwatch::guest {
namespace {

constexpr auto kPatience = std::chrono::seconds(2);
constexpr auto kPause = std::chrono::microseconds(500);

std::int64_t toNumber(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// The number behind `key` in a file of "key value" lines; 0 when it is not there.
std::int64_t numberAfter(std::string_view text, std::string_view key) {
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        if (line.starts_with(key) && line.substr(key.size()).starts_with(' ')) {
            return toNumber(line.substr(key.size() + 1));
        }
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return 0;
}

/// All descendants of this process that are no zombies, from /proc.
std::vector<pid_t> descendants() {
    std::multimap<pid_t, pid_t> children;
    const std::unique_ptr<DIR, int (*)(DIR*)> proc(::opendir("/proc"), ::closedir);
    while (const dirent* entry = proc ? ::readdir(proc.get()) : nullptr) {
        const auto pid = static_cast<pid_t>(toNumber(entry->d_name));
        if (pid <= 0) continue;
        std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
        std::string line;
        std::getline(file, line);
        const auto end = line.rfind(')');
        if (end == std::string::npos || line.size() < end + 4 || line[end + 2] == 'Z') continue;
        children.emplace(static_cast<pid_t>(toNumber(std::string_view(line).substr(end + 4))), pid);
    }
    std::vector<pid_t> found{::getpid()};
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto [first, last] = children.equal_range(found[i]);
        for (auto it = first; it != last; ++it) found.push_back(it->second);
    }
    found.erase(found.begin());
    return found;
}

}  // namespace

Result<std::unique_ptr<Confinement>> Confinement::create(const std::string& parent, const std::string& name) {
    std::unique_ptr<Confinement> confinement(new Confinement);
    if (parent.empty()) return confinement;
    const auto path = parent + "/" + name;
    if (::mkdir(path.c_str(), 0755) != 0) return systemFailure(path);
    confinement->path_ = path;
    const auto open = [&](const char* file, int flags) {
        return UniqueFd(::open((path + "/" + file).c_str(), flags | O_CLOEXEC));
    };
    confinement->procs_ = open("cgroup.procs", O_RDWR);
    confinement->kill_ = open("cgroup.kill", O_WRONLY);
    confinement->cpuStat_ = open("cpu.stat", O_RDONLY);
    confinement->memoryPeak_ = open("memory.peak", O_RDONLY);
    confinement->memoryEvents_ = open("memory.events", O_RDONLY);
    confinement->memoryMax_ = open("memory.max", O_WRONLY);
    confinement->pidsMax_ = open("pids.max", O_WRONLY);
    if (!confinement->procs_ || !confinement->kill_) return systemFailure(path);
    // One process out of memory ends them all: half a function is of no use, and the cause stays exact.
    if (const UniqueFd group = open("memory.oom.group", O_WRONLY); ::write(group.get(), "1", 1) != 1)
        return systemFailure(path);
    return confinement;
}

Confinement::~Confinement() {
    if (path_.empty()) return;
    killAll();
    ::rmdir(path_.c_str());
}

Result<void> Confinement::setLimits(std::int64_t memoryBytes, std::int64_t processes) const {
    if (path_.empty()) return {};
    const auto set = [](const UniqueFd& file, std::int64_t value) {
        const auto text = std::to_string(value);
        return ::write(file.get(), text.data(), text.size()) > 0;
    };
    if (!set(memoryMax_, memoryBytes) || !set(pidsMax_, processes)) return systemFailure(path_);
    return {};
}

bool Confinement::enter() const {
    return path_.empty() || ::write(procs_.get(), "0", 1) == 1;
}

std::string Confinement::read(const UniqueFd& file) const {
    std::string text;
    std::array<char, 4U << 10U> chunk;  // nearly always enough, and read several times an execution
    while (file) {
        const auto size = ::pread(file.get(), chunk.data(), chunk.size(), static_cast<off_t>(text.size()));
        if (size <= 0) break;
        text.append(chunk.data(), static_cast<std::size_t>(size));
        if (static_cast<std::size_t>(size) < chunk.size() / 2) break;
    }
    return text;
}

std::vector<pid_t> Confinement::processes() const {
    if (path_.empty()) return descendants();
    std::vector<pid_t> pids;
    const auto text = read(procs_);
    std::string_view rest = text;
    for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        pids.push_back(static_cast<pid_t>(toNumber(rest.substr(0, end))));
        rest.remove_prefix(end + 1);
    }
    return pids;
}

bool Confinement::killAll() {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    if (kill_ && ::write(kill_.get(), "1", 1) != 1) return false;
    for (auto left = processes(); !left.empty(); left = processes()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        if (path_.empty()) {
            for (const auto pid : left) ::kill(pid, SIGKILL);
        }
        std::this_thread::sleep_for(kPause);
    }
    return true;
}

bool Confinement::killOthers(pid_t keep) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
        auto others = processes();
        std::erase(others, keep);
        if (others.empty()) return true;
        if (std::chrono::steady_clock::now() > deadline) return false;
        for (const auto pid : others) ::kill(pid, SIGKILL);
        std::this_thread::sleep_for(kPause);
    }
}

std::int64_t Confinement::cpuUs(pid_t main) const {
    if (!path_.empty()) return numberAfter(read(cpuStat_), "usage_usec");
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(main, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
    return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1000;
}

std::int64_t Confinement::memoryPeakBytes(pid_t main) const {
    if (!path_.empty()) return toNumber(read(memoryPeak_));
    std::ifstream status("/proc/" + std::to_string(main) + "/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) {
            const auto digits = line.find_first_of("0123456789");
            return digits == std::string::npos ? 0 : toNumber(std::string_view(line).substr(digits)) * 1024;
        }
    }
    return 0;
}

bool Confinement::ranOutOfMemory() const {
    return numberAfter(read(memoryEvents_), "oom_kill") > 0;
}

}  // namespace dogwatch::guest
