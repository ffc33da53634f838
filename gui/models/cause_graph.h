// CauseGraph: what led to an execution or a firing and what it led to (`causality` of docs/api.md), as boxes
// with words and places: time goes from left to right, a column a step.
#pragma once

#include <QRectF>
#include <QString>
#include <vector>

#include "core/model/json.h"
#include "core/model/time.h"
#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct CauseBox {
    enum class Leads { Nowhere, ToExecution, ToMetaevent, ToFiring };
    std::string node;
    QString title;
    QString detail;
    QString icon;
    Tone tone = Tone::Neutral;
    Time time{};
    int level = 0;
    Leads leads = Leads::Nowhere;
    QString target;  ///< id of the execution, name of the metaevent
    QString firing;  ///< its id
    bool isRoot = false;
    QRectF place;
};

struct CauseLine {
    std::size_t from = 0;  ///< into CauseGraph::boxes
    std::size_t to = 0;
    QString text;  ///< the time between them
};

struct CauseGraph {
    std::vector<CauseBox> boxes;
    std::vector<CauseLine> lines;
    bool truncated = false;
    QSizeF size;

    static constexpr QSizeF kBox{210, 54};
    static constexpr QSizeF kGap{92, 14};
};

CauseGraph causeGraphFromJson(const json::object& reply);

}  // namespace dogwatch::gui
