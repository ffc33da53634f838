#include "tests/e2e/processes.h"

#include <signal.h>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>

namespace dogwatch::e2e {
namespace {

boost::json::value parse(const QString& text) {
    boost::system::error_code error;
    auto value = boost::json::parse(text.toStdString(), error);
    return error ? boost::json::value() : value;
}

}  // namespace

boost::json::value Finished::json() const {
    return parse(out);
}

std::vector<boost::json::value> Finished::jsonLines() const {
    std::vector<boost::json::value> values;
    for (const QString& line : out.split(QLatin1Char('\n'), Qt::SkipEmptyParts))
        values.push_back(parse(line));
    return values;
}

QString program(const QString& name) {
    return qEnvironmentVariable("DOGWATCH_BIN") + QLatin1Char('/') + name;
}

Finished runProgram(const QString& name, const QStringList& arguments, int timeoutMs,
                    const QProcessEnvironment& environment) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(program(name), arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(timeoutMs)) process.kill();
    process.waitForFinished();
    Finished finished;
    if (process.exitStatus() == QProcess::NormalExit) finished.status = process.exitCode();
    finished.out = QString::fromUtf8(process.readAllStandardOutput());
    finished.err = QString::fromUtf8(process.readAllStandardError());
    return finished;
}

bool haveImage() {
    const QString named = qEnvironmentVariable("DOGWATCH_IMAGE");
    const QString built = qEnvironmentVariable("DOGWATCH_BIN") + QStringLiteral("/../../image/current");
    return QFileInfo::exists(named.isEmpty() ? built : named);
}

ControlPlane::ControlPlane() = default;

ControlPlane::~ControlPlane() {
    stop();
}

bool ControlPlane::start(const QStringList& options) {
    process_ = std::make_unique<QProcess>();
    process_->start(program(QStringLiteral("dogwatchd")),
                    QStringList{QStringLiteral("--data"), dataDir()} + options);
    QElapsedTimer timer;
    timer.start();
    while (!process_->canReadLine()) {
        if (timer.elapsed() > 30'000 ||
            (!process_->waitForReadyRead(1000) && process_->state() != QProcess::Running)) {
            return false;
        }
    }
    const QString line = QString::fromUtf8(process_->readLine()).trimmed();
    if (!line.startsWith(QStringLiteral("ready "))) return false;
    socket_ = line.section(QLatin1Char(' '), 1, 1);
    return true;
}

int ControlPlane::stop() {
    if (!process_) return 0;
    process_->terminate();
    if (!process_->waitForFinished(20'000)) process_->kill();
    process_->waitForFinished();
    readLog();
    const int status = process_->exitStatus() == QProcess::NormalExit ? process_->exitCode() : -1;
    process_.reset();
    return status;
}

void ControlPlane::kill() {
    process_->kill();
    process_->waitForFinished();
    readLog();
    process_.reset();
}

void ControlPlane::readLog() {
    if (process_) log_ += QString::fromUtf8(process_->readAllStandardError());
}

QString ControlPlane::log() {
    readLog();
    return log_;
}

Finished ControlPlane::ctl(QStringList arguments, int timeoutMs) {
    arguments.append({QStringLiteral("--data"), dataDir()});
    return runProgram(QStringLiteral("dogwatchctl"), arguments, timeoutMs);
}

Finished ControlPlane::ctlJson(QStringList arguments, int timeoutMs) {
    arguments.append(QStringLiteral("--json"));
    return ctl(std::move(arguments), timeoutMs);
}

QString ControlPlane::file(const QString& name, const QByteArray& content) {
    const QString path = directory_.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()) return {};
    return path;
}

int countQemu(qint64 parent) {
    int count = 0;
    for (const QString& entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs)) {
        QFile stat(QStringLiteral("/proc/%1/stat").arg(entry));
        if (!stat.open(QIODevice::ReadOnly)) continue;
        // pid (comm) state ppid …
        const QString text = QString::fromUtf8(stat.readAll());
        const QStringList rest = text.mid(text.lastIndexOf(QLatin1Char(')')) + 2).split(QLatin1Char(' '));
        if (text.contains(QStringLiteral("(qemu-system")) && rest.size() > 1 &&
            rest.at(0) != QStringLiteral("Z") && rest.at(1).toLongLong() == parent) {
            ++count;
        }
    }
    return count;
}

}  // namespace dogwatch::e2e
