// A process that forked shares its pages with the child until it writes them, even when the child has long
// ended: a page fault each, which takes 50 us where the processor is emulated, and hundreds of them come with
// the first call of a function. Here they become the process's own ahead of that.
#pragma once

#include <sys/types.h>

namespace dogwatch::guest {

/// Stops the process meanwhile: nothing else may write a byte that is read and written back. What cannot be
/// done is left; then the faults come later.
void ownPages(pid_t process);

}  // namespace dogwatch::guest
