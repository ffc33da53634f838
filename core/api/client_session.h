// ClientSession: a connection and what it asked for: its requests under way and its subscriptions.
#pragma once

#include <QObject>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/api/connection.h"
#include "core/api/methods.h"
#include "core/api/record_feed.h"

namespace dogwatch::api {

class ClientSession : public QObject, public Session {
    Q_OBJECT

 public:
    ClientSession(QLocalSocket* socket, LongLines& longLines, control::ControlPlane& plane,
                  QObject* parent = nullptr);
    ~ClientSession() override;

    [[nodiscard]] bool wantsRecords() const;
    [[nodiscard]] bool wantsStatus() const;
    void offerRecords(const EncodedRecords& records);
    void offerStatus(const json::object& status);
    void offerOutput(const std::string& execution, const std::string& chunk);
    void offerConsole(const std::string& vm, const std::string& text);

    // Session
    Result<std::int64_t> subscribe(Params& params) override;
    Result<void> unsubscribe(std::int64_t subscription) override;
    void requestShutdown() override { Q_EMIT shutdownRequested(); }
    control::Cancelled cancelled() override;
    control::Progress progress() override;
    bool cancel(const json::value& request) override;

 Q_SIGNALS:
    void closed();
    void shutdownRequested();
    void statusWanted();

 private:
    struct Subscription {
        std::unique_ptr<RecordFeed> records;  ///< null: not asked for
        bool status = false;
        bool output = false;
        std::string execution;  ///< output of this one alone; empty: of all
        bool console = false;
        std::string vm;  ///< console of this one alone; empty: of all
    };

    void handle(const Request& request);
    void answer(const json::value& id, bool wanted, bool waited, const Result<json::value>& result);

    control::ControlPlane& plane_;
    Connection connection_;
    std::map<std::int64_t, Subscription> subscriptions_;
    std::int64_t nextSubscription_ = 1;
    json::value current_;                                    ///< id of the request being handled
    std::map<std::string, control::Cancelled> cancellable_;  ///< by the request's id, as JSON
};

}  // namespace dogwatch::api
