#include "core/demo/workspace.h"

#include <chrono>
#include <utility>

#include "core/demo/files.h"

namespace dogwatch::demo {
namespace {

using std::chrono::seconds;

constexpr seconds kBeating{28};
constexpr seconds kSilent{12};

/// Our own files: that they are well formed is checked by a test.
json::array list(std::string_view name) {
    auto value = parseJson(file(name));
    return value && value->is_array() ? std::move(value->get_array()) : json::array{};
}

/// The batch's orders; some of each eight batches hold a line that is none.
json::value batch(int number) {
    json::array lines{"Ada,tea," + std::to_string(10 + number), "Grace,\"bread, sliced\",3",
                      "Edsger,paper,250"};
    if (number % 8 >= 5) lines.emplace_back("#REF!,,");
    return {{"batch", number}, {"lines", std::move(lines)}};
}

}  // namespace

json::array functions() {
    auto functions = list("functions.json");
    for (auto& value : functions) {
        auto& function = value.as_object();
        function["code"] = file(stringMember(function, "file"));
        function.erase("file");
    }
    return functions;
}

json::array metaevents() {
    return list("metaevents.json");
}

Workspace::Workspace(api::Client& client, QObject* parent) : QObject(parent), client_(client) {
    QObject::connect(&beat_, &QTimer::timeout, this, [this] { invoke("heartbeat", nullptr); });
    QObject::connect(&import_, &QTimer::timeout, this, &Workspace::import);
    rhythm_.setSingleShot(true);
    QObject::connect(&rhythm_, &QTimer::timeout, this, [this] {
        setBeating(!isBeating());
        rhythm_.start(isBeating() ? kBeating : kSilent);
    });
}

void Workspace::setUp(std::function<void(Result<void>)> done) {
    addFunctions(0, std::move(done));
}

void Workspace::addFunctions(std::size_t next, std::function<void(Result<void>)> done) {
    const auto all = functions();
    if (next == all.size()) {
        client_.call(
            "metaevents.apply", {{"definitions", metaevents()}},
            [done = std::move(done)](const Result<json::value>& answer) {
                done(answer ? Result<void>{} : tl::unexpected(answer.error()));
            },
            this);
        return;
    }
    client_.call(
        "functions.add", all[next].as_object(),
        [this, next, done = std::move(done)](const Result<json::value>& answer) {
            if (answer || answer.error().kind == Error::Kind::Conflict) {
                addFunctions(next + 1, done);
            } else {
                done(tl::unexpected(answer.error()));
            }
        },
        this);
}

void Workspace::setBeating(bool beating) {
    if (beating == isBeating()) return;
    if (beating) {
        invoke("heartbeat", nullptr);
        beat_.start(seconds{1});
    } else {
        beat_.stop();
    }
    Q_EMIT beatingChanged(beating);
}

void Workspace::setImporting(bool importing) {
    if (importing) {
        import();
        import_.start(seconds{2});
    } else {
        import_.stop();
    }
}

void Workspace::keepInMotion() {
    setBeating(true);
    setImporting(true);
    rhythm_.start(kBeating);
}

void Workspace::import() {
    invoke("importer", batch(batch_));
    ++batch_;
}

void Workspace::invoke(const char* function, json::value payload) {
    client_.call(
        "invoke", {{"function", function}, {"payload", std::move(payload)}, {"async", true}},
        [this](const Result<json::value>& answer) {
            if (!answer) Q_EMIT troubled(QString::fromStdString(answer.error().text()));
        },
        this);
}

}  // namespace dogwatch::demo
