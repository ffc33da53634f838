#include "vmpool/guest/machine.h"

#include <fcntl.h>
#include <linux/random.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <thread>
#include <vector>

#include "vmpool/guest/network.h"

namespace dogwatch::guest {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kUser = 10001;  ///< of the function's processes
constexpr const char* kPortName = "org.dogwatch.agent";
constexpr const char* kBase = "/base";      ///< in the initramfs: busybox and the folders to mount on
constexpr const char* kRoot = "/function";  ///< of the function's processes
constexpr const char* kCgroups = "/sys/fs/cgroup";
constexpr const char* kModules = "/modules";  ///< NN-name.ko, in the order in which to load them
constexpr const char* kNetworkModules = "/modules/network";  ///< likewise, where there is a card

struct Mount {
    const char* source;
    const char* target;
    const char* type;
    unsigned long flags;
    const char* options;
};

struct Node {
    const char* name;
    mode_t mode;
    unsigned minor;
};

Result<void> mountAll(const std::vector<Mount>& mounts) {
    for (const auto& mount : mounts) {
        ::mkdir(mount.target, 0755);
        if (::mount(mount.source, mount.target, mount.type, mount.flags, mount.options) != 0) {
            return systemFailure(std::string("mounting ") + mount.target);
        }
    }
    return {};
}

Result<void> loadModules(const std::string& folder) {
    std::vector<fs::path> modules;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error)) {
        if (entry.is_regular_file()) modules.push_back(entry.path());
    }
    std::sort(modules.begin(), modules.end());
    for (const auto& module : modules) {
        const UniqueFd file(::open(module.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file || (::syscall(SYS_finit_module, file.get(), "", 0) != 0 && errno != EEXIST)) {
            return systemFailure("loading " + module.filename().string());
        }
    }
    return {};
}

/// Mounts every disk there is; the folders, for overlayfs.
Result<std::string> mountDisks() {
    std::string folders;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
        const auto device = std::string("/dev/vd") + letter;
        if (::access(device.c_str(), F_OK) != 0) break;
        const auto folder = std::string("/disk") + letter;
        ::mkdir(folder.c_str(), 0755);
        if (::mount(device.c_str(), folder.c_str(), "erofs", MS_RDONLY | MS_NODEV | MS_NOSUID, nullptr) !=
            0) {
            return systemFailure("mounting " + device);
        }
        folders += folder + ":";
    }
    return folders;
}

/// /dev of the function: nothing that reaches the host or the agent.
Result<void> makeDevices(const std::string& dev) {
    if (::mount("tmpfs", dev.c_str(), "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=0755,size=64k") != 0)
        return systemFailure(dev);
    constexpr Node kNodes[] = {
        {"null", 0666, 3}, {"zero", 0666, 5}, {"full", 0666, 7}, {"random", 0444, 8}, {"urandom", 0444, 9}};
    for (const auto& node : kNodes) {
        const auto path = dev + "/" + node.name;
        if (::mknod(path.c_str(), S_IFCHR | node.mode, makedev(1, node.minor)) != 0 ||
            ::chmod(path.c_str(), node.mode) != 0) {
            return systemFailure(path);
        }
    }
    std::error_code ignored;
    fs::create_symlink("/proc/self/fd", dev + "/fd", ignored);
    fs::create_symlink("/proc/self/fd/0", dev + "/stdin", ignored);
    fs::create_symlink("/proc/self/fd/1", dev + "/stdout", ignored);
    fs::create_symlink("/proc/self/fd/2", dev + "/stderr", ignored);
    fs::create_symlink("/tmp", dev + "/shm", ignored);
    return {};
}

Result<void> makeRoot() {
    const auto disks = mountDisks();
    if (!disks) return failure(disks.error());
    ::mkdir(kRoot, 0755);
    ::mkdir("/empty", 0755);  // overlayfs wants two folders at least
    const auto layers = "lowerdir=" + *disks + kBase + ":/empty";
    if (::mount("overlay", kRoot, "overlay", MS_RDONLY | MS_NODEV | MS_NOSUID, layers.c_str()) != 0) {
        return systemFailure("laying out the root of functions");
    }
    const auto root = std::string(kRoot);
    const auto proc = root + "/proc";
    const auto run = root + "/run";
    constexpr auto kSafe = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (auto mounted = mountAll({{"proc", proc.c_str(), "proc", kSafe, "hidepid=invisible"},
                                 {"tmpfs", run.c_str(), "tmpfs", kSafe, "mode=0755"}});
        !mounted) {
        return mounted;
    }
    return makeDevices(root + "/dev");
}

