#include "gui/session/refresher.h"

namespace dogwatch::gui {

Refresher::Refresher(api::Client& client, std::string method, json::object params,
                     std::function<void(const json::object&)> take, std::chrono::milliseconds pause)
    : client_(client), method_(std::move(method)), params_(std::move(params)), take_(std::move(take)) {
    timer_.setSingleShot(true);
    timer_.setInterval(pause);
    connect(&timer_, &QTimer::timeout, this, &Refresher::ask);
}

void Refresher::request() {
    if (asking_) {
        again_ = true;
    } else if (!timer_.isActive()) {
        timer_.start();
    }
}

void Refresher::ask() {
    if (!client_.isConnected()) return;
    asking_ = true;
    client_.call(
        method_, params_,
        [this](Result<json::value> reply) {
            asking_ = false;
            if (reply && reply->is_object()) take_(reply->get_object());
            if (std::exchange(again_, false)) request();
        },
        this);
}

}  // namespace dogwatch::gui
