#include "vmpool/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <QCryptographicHash>
#include <array>
#include <cerrno>
#include <system_error>

namespace dogwatch::vmpool {
namespace {

constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;

tl::unexpected<Error> systemFailure(const std::string& what) {
    return failure(Error::Kind::Io, what + ": " + std::generic_category().message(errno));
}

}  // namespace

Result<UniqueFd> makeMemoryFile(const char* name, std::int64_t bytes) {
    UniqueFd file{::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!file.valid() || ::ftruncate(file.get(), bytes) != 0)
        return systemFailure("cannot make a memory file");
    return file;
}

Result<void> sealMemoryFile(const UniqueFd& file) {
    if (::fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) return systemFailure("cannot seal a memory file");
    return {};
}

bool isSealed(const UniqueFd& file) {
    const int seals = ::fcntl(file.get(), F_GET_SEALS);
    return seals >= 0 && (seals & kSeals) == kSeals;
}

Result<UniqueFd> reopenForReading(const UniqueFd& file) {
    return openForReading("/proc/self/fd/" + std::to_string(file.get()));
}

std::int64_t fileBytes(const UniqueFd& file) {
    struct stat info {};
    return ::fstat(file.get(), &info) == 0 ? info.st_size : 0;
}

std::int64_t residentFileBytes(const UniqueFd& file) {
    struct stat info {};
    return ::fstat(file.get(), &info) == 0 ? info.st_blocks * 512 : 0;
}

std::string fileDigest(const UniqueFd& file) {
    QCryptographicHash hash(QCryptographicHash::Sha256);
    std::array<char, 16384> buffer{};
    off_t at = 0;
    for (;;) {
        const ssize_t count = ::pread(file.get(), buffer.data(), buffer.size(), at);
        if (count < 0) return {};
        if (count == 0) return hash.result().toHex().toStdString();
        hash.addData(QByteArrayView(buffer.data(), count));
        at += count;
    }
}

}  // namespace dogwatch::vmpool
