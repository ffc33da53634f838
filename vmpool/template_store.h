// TemplateStore: a pool's templates, one a shape: has them made, checks them before each use, and drops the
// stale and those whose clones do not come up.
#pragma once

#include <QObject>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "vmpool/pool_plan.h"
#include "vmpool/template_maker.h"

namespace dogwatch::vmpool {

class TemplateStore : public QObject {
    Q_OBJECT
 public:
    using Clock = std::chrono::steady_clock;

    /// `host` must outlive the store.
    explicit TemplateStore(const VmHost& host, QObject* parent = nullptr);
    ~TemplateStore() override;

    /// Templates are made and used under this one alone; those of another are dropped.
    void setAccelerator(Accelerator accelerator);
    /// Whether clones of this shape can be had. A template that fails its check, once a second, is dropped.
    TemplateStatus status(const VmShape& shape, Clock::time_point now);
    /// The template of a shape whose status is Ready.
    std::shared_ptr<const VmTemplate> use(const VmShape& shape, Clock::time_point now);
    /// Boots a VM and saves it; changed() follows. Precondition: the status is None.
    void make(const VmShape& shape, std::string id, std::uint32_t number);

    /// A clone answered, or was lost before it ever did: three of the latter in a row tell of a bad template.
    void cloneAnswered(const VmTemplate& source);
    void cloneFailed(const VmTemplate& source, Clock::time_point now);

    /// Drops what has not been used since then.
    void dropUnused(Clock::time_point since, const VmShape& usual);
    /// Drops all, so that they are made anew.
    void clear();

    /// The VMs that are to become templates.
    [[nodiscard]] std::vector<const Vm*> vms() const;
    [[nodiscard]] std::vector<TemplateInfo> list() const;

 Q_SIGNALS:
    void vmChanged(const dogwatch::vmpool::VmEvent& event);
    /// A template came to be, or did not.
    void changed();

 private:
    struct Entry {
        std::shared_ptr<const VmTemplate> made;
        std::unique_ptr<TemplateMaker> maker;
        int failures = 0;  ///< in a row: to make one, or to clone it
        int failedClones = 0;
        Clock::time_point notBefore;  ///< until then it is done without
        Clock::time_point begun;      ///< the making of it
        std::chrono::microseconds making{};
        Clock::time_point lastUsed;
        Clock::time_point lastChecked;
        std::string problem;  ///< the last one
    };

    void onDone(const VmShape& shape, const Result<std::shared_ptr<const VmTemplate>>& made);
    static void noteFailure(Entry& entry, const std::string& why, Clock::time_point now);
    Entry* entryOf(const VmTemplate& source);

    const VmHost& host_;
    Accelerator accelerator_ = Accelerator::Tcg;
    std::map<VmShape, Entry> entries_;
};

}  // namespace dogwatch::vmpool
