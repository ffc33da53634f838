// How services answer: later, once what they did is durable, on the thread that asked.
#pragma once

#include <functional>

#include "core/model/result.h"

namespace dogwatch::control {

template <typename T>
using Reply = std::function<void(Result<T>)>;

}  // namespace dogwatch::control
