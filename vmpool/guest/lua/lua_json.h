// JSON to and from Lua values.
//
// A JSON array is a table with the items 1 to n, an object a table with names; null is nil, and inside arrays
// the light userdata NULL (`json.null`), so that positions stay. An empty table is an object, unless it came
// from an array or was made one by json.array(). Whole numbers within 64 bits stay integers.
#pragma once

#include <lua.hpp>
#include <string>
#include <string_view>

namespace dogwatch::guest {

/// Pushes the value of this JSON text. Raises a Lua error when it is none, or nested deeper than 200.
void pushJson(lua_State* lua, std::string_view text);

/// The JSON text of the value at `index`. Raises a Lua error that says what has none: functions, numbers that
/// are not finite, text that is not UTF-8, tables with both items and names, or nested deeper than 200.
std::string toJson(lua_State* lua, int index);

/// Opens the module `json`: encode, decode, null, array. For luaL_requiref and searchers.
int openJson(lua_State* lua);

}  // namespace dogwatch::guest
