// A test of the console fails on any warning that Qt, or we, log while it runs. One may live within another.
#pragma once

#include <QStringList>

namespace dogwatch::gui {

class FailOnWarning {
 public:
    FailOnWarning();
    ~FailOnWarning();
    FailOnWarning(const FailOnWarning&) = delete;
    FailOnWarning& operator=(const FailOnWarning&) = delete;

    /// What was logged since the last call.
    QStringList take();

 private:
    QtMessageHandler previous_;
};

}  // namespace dogwatch::gui
