#include "vmpool/guest/lua/lua_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "vmpool/guest/text.h"

namespace dogwatch::guest {
namespace {

constexpr std::size_t kDeepest = 200;
constexpr const char* kArray = "dogwatch.json.array";  ///< in the registry: the metatable of arrays

void markAsArray(lua_State* lua) {
    luaL_getmetatable(lua, kArray);
    lua_setmetatable(lua, -2);
}

/// Builds the value on Lua's stack while the parser reads: no second tree, no recursion.
class Pusher : public nlohmann::json_sax<nlohmann::json> {
 public:
    explicit Pusher(lua_State* lua) : lua_(lua) {}

    bool null() override {
        // In an object nil leaves the name out; at the top it is the value.
        const bool inArray = !levels_.empty() && levels_.back().isArray;
        if (inArray) {
            lua_pushlightuserdata(lua_, nullptr);
        } else {
            lua_pushnil(lua_);
        }
        return take();
    }
    bool boolean(bool value) override {
        lua_pushboolean(lua_, value ? 1 : 0);
        return take();
    }
    bool number_integer(number_integer_t value) override {
        lua_pushinteger(lua_, value);
        return take();
    }
    bool number_unsigned(number_unsigned_t value) override {
        if (value <= static_cast<number_unsigned_t>(LUA_MAXINTEGER)) {
            lua_pushinteger(lua_, static_cast<lua_Integer>(value));
        } else {
            lua_pushnumber(lua_, static_cast<lua_Number>(value));
        }
        return take();
    }
    bool number_float(number_float_t value, const string_t& /*text*/) override {
        lua_pushnumber(lua_, value);
        return take();
    }
    bool string(string_t& value) override {
        lua_pushlstring(lua_, value.data(), value.size());
        return take();
    }
    bool binary(binary_t& /*value*/) override { return false; }
    bool start_object(std::size_t /*size*/) override { return open(false); }
    bool key(string_t& value) override {
        lua_pushlstring(lua_, value.data(), value.size());
        return true;
    }
    bool end_object() override { return close(); }
    bool start_array(std::size_t /*size*/) override { return open(true); }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t position, const std::string& /*last*/,
                     const nlohmann::detail::exception& /*error*/) override {
        fault_ = "no JSON at byte " + std::to_string(position);
        return false;
    }

    [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
    struct Level {
        bool isArray = false;
        lua_Integer items = 0;
    };

    bool open(bool isArray) {
        if (levels_.size() == kDeepest) {
            fault_ = "JSON nested deeper than " + std::to_string(kDeepest);
            return false;
        }
        luaL_checkstack(lua_, 8, "JSON");
        lua_newtable(lua_);
        if (isArray) markAsArray(lua_);
        levels_.push_back({isArray, 0});
        return true;
    }
    bool close() {
        levels_.pop_back();
        return take();
    }
    /// Puts the value on top of the stack where it belongs.
    bool take() {
        if (levels_.empty()) return true;
        auto& level = levels_.back();
        if (level.isArray) {
            lua_rawseti(lua_, -2, ++level.items);
        } else {
            lua_rawset(lua_, -3);
        }
        return true;
    }

    lua_State* lua_;
    std::vector<Level> levels_;
    std::string fault_;
};

class Writer {
 public:
    explicit Writer(lua_State* lua) : lua_(lua) {}

    void write(int index, std::size_t depth) {
        switch (lua_type(lua_, index)) {
            case LUA_TNIL: out_ += "null"; return;
            case LUA_TBOOLEAN: out_ += lua_toboolean(lua_, index) != 0 ? "true" : "false"; return;
            case LUA_TNUMBER: return writeNumber(index);
            case LUA_TSTRING: return writeString(textAt(index));
            case LUA_TTABLE: return writeTable(index, depth);
            case LUA_TLIGHTUSERDATA:
                if (lua_touserdata(lua_, index) == nullptr) {
                    out_ += "null";
                    return;
                }
                [[fallthrough]];
            default: luaL_error(lua_, "a %s is no JSON value", luaL_typename(lua_, index));
        }
    }
    std::string finish() { return std::move(out_); }

 private:
    std::string_view textAt(int index) {
        std::size_t size = 0;
        const char* text = lua_tolstring(lua_, index, &size);
        return {text, size};
    }

    template <typename Number>
    void writeDigits(Number number) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
        out_.append(digits.data(), end);
    }

    void writeNumber(int index) {
        if (lua_isinteger(lua_, index) != 0) return writeDigits(lua_tointeger(lua_, index));
        const auto number = lua_tonumber(lua_, index);
        if (!std::isfinite(number)) luaL_error(lua_, "a number that is not finite is no JSON value");
        writeDigits(number);
    }

