#include "vmpool/template_store.h"

#include <algorithm>
#include <utility>

namespace dogwatch::vmpool {
namespace {

using namespace std::chrono_literals;

constexpr int kMostFailedClones = 3;
/// A template takes the memory of its guest, some 70 MB.
constexpr std::size_t kMostTemplates = 6;
constexpr std::chrono::milliseconds kCheckInterval = 1s;

}  // namespace

TemplateStore::TemplateStore(const VmHost& host, QObject* parent) : QObject(parent), host_(host) {}

TemplateStore::~TemplateStore() = default;

void TemplateStore::setAccelerator(Accelerator accelerator) {
    if (std::exchange(accelerator_, accelerator) != accelerator) clear();
}

TemplateStatus TemplateStore::status(const VmShape& shape, Clock::time_point now) {
    const auto found = entries_.find(shape);
    if (found == entries_.end()) return TemplateStatus::None;
    Entry& entry = found->second;
    if (entry.maker) return TemplateStatus::InMaking;
    if (entry.made) {
        if (now - entry.lastChecked < kCheckInterval) return TemplateStatus::Ready;
        entry.lastChecked = now;
        const auto sound = entry.made->check(templateKey(host_, accelerator_, shape));
        if (sound) return TemplateStatus::Ready;
        entry.made.reset();  // stale ones are no failure
        entry.problem = sound.error().message;
    }
    return now < entry.notBefore ? TemplateStatus::Unavailable : TemplateStatus::None;
}

std::shared_ptr<const VmTemplate> TemplateStore::use(const VmShape& shape, Clock::time_point now) {
    Entry& entry = entries_.at(shape);
    entry.lastUsed = now;
    return entry.made;
}

void TemplateStore::make(const VmShape& shape, std::string id, std::uint32_t number) {
    if (entries_.size() >= kMostTemplates && !entries_.contains(shape)) {
        const auto age = [](const auto& item) {
            return std::pair(item.second.maker != nullptr, item.second.lastUsed);
        };
        const auto oldest =
            std::min_element(entries_.begin(), entries_.end(),
                             [&](const auto& left, const auto& right) { return age(left) < age(right); });
        if (!oldest->second.maker) entries_.erase(oldest);
    }
    Entry& entry = entries_[shape];
    entry.lastUsed = Clock::now();
    entry.begun = entry.lastUsed;
    entry.failedClones = 0;
    entry.maker = std::make_unique<TemplateMaker>(host_, templateKey(host_, accelerator_, shape),
                                                  std::move(id), number);
    connect(&entry.maker->vm(), &Vm::changed, this, &TemplateStore::vmChanged);
    connect(entry.maker.get(), &TemplateMaker::done, this,
            [this, shape](const auto& made) { onDone(shape, made); });
    entry.maker->start();
}

void TemplateStore::onDone(const VmShape& shape, const Result<std::shared_ptr<const VmTemplate>>& made) {
    const auto found = entries_.find(shape);
    if (found == entries_.end()) return;
    Entry& entry = found->second;
    entry.maker.release()->deleteLater();  // it is on the stack below us
    if (made) {
        entry.made = *made;
        entry.making = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - entry.begun);
    } else {
        noteFailure(entry, made.error().message, Clock::now());
    }
    Q_EMIT changed();
}

void TemplateStore::noteFailure(Entry& entry, const std::string& why, Clock::time_point now) {
    entry.problem = why;
    entry.made.reset();
    // The first time it is tried again at once, then ever more slowly: cold boots serve meanwhile.
    const auto pause = entry.failures == 0 ? 0s : 5s * (1 << std::min(entry.failures, 6));
    ++entry.failures;
    entry.notBefore = now + pause;
}

TemplateStore::Entry* TemplateStore::entryOf(const VmTemplate& source) {
    const auto found = entries_.find(source.key().shape);
    return found != entries_.end() && found->second.made.get() == &source ? &found->second : nullptr;
}

void TemplateStore::cloneAnswered(const VmTemplate& source) {
    if (Entry* entry = entryOf(source)) {
        entry->failedClones = 0;
        entry->failures = 0;
    }
}

void TemplateStore::cloneFailed(const VmTemplate& source, Clock::time_point now) {
    Entry* entry = entryOf(source);
    if (entry == nullptr || ++entry->failedClones < kMostFailedClones) return;
    noteFailure(*entry, "its clones did not come up", now);
}

void TemplateStore::dropUnused(Clock::time_point since, const VmShape& usual) {
    std::erase_if(entries_, [&](const auto& item) {
        return item.first != usual && !item.second.maker && item.second.lastUsed < since;
    });
}

void TemplateStore::clear() {
    for (const auto& [shape, entry] : entries_) {
        if (!entry.maker) continue;
        entry.maker->disconnect(this);
        entry.maker->vm().retire("no longer wanted as a template");  // a record of its end
    }
    entries_.clear();
}

std::vector<const Vm*> TemplateStore::vms() const {
    std::vector<const Vm*> vms;
    for (const auto& [shape, entry] : entries_) {
        if (entry.maker && !entry.maker->vm().isOver()) vms.push_back(&entry.maker->vm());
    }
    return vms;
}

std::vector<TemplateInfo> TemplateStore::list() const {
    std::vector<TemplateInfo> list;
    for (const auto& [shape, entry] : entries_) {
        TemplateInfo info;
        info.image = shape.image;
        info.memoryMiB = shape.memoryMiB;
        info.network = shape.network;
        info.state = entry.maker ? "in the making" : entry.made ? "ready" : "none";
        info.bytes = entry.made ? entry.made->residentBytes() : 0;
        info.madeUs = entry.made ? entry.making.count() : 0;
        info.failures = entry.failures;
        info.problem = entry.problem;
        list.push_back(std::move(info));
    }
    return list;
}

}  // namespace dogwatch::vmpool
