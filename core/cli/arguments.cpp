#include "core/cli/arguments.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "core/cli/help.h"

namespace dogwatch::cli {
namespace {

tl::unexpected<Error> misuse(std::string message) {
    return failure(Error::Kind::Invalid, std::move(message));
}

constexpr std::string_view kHelpHint = "see dogwatchctl --help";

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0) words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// The number of edits that make one word the other.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0U);
    for (std::size_t i = 0; i < a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row.back();
}

/// " (did you mean X?)" when one of the choices is close to the word.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& choices) {
    const auto best = std::min_element(choices.begin(), choices.end(),
                                       [&](auto a, auto b) { return distance(word, a) < distance(word, b); });
    if (best == choices.end() || distance(word, *best) > 2) return {};
    return " (did you mean \"" + std::string{*best} + "\"?)";
}

class Parser {
 public:
    Parser(const std::vector<std::string>& words, const std::vector<Command>& commands)
        : words_(words), commands_(commands) {}

    Result<CommandLine> run();

 private:
    Result<void> option(const std::string& word);
    Result<std::string> valueOf(std::string_view name, const std::string& word);
    Result<void> findCommand();
    Result<void> checkOperands() const;
    [[nodiscard]] tl::unexpected<Error> unknownCommand() const;

    const std::vector<std::string>& words_;
    const std::vector<Command>& commands_;
    std::size_t next_ = 0;
    CommandLine line_;
    std::vector<std::string> plain_;  ///< the words that are no options
};

Result<CommandLine> Parser::run() {
    bool optionsEnd = false;
    while (next_ < words_.size()) {
        const auto& word = words_[next_++];
        if (!optionsEnd && word == "--") {
            optionsEnd = true;
        } else if (!optionsEnd && word.size() > 1 && word.starts_with('-')) {
            if (auto done = option(word); !done) return tl::unexpected(done.error());
        } else {
            plain_.push_back(word);
            if (auto done = findCommand(); !done) return tl::unexpected(done.error());
        }
    }
    if (line_.help || line_.version) {
        for (const auto& word : plain_) line_.topic += (line_.topic.empty() ? "" : " ") + word;
        if (line_.command != nullptr) line_.topic = line_.command->words;
        return std::move(line_);
    }
    if (line_.command == nullptr) return unknownCommand();
    if (auto checked = checkOperands(); !checked) return tl::unexpected(checked.error());
    return std::move(line_);
}

/// Words of the command come before its operands: once they name one, the rest are operands.
Result<void> Parser::findCommand() {
    if (line_.command != nullptr) {
        line_.arguments.operands.push_back(plain_.back());
        return {};
    }
    std::string words;
    for (const auto& word : plain_) words += (words.empty() ? "" : " ") + word;
    for (const auto& command : commands_) {
        if (command.words == words) line_.command = &command;
    }
    const bool begun = std::any_of(commands_.begin(), commands_.end(), [&](const auto& command) {
        return command.words == words || command.words.starts_with(words + " ");
    });
    if (!begun) return unknownCommand();
    return {};
}

tl::unexpected<Error> Parser::unknownCommand() const {
    if (plain_.empty()) return misuse("A command is missing; " + std::string{kHelpHint} + ".");
    std::vector<std::string_view> choices;
    const auto& first = plain_.front();
    for (const auto& command : commands_) {
        const auto words = split(command.words);
        if (words.front() == first && words.size() > 1) choices.push_back(words[1]);
    }
    if (choices.empty()) {
        for (const auto& command : commands_) choices.push_back(split(command.words).front());
        return misuse("There is no command \"" + first + "\"" + suggestion(first, choices) + "; " +
                      std::string{kHelpHint} + ".");
    }
    std::string list;
    for (const auto choice : choices) list += (list.empty() ? "" : ", ") + std::string{choice};
    if (plain_.size() == 1) return misuse("\"" + first + "\" must be followed by one of: " + list + ".");
    return misuse("There is no command \"" + first + " " + plain_[1] + "\"" + suggestion(plain_[1], choices) +
                  "; there are: " + list + ".");
}

Result<std::string> Parser::valueOf(std::string_view name, const std::string& word) {
    if (const auto equals = word.find('='); equals != std::string::npos) return word.substr(equals + 1);
    if (next_ < words_.size()) return words_[next_++];
    return misuse(std::string{name} + " must be followed by a value.");
}

