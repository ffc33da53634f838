#include "core/cli/story.h"

#include <array>
#include <cstdio>
#include <utility>

namespace dogwatch::cli {
namespace {

std::string text(const json::object& record, std::string_view key) {
    return printable(stringMember(record, key));
}

/// Without its last line end; further lines are indented, so that they stand below the first.
std::string block(std::string_view output) {
    while (output.ends_with('\n')) output.remove_suffix(1);
    std::string lines;
    while (!output.empty()) {
        const auto end = std::min(output.find('\n'), output.size());
        lines += "\n            | " + printable(output.substr(0, end));
        output.remove_prefix(std::min(end + 1, output.size()));
    }
    return lines;
}

}  // namespace

Story::Story(Session& session) : session_(session) {
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this, [this] {
        end(Error{Error::Kind::Unavailable,
                  "The demo waited too long for " + std::string{awaited()} +
                      "; is the machine busy? Try again, or see `dogwatchctl demo --help`.",
                  {}});
    });
    connect(&client_, &api::Client::connected, this, &Story::connected);
    connect(&client_, &api::Client::disconnected, this, [this](const QString& reason) {
        end(Error{Error::Kind::Unavailable, "The control plane went away: " + reason.toStdString(), {}});
    });
    connect(&workspace_, &demo::Workspace::troubled, this, [this](const QString& reason) {
        end(Error{Error::Kind::Refused, reason.toStdString(), {}});
    });
    connect(&client_, &api::Client::notification, this,
            [this](int, const std::string& method, json::object params) {
                if (method == "status") {
                    const auto* object = params.if_contains("status");
                    if (object != nullptr && object->is_object()) status(object->get_object());
                    return;
                }
                for (const auto& value : listMember(params, "records")) record(value.get_object());
            });
}

void Story::begin(const std::string& socket, Duration patience) {
    deadline_.start(std::chrono::ceil<std::chrono::milliseconds>(patience));
    client_.connectTo(socket);
}

void Story::say(const char* step, const std::string& text, const json::object& more) {
    const auto since = std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now() - begun_);
    if (session_.json()) {
        json::object line{{"step", step}, {"at_us", since.count()}, {"text", text}};
        for (const auto& member : more) line.insert_or_assign(member.key(), member.value());
        session_.printLine(line);
    } else {
        std::array<char, 32> clock{};
        std::snprintf(clock.data(), clock.size(), "[%6.2f s]  ", static_cast<double>(since.count()) / 1e6);
        session_.out() << session_.palette().paint(clock.data(), Colour::Dim) << text << '\n';
    }
    session_.out().flush();
}

void Story::connected() {
    chapter_ = Chapter::Booting;
    say("ready", "The control plane is ready. It boots virtual machines, each with a Linux of its own.");
    client_.subscribe({{"records", "status"}, {}, 0});
    client_.call(
        "status", {},
        [this](const Result<json::value>& answer) {
            if (answer && answer->is_object()) status(answer->get_object());
        },
        this);
    workspace_.setUp([this](const Result<void>& done) {
        if (!done) {
            end(done.error());
            return;
        }
        workspaceReady();
    });
}

void Story::workspaceReady() {
    std::string names;
    for (const auto& function : demo::functions()) {
        names += (names.empty() ? "" : ", ") + std::string{stringMember(function.get_object(), "name")};
    }
    say("functions", "Four functions are added: " + names + ".");
    for (const auto& value : demo::metaevents()) {
        const auto& metaevent = value.get_object();
        say("metaevent",
            "Watching for " + text(metaevent, "metaevent") + ": " + text(metaevent, "description"),
            {{"metaevent", stringMember(metaevent, "metaevent")}});
    }
    workspaceReady_ = true;
    if (vmReady_) record({{"event", "vm.ready"}});
}

void Story::status(const json::object& status) {
    const auto accelerator = text(status, "accelerator");
    if (acceleratorTold_ || accelerator.empty() || accelerator == "probing") return;
    acceleratorTold_ = true;
    say("accelerator", "Accelerator: " + accelerator + " (" + text(status, "accelerator_reason") + ").",
        {{"accelerator", accelerator}});
}

