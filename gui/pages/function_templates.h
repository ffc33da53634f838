// What "New" on the functions page offers to begin with.
#pragma once

#include <QString>
#include <vector>

namespace dogwatch::gui {

struct FunctionTemplate {
    QString title;
    QString name;
    QString runtime;
    QString code;
    QString payload;
};

std::vector<FunctionTemplate> functionTemplates();

}  // namespace dogwatch::gui
