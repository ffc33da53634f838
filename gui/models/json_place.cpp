#include "gui/models/json_place.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace dogwatch::gui {
namespace {

/// Walks over well-formed JSON text, and remembers where the longest match of the path begins.
class Walker {
 public:
    Walker(std::string_view text, std::string_view path) : text_(text), path_(path) {}

    std::size_t find() {
        value({}, true);
        return found_;
    }

 private:
    void blanks() {
        while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    std::string string() {
        std::string content;
        for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
            if (text_[at_] == '\\') ++at_;
            if (at_ < text_.size()) content += text_[at_];
        }
        ++at_;
        return content;
    }

    /// `onPath`: everything above this value is on the way to the path.
    void value(const std::string& here, bool onPath) {
        blanks();
        if (peek() == '{' || peek() == '[') {
            container(here, onPath, peek() == '{');
        } else if (peek() == '"') {
            string();
        } else {
            while (at_ < text_.size() &&
                   std::string_view{",]} \n\r\t"}.find(text_[at_]) == std::string_view::npos)
                ++at_;
        }
    }

    void container(const std::string& here, bool onPath, bool isObject) {
        ++at_;
        for (std::size_t index = 0; at_ < text_.size(); ++index) {
            blanks();
            if (peek() == '}' || peek() == ']') break;
            const std::size_t start = at_;
            const std::string key = isObject ? string() : std::to_string(index);
            std::string path = here;
            if (!path.empty()) path += '.';
            path += key;
            const bool matches = onPath && (path_ == path || path_.starts_with(path + '.'));
            if (matches) found_ = start;
            if (isObject) {
                blanks();
                ++at_;  // the colon
            }
            value(path, matches);
            blanks();
            if (peek() == ',') ++at_;
        }
        ++at_;
    }

    std::string_view text_;
    std::string_view path_;
    std::size_t at_ = 0;
    std::size_t found_ = 0;
};

}  // namespace

int lineOfPath(std::string_view text, std::string_view path) {
    const std::size_t found = Walker{text, path}.find();
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min(found, text.size()));
    return 1 + static_cast<int>(std::count(text.begin(), end, '\n'));
}

}  // namespace dogwatch::gui