Result<void> Parser::option(const std::string& word) {
    const auto name = std::string_view{word}.substr(0, word.find('='));
    if (name == "--help" || name == "-h") {
        line_.help = true;
        return {};
    }
    const auto* known = line_.command != nullptr ? line_.command->option(name) : nullptr;
    if (known == nullptr) {
        const auto& globals = globalOptions();
        const auto global =
            std::find_if(globals.begin(), globals.end(), [&](const auto& o) { return o.name == name; });
        if (global != globals.end()) known = &*global;
    }
    if (known == nullptr) {
        if (line_.command == nullptr) {
            return misuse("There is no option " + std::string{name} + " before a command; " +
                          std::string{kHelpHint} + ".");
        }
        std::vector<std::string_view> choices;
        for (const auto& option : line_.command->options) choices.push_back(option.name);
        return misuse("\"" + std::string{line_.command->words} + "\" has no option " + std::string{name} +
                      suggestion(name, choices) + "; see dogwatchctl " + std::string{line_.command->words} +
                      " --help.");
    }
    std::string value;
    if (!known->value.empty()) {
        auto given = valueOf(name, word);
        if (!given) return tl::unexpected(given.error());
        value = std::move(*given);
    } else if (word.size() != name.size()) {
        return misuse(std::string{name} + " takes no value.");
    }
    if (name == "--json") {
        line_.json = true;
    } else if (name == "--version") {
        line_.version = true;
    } else if (name == "--data") {
        if (value.empty()) return misuse("--data must be followed by a directory.");
        line_.dataDir = std::move(value);
    } else {
        auto& values = line_.arguments.options[std::string{name}];
        if (!values.empty() && !known->repeated) return misuse(std::string{name} + " is given twice.");
        values.push_back(std::move(value));
    }
    return {};
}

Result<void> Parser::checkOperands() const {
    const auto wanted = split(line_.command->operands);
    const auto& given = line_.arguments.operands;
    const bool endless = !wanted.empty() && wanted.back().ends_with("...");
    if (given.size() < wanted.size()) {
        auto what = std::string{wanted[given.size()]};
        if (what.ends_with("...")) what.resize(what.size() - 3);
        return misuse("\"" + std::string{line_.command->words} + "\" lacks its " + what + ": dogwatchctl " +
                      synopsis(*line_.command) + ".");
    }
    if (given.size() > wanted.size() && !endless) {
        return misuse("\"" + given[wanted.size()] + "\" is too much: dogwatchctl " +
                      synopsis(*line_.command) + ".");
    }
    for (const auto& option : line_.command->options) {
        if (option.required && !line_.arguments.has(option.name)) {
            return misuse("\"" + std::string{line_.command->words} + "\" needs " + std::string{option.name} +
                          " " + std::string{option.value} + ": " + std::string{option.help} + ".");
        }
    }
    return {};
}

}  // namespace

const Option* Command::option(std::string_view name) const {
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const auto& o) { return o.name == name; });
    return found != options.end() ? &*found : nullptr;
}

std::optional<std::string> Arguments::value(std::string_view option) const {
    const auto found = options.find(option);
    if (found == options.end()) return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
    const auto found = options.find(option);
    return found != options.end() ? found->second : std::vector<std::string>{};
}

Result<std::optional<std::int64_t>> Arguments::number(std::string_view option, std::int64_t least) const {
    const auto text = value(option);
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    const auto* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || number < least) {
        return misuse(std::string{option} + " must be a whole number of at least " + std::to_string(least) +
                      ", not \"" + *text + "\".");
    }
    return number;
}

Result<std::optional<Duration>> Arguments::duration(std::string_view option) const {
    const auto text = value(option);
    if (!text) return std::nullopt;
    const auto duration = parseDuration(*text);
    if (!duration) {
        return misuse(std::string{option} + " must be a duration such as 30s, 250ms or 1h30m, not \"" +
                      *text + "\".");
    }
    return *duration;
}

Result<std::optional<Time>> Arguments::time(std::string_view option, Time now) const {
    const auto text = value(option);
    if (!text) return std::nullopt;
    const auto time = parseTime(*text, now);
    if (!time) {
        return misuse(
            std::string{option} +
            " must be a time: microseconds since 1970, ISO 8601 with a zone, or such as -24h, not \"" +
            *text + "\".");
    }
    return *time;
}

Result<CommandLine> parseCommandLine(const std::vector<std::string>& words,
                                     const std::vector<Command>& commands) {
    return Parser(words, commands).run();
}

}  // namespace dogwatch::cli
