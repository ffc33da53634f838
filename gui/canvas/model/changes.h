// What applying a draft changes, for people to read before they do.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/model/json.h"

namespace dogwatch::gui::canvas {

struct Changes {
    bool isNew = false;
    bool armsAnew = false;  ///< its state starts empty (spec section 6, Arming)
    QStringList lines;      ///< "cooldown: 1h → 30m", one a member
    [[nodiscard]] bool isNone() const { return !isNew && lines.isEmpty(); }
    /// What it means for the running state, as one sentence.
    [[nodiscard]] QString meaning() const;
};

/// Members are compared by their JSON path, lists as a whole.
Changes changesBetween(const std::optional<json::object>& applied, const json::object& draft);

}  // namespace dogwatch::gui::canvas
