#include "vmpool/guest/lua/lua_runner.h"

#include <sys/wait.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "vmpool/guest/lua/lua_json.h"
#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr std::size_t kLargestEmit = 64U << 10U;
constexpr int kMostEmitted = 1000;

std::int64_t toNumber(const std::string& digits) {
    std::int64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

void push(lua_State* lua, std::string_view text) {
    lua_pushlstring(lua, text.data(), text.size());
}

std::string_view textAt(lua_State* lua, int index) {
    std::size_t size = 0;
    const char* text = lua_tolstring(lua, index, &size);
    return text != nullptr ? std::string_view(text, size) : std::string_view();
}

void setVariable(const std::string& variable) {
    const auto equals = variable.find('=');
    if (equals == std::string::npos) return;
    ::setenv(variable.substr(0, equals).c_str(), variable.c_str() + equals + 1, 1);
}

/// The last searcher: the module `json`, unless the code brings its own.
int searchJson(lua_State* lua) {
    if (std::strcmp(luaL_checkstring(lua, 1), "json") != 0) return 0;
    lua_pushcfunction(lua, openJson);
    return 1;
}

/// Where require() looks: the code's folder, nothing else.
void setPath(lua_State* lua, const std::string& folder) {
    lua_getglobal(lua, "package");
    push(lua, folder + "/?.lua;" + folder + "/?/init.lua");
    lua_setfield(lua, -2, "path");
    push(lua, "");
    lua_setfield(lua, -2, "cpath");
    lua_getfield(lua, -1, "searchers");
    lua_pushcfunction(lua, searchJson);
    lua_rawseti(lua, -2, static_cast<lua_Integer>(lua_rawlen(lua, -2)) + 1);
    lua_pop(lua, 2);
}

}  // namespace

LuaRunner::LuaRunner(Channel channel) : channel_(channel), lua_(luaL_newstate(), lua_close) {
    luaL_openlibs(lua_.get());
}

void LuaRunner::serve() {
    channel_.send({'W', {}});
    for (;;) {
        const auto frame = channel_.receive();
        switch (frame.type) {
            case 'S': reseed(frame.fields.at(0)); break;
            case 'T': rehearse(); break;
            case 'L': load(frame); break;
            case 'R': run(frame); break;
            default: break;
        }
    }
}

void LuaRunner::reseed(const std::string& bytes) {
    std::int64_t words[2] = {};
    std::memcpy(words, bytes.data(), std::min(bytes.size(), sizeof words));
    auto* lua = lua_.get();
    lua_getglobal(lua, "math");
    lua_getfield(lua, -1, "randomseed");
    lua_pushinteger(lua, words[0]);
    lua_pushinteger(lua, words[1]);
    lua_call(lua, 2, 0);
    lua_pop(lua, 1);
}

void LuaRunner::rehearse() {
    const auto child = ::fork();
    if (child == 0) serve();  // until it is killed
    if (child > 0) ::waitpid(child, nullptr, 0);
    channel_.send({'T', {}});
}

bool LuaRunner::call(int arguments, int results) {
    auto* lua = lua_.get();
    const int handler = lua_gettop(lua) - arguments;  // below the function and its arguments
    lua_pushlightuserdata(lua, this);
    lua_pushcclosure(lua, describeError, 1);
    lua_insert(lua, handler);
    const bool done = lua_pcall(lua, arguments, results, handler) == LUA_OK;
    lua_remove(lua, handler);
    if (!done) lua_pop(lua, 1);
    std::fflush(nullptr);
    return done;
}

int LuaRunner::describeError(lua_State* lua) {
    auto& self = *static_cast<LuaRunner*>(lua_touserdata(lua, lua_upvalueindex(1)));
    if (lua_istable(lua, 1) && luaL_getmetafield(lua, 1, "__tostring") == LUA_TNIL &&
        lua_getfield(lua, 1, "message") == LUA_TSTRING) {
        self.fault_.message = textAt(lua, -1);
    } else {
        lua_settop(lua, 1);
        luaL_tolstring(lua, 1, nullptr);
        self.fault_.message = textAt(lua, -1);
    }
    luaL_traceback(lua, lua, self.fault_.message.c_str(), 1);
    self.fault_.traceback = textAt(lua, -1);
    lua_settop(lua, 1);
    return 1;
}

void LuaRunner::sendFault(std::string message) {
    channel_.send({'X', {std::move(message), fault_.traceback}});
}

int LuaRunner::findHandler(lua_State* lua) {
    const std::string handler(textAt(lua, 1));
    const auto dot = handler.rfind('.');
    if (dot == std::string::npos || dot == 0 || dot + 1 == handler.size()) {
        return luaL_error(lua, "the handler must be MODULE.FUNCTION, not \"%s\"", handler.c_str());
    }
    auto module = handler.substr(0, dot);
    for (auto& c : module) c = c == '/' ? '.' : c;
    const auto name = handler.substr(dot + 1);
    lua_getglobal(lua, "require");
    push(lua, module);
    lua_call(lua, 1, 1);
    if (lua_istable(lua, -1)) lua_getfield(lua, -1, name.c_str());
    if (!lua_isfunction(lua, -1)) lua_getglobal(lua, name.c_str());
    if (!lua_isfunction(lua, -1)) {
        return luaL_error(
            lua,
            "module \"%s\" has no function \"%s\": return a table with it, the function itself, or "
            "define it globally",
            module.c_str(), name.c_str());
    }
    return 1;
}

