// Long work: how far it is, on the terminal's line, and its end by Ctrl+C.
#pragma once

#include <csignal>
#include <cstdint>
#include <ostream>

#include "core/api/blocking_client.h"

namespace dogwatch::cli {

/// While it lives, Ctrl+C does not end the program but asks it to end. One at a time.
class Interrupt {
 public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    [[nodiscard]] static bool requested();

 private:
    struct sigaction before_ {};
};

/// One line that is written over, where standard error is a terminal; nothing elsewhere.
class ProgressLine {
 public:
    ProgressLine(std::ostream& err, bool isWanted);
    ~ProgressLine() { clear(); }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    [[nodiscard]] bool isShown() const { return isShown_; }
    /// `total` 0: not known.
    void show(std::int64_t done, std::int64_t total);
    void clear();

 private:
    std::ostream& err_;
    bool isShown_;
    bool isDirty_ = false;
};

/// What a call that may take long listens to: progress goes to the line, Ctrl+C ends the wait.
api::Listening listening(ProgressLine& line);

}  // namespace dogwatch::cli
