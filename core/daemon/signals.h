// SIGTERM and SIGINT as an event of the event loop.
#pragma once

#include <QObject>
#include <memory>

class QSocketNotifier;

namespace dogwatch::daemon {

class Signals : public QObject {
    Q_OBJECT

 public:
    /// Blocks both signals in the calling thread and those it starts from then on, so make it first.
    explicit Signals(QObject* parent = nullptr);
    ~Signals() override;

 Q_SIGNALS:
    void stopRequested();

 private:
    int descriptor_ = -1;
    std::unique_ptr<QSocketNotifier> notifier_;
};

}  // namespace dogwatch::daemon
