#include "vmpool/host_memory.h"

#include <QFile>
#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

namespace dogwatch::vmpool {
namespace {

constexpr std::int64_t kReserveMiB = 512;  ///< left to the host before VMs are started in advance
constexpr double kScarceStalled = 10;      ///< percent
constexpr double kSevereStalled = 10;

std::string_view after(std::string_view text, std::string_view label) {
    const auto at = text.find(label);
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at + label.size());
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text;
}

template <typename T>
T number(std::string_view text, T otherwise) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() ? value : otherwise;
}

std::string readAll(const char* path) {
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string{};
}

}  // namespace

const char* pressureName(MemoryPressure pressure) {
    switch (pressure) {
        case MemoryPressure::None: return "none";
        case MemoryPressure::Scarce: return "scarce";
        case MemoryPressure::Severe: return "severe";
    }
    return "none";
}

HostMemory parseHostMemory(std::string_view meminfo, std::string_view pressure) {
    HostMemory memory;
    constexpr auto kUnknown = std::numeric_limits<std::int64_t>::max();
    memory.availableMiB = number(after(meminfo, "MemAvailable:"), kUnknown) / 1024;
    memory.someStalled = number(after(after(pressure, "some"), "avg10="), 0.0);
    memory.allStalled = number(after(after(pressure, "full"), "avg10="), 0.0);
    return memory;
}

HostMemory readHostMemory() {
    return parseHostMemory(readAll("/proc/meminfo"), readAll("/proc/pressure/memory"));
}

MemoryPressure judge(const HostMemory& memory, std::int64_t neededMiB) {
    if (memory.availableMiB < kReserveMiB / 2 || memory.allStalled >= kSevereStalled)
        return MemoryPressure::Severe;
    if (memory.availableMiB < kReserveMiB + neededMiB || memory.someStalled >= kScarceStalled)
        return MemoryPressure::Scarce;
    return MemoryPressure::None;
}

}  // namespace dogwatch::vmpool
