#include "core/control/pool_backend.h"

namespace dogwatch::control {

using vmpool::Pool;

PoolBackend::PoolBackend(Pool& pool, QObject* parent) : QObject(parent), pool_(pool) {
    connect(
        &pool_, &Pool::executionStarted, this,
        [this](const std::string& execution, const std::string& vm, StartKind start, std::int64_t initUs) {
            if (listener_ != nullptr) listener_->started(execution, vm, start, initUs);
        });
    connect(&pool_, &Pool::executionOutput, this,
            [this](const std::string& execution, const std::string& chunk) {
                if (listener_ != nullptr) listener_->output(execution, chunk);
            });
    connect(&pool_, &Pool::executionEmitted, this,
            [this](const std::string& execution, const std::string& name, const std::string& data) {
                if (listener_ != nullptr) listener_->emitted(execution, name, data);
            });
    connect(&pool_, &Pool::executionFinished, this,
            [this](const std::string& execution, const Outcome& outcome) {
                if (listener_ != nullptr) listener_->finished(execution, outcome);
            });
    connect(&pool_, &Pool::capacityChanged, this, [this] {
        if (listener_ != nullptr) listener_->capacityChanged();
    });
}

}  // namespace dogwatch::control
