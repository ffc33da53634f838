// Retention: how much of the past the journal keeps. Every minute it looks what is too old, or too much, and
// has the writer remove it in small steps. It never asks for what recovery, a live condition, an execution
// that may still run or a dead letter needs.
//
// Thread: that of its event loop.
#pragma once

#include <QObject>
#include <QTimer>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "core/control/queries.h"
#include "core/control/sequencer.h"
#include "core/journal/writer.h"

namespace dogwatch::control {

struct RetentionPolicy {
    Duration age{0};         ///< records older than this may go; 0: none for their age
    std::int64_t bytes = 0;  ///< the oldest go while the journal uses more; 0: none for their size
};

/// What to sweep of a journal of this extent. `agedOut`: the seq of the first record that is not too old.
/// `evidence`: seqs that live conditions refer to, ascending. None: nothing has to go. (Pure: for tests.)
std::optional<journal::Sweep> planSweep(const journal::JournalExtent& extent, const RetentionPolicy& policy,
                                        std::int64_t agedOut, const std::vector<std::int64_t>& evidence);

class Retention : public QObject {
    Q_OBJECT

 public:
    /// Borrows all of them.
    Retention(RetentionPolicy policy, Sequencer& sequencer, journal::Writer& writer, Queries& queries,
              QObject* parent = nullptr);

    /// Looks now, too. Nothing happens while an earlier look is under way.
    void look();

 private:
    struct Found {
        journal::JournalExtent extent;
        std::int64_t agedOut = 0;
    };
    void sweep(const Found& found);
    void findTime(journal::Sweep sweep);

    RetentionPolicy policy_;
    Sequencer& sequencer_;
    journal::Writer& writer_;
    Queries& queries_;
    QTimer timer_;
    bool busy_ = false;
};

}  // namespace dogwatch::control
