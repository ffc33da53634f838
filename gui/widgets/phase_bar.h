// PhaseBar: where the time of an execution went: waiting in the queue, readying the VM, running.
#pragma once

#include <QWidget>

#include "core/model/execution.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui {

struct Phases {
    std::optional<std::int64_t> queueUs;
    std::optional<std::int64_t> initUs;
    std::optional<std::int64_t> runUs;
    QString start;  ///< "warm", "clone", "cold"
};

class PhaseBar final : public QWidget {
    Q_OBJECT
 public:
    explicit PhaseBar(const Theme& theme, QWidget* parent = nullptr);
    void set(const Phases& phases);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    const Theme& theme_;
    Phases phases_;
};

}  // namespace dogwatch::gui
