#include "vmpool/host_memory.h"

#include <QFile>
#include <limits>

namespace dogwatch::vmpool {

std::int64_t availableMemoryMiB() {
    QFile file(QStringLiteral("/proc/meminfo"));
    if (file.open(QIODevice::ReadOnly)) {
        for (const auto& line : file.readAll().split('\n')) {
            if (!line.startsWith("MemAvailable:")) continue;
            return line.simplified().split(' ').value(1).toLongLong() / 1024;
        }
    }
    return std::numeric_limits<std::int64_t>::max();
}

}  // namespace dogwatch::vmpool
