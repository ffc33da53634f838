#include "gui/models/background.h"

#include <QThreadPool>

namespace dogwatch::gui {

QThreadPool& background() {
    static QThreadPool pool;
    return pool;
}

}  // namespace dogwatch::gui
