// dogwatchd and dogwatchctl as users run them: as processes, with a data directory of the test's own.
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>
#include <boost/json.hpp>
#include <memory>
#include <vector>

namespace dogwatch::e2e {

/// What a program said and how it ended.
struct Finished {
    int status = -1;  ///< -1: it crashed or took too long
    QString out;
    QString err;
    /// Standard output as JSON; null when it is none.
    [[nodiscard]] boost::json::value json() const;
    /// Standard output as JSON, one value a line.
    [[nodiscard]] std::vector<boost::json::value> jsonLines() const;
};

/// The path of a program that was built here.
QString program(const QString& name);

Finished runProgram(const QString& name, const QStringList& arguments, int timeoutMs = 60'000,
                    const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment());

/// Whether there is a guest image where dogwatchd looks for it; without one nothing here can be tested.
bool haveImage();

class ControlPlane {
 public:
    ControlPlane();
    /// Stops it, and looks that nothing is left over.
    ~ControlPlane();

    /// Starts dogwatchd and waits for its "ready SOCKET"; false when it ends before.
    bool start(const QStringList& options = {QStringLiteral("--accel"), QStringLiteral("tcg"),
                                             QStringLiteral("--warm"), QStringLiteral("1"),
                                             QStringLiteral("--max-vms"), QStringLiteral("2")});
    /// SIGTERM; its exit status.
    int stop();
    /// SIGKILL.
    void kill();

    [[nodiscard]] QString dataDir() const { return directory_.filePath(QStringLiteral("data")); }
    [[nodiscard]] QString socket() const { return socket_; }
    [[nodiscard]] qint64 pid() const { return process_ ? process_->processId() : 0; }
    /// What it logged so far.
    [[nodiscard]] QString log();

    /// dogwatchctl with this data directory.
    Finished ctl(QStringList arguments, int timeoutMs = 60'000);
    /// The same with --json.
    Finished ctlJson(QStringList arguments, int timeoutMs = 60'000);

    /// A file of the test's, with this content; its path.
    QString file(const QString& name, const QByteArray& content);

 private:
    void readLog();

    QTemporaryDir directory_;
    std::unique_ptr<QProcess> process_;
    QString socket_;
    QString log_;
};

/// QEMU processes that are children of this process; of 1: that outlived theirs.
int countQemu(qint64 parent);

}  // namespace dogwatch::e2e
