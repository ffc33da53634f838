// What Engine hides.
#pragma once

#include "core/engine/engine.h"
#include "core/engine/fold.h"

namespace dogwatch::engine {

class Engine::Private {
 public:
    explicit Private(EngineOptions options) : fold(options) {}
    Fold fold;
};

}  // namespace dogwatch::engine
