// dogwatch-reseed.node: seeds OpenSSL's random generator anew inside Node.js, which has no function for that.
// Without it, clones of one VM would make the same keys and UUIDs (docs/guest-protocol.md, `configure`).
//
// Uses Node-API (nodejs.org/docs/latest-v18.x/api/n-api.html), whose few declarations needed stand here, as
// Debian's headers of Node.js are not worth a dependency. RAND_poll is the OpenSSL that is inside, or beside,
// Node.js.
#include <cstddef>

extern "C" {
struct NapiEnv;
struct NapiValue;
struct NapiCallbackInfo;
using napi_env = NapiEnv*;
using napi_value = NapiValue*;
using napi_callback_info = NapiCallbackInfo*;
using napi_callback = napi_value (*)(napi_env, napi_callback_info);

int napi_create_function(napi_env env, const char* name, std::size_t length, napi_callback callback,
                         void* data, napi_value* result);
int napi_set_named_property(napi_env env, napi_value object, const char* name, napi_value value);
int napi_get_boolean(napi_env env, bool value, napi_value* result);
int RAND_poll();

__attribute__((visibility("default"))) napi_value napi_register_module_v1(napi_env env, napi_value exports);
}

namespace {

/// reseed(): whether fresh entropy was to be had.
napi_value reseed(napi_env env, napi_callback_info /*info*/) {
    napi_value result = nullptr;
    napi_get_boolean(env, RAND_poll() == 1, &result);
    return result;
}

}  // namespace

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
    napi_value function = nullptr;
    napi_create_function(env, "reseed", 6, reseed, nullptr, &function);
    napi_set_named_property(env, exports, "reseed", function);
    return exports;
}
