#include "vmpool/pool_plan.h"

#include <algorithm>
#include <optional>

namespace dogwatch::vmpool {
namespace {

class Planner {
 public:
    explicit Planner(const PlanInput& input)
        : input_(input), templates_(input.templates), live_(static_cast<int>(input.vms.size())) {
        for (const auto& vm : input_.vms) {
            if (vm.state == VmState::Booting) ++(vm.isClone ? cloning_ : booting_);
            if (isUnassigned(vm)) ++supply_[vm.shape];
        }
    }

    Plan make() {
        retireIdle();
        // Requests that wait come before what is kept ready, and may displace what stands idle.
        for (const auto& [shape, count] : input_.wanted) {
            while (supply_[shape] < count && mayStart(shape) && (live_ < input_.maxVms || displace(shape)))
                start(shape);
        }
        if (input_.pressure != MemoryPressure::None) return plan_;
        for (const auto& [shape, count] : input_.warm) {
            const auto wanted = input_.wanted.find(shape);
            const int target = count + (wanted == input_.wanted.end() ? 0 : wanted->second);
            while (supply_[shape] < target && mayStart(shape) && live_ < input_.maxVms) start(shape);
        }
        return plan_;
    }

 private:
    static bool isUnassigned(const PlanInput::Vm& vm) {
        return !vm.leaving && (vm.state == VmState::Booting || vm.state == VmState::Ready);
    }
    /// Serves no one at the moment, and can be ended without harm.
    [[nodiscard]] bool isIdle(std::size_t position) const {
        const auto& vm = input_.vms[position];
        return !vm.leaving && (vm.state == VmState::Ready || vm.state == VmState::Assigned) &&
               std::find(plan_.retire.begin(), plan_.retire.end(), position) == plan_.retire.end();
    }
    [[nodiscard]] int needed(const VmShape& shape) const {
        const auto wanted = input_.wanted.find(shape);
        const auto warm = input_.warm.find(shape);
        return (wanted == input_.wanted.end() ? 0 : wanted->second) +
               (warm == input_.warm.end() ? 0 : warm->second);
    }

    void retireIdle() {
        if (input_.pressure == MemoryPressure::Severe) retireForMemory();
        for (std::size_t i = 0; i < input_.vms.size(); ++i) {
            const auto& vm = input_.vms[i];
            if (!isIdle(i) || input_.now - vm.idleSince < input_.idleLimit) continue;
            if (vm.state == VmState::Ready && supply_[vm.shape] <= needed(vm.shape)) continue;
            retire(i);
        }
    }

    /// One at a time, the longest idle first: the next plan sees whether it helped.
    void retireForMemory() {
        std::optional<std::size_t> victim;
        for (std::size_t i = 0; i < input_.vms.size(); ++i) {
            const auto& vm = input_.vms[i];
            if (!isIdle(i) || (vm.state == VmState::Ready && isWanted(vm.shape))) continue;
            if (!victim || vm.idleSince < input_.vms[*victim].idleSince) victim = i;
        }
        if (victim) retire(*victim);
    }
    /// Every unassigned VM of this shape is waited for.
    [[nodiscard]] bool isWanted(const VmShape& shape) const {
        const auto wanted = input_.wanted.find(shape);
        const auto supply = supply_.find(shape);
        return wanted != input_.wanted.end() && supply != supply_.end() && supply->second <= wanted->second;
    }

    /// Makes room for a VM of this shape: ends the unassigned one that nobody asks for, else the assigned one
    /// that has stood idle the longest.
    bool displace(const VmShape& shape) {
        std::optional<std::size_t> victim;
        const auto rank = [&](std::size_t i) {
            const auto& vm = input_.vms[i];
            return std::pair(vm.state != VmState::Ready, vm.idleSince);
        };
        for (std::size_t i = 0; i < input_.vms.size(); ++i) {
            if (!isIdle(i)) continue;
            const auto& vm = input_.vms[i];
            if (vm.state == VmState::Ready && (vm.shape == shape || isWanted(vm.shape))) continue;
            if (!victim || rank(i) < rank(*victim)) victim = i;
        }
        if (victim) retire(*victim);
        return victim.has_value();
    }

    [[nodiscard]] TemplateStatus templateOf(const VmShape& shape) const {
        const auto found = templates_.find(shape);
        return found == templates_.end() ? TemplateStatus::Unavailable : found->second;
    }
    [[nodiscard]] bool mayStart(const VmShape& shape) const {
        switch (templateOf(shape)) {
            case TemplateStatus::Ready: return cloning_ < input_.maxCloning;
            case TemplateStatus::InMaking:
                if (!input_.impatient.contains(shape)) return false;
                break;
            case TemplateStatus::None:
            case TemplateStatus::Unavailable: break;
        }
        return booting_ < input_.maxBooting;
    }

    /// Precondition: mayStart().
    void start(const VmShape& shape) {
        ++live_;
        const auto status = templateOf(shape);
        if (status == TemplateStatus::Ready) {
            plan_.clone.push_back(shape);
            ++cloning_;
            ++supply_[shape];
            return;
        }
        ++booting_;
        if (status == TemplateStatus::None) {
            plan_.save.push_back(shape);
            templates_[shape] = TemplateStatus::InMaking;
            return;
        }
        plan_.boot.push_back(shape);
        ++supply_[shape];
    }

    void retire(std::size_t position) {
        const auto& vm = input_.vms[position];
        if (isUnassigned(vm)) --supply_[vm.shape];
        --live_;
        plan_.retire.push_back(position);
    }

    const PlanInput& input_;
    Plan plan_;
    std::map<VmShape, int> supply_;  ///< booting or ready, and unassigned
    std::map<VmShape, TemplateStatus> templates_;
    int booting_ = 0;
    int cloning_ = 0;
    int live_;
};

}  // namespace

Plan planPool(const PlanInput& input) {
    return Planner(input).make();
}

}  // namespace dogwatch::vmpool