Result<void> writeText(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    file << text << std::flush;
    if (!file) return systemFailure(path);
    return {};
}

Result<void> addEntropy(const std::string& entropy) {
    std::vector<std::uint32_t> buffer(2 + (entropy.size() + 3) / 4);
    buffer[0] = static_cast<std::uint32_t>(entropy.size() * 8);  // rand_pool_info: bits, bytes, data
    buffer[1] = static_cast<std::uint32_t>(entropy.size());
    std::memcpy(&buffer[2], entropy.data(), entropy.size());
    const UniqueFd pool(::open("/dev/random", O_RDWR | O_CLOEXEC));
    if (!pool || ::ioctl(pool.get(), RNDADDENTROPY, buffer.data()) != 0 ||
        ::ioctl(pool.get(), RNDRESEEDCRNG) != 0) {
        return systemFailure("reseeding the random pool");
    }
    return {};
}

}  // namespace

Result<Sandbox> bringUpMachine() {
    constexpr auto kSafe = MS_NOSUID | MS_NODEV | MS_NOEXEC;
    if (auto done = mountAll({{"devtmpfs", "/dev", "devtmpfs", MS_NOSUID | MS_NOEXEC, nullptr},
                              {"proc", "/proc", "proc", kSafe, nullptr},
                              {"sysfs", "/sys", "sysfs", kSafe, nullptr},
                              {"cgroup2", kCgroups, "cgroup2", kSafe, nullptr}});
        !done) {
        return failure(done.error());
    }
    if (auto done = loadModules(kModules); !done) return failure(done.error());
    if (hasNetworkCard()) {
        if (auto done = loadModules(kNetworkModules); !done) return failure(done.error());
        if (auto done = configureNetwork(std::string(kBase) + "/etc"); !done) return failure(done.error());
    }
    if (auto done = makeRoot(); !done) return failure(done.error());
    if (auto done = writeText(std::string(kCgroups) + "/cgroup.subtree_control", "+memory +pids"); !done) {
        return failure(done.error());
    }
    // What the kernel does by the clock, it would do right after the start of a clone.
    for (const auto& [file, value] :
         {std::pair{"/proc/sys/vm/stat_interval", "3600"}, {"/proc/sys/vm/compaction_proactiveness", "0"}}) {
        (void)writeText(file, value);
    }
    raiseLoopback();
    Sandbox sandbox;
    sandbox.root = kRoot;
    sandbox.cgroups = kCgroups;
    sandbox.taskDir = "/var/task";
    sandbox.tmpDir = "/tmp";
    sandbox.archive = "/run/code.zip";
    sandbox.emitSocket = "/run/emit";
    sandbox.runtimesDir = "/opt/dogwatch/runtimes";
    sandbox.user = kUser;
    sandbox.ownMachine = true;
    if (auto done = sandbox.renew(); !done) return failure(done.error());
    return sandbox;
}

Result<UniqueFd> openPort() {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline) {
        std::error_code error;
        for (const auto& entry : fs::directory_iterator("/sys/class/virtio-ports", error)) {
            std::ifstream file(entry.path() / "name");
            std::string name;
            if (!std::getline(file, name) || name != kPortName) continue;
            const auto device = "/dev/" + entry.path().filename().string();
            UniqueFd port(::open(device.c_str(), O_RDWR | O_CLOEXEC | O_NONBLOCK));
            if (port) return port;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return failure(std::string("there is no virtio port named ") + kPortName);
}

Result<void> configureMachine(const Configure& configure) {
    const timespec now{configure.timeUs / 1'000'000, configure.timeUs % 1'000'000 * 1000};
    if (::clock_settime(CLOCK_REALTIME, &now) != 0) return systemFailure("setting the clock");
    if (::sethostname(configure.vm.data(), configure.vm.size()) != 0)
        return systemFailure("setting the host name");
    return addEntropy(configure.entropy);
}

std::string randomBytes(std::size_t size) {
    std::string bytes(size, '\0');
    if (::getrandom(bytes.data(), size, 0) != static_cast<ssize_t>(size)) bytes.clear();
    return bytes;
}

void powerOff() {
    ::sync();
    ::reboot(RB_AUTOBOOT);
    for (;;) ::pause();
}

}  // namespace dogwatch::guest
