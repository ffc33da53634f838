// ForkedProcess: a child of ours that another process forked for us (CLONE_PARENT). QProcess knows only its
// own.
#pragma once

#include <sys/types.h>

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <memory>

#include "core/model/result.h"
#include "vmpool/unique_fd.h"

namespace dogwatch::vmpool {

class ForkedProcess : public QObject {
    Q_OBJECT
 public:
    /// `errors`: the reading end of its standard error; does not block. The error: no child of ours.
    static Result<std::unique_ptr<ForkedProcess>> adopt(pid_t pid, UniqueFd errors);
    ~ForkedProcess() override;  ///< kills it and waits (milliseconds)

    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] bool isRunning() const { return pid_ > 0; }
    void kill();

 Q_SIGNALS:
    void wroteError(const QByteArray& text);
    /// Once. `code`: exit status, or the signal that killed it.
    void finished(int code, bool killed);

 private:
    ForkedProcess(pid_t pid, UniqueFd handle, UniqueFd errors);
    void readErrors();
    void onEnd();

    pid_t pid_;        ///< 0: has ended
    UniqueFd handle_;  ///< a pidfd: readable when it has ended
    UniqueFd errors_;
    QSocketNotifier endNotifier_;
    QSocketNotifier errorNotifier_;
};

}  // namespace dogwatch::vmpool
