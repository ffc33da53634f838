// The agent as a plain process, seen from the host's end of its port. Its CBOR is Qt's, not the agent's own.
#pragma once

#include <QByteArray>
#include <QCborArray>
#include <QCborMap>
#include <QCborValue>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QString>
#include <QTemporaryDir>
#include <QtEndian>
#include <QtTest>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

class GuestProcess {
 public:
    /// With these runtimes, as an image has them: their files, and the programs built for them.
    explicit GuestProcess(const QStringList& runtimes = {QStringLiteral("python3"), QStringLiteral("sh")}) {
        for (const auto& runtime : runtimes) install(runtime);
        int fds[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0) return;
        port_ = fds[0];
        process_.setProcessChannelMode(QProcess::ForwardedChannels);
        process_.setChildProcessModifier([fd = fds[1]] { ::fcntl(fd, F_SETFD, 0); });
        process_.start(qEnvironmentVariable("DOGWATCH_BIN") + QStringLiteral("/dogwatch-agent"),
                       {QStringLiteral("--plain"), QStringLiteral("--port"), QString::number(fds[1]),
                        QStringLiteral("--state"), folder_.path(), QStringLiteral("--runtimes"),
                        folder_.filePath(QStringLiteral("runtimes"))});
        process_.waitForStarted();
        ::close(fds[1]);
    }
    ~GuestProcess() {
        hangUp();
        if (!process_.waitForFinished(5000)) process_.kill();
        process_.waitForFinished(5000);
    }
    Q_DISABLE_COPY_MOVE(GuestProcess)

    void sendBytes(const QByteArray& bytes) const {
        for (qsizetype sent = 0; sent < bytes.size();) {
            const auto size =
                ::send(port_, bytes.constData() + sent, size_t(bytes.size() - sent), MSG_NOSIGNAL);
            if (size <= 0) return;
            sent += size;
        }
    }
    void sendBody(const QByteArray& body) const {
        QByteArray length(4, '\0');
        qToLittleEndian(quint32(body.size()), length.data());
        sendBytes(length + body);
    }
    void send(const QCborMap& message) const { sendBody(message.toCborValue().toCbor()); }
    void hangUp() {
        if (port_ >= 0) ::close(port_);
        port_ = -1;
    }

    /// The next message; an empty map after `timeout` ms or at the end.
    QCborMap receive(int timeout = 20000) {
        QElapsedTimer timer;
        timer.start();
        for (;;) {
            const auto size = buffer_.size() < 4 ? 0 : qFromLittleEndian<quint32>(buffer_.constData());
            if (size > 0 && buffer_.size() >= 4 + qsizetype(size)) {
                const auto body = buffer_.mid(4, qsizetype(size));
                buffer_.remove(0, 4 + qsizetype(size));
                return QCborValue::fromCbor(body).toMap();
            }
            pollfd fd{port_, POLLIN, 0};
            const auto left = timeout - int(timer.elapsed());
            if (left <= 0 || ::poll(&fd, 1, left) <= 0) return {};
            char chunk[65536];
            const auto got = ::read(port_, chunk, sizeof chunk);
            if (got <= 0) return {};
            buffer_.append(chunk, got);
        }
    }
    /// The next message of this type; what comes before it is kept in `passed`.
    QCborMap await(const char* type, int timeout = 20000) {
        passed.clear();
        for (;;) {
            const auto message = receive(timeout);
            if (message.isEmpty() || typeOf(message) == QLatin1String(type)) return message;
            passed.append(message);
        }
    }
    static QString typeOf(const QCborMap& message) { return message[QStringLiteral("type")].toString(); }

    void configure() {
        send({{QStringLiteral("type"), QStringLiteral("configure")},
              {QStringLiteral("vm"), QStringLiteral("vm-1")},
              {QStringLiteral("time_us"), qint64{1'700'000'000'000'000}},
              {QStringLiteral("entropy"), QByteArray(32, 'e')}});
        QVERIFY(!await("configured").isEmpty());
    }
    /// Sends `load` and the code; `more` adds to or replaces keys. Returns what comes back.
    QCborMap load(const char* runtime, const QByteArray& code, const QCborMap& more = {}) {
        QCborMap message{{QStringLiteral("type"), QStringLiteral("load")},
                         {QStringLiteral("function"), QStringLiteral("f")},
                         {QStringLiteral("version"), 3},
                         {QStringLiteral("runtime"), QLatin1String(runtime)},
                         {QStringLiteral("code_bytes"), code.size()},
                         {QStringLiteral("zip"), false},
                         {QStringLiteral("memory_bytes"), 128 << 20}};
        for (const auto& entry : more) message[entry.first] = entry.second;
        send(message);
        for (qsizetype at = 0; at < code.size(); at += 1 << 20) {
            send({{QStringLiteral("type"), QStringLiteral("code")},
                  {QStringLiteral("data"), code.mid(at, 1 << 20)}});
        }
        for (;;) {
            const auto answer = receive();
            if (typeOf(answer) != QLatin1String("warm")) return answer;
        }
    }
    void begin(const QByteArray& payload, qint64 timeoutUs = 20'000'000, const char* execution = "e1") const {
        send({{QStringLiteral("type"), QStringLiteral("run")},
              {QStringLiteral("execution"), QLatin1String(execution)},
              {QStringLiteral("attempt"), 1},
              {QStringLiteral("payload"), QString::fromUtf8(payload)},
              {QStringLiteral("timeout_us"), timeoutUs}});
    }
    QCborMap run(const QByteArray& payload, qint64 timeoutUs = 20'000'000) {
        begin(payload, timeoutUs);
        return await("result");
    }
    bool exits(int timeout = 10000) {
        return process_.state() == QProcess::NotRunning || process_.waitForFinished(timeout);
    }
    [[nodiscard]] qint64 processId() const { return process_.processId(); }
    [[nodiscard]] int exitStatus() const { return process_.exitCode(); }
    [[nodiscard]] QString folder() const { return folder_.path(); }

    QList<QCborMap> passed;

 private:
    void install(const QString& runtime) const {
        const QDir own(folder_.filePath(QStringLiteral("runtimes/") + runtime));
        QDir().mkpath(own.path());
        const QDir files(QStringLiteral(DOGWATCH_SOURCE_DIR "/resources/guest/") + runtime);
        for (const auto& file : files.entryInfoList(QDir::Files)) {
            QFile::link(file.absoluteFilePath(), own.filePath(file.fileName()));
        }
        const QDir programs(qEnvironmentVariable("DOGWATCH_BIN"));
        if (runtime == QLatin1String("lua")) {
            QFile::link(programs.filePath(QStringLiteral("dogwatch-lua")),
                        own.filePath(QStringLiteral("dogwatch-lua")));
        } else if (runtime == QLatin1String("node")) {
            QFile::link(programs.filePath(QStringLiteral("dogwatch-reseed.node")),
                        own.filePath(QStringLiteral("dogwatch-reseed.node")));
        }
    }

    QTemporaryDir folder_;
    QProcess process_;
    QByteArray buffer_;
    int port_ = -1;
};
