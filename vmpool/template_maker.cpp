#include "vmpool/template_maker.h"

#include <utility>

#include "vmpool/migration.h"

namespace dogwatch::vmpool {

TemplateMaker::TemplateMaker(const VmHost& host, TemplateKey key, std::string id, std::uint32_t number,
                             QObject* parent)
    : QObject(parent), key_(std::move(key)), vm_(host, std::move(id), number, key_.shape, key_.accelerator) {
    deadline_.setSingleShot(true);
    deadline_.setInterval(2 * host.bootDeadline);  // the VM watches its boot itself
    connect(&deadline_, &QTimer::timeout, this, [this] { vm_.retire("its runtimes did not become ready"); });
    connect(&vm_, &Vm::available, this, &TemplateMaker::onAvailable);
    connect(&vm_, &Vm::changed, this, [this](const VmEvent& event) {
        if (vm_.isOver() && !isSaved_) failure_ = std::string(stringMember(event.fields, "reason"));
    });
    connect(&vm_, &Vm::gone, this, &TemplateMaker::onGone);
}

void TemplateMaker::start() {
    auto memory = makeMemoryFile("dogwatch-memory", key_.shape.memoryMiB << 20);
    auto devices = makeMemoryFile("dogwatch-devices", 0);
    if (!memory || !devices) {
        failure_ = (memory ? devices.error() : memory.error()).message;
        QTimer::singleShot(0, this, &TemplateMaker::onGone);
        return;
    }
    memory_ = std::move(*memory);
    devices_ = std::move(*devices);
    deadline_.start();
    vm_.bootInto(memory_);
}

void TemplateMaker::onAvailable() {
    if (!vm_.isWarm() || isSaved_) return;
    if (vm_.isRehearsed()) {
        save();
    } else {
        vm_.rehearse();  // what that reads and touches, all clones share
    }
}

void TemplateMaker::save() {
    runtimes_ = vm_.machine().link().session().runtimes();
    UniqueFd file{::dup(devices_.get())};
    saveDevices(vm_.machine().qmp(), std::move(file), [this](const Result<void>& saved) { onSaved(saved); });
}

void TemplateMaker::onSaved(const Result<void>& saved) {
    if (vm_.isOver()) return;
    isSaved_ = saved.has_value();
    vm_.retire(saved ? "saved as a template" : "it could not be saved: " + saved.error().message);
}

void TemplateMaker::onGone() {
    deadline_.stop();
    // Only now does nobody have the memory mapped for writing.
    if (isSaved_) {
        Q_EMIT done(VmTemplate::seal(key_, std::move(runtimes_), std::move(memory_), std::move(devices_)));
    } else {
        Q_EMIT done(failure(Error::Kind::Unavailable, failure_));
    }
}

}  // namespace dogwatch::vmpool
