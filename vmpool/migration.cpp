#include "vmpool/migration.h"

#include <QObject>
#include <QPointer>
#include <memory>
#include <utility>

namespace dogwatch::vmpool {
namespace {

constexpr const char* kFdName = "devices";

/// One migration: its commands are sent in one go, QEMU takes them in order; an event tells of the end.
class Migration : public QObject {
 public:
    Migration(QmpClient& qmp, Migrated done) : QObject(&qmp), qmp_(qmp), done_(std::move(done)) {
        connect(&qmp, &QmpClient::eventCame, this, &Migration::onEvent);
    }

    void start(const char* command, UniqueFd file, bool stopFirst) {
        if (stopFirst) ask("stop");
        json::array capabilities;
        for (const char* name : {"x-ignore-shared", "events"}) {
            capabilities.push_back(json::object{{"capability", name}, {"state", true}});
        }
        ask("migrate-set-capabilities", {{"capabilities", std::move(capabilities)}});
        ask("getfd", {{"fdname", kFdName}}, std::move(file));
        ask(command, {{"uri", std::string("fd:") + kFdName}});
    }

 private:
    void ask(const char* command, json::object arguments = {}, UniqueFd attached = {}) {
        const QPointer<Migration> self(this);
        qmp_.execute(
            command, std::move(arguments),
            [self](const Result<json::value>& answer) {
                if (self && !answer) self->end(tl::unexpected(answer.error()));
            },
            QmpClient::kDefaultTimeout, std::move(attached));
    }

    void onEvent(const std::string& name, const json::object& data) {
        if (name != "MIGRATION") return;
        const auto status = stringMember(data, "status");
        if (status == "completed") {
            end({});
        } else if (status == "failed" || status == "cancelled") {
            end(failure(Error::Kind::Unavailable, "QEMU's migration " + std::string(status)));
        }
    }

    void end(const Result<void>& result) {
        if (!done_) return;
        deleteLater();
        std::exchange(done_, {})(result);
    }

    QmpClient& qmp_;
    Migrated done_;
};

}  // namespace

void saveDevices(QmpClient& qmp, UniqueFd file, Migrated done) {
    (new Migration(qmp, std::move(done)))->start("migrate", std::move(file), true);
}

void restoreDevices(QmpClient& qmp, UniqueFd file, Migrated done) {
    (new Migration(qmp, std::move(done)))->start("migrate-incoming", std::move(file), false);
}

}  // namespace dogwatch::vmpool