void Story::record(const json::object& record) {
    if (chapter_ == Chapter::Over) return;
    const auto event = stringMember(record, "event");
    const auto function = text(record, "function");
    if (event == "vm.ready" && chapter_ == Chapter::Booting) {
        if (!std::exchange(vmReady_, true)) {
            say("vm", "The first virtual machine is up after " + durationCell(record, "boot_us") + ".");
        }
        if (!workspaceReady_) return;
        chapter_ = Chapter::Beating;
        say("beating", "The heartbeat is called every second, and the importer every other second.");
        workspace_.setBeating(true);
        workspace_.setImporting(true);
    } else if (event == "execution.succeeded") {
        succeeded(function, record);
    } else if (event == "execution.failed") {
        say("failed",
            session_.palette().paint(function + " failed", Colour::Bad) + ": " + text(record, "message"),
            {{"function", function}, {"execution", stringMember(record, "execution")}});
        if (function != "importer") {
            end(Error{Error::Kind::Refused,
                      function + " failed, which it should not: " + text(record, "message"),
                      {}});
        }
    } else if (event == "metaevent.fired") {
        fired(record);
    }
}

void Story::succeeded(const std::string& function, const json::object& record) {
    const auto output = stringMember(record, "output");
    const json::object more{{"function", function},
                            {"execution", stringMember(record, "execution")},
                            {"vm", stringMember(record, "vm")},
                            {"output", output}};
    const auto took = "  (" + durationCell(record, "duration_us") + " in " + text(record, "vm") + ")";
    if (function == "heartbeat" || function == "importer") {
        if (function == "heartbeat") lastBeat_ = timeFromUs(intMember(record, "time"));
        const auto line = output.substr(0, output.find('\n'));
        say(function.c_str(), function + ": " + printable(line) + session_.palette().paint(took, Colour::Dim),
            more);
        return;
    }
    const auto said = session_.json() ? std::string{} : ", and says:" + block(output);
    say("job",
        "The job " + session_.palette().paint(function, Colour::Strong) + " has run in the virtual machine " +
            text(record, "vm") + said,
        more);
    if (function == "triage" && chapter_ == Chapter::Beating) stopTheHeartbeat();
    if (function == "pager" && chapter_ == Chapter::Silent) end(std::nullopt);
}

void Story::fired(const json::object& record) {
    const auto name = text(record, "metaevent");
    auto sentence = session_.palette().paint("FIRED " + name, Colour::Strong);
    const auto time = timeFromUs(intMember(record, "time"));
    if (name == "heartbeat-silent" && lastBeat_) {
        sentence += ": " + toWords(time - *lastBeat_) + " without a heartbeat";
    } else if (name == "imports-failing") {
        sentence += ": three imports in a row have failed";
    }
    say("fired", sentence + ". Its job is queued.",
        {{"metaevent", name}, {"firing", stringMember(record, "firing")}, {"time", toUs(time)}});
}

void Story::stopTheHeartbeat() {
    chapter_ = Chapter::Silent;
    workspace_.setImporting(false);
    workspace_.setBeating(false);
    say("stopped",
        "Now the heartbeat stops: nobody calls it any more. Nothing happens, and that is the event.");
}

const char* Story::awaited() const {
    switch (chapter_) {
        case Chapter::Connecting: return "the control plane";
        case Chapter::Booting: return "a virtual machine to boot";
        case Chapter::Beating: return "the imports to fail three times in a row";
        case Chapter::Silent: return "the silence to be noticed and its job to run";
        case Chapter::Over: break;
    }
    return "nothing";
}

void Story::end(const std::optional<Error>& error) {
    if (std::exchange(chapter_, Chapter::Over) == Chapter::Over) return;
    deadline_.stop();
    workspace_.setBeating(false);
    workspace_.setImporting(false);
    // Whoever is told closes the control plane; the client must not take that for a fault.
    disconnect(&client_, nullptr, this, nullptr);
    Q_EMIT ended(error);
}

}  // namespace dogwatch::cli