void LuaRunner::load(const RunnerFrame& frame) {
    auto* lua = lua_.get();
    name_ = frame.fields.at(0);
    version_ = frame.fields.at(1);
    memoryMiB_ = toNumber(frame.fields.at(3));
    const auto& folder = frame.fields.at(4);
    for (std::size_t i = 5; i < frame.fields.size(); ++i) setVariable(frame.fields[i]);
    [[maybe_unused]] const int changed = ::chdir(folder.c_str());
    setPath(lua, folder);
    lua_pushcfunction(lua, findHandler);
    push(lua, frame.fields.at(2));
    if (!call(1, 1)) return sendFault(fault_.message);
    handler_ = luaL_ref(lua, LUA_REGISTRYINDEX);
    channel_.send({'L', {}});
}

int LuaRunner::invoke(lua_State* lua) {
    lua_pushvalue(lua, 1);
    pushJson(lua, textAt(lua, 2));
    lua_pushvalue(lua, 3);
    lua_call(lua, 2, 1);
    return 1;
}

int LuaRunner::encodeResult(lua_State* lua) {
    const auto text = toJson(lua, 1);
    push(lua, text);
    return 1;
}

void LuaRunner::run(const RunnerFrame& frame) {
    auto* lua = lua_.get();
    const auto& execution = frame.fields.at(0);
    ::setenv("DOGWATCH_EXECUTION", execution.c_str(), 1);
    ::setenv("DOGWATCH_DEADLINE", frame.fields.at(1).c_str(), 1);
    ends_ = std::chrono::steady_clock::now() + std::chrono::microseconds(toNumber(frame.fields.at(2)));
    emitted_ = 0;
    lua_pushcfunction(lua, invoke);
    lua_rawgeti(lua, LUA_REGISTRYINDEX, handler_);
    push(lua, frame.fields.at(4));
    pushContext(execution);
    if (!call(3, 1)) return sendFault(fault_.message);
    lua_pushcfunction(lua, encodeResult);
    lua_insert(lua, -2);
    if (!call(1, 1)) return sendFault("the handler returned what is no JSON: " + fault_.message);
    std::string result(textAt(lua, -1));
    lua_pop(lua, 1);
    const auto size = std::to_string(result.size());
    if (static_cast<std::int64_t>(result.size()) > toNumber(frame.fields.at(3))) result.clear();
    channel_.send({'O', {size, std::move(result)}});
}

void LuaRunner::pushContext(const std::string& execution) {
    auto* lua = lua_.get();
    const auto method = [&](const char* name, lua_CFunction function) {
        lua_pushlightuserdata(lua, this);
        lua_pushcclosure(lua, function, 1);
        lua_setfield(lua, -2, name);
    };
    lua_newtable(lua);
    push(lua, name_);
    lua_setfield(lua, -2, "function_name");
    push(lua, version_);
    lua_setfield(lua, -2, "function_version");
    push(lua, execution);
    lua_setfield(lua, -2, "aws_request_id");
    lua_pushinteger(lua, memoryMiB_);
    lua_setfield(lua, -2, "memory_limit_in_mb");
    method("get_remaining_time_in_millis", remainingMillis);
    method("emit", emit);
}

int LuaRunner::remainingMillis(lua_State* lua) {
    const auto& self = *static_cast<LuaRunner*>(lua_touserdata(lua, lua_upvalueindex(1)));
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(self.ends_ - std::chrono::steady_clock::now());
    lua_pushinteger(lua, std::max<lua_Integer>(0, left.count()));
    return 1;
}

int LuaRunner::emit(lua_State* lua) {
    auto& self = *static_cast<LuaRunner*>(lua_touserdata(lua, lua_upvalueindex(1)));
    if (lua_istable(lua, 1)) lua_remove(lua, 1);  // context:emit(…) as well as context.emit(…)
    std::string name(lua_type(lua, 1) == LUA_TSTRING ? textAt(lua, 1) : std::string_view());
    if (!isName(name)) {
        return luaL_error(lua, "a record's name is 1 to 64 of a-z, A-Z, 0-9, '-', '_' and '.'");
    }
    lua_settop(lua, 2);
    auto data = toJson(lua, 2);
    if (data.size() > kLargestEmit) {
        return luaL_error(lua, "a record's data is 65536 bytes of JSON at most, not %d",
                          static_cast<int>(data.size()));
    }
    if (self.emitted_ == kMostEmitted) {
        return luaL_error(lua, "an execution may emit %d records at most", kMostEmitted);
    }
    ++self.emitted_;
    self.channel_.send({'E', {std::move(name), std::move(data)}});
    return 0;
}

}  // namespace dogwatch::guest
