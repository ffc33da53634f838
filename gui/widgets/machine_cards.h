// MachineCards: the machines of the pool as cards, over the rows of MachineModel. A card shows all that the
// table does but the process; the views can share one selection.
#pragma once

#include <QListView>

#include "gui/theme/theme.h"

namespace dogwatch::gui {

class EmptyState;

class MachineCards final : public QListView {
    Q_OBJECT
 public:
    /// `name`: for screen readers.
    MachineCards(const Theme& theme, const QString& name, QWidget* parent = nullptr);
    /// `model`: MachineModel, or a proxy of it.
    void show(QAbstractItemModel* model);
    void setEmptyState(const QString& icon, const QString& title, const QString& text);

 protected:
    void resizeEvent(QResizeEvent* event) override;

 private:
    void updateEmptyState();

    EmptyState* empty_;
};

}  // namespace dogwatch::gui
