#include "vmpool/guest/sandbox.h"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {
namespace {

namespace fs = std::filesystem;

Result<void> writeFile(const std::string& path, std::string_view content, mode_t mode) {
    const UniqueFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (!file) return systemFailure(path);
    while (!content.empty()) {
        const auto size = ::write(file.get(), content.data(), content.size());
        if (size <= 0) return systemFailure(path);
        content.remove_prefix(static_cast<std::size_t>(size));
    }
    return {};
}

std::string size(std::int64_t bytes) {
    return "size=" + std::to_string(bytes);
}

/// A fresh tmpfs in place of the one before.
Result<void> mountFresh(const std::string& path, std::int64_t bytes, const std::string& options) {
    ::umount2(path.c_str(), MNT_DETACH);
    const auto all = size(bytes) + "," + options;
    if (::mount("tmpfs", path.c_str(), "tmpfs", MS_NOSUID | MS_NODEV, all.c_str()) != 0)
        return systemFailure(path);
    return {};
}

Result<void> resize(const std::string& path, std::int64_t bytes) {
    constexpr auto kFlags = MS_REMOUNT | MS_NOSUID | MS_NODEV;
    if (::mount("tmpfs", path.c_str(), nullptr, kFlags, size(bytes).c_str()) != 0) return systemFailure(path);
    return {};
}

Result<void> makeFresh(const std::string& path) {
    std::error_code error;
    fs::remove_all(path, error);
    fs::create_directories(path, error);
    if (error) return failure(path + ": " + error.message());
    return {};
}

}  // namespace

bool isInside(std::string_view path) {
    if (path.empty() || path.front() == '/' || path.find('\0') != std::string_view::npos) return false;
    for (auto rest = path;;) {
        const auto slash = rest.find('/');
        const auto part = rest.substr(0, slash);
        if (part == ".." || part == ".") return false;
        if (slash == std::string_view::npos) return true;
        rest.remove_prefix(slash + 1);
    }
}

std::vector<std::string> Sandbox::environment() const {
    return {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8", "HOME=" + tmpDir, "TMPDIR=" + tmpDir,
            "DOGWATCH_EMIT_SOCKET=" + emitSocket};
}

Result<void> Sandbox::renew() {
    untouched = false;
    auto made = ownMachine ? mountDirectories() : makeDirectories();
    untouched = made.has_value();
    return made;
}

Result<void> Sandbox::makeDirectories() const {
    if (auto made = makeFresh(outside(taskDir)); !made) return made;
    return makeFresh(outside(tmpDir));
}

Result<void> Sandbox::mountDirectories() const {
    const auto owner = "uid=" + std::to_string(user) + ",gid=" + std::to_string(user);
    const auto usual = usualLimits();
    // What the code writes here counts as its memory, so its limit bounds this too.
    if (auto made = mountFresh(outside(taskDir), usual.memoryBytes, "mode=0755," + owner); !made) return made;
    return mountFresh(outside(tmpDir), usual.tmpBytes, "mode=1777");
}

Result<void> Sandbox::prepare(const Limits& limits) {
    if (!untouched) {
        if (auto made = renew(); !made) return made;
    }
    untouched = false;
    const auto usual = usualLimits();
    if (ownMachine && limits.memoryBytes != usual.memoryBytes) {
        if (auto made = resize(outside(taskDir), limits.memoryBytes); !made) return made;
    }
    return ownMachine && limits.tmpBytes != usual.tmpBytes ? resize(outside(tmpDir), limits.tmpBytes)
                                                           : Result<void>();
}

Limits Sandbox::usualLimits() {
    Limits limits;
    limits.memoryBytes = std::int64_t{128} << 20U;
    return limits;
}

Result<void> Sandbox::writeCode(const std::string& name, std::string_view code, bool executable) const {
    if (!isInside(name)) return failure("the code cannot be kept as \"" + name + "\"");
    const auto path = outside(taskDir) + "/" + name;
    if (name.find('/') != std::string::npos) {
        std::error_code error;
        fs::create_directories(fs::path(path).parent_path(), error);
    }
    return writeFile(path, code, executable ? 0755 : 0644);
}

Result<void> Sandbox::writeArchive(std::string_view zip) const {
    removeArchive();
    return writeFile(outside(archive), zip, 0644);
}

void Sandbox::removeArchive() const {
    ::unlink(outside(archive).c_str());
}

}  // namespace dogwatch::guest