    void writeString(std::string_view text) {
        if (!isUtf8(text)) luaL_error(lua_, "text that is not UTF-8 is no JSON value");
        constexpr std::string_view kHex = "0123456789abcdef";
        out_ += '"';
        for (const char c : text) {
            if (c == '"' || c == '\\') {
                out_ += '\\';
                out_ += c;
            } else if (static_cast<unsigned char>(c) < 0x20) {
                out_ += "\\u00";
                out_ += kHex[static_cast<std::size_t>(c) >> 4U];
                out_ += kHex[static_cast<std::size_t>(c) & 15U];
            } else {
                out_ += c;
            }
        }
        out_ += '"';
    }

    void writeTable(int index, std::size_t depth) {
        if (depth == kDeepest) luaL_error(lua_, "a table nested deeper than 200, or within itself");
        luaL_checkstack(lua_, 8, "JSON");
        index = lua_absindex(lua_, index);
        const auto items = static_cast<lua_Integer>(lua_rawlen(lua_, index));
        auto names = namesOf(index, items);
        if (names.empty() && (items > 0 || isMarkedArray(index))) {
            writeItems(index, items, depth);
        } else {
            writeNames(index, std::move(names), depth);
        }
    }

    bool isMarkedArray(int index) {
        if (lua_getmetatable(lua_, index) == 0) return false;
        luaL_getmetatable(lua_, kArray);
        const bool same = lua_rawequal(lua_, -1, -2) != 0;
        lua_pop(lua_, 2);
        return same;
    }

    /// The keys that are names; any other key must be one of the items 1 to `items`.
    std::vector<std::string> namesOf(int index, lua_Integer items) {
        std::vector<std::string> names;
        lua_Integer found = 0;
        lua_pushnil(lua_);
        while (lua_next(lua_, index) != 0) {
            lua_pop(lua_, 1);
            if (lua_type(lua_, -1) == LUA_TSTRING) {
                names.emplace_back(textAt(-1));
            } else if (lua_isinteger(lua_, -1) != 0 && lua_tointeger(lua_, -1) >= 1 &&
                       lua_tointeger(lua_, -1) <= items) {
                ++found;
            } else {
                luaL_error(lua_, "a table whose keys are neither names nor 1 to n is no JSON value");
            }
        }
        if (found != items || (found > 0 && !names.empty())) {
            luaL_error(lua_, "a table with gaps, or with both items and names, is no JSON value");
        }
        return names;
    }

    void writeItems(int index, lua_Integer items, std::size_t depth) {
        out_ += '[';
        for (lua_Integer i = 1; i <= items; ++i) {
            if (i > 1) out_ += ',';
            lua_rawgeti(lua_, index, i);
            write(-1, depth + 1);
            lua_pop(lua_, 1);
        }
        out_ += ']';
    }

    void writeNames(int index, std::vector<std::string> names, std::size_t depth) {
        std::sort(names.begin(), names.end());  // the same value gives the same text
        out_ += '{';
        for (const auto& name : names) {
            if (&name != &names.front()) out_ += ',';
            writeString(name);
            out_ += ':';
            lua_pushlstring(lua_, name.data(), name.size());
            lua_rawget(lua_, index);
            write(-1, depth + 1);
            lua_pop(lua_, 1);
        }
        out_ += '}';
    }

    lua_State* lua_;
    std::string out_;
};

int encode(lua_State* lua) {
    luaL_checkany(lua, 1);
    const auto text = toJson(lua, 1);
    lua_pushlstring(lua, text.data(), text.size());
    return 1;
}

int decode(lua_State* lua) {
    std::size_t size = 0;
    const char* text = luaL_checklstring(lua, 1, &size);
    pushJson(lua, {text, size});
    return 1;
}

int array(lua_State* lua) {
    if (lua_isnoneornil(lua, 1)) {
        lua_newtable(lua);
    } else {
        luaL_checktype(lua, 1, LUA_TTABLE);
        lua_settop(lua, 1);
    }
    markAsArray(lua);
    return 1;
}

}  // namespace

void pushJson(lua_State* lua, std::string_view text) {
    luaL_newmetatable(lua, kArray);
    lua_pop(lua, 1);
    Pusher pusher(lua);
    if (!nlohmann::json::sax_parse(text, &pusher)) luaL_error(lua, "%s", pusher.fault().c_str());
}

std::string toJson(lua_State* lua, int index) {
    luaL_newmetatable(lua, kArray);
    lua_pop(lua, 1);
    Writer writer(lua);
    writer.write(index, 0);
    return writer.finish();
}

int openJson(lua_State* lua) {
    constexpr luaL_Reg kFunctions[] = {
        {"encode", encode}, {"decode", decode}, {"array", array}, {nullptr, nullptr}};
    luaL_newmetatable(lua, kArray);
    lua_pop(lua, 1);
    luaL_newlib(lua, kFunctions);
    lua_pushlightuserdata(lua, nullptr);
    lua_setfield(lua, -2, "null");
    return 1;
}

}  // namespace dogwatch::guest
