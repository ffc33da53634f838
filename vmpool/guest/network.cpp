#include "vmpool/guest/network.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <net/route.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "vmpool/guest/unique_fd.h"

namespace dogwatch::guest {
namespace {

constexpr const char* kCard = "eth0";
constexpr const char* kAddress = "10.0.2.15";
constexpr const char* kNetmask = "255.255.255.0";
constexpr const char* kGateway = "10.0.2.2";
constexpr const char* kNameServer = "10.0.2.3";
constexpr const char* kNetworkCard = "0x0001";  ///< the device id in the virtio specification, 5

sockaddr address(const char* text) {
    sockaddr_in in{};
    in.sin_family = AF_INET;
    ::inet_pton(AF_INET, text, &in.sin_addr);
    sockaddr generic{};
    static_assert(sizeof generic >= sizeof in);
    std::memcpy(&generic, &in, sizeof in);
    return generic;
}

ifreq request(const char* card) {
    ifreq request{};
    std::snprintf(request.ifr_name, sizeof request.ifr_name, "%s", card);
    return request;
}

bool raise(int socket, const char* card) {
    auto up = request(card);
    up.ifr_flags = IFF_UP | IFF_RUNNING;
    return ::ioctl(socket, SIOCSIFFLAGS, &up) == 0;
}

bool setAddresses(int socket) {
    auto own = request(kCard);
    own.ifr_addr = address(kAddress);
    auto mask = request(kCard);
    mask.ifr_netmask = address(kNetmask);
    return ::ioctl(socket, SIOCSIFADDR, &own) == 0 && ::ioctl(socket, SIOCSIFNETMASK, &mask) == 0;
}

bool addRoute(int socket) {
    rtentry route{};
    route.rt_dst = address("0.0.0.0");
    route.rt_genmask = address("0.0.0.0");
    route.rt_gateway = address(kGateway);
    route.rt_flags = RTF_UP | RTF_GATEWAY;
    return ::ioctl(socket, SIOCADDRT, &route) == 0;
}

}  // namespace

bool hasNetworkCard() {
    std::error_code error;
    for (const auto& device : std::filesystem::directory_iterator("/sys/bus/virtio/devices", error)) {
        std::ifstream file(device.path() / "device");
        std::string id;
        if (file >> id && id == kNetworkCard) return true;
    }
    return false;
}

void raiseLoopback() {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (socket) raise(socket.get(), "lo");
}

Result<void> configureNetwork(const std::string& etc) {
    const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket || !setAddresses(socket.get()) || !raise(socket.get(), kCard) || !addRoute(socket.get())) {
        return systemFailure("configuring the network card");
    }
    std::ofstream file(etc + "/resolv.conf");
    file << "nameserver " << kNameServer << '\n' << std::flush;
    if (!file) return systemFailure("writing resolv.conf");
    return {};
}

}  // namespace dogwatch::guest
