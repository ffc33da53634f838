// Which lines two texts share, and which only one of them has.
#pragma once

#include <QString>
#include <vector>

namespace dogwatch::gui {

struct DiffLine {
    enum class Kind { Same, Removed, Added };
    Kind kind = Kind::Same;
    QString text;

    bool operator==(const DiffLine&) const = default;
};

/// From `before` to `after`, with as few changed lines as there can be (of texts beyond some thousand changed
/// lines all between the first and the last change).
std::vector<DiffLine> diffLines(const QString& before, const QString& after);

}  // namespace dogwatch::gui
