// Stands in for QEMU in tst_qemu_starter: does what its name (-name X) says, and tells of itself on standard
// error.
#include <dirent.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>

extern char** environ;

namespace {

void tellLines(const char* path, const char* beginning) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.rfind(beginning, 0) == 0) std::fprintf(stderr, "%s\n", line.c_str());
    }
}

void tellDescriptors() {
    DIR* folder = opendir("/proc/self/fd");
    while (const dirent* entry = readdir(folder)) {
        if (entry->d_name[0] == '.' || std::atoi(entry->d_name) == dirfd(folder)) continue;
        char target[256] = {};
        const std::string path = std::string("/proc/self/fd/") + entry->d_name;
        if (readlink(path.c_str(), target, sizeof target - 1) > 0) {
            std::fprintf(stderr, "fd %s %s\n", entry->d_name, target);
        }
    }
    closedir(folder);
}

void report(int argc, char** argv) {
    for (const char* line : {"NoNewPrivs", "Uid", "CapEff", "PPid", "Name", "Groups"}) {
        tellLines("/proc/self/status", line);
    }
    tellLines("/proc/self/limits", "Max core file size");
    tellDescriptors();
    for (char** variable = environ; *variable != nullptr; ++variable)
        std::fprintf(stderr, "env %s\n", *variable);
    for (int i = 1; i < argc; ++i) std::fprintf(stderr, "arg %s\n", argv[i]);
    std::fprintf(stderr, "thread %d\n", static_cast<int>(gettid()) == static_cast<int>(getpid()));
}

}  // namespace

int main(int argc, char** argv) {
    const char* name = argc > 2 && std::strcmp(argv[1], "-name") == 0 ? argv[2] : "";
    std::fprintf(stderr, "main at %p\n", reinterpret_cast<void*>(&main));
    if (std::strcmp(name, "sleep") == 0) sleep(100);
    if (std::strcmp(name, "abort") == 0) std::abort();
    if (std::strcmp(name, "report") == 0) report(argc, argv);
    return 3;
}
