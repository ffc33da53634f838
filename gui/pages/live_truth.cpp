#include "gui/pages/live_truth.h"

#include <algorithm>

#include "gui/models/language.h"
#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

constexpr qint64 kShortestMs = 1000;
constexpr qint64 kShare = 10;  ///< asking takes at most a tenth of the time

}  // namespace

LiveTruth::LiveTruth(ControlPlaneSession& session, QObject* parent) : QObject(parent), session_(session) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &LiveTruth::ask);
}

void LiveTruth::watch(const QString& metaevent, std::optional<json::value> key) {
    ++ordinal_;
    key_ = std::move(key);
    metaevent_ = metaevent;
    if (looking_) ask();
}

void LiveTruth::setLooking(bool looking) {
    if (looking == looking_) return;
    looking_ = looking;
    ++ordinal_;
    if (looking_) {
        ask();
    } else {
        timer_.stop();
    }
}

void LiveTruth::ask() {
    timer_.stop();
    if (metaevent_.isEmpty() || !looking_) return;
    if (session_.link() != ControlPlaneSession::Link::Connected) return timer_.start(kShortestMs);
    asked_.start();
    json::object params{{"name", toUtf8(metaevent_)}, {"language", languageCode()}};
    if (key_) params["key"] = *key_;
    session_.call("metaevents.explain", params, this,
                  [this, ordinal = ordinal_](const Result<json::value>& reply) {
                      if (ordinal != ordinal_) return;
                      if (reply && reply->is_object()) Q_EMIT explained(reply->get_object());
                      timer_.start(static_cast<int>(std::max(kShortestMs, asked_.elapsed() * kShare)));
                  });
}

}  // namespace dogwatch::gui
