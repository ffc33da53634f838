#include "vmpool/guest_image.h"

#include <QFile>
#include <QFileInfo>
#include <utility>

#include "core/model/json.h"
#include "vmpool/guest_protocol.h"

namespace dogwatch::vmpool {
namespace {

constexpr qint64 kLargestManifest = 1 << 20;

std::string textAt(const json::object& object, std::string_view key) {
    return std::string(stringMember(object, key));
}

const json::object* objectAt(const json::object& object, std::string_view key) {
    const auto* value = object.if_contains(key);
    return value != nullptr ? value->if_object() : nullptr;
}

Result<json::object> readManifest(const std::string& path) {
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(Error::Kind::Unavailable,
                       "cannot read " + path + ": " + file.errorString().toStdString());
    }
    const auto value = parseJson(file.read(kLargestManifest).toStdString());
    if (!value || !value->is_object()) {
        return failure(Error::Kind::Unavailable,
                       path + " is no image manifest: build the image anew with `make image`");
    }
    return value->get_object();
}

/// A file the manifest names, inside the image's folder and of the size it says.
Result<UniqueFd> openPart(const std::string& folder, const json::object* part, const std::string& what) {
    const std::string name = part != nullptr ? textAt(*part, "file") : std::string{};
    if (name.empty() || name.find('/') != std::string::npos) {
        return failure(Error::Kind::Unavailable, "the manifest in " + folder + " names no " + what +
                                                     ": build the image anew with `make image`");
    }
    const std::string path = folder + '/' + name;
    const QFileInfo info(QString::fromStdString(path));
    if (const auto bytes = intMember(*part, "bytes", -1);
        bytes >= 0 && info.exists() && info.size() != bytes) {
        return failure(Error::Kind::Unavailable,
                       path +
                           " is not as large as the manifest says: build the image anew with "
                           "`make image`");
    }
    return openForReading(path);
}

}  // namespace

Result<GuestImage> GuestImage::open(const std::string& folder) {
    const auto exists = [](const std::string& path) { return QFile::exists(QString::fromStdString(path)); };
    std::string place = folder;
    if (!exists(place + "/manifest.json")) place = folder + "/current";
    if (!exists(place + "/manifest.json")) {
        return failure(Error::Kind::Unavailable,
                       "there is no guest image in " + folder + ": build it with `make image`");
    }
    const auto manifest = readManifest(place + "/manifest.json");
    if (!manifest) return tl::unexpected(manifest.error());
    if (intMember(*manifest, "protocol") != kProtocolVersion) {
        return failure(
            Error::Kind::Unavailable,
            "the guest image in " + folder + " is of another version: build it anew with `make image`");
    }
    GuestImage image;
    image.hash_ = textAt(*manifest, "hash");
    image.kernelArguments_ = textAt(*manifest, "command_line");
    image.port_ = textAt(*manifest, "port");
    auto kernel = openPart(place, objectAt(*manifest, "kernel"), "kernel");
    if (!kernel) return tl::unexpected(kernel.error());
    image.kernel_ = std::move(*kernel);
    auto initrd = openPart(place, objectAt(*manifest, "initramfs"), "initramfs");
    if (!initrd) return tl::unexpected(initrd.error());
    image.initrd_ = std::move(*initrd);
    if (const auto* disks = objectAt(*manifest, "disks")) {
        for (const auto& disk : *disks) {
            auto fd = openPart(place, disk.value().if_object(), "disk " + std::string(disk.key()));
            if (!fd) return tl::unexpected(fd.error());
            image.disks_.emplace(std::string(disk.key()), std::move(*fd));
        }
    }
    if (const auto* runtimes = objectAt(*manifest, "runtimes")) {
        for (const auto& member : *runtimes) {
            const auto* object = member.value().if_object();
            if (object == nullptr) continue;
            Runtime runtime;
            runtime.resident = boolMember(*object, "resident");
            const auto* disks = object->if_contains("disks");
            const auto* names = disks != nullptr ? disks->if_array() : nullptr;
            for (const auto& name : names != nullptr ? *names : json::array{}) {
                const std::string text = name.is_string() ? std::string(name.get_string()) : std::string{};
                if (!image.disks_.contains(text)) {
                    return failure(Error::Kind::Unavailable, "the manifest in " + place +
                                                                 " names a disk that it lacks: "
                                                                 "build the image anew with `make image`");
                }
                runtime.disks.push_back(text);
            }
            image.runtimes_.emplace(std::string(member.key()), std::move(runtime));
        }
    }
    if (image.runtimes_.empty() || image.port_.empty()) {
        return failure(Error::Kind::Unavailable,
                       "the manifest in " + place + " is incomplete: build the image anew with `make image`");
    }
    return image;
}

}  // namespace dogwatch::vmpool
