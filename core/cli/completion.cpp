#include "core/cli/completion.h"

#include <map>

#include "core/cli/help.h"

namespace dogwatch::cli {
namespace {

/// What may follow these words of a command line: further words of commands, or options.
std::map<std::string, std::string> choices(const std::vector<Command>& commands) {
    std::map<std::string, std::string> next;
    for (const auto& command : commands) {
        const std::string words{command.words};
        const auto space = words.find(' ');
        const auto first = words.substr(0, space);
        if ((" " + next[""]).find(" " + first + " ") == std::string::npos) next[""] += first + " ";
        if (space != std::string::npos) next[first] += words.substr(space + 1) + " ";
        for (const auto& option : command.options) next[words] += std::string{option.name} + " ";
    }
    return next;
}

std::string globals() {
    std::string names;
    for (const auto& option : globalOptions()) names += std::string{option.name} + " ";
    names.pop_back();
    return names;
}

std::string cases(const std::vector<Command>& commands, const char* format) {
    std::string text;
    for (const auto& [words, next] : choices(commands)) {
        std::string line = format;
        line.replace(line.find("%W"), 2, words);
        line.replace(line.find("%C"), 2, next);
        text += line;
    }
    return text;
}

// Each goes over the words before the cursor, passes over options and their values, and looks up what may
// follow the first two words, else the first; where nothing does, it offers files.

std::string bash(const std::vector<Command>& commands) {
    return "# bash completion for dogwatchctl: source <(dogwatchctl help completion)\n"
           "_dogwatchctl() {\n"
           "    local word key before= words=() choices= current=${COMP_WORDS[COMP_CWORD]}\n"
           "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
           "        [[ $word == -* || $before == --data || ${#words[@]} -ge 2 ]] || words+=(\"$word\")\n"
           "        before=$word\n"
           "    done\n"
           "    for key in \"${words[*]}\" \"${words[0]}\"; do\n"
           "        case $key in\n" +
           cases(commands, "            \"%W\") choices=\"%C\" ;;\n") +
           "        esac\n"
           "        [[ -z $choices ]] || break\n"
           "    done\n"
           "    COMPREPLY=($(compgen -W \"$choices" +
           globals() +
           "\" -- \"$current\"))\n"
           "    [[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- \"$current\"))\n"
           "}\n"
           "complete -o filenames -F _dogwatchctl dogwatchctl\n";
}

std::string zsh(const std::vector<Command>& commands) {
    return "#compdef dogwatchctl\n"
           "# zsh completion for dogwatchctl: source <(dogwatchctl help completion --shell zsh)\n"
           "_dogwatchctl() {\n"
           "    local word key before= found=\n"
           "    local -a typed\n"
           "    for word in \"${(@)words[2,CURRENT-1]}\"; do\n"
           "        [[ $word == -* || $before == --data || ${#typed} -ge 2 ]] || typed+=(\"$word\")\n"
           "        before=$word\n"
           "    done\n"
           "    for key in \"${typed[*]}\" \"${typed[1]}\"; do\n"
           "        case $key in\n" +
           cases(commands, "            \"%W\") found=\"%C\" ;;\n") +
           "        esac\n"
           "        [[ -z $found ]] || break\n"
           "    done\n"
           "    compadd -- ${=found} " +
           globals() +
           " || _files\n"
           "}\n"
           "(( $+functions[compdef] )) && compdef _dogwatchctl dogwatchctl\n";
}

std::string fish(const std::vector<Command>& commands) {
    return "# fish completion for dogwatchctl: dogwatchctl help completion --shell fish | source\n"
           "function __dogwatchctl_choices\n"
           "    set -l typed\n"
           "    set -l before\n"
           "    for word in (commandline -opc)[2..]\n"
           "        if not string match -q -- '-*' $word; and test \"$before\" != --data; and test (count "
           "$typed) -lt 2\n"
           "            set -a typed $word\n"
           "        end\n"
           "        set before $word\n"
           "    end\n"
           "    for key in \"$typed\" \"$typed[1]\"\n"
           "        set -l found\n"
           "        switch $key\n" +
           cases(commands, "            case '%W'\n                set found %C\n") +
           "        end\n"
           "        if test -n \"$found\"\n"
           "            string join \\n -- $found\n"
           "            break\n"
           "        end\n"
           "    end\n"
           "    string join \\n -- " +
           globals() +
           "\n"
           "end\n"
           "complete -c dogwatchctl -a '(__dogwatchctl_choices)'\n";
}

}  // namespace

std::string completionScript(std::string_view shell, const std::vector<Command>& commands) {
    if (shell == "bash") return bash(commands);
    if (shell == "zsh") return zsh(commands);
    if (shell == "fish") return fish(commands);
    return {};
}

}  // namespace dogwatch::cli
