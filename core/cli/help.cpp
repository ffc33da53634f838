#include "core/cli/help.h"

#include <algorithm>

namespace dogwatch::cli {
namespace {

constexpr std::string_view kIntroduction =
    "dogwatchctl: run functions in virtual machines, and watch what happens, from a terminal.\n\n"
    "usage: dogwatchctl [--data DIR] [--json] COMMAND ...\n\n";

constexpr std::string_view kNotes =
    "\nDurations: 250ms, 5s, 10m, 24h, 7d, or sums such as 1h30m. Times: microseconds since 1970, ISO 8601 "
    "with a\n"
    "zone, or relative such as -24h. Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 no control "
    "plane\n"
    "answers. More about one command: dogwatchctl COMMAND --help\n";

std::string optionText(const Option& option) {
    std::string text{option.name};
    if (!option.value.empty()) text += " " + std::string{option.value};
    return text;
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 2, width), ' ');
    return text;
}

bool isAbout(const Command& command, std::string_view topic) {
    return command.words == topic || command.words.starts_with(std::string{topic} + " ");
}

std::string options(const std::vector<Option>& options) {
    std::string text;
    for (const auto& option : options) {
        text += "  " + padded(optionText(option), 26) + std::string{option.help} +
                (option.repeated ? " (may be repeated)" : "") + "\n";
    }
    return text;
}

std::string oneCommand(const Command& command) {
    std::string text = "usage: dogwatchctl " + synopsis(command) + "\n\n" + std::string{command.help} + "\n";
    if (!command.options.empty()) text += "\n" + options(command.options);
    return text + "\n" + options(globalOptions());
}

}  // namespace

const std::vector<Option>& globalOptions() {
    static const std::vector<Option> options{
        {"--data", "DIR", "the data directory (default: $XDG_DATA_HOME/dogwatch)"},
        {"--json", "", "print JSON: one object, or one a line for lists; errors too"},
        {"--help", "", "explain, and do nothing"},
        {"--version", "", "print the version"},
    };
    return options;
}

std::string synopsis(const Command& command) {
    std::string text{command.words};
    if (!command.operands.empty()) text += " " + std::string{command.operands};
    for (const auto& option : command.options) {
        text += option.required ? " " + optionText(option) : " [" + optionText(option) + "]";
        if (option.repeated) text += "...";
    }
    return text;
}

std::string helpText(const std::vector<Command>& commands, std::string_view topic) {
    std::vector<const Command*> about;
    for (const auto& command : commands) {
        if (isAbout(command, topic)) about.push_back(&command);
    }
    if (about.size() == 1) return oneCommand(*about.front());
    std::string text{kIntroduction};
    for (const auto& command : commands) {
        if (!about.empty() && !isAbout(command, topic)) continue;
        std::string words{command.words};
        if (!command.operands.empty()) words += " " + std::string{command.operands};
        text += "  " + padded(std::move(words), 30) + std::string{command.help} + "\n";
    }
    return text + "\n" + options(globalOptions()) + std::string{kNotes};
}

std::string referenceMarkdown(const std::vector<Command>& commands) {
    std::string text;
    for (const auto& command : commands) {
        text += "### " + std::string{command.words} + "\n\n    dogwatchctl " + synopsis(command) + "\n\n" +
                std::string{command.help} + "\n\n";
        if (command.options.empty()) continue;
        text += "| option | |\n| --- | --- |\n";
        for (const auto& option : command.options) {
            std::string help{option.help};
            for (std::size_t at = 0; (at = help.find('|', at)) != std::string::npos; at += 2)
                help.insert(at, "\\");
            text += "| `" + optionText(option) + "` | " + help +
                    (option.repeated ? " (may be repeated)" : "") + " |\n";
        }
        text += "\n";
    }
    return text;
}

}  // namespace dogwatch::cli
