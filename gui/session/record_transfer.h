// RecordExport and RecordImport: the journal's records to and from a file, a JSON object a line, page by
// page, with progress; ended at once by cancel(). The control plane does not notice more than a list now and
// then.
#pragma once

#include <QFile>
#include <QObject>
#include <QSaveFile>

#include "gui/session/control_plane_session.h"

namespace dogwatch::gui {

class RecordTransfer : public QObject {
    Q_OBJECT
 public:
    RecordTransfer(ControlPlaneSession& session, QObject* parent) : QObject(parent), session_(session) {}
    virtual void start() = 0;
    void cancel();
    [[nodiscard]] std::int64_t count() const { return count_; }

 Q_SIGNALS:
    /// `share`: 0 to 1.
    void progressed(std::int64_t records, double share);
    /// Empty: done; else one sentence. Cancelled ones end with one too.
    void finished(const QString& fault);

 protected:
    void end(const QString& fault);
    [[nodiscard]] bool isOver() const { return over_; }

    ControlPlaneSession& session_;
    std::int64_t count_ = 0;

 private:
    bool over_ = false;
};

class RecordExport final : public RecordTransfer {
    Q_OBJECT
 public:
    /// The records of the scope's range that this event and function (`*` allowed, may be empty) match.
    RecordExport(ControlPlaneSession& session, const QString& path, QObject* parent = nullptr);
    void setSelection(const QString& event, const QString& function);
    void start() override;

 private:
    void ask();
    void take(const json::object& page);

    QSaveFile file_;
    json::object params_;
    std::int64_t first_ = 0;
    std::int64_t last_ = 0;
};

class RecordImport final : public RecordTransfer {
    Q_OBJECT
 public:
    RecordImport(ControlPlaneSession& session, const QString& path, QObject* parent = nullptr);
    void start() override;

 private:
    void send();

    QFile file_;
    std::int64_t line_ = 0;
};

}  // namespace dogwatch::gui
