// What the console keeps beside the control plane's data, in DIR/console: a JSON object a file. Losing it
// loses no meaning.
#pragma once

#include <QString>

#include "core/model/json.h"

namespace dogwatch::gui {

class ConsoleFile {
 public:
    ConsoleFile(const std::string& dataDir, const QString& name);
    /// Empty where there is none, or something else stands there.
    [[nodiscard]] json::object read() const;
    /// Whole or not at all.
    bool write(const json::object& object) const;
    void remove() const;

 private:
    QString folder_;
    QString path_;
};

}  // namespace dogwatch::gui
