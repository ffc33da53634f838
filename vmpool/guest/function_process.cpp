#include "vmpool/guest/function_process.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <array>

namespace dogwatch::guest {
namespace {

/// What may still lie in a pipe when its writers are dead; more than that is a writer that will not die.
constexpr int kMostReadsOfDrain = 64;

std::string nextName() {
    static unsigned made = 0;
    return "function." + std::to_string(++made);
}

}  // namespace

Result<std::unique_ptr<FunctionProcess>> FunctionProcess::start(EventLoop& loop, const Sandbox& sandbox,
                                                                const Start& start, Printed printed) {
    std::unique_ptr<FunctionProcess> self(new FunctionProcess);
    self->printed_ = std::move(printed);
    auto confinement = Confinement::create(sandbox.cgroups, nextName());
    if (!confinement) return failure(confinement.error());
    self->confinement_ = std::move(*confinement);
    if (start.limits != nullptr) {
        if (auto set = self->setLimits(*start.limits); !set) return failure(set.error());
    }

    SpawnOptions options;
    options.argv = start.argv;
    options.environment = sandbox.environment();
    options.environment.insert(options.environment.end(), start.environment.begin(), start.environment.end());
    options.root = sandbox.root;
    options.workDir = start.workDir;
    options.user = sandbox.user;
    options.input = start.input;
    options.channel = start.channel;
    options.confinement = self->confinement_.get();
    if (start.limits != nullptr) options.openFiles = start.limits->openFiles;
    auto process = spawn(options);
    if (!process) return failure(process.error());
    self->process_ = std::move(*process);
    self->watch(loop);
    return self;
}

void FunctionProcess::watch(EventLoop& loop) {
    output_ = loop.watch(process_.output.get(), POLLIN, [this](short) { readSome(Stream::Output); });
    errors_ = loop.watch(process_.errors.get(), POLLIN, [this](short) { readSome(Stream::Errors); });
}

Result<void> FunctionProcess::setLimits(const Limits& limits) {
    memoryLimit_ = limits.memoryBytes;
    if (process_.pid > 0) {
        const auto files = static_cast<rlim_t>(limits.openFiles);
        const rlimit open{files, files};
        ::prlimit(process_.pid, RLIMIT_NOFILE, &open, nullptr);
    }
    return confinement_->setLimits(limits.memoryBytes, limits.processes);
}

void FunctionProcess::setOutputPaused(bool paused) {
    output_.setPaused(paused);
    errors_.setPaused(paused);
}

/// False when there is nothing more for now.
bool FunctionProcess::readSome(Stream stream) {
    UniqueFd& fd = stream == Stream::Output ? process_.output : process_.errors;
    if (!fd) return false;
    std::array<char, 16U << 10U> chunk;
    const auto size = ::read(fd.get(), chunk.data(), chunk.size());
    if (size > 0) {
        printed_(stream, {chunk.data(), static_cast<std::size_t>(size)});
        return true;
    }
    if (size == 0) {  // every writer is gone
        (stream == Stream::Output ? output_ : errors_) = {};
        fd.reset();
    }
    return false;
}

void FunctionProcess::drain() {
    for (const auto stream : {Stream::Output, Stream::Errors}) {
        for (int reads = 0; reads < kMostReadsOfDrain && readSome(stream); ++reads) {
        }
    }
}

bool FunctionProcess::killAll() {
    const bool dead = confinement_->killAll();
    drain();
    return dead;
}

Ending FunctionProcess::ending() const {
    Ending ending;
    if (confinement_->ranOutOfMemory()) {
        ending.cause = Cause::OutOfMemory;
        ending.message = outOfMemoryMessage(memoryLimit_);
    } else if (exit_ && exit_->status != 0) {
        ending.cause = Cause::Exit;
        ending.message = describeExit(exit_->status);
    }
    if (exit_) ending.exitCode = exitCode(exit_->status);
    return ending;
}

Usage FunctionProcess::usage() const {
    Usage usage{confinement_->cpuUs(process_.pid), confinement_->memoryPeakBytes(process_.pid)};
    if (exit_) {  // the stand-in for a cgroup knows nothing of the dead
        usage.cpuUs = std::max(usage.cpuUs, exit_->cpuUs);
        usage.memoryPeakBytes = std::max(usage.memoryPeakBytes, exit_->memoryPeakBytes);
    }
    return usage;
}

}  // namespace dogwatch::guest
