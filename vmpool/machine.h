// Machine: one QEMU and its three connections: control (QMP), agent, serial console. It knows nothing of
// functions; Vm does.
#pragma once

#include <QObject>
#include <cstdint>
#include <memory>
#include <string>

#include "vmpool/guest_link.h"
#include "vmpool/qemu_process.h"
#include "vmpool/qmp_client.h"
#include "vmpool/vm_host.h"

namespace dogwatch::vmpool {

class Machine : public QObject {
    Q_OBJECT
 public:
    Machine(const VmHost& host, std::string id, std::uint32_t number, QObject* parent = nullptr);
    ~Machine() override;

    /// Starts QEMU, with its ends of the sockets put into `spec`. Whether it could be executed comes by
    /// ended().
    Result<void> start(VmSpec spec, GuestSession session);
    void kill();

    /// Both exist once it was started.
    [[nodiscard]] QmpClient& qmp() { return *qmp_; }
    [[nodiscard]] GuestLink& link() { return *link_; }
    [[nodiscard]] bool wasStarted() const { return link_ != nullptr; }
    [[nodiscard]] std::int64_t pid() const { return process_.pid(); }
    [[nodiscard]] bool isRunning() const { return process_.isRunning(); }
    /// The last 64 KiB of the serial console at least.
    [[nodiscard]] const std::string& console() const { return consoleText_; }

 Q_SIGNALS:
    /// Something that QEMU tells of the guest: "GUEST_PANICKED", ... with its data.
    void qmpEvent(const std::string& name, const boost::json::object& data);
    void consoleWritten(const std::string& text);
    /// The process is gone; `why` is what is known best: why the guest shut down, or how QEMU ended. Once.
    void ended(const std::string& why);

 private:
    void onQmpEvent(const std::string& name, const json::object& data);
    void onConsole(std::string_view bytes);

    VmHost host_;
    std::string id_;
    std::uint32_t number_;
    QemuProcess process_;
    std::unique_ptr<QmpClient> qmp_;
    std::unique_ptr<GuestLink> link_;
    std::unique_ptr<FdStream> console_;
    std::string consoleText_;
    std::string shutdownReason_;  ///< what QEMU said before it ended
};

}  // namespace dogwatch::vmpool
