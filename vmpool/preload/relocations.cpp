// An auditor of the dynamic loader (rtld-audit(7)) that brings in, at once, what relocating an object is
// going to write. QEMU has 240,000 relocations on 1,200 pages: a page fault each otherwise, which is most of
// the time until its main() where faults are dear (in a virtual machine: 20 to 40 us each; a page brought in
// by request takes 1).
//
// It runs before anything is relocated, in a namespace of its own without a C library: system calls by hand,
// no function of any library.
#include <elf.h>
#include <link.h>
#include <linux/mman.h>
#include <sys/syscall.h>

#include <cstddef>
#include <cstdint>

namespace {

constexpr std::uintptr_t kPage = 4096;
#ifndef MADV_POPULATE_READ  // Linux 5.14; an older one refuses them, which is no harm
constexpr int MADV_POPULATE_READ = 22;
constexpr int MADV_POPULATE_WRITE = 23;
#endif

void advise(std::uintptr_t from, std::uintptr_t to, int advice) {
    long result = SYS_madvise;
    // NOLINTNEXTLINE(hicpp-no-assembler): there is no C library here
    __asm__ volatile("syscall"
                     : "+a"(result)
                     : "D"(from), "S"(to - from), "d"(advice)
                     : "rcx", "r11", "memory");
}

struct Relocations {
    const ElfW(Rela) * begin = nullptr;
    const ElfW(Rela) * end = nullptr;
};

Relocations relocationsOf(const link_map& object) {
    std::uintptr_t table = 0;
    std::size_t bytes = 0;
    for (const auto* entry = object.l_ld; entry != nullptr && entry->d_tag != DT_NULL; ++entry) {
        if (entry->d_tag == DT_RELA) table = entry->d_un.d_ptr;
        if (entry->d_tag == DT_RELASZ) bytes = entry->d_un.d_val;
    }
    if (table == 0) return {};
    // The loader may or may not have made an address of the offset already.
    if (table < object.l_addr) table += object.l_addr;
    const auto* begin = reinterpret_cast<const ElfW(Rela)*>(table);
    return {begin, begin + bytes / sizeof(ElfW(Rela))};
}

/// Linkers sort relocations by address, so that neighbours make one range.
void bringInTargets(const link_map& object, const Relocations& relocations) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    const auto flush = [&] {
        if (to - from > kPage) advise(from, to, MADV_POPULATE_WRITE);
    };
    for (const auto* entry = relocations.begin; entry != relocations.end; ++entry) {
        const std::uintptr_t page = (object.l_addr + entry->r_offset) & ~(kPage - 1);
        if (page + kPage == to) continue;
        if (page == to) {
            to += kPage;
            continue;
        }
        flush();
        from = page;
        to = page + kPage;
    }
    flush();
}

/// The program's code: a fault brings in sixteen pages, and all of it fits into a request.
void bringInCode(const link_map& program) {
    const auto* header = reinterpret_cast<const ElfW(Ehdr)*>(program.l_addr);
    const auto* segments = reinterpret_cast<const ElfW(Phdr)*>(program.l_addr + header->e_phoff);
    for (std::size_t i = 0; i < header->e_phnum; ++i) {
        const auto& segment = segments[i];
        if (segment.p_type != PT_LOAD || (segment.p_flags & PF_W) != 0) continue;
        const std::uintptr_t begin = program.l_addr + segment.p_vaddr;
        advise(begin & ~(kPage - 1), (begin + segment.p_memsz + kPage - 1) & ~(kPage - 1),
               MADV_POPULATE_READ);
    }
}

}  // namespace

extern "C" {

[[gnu::visibility("default")]] unsigned int la_version(unsigned int version) {
    return version;
}

/// An object was mapped, and is not relocated yet. 0: nothing else of it is to be told.
[[gnu::visibility("default")]] unsigned int la_objopen(link_map* object, Lmid_t /*space*/,
                                                       std::uintptr_t* /*cookie*/) {
    // The program has no name here, and, unless it is linked to a fixed address, one to begin at.
    if (object->l_name[0] == '\0' && object->l_addr != 0) bringInCode(*object);
    bringInTargets(*object, relocationsOf(*object));
    return 0;
}
}
