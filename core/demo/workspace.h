// Workspace: the sample functions and metaevents of resources/demo, and the traffic that sets them in motion:
// a heartbeat that is called every second, and an importer that gets a broken file now and then. Shared by
// `dogwatchctl demo` and `dogwatch --demo`; works over the API like any client.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>

#include "core/api/client.h"
#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::demo {

/// As `functions.add` takes them.
json::array functions();
/// As `metaevents.apply` takes them.
json::array metaevents();

class Workspace : public QObject {
    Q_OBJECT
 public:
    /// The client must be connected before setUp(), and outlive the workspace.
    explicit Workspace(api::Client& client, QObject* parent = nullptr);

    /// Adds the functions and then the metaevents; functions that are there already stay as they are.
    void setUp(std::function<void(Result<void>)> done);

    /// Calls the heartbeat each second.
    void setBeating(bool beating);
    [[nodiscard]] bool isBeating() const { return beat_.isActive(); }
    /// Imports a batch every two seconds; of each eight, the last three are broken.
    void setImporting(bool importing);
    /// Lets the heartbeat pause for 12 seconds in every 40, so that there is always something to see.
    void keepInMotion();

 Q_SIGNALS:
    void beatingChanged(bool beating);
    /// A call was refused: why, in one sentence.
    void troubled(const QString& reason);

 private:
    void addFunctions(std::size_t next, std::function<void(Result<void>)> done);
    void invoke(const char* function, json::value payload);
    void import();

    api::Client& client_;
    QTimer beat_;
    QTimer import_;
    QTimer rhythm_;
    int batch_ = 0;
};

}  // namespace dogwatch::demo
