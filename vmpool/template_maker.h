// TemplateMaker: boots one guest, and saves it once its runtimes stand ready and have been gone through.
#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <string>

#include "vmpool/vm.h"
#include "vmpool/vm_template.h"

namespace dogwatch::vmpool {

class TemplateMaker : public QObject {
    Q_OBJECT
 public:
    /// The VM that becomes the template is one of the pool's like any other: `id` and `number` are its own.
    TemplateMaker(const VmHost& host, TemplateKey key, std::string id, std::uint32_t number,
                  QObject* parent = nullptr);

    void start();
    [[nodiscard]] const TemplateKey& key() const { return key_; }
    [[nodiscard]] Vm& vm() { return vm_; }
    [[nodiscard]] const Vm& vm() const { return vm_; }

 Q_SIGNALS:
    /// The template, or why there is none. Once; its VM is gone by then.
    void done(const dogwatch::Result<std::shared_ptr<const dogwatch::vmpool::VmTemplate>>& made);

 private:
    void onAvailable();
    void save();
    void onSaved(const Result<void>& saved);
    void onGone();

    TemplateKey key_;
    Vm vm_;
    UniqueFd memory_;
    UniqueFd devices_;
    std::vector<std::string> runtimes_;
    QTimer deadline_;
    bool isSaved_ = false;
    std::string failure_;
};

}  // namespace dogwatch::vmpool
