// FilterBar: the display filter of a table, and the button that follows what is new.
#pragma once

#include <QWidget>

#include "gui/models/query_filter.h"
#include "gui/theme/theme.h"

class QLabel;
class QLineEdit;
class QPushButton;

namespace dogwatch::gui {

class Table;

class FilterBar final : public QWidget {
    Q_OBJECT
 public:
    /// `example`: shown while the filter is empty.
    FilterBar(const Theme& theme, QueryFilter& filter, Table* table, const QString& example,
              QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* field() const { return field_; }

 private:
    void apply(const QString& text);

    QueryFilter& filter_;
    QLineEdit* field_;
    QLabel* fault_;
    QPushButton* follow_;
};

}  // namespace dogwatch::gui
