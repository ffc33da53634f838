#include "core/control/queries.h"

namespace dogwatch::control {

Queries::Queries(std::string directory, const char* name, QObject* parent)
    : QObject(parent), directory_(std::move(directory)) {
    thread_.setObjectName(QLatin1String(name));
    worker_.moveToThread(&thread_);
    thread_.start();
}

Queries::~Queries() {
    thread_.quit();
    thread_.wait();
}

void Queries::post(std::function<void()> work) {
    QMetaObject::invokeMethod(&worker_, std::move(work), Qt::QueuedConnection);
}

Result<void> Queries::openReader() {
    if (reader_) return {};
    auto reader = journal::Reader::open(directory_);
    if (!reader) return tl::unexpected(reader.error());
    reader_ = std::make_unique<journal::Reader>(std::move(*reader));
    return {};
}

}  // namespace dogwatch::control
