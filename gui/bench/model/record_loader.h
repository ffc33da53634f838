// RecordLoader: fetches recorded history, from the control plane or from a file, into a RecordStore, on a
// thread of its own and over a connection of its own.
//
// Thread: the GUI's.
#pragma once

#include <QFutureWatcher>
#include <QObject>
#include <functional>
#include <memory>

#include "gui/bench/model/record_store.h"

namespace dogwatch::gui::bench {

struct LoadRequest {
    static constexpr std::size_t kMostRecords = 2'000'000;

    std::string socketPath;    ///< of the control plane
    std::string file;          ///< records, a line each, in its place; empty: none
    std::optional<Time> from;  ///< none: from the first on
    std::optional<Time> until;
    std::vector<FieldPath> columns;  ///< made while records are at hand
};

struct Loaded {
    std::shared_ptr<RecordStore> store;
    bool isCut = false;  ///< there are more records than a store may hold: the latest are missing
};

class RecordLoader final : public QObject {
    Q_OBJECT
 public:
    using QObject::QObject;
    ~RecordLoader() override;

    /// What is under way is given up.
    void load(LoadRequest request);
    void cancel();
    [[nodiscard]] bool isLoading() const { return watcher_ != nullptr; }

 Q_SIGNALS:
    void progressed(std::int64_t records);
    void loaded(const dogwatch::gui::bench::Loaded& loaded);
    void failed(const QString& sentence);

 private:
    using Watcher = QFutureWatcher<Result<Loaded>>;
    void finish(Watcher& watcher);

    Watcher* watcher_ = nullptr;  ///< of what is under way
};

/// The work itself, on the caller's thread. Refused when `going` says no.
Result<Loaded> loadRecords(const LoadRequest& request,
                           const std::function<bool(std::int64_t records)>& going);

}  // namespace dogwatch::gui::bench
