// functions add | update | list | show | remove
#include <absl/strings/escaping.h>

#include <array>

#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/cli/zip.h"
#include "core/model/function.h"

namespace dogwatch::cli {
namespace {

/// An error with the exit status it deserves.
struct Refusal {
    Error error;
    bool misuse = true;
};
using Checked = tl::expected<void, Refusal>;

tl::unexpected<Refusal> wrongUsage(Error error) {
    return tl::unexpected(Refusal{std::move(error), true});
}

int refuse(Session& session, const Refusal& refusal) {
    return refusal.misuse ? session.misuse(refusal.error) : session.fail(refusal.error);
}

Checked readCode(const Arguments& arguments, json::object& function) {
    const auto code = arguments.value("--code");
    const auto zip = arguments.value("--zip");
    if (code && zip) {
        return wrongUsage(
            {Error::Kind::Invalid, "--code and --zip exclude each other; give one of them.", {}});
    }
    if (!code && !zip) return {};
    auto bytes = readFile(code ? *code : *zip, kLargestCode);
    if (!bytes) return tl::unexpected(Refusal{bytes.error(), false});
    // A program is no text, and code that is no text travels as an archive.
    const bool isProgram = code && bytes->starts_with(
                                       "\x7f"
                                       "ELF");
    if (isProgram) *bytes = packExecutable("bootstrap", *bytes);
    if (zip || isProgram) {
        function["code"] = absl::Base64Escape(*bytes);
        function["zip"] = true;
        return {};
    }
    if (!isUtf8(*bytes)) {
        return tl::unexpected(
            Refusal{{Error::Kind::Invalid,
                     *code + " is no UTF-8 text; pack what is not text into a zip and give --zip.",
                     {}},
                    false});
    }
    function["code"] = *bytes;
    function["zip"] = false;
    return {};
}

Checked readPairs(const Arguments& arguments, std::string_view option, std::string_view key,
                  json::object& function) {
    const auto values = arguments.values(option);
    if (values.empty()) return {};
    json::object pairs;
    for (const auto& value : values) {
        const auto equals = value.find('=');
        if (equals == std::string::npos || equals == 0) {
            return wrongUsage(
                {Error::Kind::Invalid, std::string{option} + " must be K=V, not \"" + value + "\".", {}});
        }
        pairs[value.substr(0, equals)] = value.substr(equals + 1);
    }
    function[key] = std::move(pairs);
    return {};
}

Checked readSettings(const Arguments& arguments, json::object& function) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kTexts{{{"--runtime", "runtime"},
                                                                                   {"--handler", "handler"},
                                                                                   {"--rate", "rate"},
                                                                                   {"--schedule", "schedule"},
                                                                                   {"--timezone", "timezone"},
                                                                                   {"--catch-up", "catch_up"},
                                                                                   {"--network", "network"}}};
    for (const auto& [option, key] : kTexts) {
        if (const auto text = arguments.value(option)) function[key] = *text;
    }
    for (const auto* name : {"memory", "concurrency", "retries"}) {
        const auto number =
            arguments.number(std::string{"--"} + name, name == std::string_view{"memory"} ? 1 : 0);
        if (!number) return wrongUsage(number.error());
        if (*number) function[name] = **number;
    }
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kDurations{
        {{"--timeout", "timeout"}, {"--max-age", "max_age"}}};
    for (const auto& [option, key] : kDurations) {
        const auto duration = arguments.duration(option);
        if (!duration) return wrongUsage(duration.error());
        if (*duration) function[key] = *arguments.value(option);
    }
    if (auto pairs = readPairs(arguments, "--env", "env", function); !pairs) return pairs;
    if (auto pairs = readPairs(arguments, "--tag", "tags", function); !pairs) return pairs;
    return readCode(arguments, function);
}

int printChange(Session& session, const Result<json::object>& answer, const char* change) {
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "function " << textCell(*answer, "function") << ' ' << change << ", version "
                      << textCell(*answer, "version") << '\n';
    }
    return kDone;
}

}  // namespace

int addFunction(Session& session, const Arguments& arguments) {
    json::object function{{"name", arguments.operand()}};
    if (!arguments.has("--code") && !arguments.has("--zip")) {
        return session.misuse(
            {Error::Kind::Invalid, "The code is missing: give --code FILE or --zip FILE.", {}});
    }
    if (auto read = readSettings(arguments, function); !read) return refuse(session, read.error());
    return printChange(session, session.ask("functions.add", function), "added");
}

int updateFunction(Session& session, const Arguments& arguments) {
    json::object function{{"name", arguments.operand()}};
    if (auto read = readSettings(arguments, function); !read) return refuse(session, read.error());
    if (function.size() == 1) {
        return session.misuse({Error::Kind::Invalid,
                               "Nothing to change is given; see dogwatchctl functions update --help.",
                               {}});
    }
    return printChange(session, session.ask("functions.update", function), "updated");
}

int listFunctions(Session& session, const Arguments& /*arguments*/) {
    auto answer = session.ask("functions.list", {});
    if (!answer) return session.fail(answer.error());
    const auto functions = listMember(*answer, "functions");
    if (session.json()) {
        session.printLines(functions);
        return kDone;
    }
    if (functions.empty()) {
        session.out() << "There are no functions; add one with `dogwatchctl functions add`.\n";
        return kDone;
    }
    Table table({"NAME", "RUNTIME", ">VERSION", ">MEMORY", ">TIMEOUT", "SCHEDULE", "LAST", "STATE"});
    for (const auto& value : functions) {
        const auto& function = value.get_object();
        const auto* last = function.if_contains("last");
        const auto lastRun = last != nullptr && last->is_object() ? last->get_object() : json::object{};
        table.row({textCell(function, "name"), textCell(function, "runtime"), textCell(function, "version"),
                   textCell(function, "memory") + " MiB", textCell(function, "timeout"),
                   textCell(function, "schedule"), timeCell(lastRun, "finished_at", session.now()),
                   session.palette().state(textCell(lastRun, "state"))});
    }
    table.print(session.out(), session.palette());
    return kDone;
}

int showFunction(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("functions.show", {{"name", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    for (const auto& member : *answer) {
        const std::string_view key = member.key();
        if (key == "code" || key == "zip" || member.value().is_null()) continue;
        auto title = std::string{key};
        title.resize(14, ' ');
        session.out() << session.palette().paint(title, Colour::Dim)
                      << (key.ends_with("_at") ? timeCell(*answer, key, session.now())
                                               : textCell(*answer, key))
                      << '\n';
    }
    if (boolMember(*answer, "zip")) {
        session.out() << "\nIts code is a zip archive of "
                      << bytesText(static_cast<std::int64_t>(stringMember(*answer, "code").size() * 3 / 4))
                      << ".\n";
    } else {
        session.out() << '\n' << stringMember(*answer, "code") << '\n';
    }
    return kDone;
}

int removeFunction(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("functions.remove", {{"name", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "function " << arguments.operand() << " removed\n";
    }
    return kDone;
}

}  // namespace dogwatch::cli
