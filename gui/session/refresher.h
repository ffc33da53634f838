// Refresher: asks one list of the control plane anew, at most so often, however often it is requested.
#pragma once

#include <QObject>
#include <QTimer>
#include <functional>
#include <string>

#include "core/api/client.h"

namespace dogwatch::gui {

class Refresher final : public QObject {
    Q_OBJECT
 public:
    /// `take` gets each successful reply.
    Refresher(api::Client& client, std::string method, json::object params,
              std::function<void(const json::object&)> take, std::chrono::milliseconds pause);
    void request();

 private:
    void ask();

    api::Client& client_;
    std::string method_;
    json::object params_;
    std::function<void(const json::object&)> take_;
    QTimer timer_;
    bool asking_ = false;
    bool again_ = false;
};

}  // namespace dogwatch::gui
