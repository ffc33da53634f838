// What Engine hides.
#pragma once

#include "core/engine/engine.h"
#include "core/engine/fold.h"

namespace dogwatch::engine {

class Engine::Private {
 public:
    explicit Private(EngineOptions options) : fold(options) {}
    Fold fold;
    Observers observers;
};

/// The engine for those who look at its state.
class Internals {
 public:
    static Fold& fold(const Engine& engine) { return engine.d->fold; }
    static void observe(Engine& engine, Observer& observer) {
        engine.d->observers.add(&observer);
        engine.d->fold.observer = &engine.d->observers;
    }
    static void unobserve(Engine& engine, const Observer& observer) {
        engine.d->observers.remove(&observer);
        if (engine.d->observers.empty()) engine.d->fold.observer = nullptr;
    }
};

/// All records that conditions refer to, in no order, some more than once.
EvidenceList references(const Fold& fold);

}  // namespace dogwatch::engine
