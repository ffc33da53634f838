// LayoutStore: where nodes of a drawing stand, comments, frames and drafts, kept by the console beside the
// control plane's data. No part of a definition; losing it loses no meaning.
#pragma once

#include <QString>
#include <optional>

#include "core/model/json.h"

namespace dogwatch::gui {

class LayoutStore {
 public:
    /// `dataDir`: of the control plane; the files lie in its folder "console".
    explicit LayoutStore(const QString& dataDir) : directory_(dataDir + QStringLiteral("/console")) {}

    /// What was kept under a metaevent's name; "" is the drawing that has not been applied under any.
    [[nodiscard]] std::optional<json::object> load(const QString& name) const;
    void save(const QString& name, const json::object& kept) const;
    void remove(const QString& name) const;

 private:
    [[nodiscard]] QString fileOf(const QString& name) const;
    QString directory_;
};

}  // namespace dogwatch::gui
