// Serves a Lua function: waits with a started interpreter, loads the function's module once, runs its
// executions.
#pragma once

#include <chrono>
#include <cstdint>
#include <lua.hpp>
#include <memory>
#include <string>

#include "vmpool/guest/lua/channel.h"

namespace dogwatch::guest {

class LuaRunner {
 public:
    explicit LuaRunner(Channel channel);

    /// Until the agent goes.
    [[noreturn]] void serve();

 private:
    /// A message for people and where it happened.
    struct Fault {
        std::string message;
        std::string traceback;
    };

    void load(const RunnerFrame& frame);
    void run(const RunnerFrame& frame);
    void reseed(const std::string& bytes);
    /// Goes through a run in a child, so that what it needs is in the caches and nothing of it stays.
    void rehearse();
    /// Calls what stands below `arguments` values on the stack. False: `fault_` says why.
    bool call(int arguments, int results);
    void sendFault(std::string message);

    void pushContext(const std::string& execution);
    static int findHandler(lua_State* lua);   ///< (folder, handler): leaves the handler
    static int invoke(lua_State* lua);        ///< (handler, payload, context): leaves what it returns
    static int encodeResult(lua_State* lua);  ///< (value): its JSON text
    static int describeError(lua_State* lua);
    static int emit(lua_State* lua);
    static int remainingMillis(lua_State* lua);

    Channel channel_;
    std::unique_ptr<lua_State, void (*)(lua_State*)> lua_;
    Fault fault_;
    std::string name_;
    std::string version_;
    std::int64_t memoryMiB_ = 0;
    int handler_ = LUA_NOREF;
    int emitted_ = 0;
    std::chrono::steady_clock::time_point ends_;
};

}  // namespace dogwatch::guest
