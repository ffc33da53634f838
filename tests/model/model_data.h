// What the tests of the model share: JSON and definitions from text, and text for QCOMPARE.
#pragma once

#include <QtTest>
#include <string>

#include "core/model/json.h"
#include "core/model/metaevent.h"
#include "core/model/record.h"

namespace dogwatch::test {

inline QString toQt(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// The value that correct JSON text stands for.
inline json::value parsed(std::string_view text) {
    auto value = parseJson(text);
    return value ? *std::move(value) : json::value("broken JSON in the test: " + value.error().text());
}
inline json::value parsed(const char* text) {
    return parsed(std::string_view{text});
}
inline json::value parsed(const QString& text) {
    return parsed(text.toStdString());
}

/// A definition around a condition, all as JSON text.
inline std::string withWhen(const std::string& when, const std::string& rest = {}) {
    return R"({"metaevent": "x", "when": )" + when + (rest.empty() ? "" : ", " + rest) + "}";
}

/// A record of a kind with further fields as JSON text.
inline Record record(std::string event, std::string_view fields = "{}") {
    Record record;
    record.seq = 7;
    record.time = timeFromUs(1'700'000'000'000'000);
    record.event = std::move(event);
    record.fields = parsed(fields).as_object();
    return record;
}

}  // namespace dogwatch::test
