// Text that comes from user code: bounded and made valid before it goes on.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace dogwatch::guest {

bool isUtf8(std::string_view text);

/// `text` with what is not UTF-8 replaced by U+FFFD, cut to at most `most` bytes at a character.
std::string toUtf8(std::string_view text, std::size_t most);

/// Whether `text` is one JSON value (RFC 8259).
bool isJson(std::string_view text);

/// 1 to 64 of a-z A-Z 0-9 - _ .: what records may be called.
bool isName(std::string_view text);

/// 1 to 64 printable ASCII characters without space.
bool isId(std::string_view text);

/// Keeps the last non-blank line of what is fed to it, up to `most` bytes.
class LastLine {
 public:
    explicit LastLine(std::size_t most) : most_(most) {}
    void feed(std::string_view chunk);
    /// The line, without its end; empty when there is none or it is longer than `most`.
    [[nodiscard]] std::string line() const;

 private:
    void append(std::string_view part);
    void endLine();

    std::size_t most_;
    std::string current_;
    std::string last_;
    bool tooLong_ = false;
};

}  // namespace dogwatch::guest
