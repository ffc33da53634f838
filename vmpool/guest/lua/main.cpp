// dogwatch-lua: the Lua runtime's resident runner, one static program with the interpreter inside.
#include <fcntl.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "vmpool/guest/lua/lua_runner.h"

// A static program cannot load libraries, so modules written in C are not to be had. The linker puts these in
// place of the C library's functions (--wrap), which would need the C library that the program was linked
// with at run time. NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
void* __wrap_dlopen(const char* /*file*/, int /*mode*/) {
    return nullptr;
}
void* __wrap_dlsym(void* /*library*/, const char* /*name*/) {
    return nullptr;
}
int __wrap_dlclose(void* /*library*/) {
    return 0;
}
char* __wrap_dlerror() {
    static char text[] = "modules written in C are not supported";
    return text;
}
}
// NOLINTEND(bugprone-reserved-identifier)

int main() {
    const char* variable = std::getenv("DOGWATCH_RUNNER_FD");
    const std::string_view digits = variable != nullptr ? variable : "";
    int fd = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), fd);
    if (fd < 0) {
        std::fputs("dogwatch-lua is started by the agent of a virtual machine\n", stderr);
        return 2;
    }
    ::unsetenv("DOGWATCH_RUNNER_FD");
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);
    dogwatch::guest::LuaRunner(dogwatch::guest::Channel(fd)).serve();
}
