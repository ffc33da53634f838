#include "gui/bench/model/record_loader.h"

#include <QCoreApplication>
#include <QPromise>
#include <QThreadPool>
#include <fstream>
#include <utility>

#include "core/api/blocking_client.h"
#include "core/engine/record_file.h"
#include "gui/models/background.h"
#include "gui/models/faults.h"
#include "gui/models/text.h"

namespace dogwatch::gui::bench {
namespace {

constexpr std::int64_t kInPage = 5000;
constexpr Duration kLookAround = std::chrono::milliseconds{200};  ///< whether it was cancelled

struct LoaderWords {
    Q_DECLARE_TR_FUNCTIONS(LoaderWords)
};

using Going = std::function<bool(std::int64_t)>;

tl::unexpected<Error> cancelled() {
    return failure(Error::Kind::Refused, toUtf8(LoaderWords::tr("Loading was cancelled.")));
}

Result<Loaded> fromFile(const LoadRequest& request, Loaded loaded, const Going& going) {
    std::ifstream stream(request.file);
    if (!stream) {
        return failure(Error::Kind::Io,
                       toUtf8(LoaderWords::tr("The file %1 cannot be read.").arg(fromUtf8(request.file))));
    }
    engine::RecordFile file(stream);
    for (;;) {
        auto record = file.next();
        if (!record) return tl::unexpected(record.error());
        if (!*record) break;
        if (loaded.store->size() >= LoadRequest::kMostRecords) {
            loaded.isCut = true;
            break;
        }
        loaded.store->append(**std::move(record));
        if (loaded.store->size() % kInPage == 0 && !going(static_cast<std::int64_t>(loaded.store->size())))
            return cancelled();
    }
    loaded.store->finish();
    return loaded;
}

Result<Loaded> fromPlane(const LoadRequest& request, Loaded loaded, const Going& going) {
    auto client = api::BlockingClient::connect(request.socketPath);
    if (!client) return tl::unexpected(client.error());
    // One that does not answer must not keep the thread once nobody waits for it.
    api::Listening listening;
    listening.interrupted = [&] { return !going(static_cast<std::int64_t>(loaded.store->size())); };
    listening.askEvery = kLookAround;
    std::int64_t after = 0;
    for (;;) {
        json::object params{{"limit", kInPage}, {"after_seq", after}};
        if (request.from) params["since"] = toUs(*request.from);
        if (request.until) params["until"] = toUs(*request.until);
        auto page = client->call("records.list", params, listening);
        if (!page) return tl::unexpected(page.error());
        json::value* list = page->is_object() ? page->get_object().if_contains("records") : nullptr;
        if (list == nullptr || !list->is_array() || list->get_array().empty()) break;
        for (const json::value& each : list->get_array()) {
            auto record = recordFromJson(each);
            if (!record) return tl::unexpected(record.error());
            after = record->seq;
            loaded.store->append(*std::move(record));
        }
        if (!going(static_cast<std::int64_t>(loaded.store->size()))) return cancelled();
        if (!boolMember(page->get_object(), "more")) break;
        if (loaded.store->size() >= LoadRequest::kMostRecords) {
            loaded.isCut = true;
            break;
        }
    }
    loaded.store->finish();
    return loaded;
}

}  // namespace

Result<Loaded> loadRecords(const LoadRequest& request, const Going& going) {
    Loaded loaded{std::make_shared<RecordStore>(), false};
    loaded.store->addColumns(request.columns, {});
    return request.file.empty() ? fromPlane(request, std::move(loaded), going)
                                : fromFile(request, std::move(loaded), going);
}

RecordLoader::~RecordLoader() {
    cancel();
}

void RecordLoader::cancel() {
    if (watcher_ == nullptr) return;
    watcher_->disconnect(this);
    watcher_->future().cancel();  // the thread looks at it after each page, and ends by itself
    watcher_->deleteLater();
    watcher_ = nullptr;
}

void RecordLoader::load(LoadRequest request) {
    cancel();
    auto promise = std::make_shared<QPromise<Result<Loaded>>>();
    watcher_ = new Watcher{this};
    connect(watcher_, &QFutureWatcherBase::progressValueChanged, this,
            [this](int records) { Q_EMIT progressed(records); });
    connect(watcher_, &QFutureWatcherBase::finished, this, [this, watcher = watcher_] { finish(*watcher); });
    promise->start();
    promise->setProgressRange(0, static_cast<int>(2 * LoadRequest::kMostRecords));
    watcher_->setFuture(promise->future());
    background().start([promise, request = std::move(request)] {
        promise->addResult(loadRecords(request, [&](std::int64_t records) {
            promise->setProgressValue(static_cast<int>(records));
            return !promise->isCanceled();
        }));
        promise->finish();
    });
}

void RecordLoader::finish(Watcher& watcher) {
    watcher_ = nullptr;
    watcher.deleteLater();
    if (watcher.future().resultCount() == 0) return;
    const Result<Loaded> result = watcher.result();
    if (result) {
        Q_EMIT loaded(*result);
    } else {
        Q_EMIT failed(faultText(result.error()));
    }
}

}  // namespace dogwatch::gui::bench
