// GuestMemory: the memory of a clone, seen from outside of its QEMU: which pages it has touched, and bringing
// pages in before it does.
//
// A page of a template that a clone touches first is a page fault, and where QEMU itself runs in a virtual
// machine 30 us for one that is written. So what the first clone touched on a stretch of its way is brought
// in for those that follow, at 1 to 2 us a page (as REAP does for Firecracker: Ustiugov et al., ASPLOS 2021).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace dogwatch::vmpool {

/// Numbers of pages of 4 KiB, ascending.
struct WorkingSet {
    std::vector<std::uint32_t> written;  ///< the clone has copies of its own
    std::vector<std::uint32_t> read;     ///< one of each sixteen neighbours: the kernel maps these together

    [[nodiscard]] std::size_t size() const { return written.size() + read.size(); }
};

/// Those of `all` that are not in `known`.
WorkingSet without(const WorkingSet& all, const WorkingSet& known);

/// The sets of a template, each of the first clone that went that far; none: not known yet.
struct WorkingSets {
    std::optional<WorkingSet> answer;     ///< from the restored state to the agent's first answer
    std::optional<WorkingSet> rehearsal;  ///< ... to the end of a rehearsal, which goes where calls go
    std::optional<WorkingSet> firstCall;  ///< from there to the end of the first call
};

class GuestMemory {
 public:
    /// Where QEMU maps a template's memory file of this size. None: it does not, or we may not look.
    static std::optional<GuestMemory> find(std::int64_t pid, std::int64_t bytes);

    /// What it has touched so far (1 to 2 ms). None: we may not look.
    [[nodiscard]] std::optional<WorkingSet> touched() const;

    /// Brings pages in. Precondition: the guest stands still, and nothing is on its way to it: a byte of each
    /// written page is read and written back, so that the kernel copies it. What is not permitted is left
    /// out.
    void bringIn(const WorkingSet& pages) const;

 private:
    GuestMemory(std::int64_t pid, std::uint64_t address, std::uint64_t pages)
        : pid_(pid), address_(address), pages_(pages) {}

    std::int64_t pid_;
    std::uint64_t address_;
    std::uint64_t pages_;
};

}  // namespace dogwatch::vmpool
