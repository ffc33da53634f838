// Templates: metaevents to begin with, each with a sentence, a picture in a tiny notation and the few things
// that one has to say to make it one's own.
#pragma once

#include <QHash>
#include <QString>
#include <span>
#include <string_view>
#include <vector>

#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::gui::canvas {

struct TemplateField {
    enum class Type { Function, Duration, Number, Schedule, Metaevent, Path, Event };
    std::string_view key{};  ///< stands in the definition as "$key"
    Type type = Type::Function;
    std::string_view title{};
    std::string_view initial{};
    bool required = true;
};

struct Template {
    std::string_view key{};
    std::string_view title{};
    std::string_view sentence{};
    /// A timeline: `o` it went well, `x` it failed, `.` nothing came, `>` a start, `-` time passes, `^` a
    /// value above the bound, `v` one below, `q` a queued one, `a` one value and `b` another, `!` it fires.
    std::string_view picture{};
    std::vector<TemplateField> fields{};
    std::string_view definition{};  ///< JSON
};

std::span<const Template> templates();

/// Values of fields by key; missing ones are the field's initial.
using TemplateValues = QHash<QString, QString>;

/// The definition with the values put in; the error names the field at fault. `taken`: names that there are.
Result<json::object> definitionFrom(const Template& made, const TemplateValues& values,
                                    const QStringList& taken = {});

}  // namespace dogwatch::gui::canvas
