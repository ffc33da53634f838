// invoke, executions list | show | logs | cancel, deadletters list | retry | drop
#include <algorithm>

#include "core/cli/commands.h"
#include "core/cli/files.h"
#include "core/model/execution.h"

namespace dogwatch::cli {
namespace {

/// What --payload says; null without it. An error is wrong usage.
Result<json::value> payloadOf(const Arguments& arguments) {
    const auto given = arguments.value("--payload");
    if (!given) return json::value(nullptr);
    auto text = *given;
    std::string source = "--payload";
    if (given->starts_with('@')) {
        source = given->substr(1);
        auto read = readFile(source, kLargestPayload);
        if (!read) return tl::unexpected(read.error());
        text = std::move(*read);
    }
    if (text.size() > kLargestPayload) {
        return failure(Error::Kind::Invalid, "The payload is larger than the " +
                                                 std::to_string(kLargestPayload >> 20U) +
                                                 " MiB that are allowed.");
    }
    auto payload = parseJson(text);
    if (payload) return payload;
    return failure(Error::Kind::Invalid, source + " is no valid JSON " + jsonFault(payload.error()) + ".");
}

void printOutput(Session& session, const json::object& answer) {
    const auto output = stringMember(answer, "output");
    session.err() << output;
    if (!output.empty() && !output.ends_with('\n')) session.err() << '\n';
}

Table executionTable(Session& session, const json::array& executions) {
    Table table({"EXECUTION", "FUNCTION", ">VERSION", "STATE", "TRIGGER", ">ATTEMPT", "QUEUED", ">DURATION",
                 "ERROR"});
    for (const auto& value : executions) {
        const auto& execution = value.get_object();
        table.row({textCell(execution, "execution"), textCell(execution, "function"),
                   textCell(execution, "version"), session.palette().state(textCell(execution, "state")),
                   textCell(execution, "trigger"), textCell(execution, "attempt"),
                   timeCell(execution, "queued_at", session.now()), durationCell(execution, "duration_us"),
                   textCell(execution, "error")});
    }
    return table;
}

int printExecutions(Session& session, const json::array& executions, const char* none) {
    if (session.json()) {
        session.printLines(executions);
    } else if (executions.empty()) {
        session.out() << none << '\n';
    } else {
        executionTable(session, executions).print(session.out(), session.palette());
    }
    return kDone;
}

json::object idsOf(const Arguments& arguments) {
    return {{"executions", json::value_from(arguments.operands)}};
}

std::string fieldText(const json::object& object, std::string_view key, Time now) {
    if (key.ends_with("_at")) return timeCell(object, key, now);
    if (key.ends_with("_us")) return durationCell(object, key);
    if (key.ends_with("_bytes")) return bytesCell(object, key);
    return textCell(object, key);
}

}  // namespace

int invoke(Session& session, const Arguments& arguments) {
    json::object params{{"function", arguments.operand()}};
    const auto payload = payloadOf(arguments);
    if (!payload) return session.misuse(payload.error());
    params["payload"] = *payload;
    const auto timeout = arguments.duration("--timeout");
    if (!timeout) return session.misuse(timeout.error());
    if (*timeout) params["timeout"] = *arguments.value("--timeout");
    if (const auto key = arguments.value("--idempotency-key")) params["idempotency_key"] = *key;
    const bool async = arguments.has("--async");
    if (async) params["async"] = true;

    const auto answer = session.ask("invoke", params);
    if (!answer) return session.fail(answer.error());
    const bool failed = !async && stringMember(*answer, "status") != "succeeded";
    if (session.json()) {
        session.printLine(*answer);
        return failed ? kFailed : kDone;
    }
    if (async) {
        session.out() << textCell(*answer, "execution") << '\n';
        return kDone;
    }
    printOutput(session, *answer);
    if (failed) {
        auto sentence = arguments.operand() + " failed: " + textCell(*answer, "error");
        const auto message = stringMember(*answer, "message");
        if (!message.empty()) sentence += ": " + std::string{message};
        return session.fail({Error::Kind::Refused, sentence, {}});
    }
    const auto* result = answer->if_contains("result");
    session.out() << toJson(result != nullptr ? *result : json::value{}) << '\n';
    return kDone;
}

int listExecutions(Session& session, const Arguments& arguments) {
    json::object params;
    if (const auto function = arguments.value("--function")) params["function"] = *function;
    if (const auto state = arguments.value("--state")) {
        if (!stateFromName(*state)) {
            return session.misuse(
                {Error::Kind::Invalid,
                 "--state must be queued, running, succeeded, failed or dropped, not \"" + *state + "\".",
                 {}});
        }
        params["state"] = *state;
    }
    const auto limit = arguments.number("--limit", 1);
    if (!limit) return session.misuse(limit.error());
    if (*limit) params["limit"] = **limit;
    auto answer = session.ask("executions.list", params);
    if (!answer) return session.fail(answer.error());
    return printExecutions(session, listMember(*answer, "executions"), "There are no such executions.");
}

int showExecution(Session& session, const Arguments& arguments) {
    auto answer = session.ask("executions.show", {{"execution", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    for (const auto& member : *answer) {
        const std::string_view key = member.key();
        if (key == "records" || key == "output" || key == "traceback" || member.value().is_null()) continue;
        auto title = std::string{key};
        title.resize(std::max<std::size_t>(title.size() + 1, 14), ' ');
        session.out() << session.palette().paint(title, Colour::Dim) << fieldText(*answer, key, session.now())
                      << '\n';
    }
    for (const auto* key : {"traceback", "output"}) {
        const auto text = stringMember(*answer, key);
        if (text.empty()) continue;
        session.out() << '\n' << session.palette().paint(key, Colour::Dim) << '\n' << text;
        if (!text.ends_with('\n')) session.out() << '\n';
    }
    const auto records = listMember(*answer, "records");
    if (!records.empty()) session.out() << '\n' << session.palette().paint("records", Colour::Dim) << '\n';
    for (const auto& record : records) {
        session.out() << recordLine(record.get_object(), session.now(), session.palette()) << '\n';
    }
    return kDone;
}

int printLogs(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("executions.logs", {{"execution", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    const auto output = stringMember(*answer, "output");
    const auto all = intMember(*answer, "output_bytes");
    if (all > static_cast<std::int64_t>(output.size())) {
        session.err() << "(the last " << bytesText(static_cast<std::int64_t>(output.size())) << " of "
                      << bytesText(all) << ")\n";
    }
    session.out() << output;
    if (!output.empty() && !output.ends_with('\n')) session.out() << '\n';
    return kDone;
}

int cancelExecution(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("executions.cancel", {{"execution", arguments.operand()}});
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << "execution " << arguments.operand() << " is " << textCell(*answer, "state") << '\n';
    }
    return kDone;
}

int listDeadLetters(Session& session, const Arguments& /*arguments*/) {
    auto answer = session.ask("deadletters.list", {});
    if (!answer) return session.fail(answer.error());
    return printExecutions(session, listMember(*answer, "deadletters"), "No request was given up.");
}

int retryDeadLetters(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("deadletters.retry", idsOf(arguments));
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
        return kDone;
    }
    const auto* ids = answer->if_contains("executions");
    if (ids == nullptr || !ids->is_array()) return kDone;
    for (const auto& id : ids->get_array())
        session.out() << (id.is_string() ? id.get_string().c_str() : "-") << '\n';
    return kDone;
}

int dropDeadLetters(Session& session, const Arguments& arguments) {
    const auto answer = session.ask("deadletters.drop", idsOf(arguments));
    if (!answer) return session.fail(answer.error());
    if (session.json()) {
        session.printLine(*answer);
    } else {
        session.out() << textCell(*answer, "dropped") << " dropped\n";
    }
    return kDone;
}

}  // namespace dogwatch::cli
