// PoolBackend: the VM pool as the dispatcher sees it.
#pragma once

#include <QObject>

#include "core/dispatch/backend.h"
#include "vmpool/pool.h"

namespace dogwatch::control {

class PoolBackend final : public QObject, public dispatch::Backend {
    Q_OBJECT

 public:
    /// Borrows the pool.
    explicit PoolBackend(vmpool::Pool& pool, QObject* parent = nullptr);

    void setListener(dispatch::BackendListener* listener) override { listener_ = listener; }
    bool offer(const Invocation& invocation) override { return pool_.offer(invocation); }
    void cancel(std::string_view execution) override { pool_.cancel(std::string(execution)); }

 private:
    vmpool::Pool& pool_;
    dispatch::BackendListener* listener_ = nullptr;
};

}  // namespace dogwatch::control
