// Queries: reads of the journal on a thread of their own, so that no list, however long, delays a deadline.
// Answers come back on the thread of the owner.
#pragma once

#include <QObject>
#include <QThread>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "core/journal/reader.h"

namespace dogwatch::control {

class Queries : public QObject {
    Q_OBJECT

 public:
    /// `name`: of the thread, for debuggers.
    Queries(std::string directory, const char* name, QObject* parent = nullptr);
    /// Finishes the query that runs; answers that are not delivered by then never are.
    ~Queries() override;

    /// Runs `query` on the reading thread, then `done` with its answer on the owner's. In order.
    template <typename T>
    void run(std::function<Result<T>(journal::Reader&)> query, std::function<void(Result<T>)> done) {
        post([this, query = std::move(query), done = std::move(done)] {
            auto answer = std::make_shared<Result<T>>(ask<T>(query));
            QMetaObject::invokeMethod(
                this, [answer, done] { done(std::move(*answer)); }, Qt::QueuedConnection);
        });
    }

 private:
    void post(std::function<void()> work);
    /// Opens the reader at the first query, on the reading thread.
    Result<void> openReader();

    template <typename T>
    Result<T> ask(const std::function<Result<T>(journal::Reader&)>& query) {
        if (auto opened = openReader(); !opened) return tl::unexpected(opened.error());
        return query(*reader_);
    }

    std::string directory_;
    std::unique_ptr<journal::Reader> reader_;  ///< touched by the reading thread alone
    QThread thread_;
    QObject worker_;  ///< lives on the reading thread
};

}  // namespace dogwatch::control
