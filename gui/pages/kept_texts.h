// Texts that were kept under names, in DIR/console: filters, a list for each page; payloads, one for each
// function.
#pragma once

#include <QString>

#include "gui/widgets/saved_texts.h"

namespace dogwatch::gui {

/// `file`: "filters.json", …; `group`: whose.
TextStore savedTexts(const std::string& dataDir, const QString& file, const QString& group);

}  // namespace dogwatch::gui
