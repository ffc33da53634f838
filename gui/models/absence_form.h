// AbsenceForm: the metaevent "FUNCTION has not succeeded for DURATION, then run JOB" as a form's fields, and
// its way from and to the JSON of a definition. What the form does not show is kept as it stands.
#pragma once

#include <optional>
#include <string>

#include "core/model/json.h"
#include "core/model/result.h"

namespace dogwatch::gui {

struct AbsenceForm {
    enum class What { Succeeded, Finished, Failed };

    std::string name;
    std::string function;
    What what = What::Succeeded;
    std::string duration = "5s";
    std::string job;         ///< empty: none
    std::string payload;     ///< JSON text; empty: everything known about the firing
    std::string cooldown;    ///< empty: none
    std::string repeat;      ///< empty: none
    bool fromFirst = false;  ///< not armed until it happened once

    bool operator==(const AbsenceForm&) const = default;
};

/// What is wrong with each field, by the JSON path of the definition; the first one only.
Result<json::object> definitionFromForm(const AbsenceForm& form, const json::object& base = {});

/// None when the definition says more than the form can show: then it is edited as JSON.
std::optional<AbsenceForm> formFromDefinition(const json::object& definition);

/// "When backup has not succeeded for 24 h, run pager."
std::string formSentence(const AbsenceForm& form);

}  // namespace dogwatch::gui
