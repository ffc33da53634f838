// FilterBar: the display filter of a table: completes fields and values, marks what is wrong where it stands,
// keeps filters under names; beside it the time range that all pages share, and the button that follows what
// is new.
#pragma once

#include <QStringListModel>
#include <QWidget>
#include <functional>

#include "gui/models/query_filter.h"
#include "gui/theme/theme.h"
#include "gui/widgets/saved_texts.h"

class QCompleter;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace dogwatch::gui {

class Table;

/// What a filter bar acts on.
struct FilterTarget {
    QStringList fields;
    /// Takes the text, or says what is wrong, and where.
    std::function<Result<void>(const QString& text, FilterSpan* fault)> apply;
    /// Values of a field that are worth proposing; may be empty.
    std::function<QStringList(const QString& field)> values;
};
FilterTarget targetOf(QueryFilter& filter);

class FilterBar final : public QWidget {
    Q_OBJECT
 public:
    /// `example`: shown while the filter is empty.
    FilterBar(const Theme& theme, FilterTarget target, Table* table, const QString& example,
              TextStore store = {}, QWidget* parent = nullptr);
    [[nodiscard]] QLineEdit* field() const { return field_; }
    [[nodiscard]] QPushButton* follow() const { return follow_; }
    /// Puts a further control into the bar, before the button that follows.
    void addControl(QWidget* widget);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void apply(const QString& text);
    void mark(const QString& text, const FilterSpan& span);
    void propose();
    void complete(const QString& proposal);
    [[nodiscard]] QString wordAtCursor(int* begin) const;

    FilterTarget target_;
    QHBoxLayout* row_;
    QLineEdit* field_;
    QLabel* fault_;
    QPushButton* follow_;
    QStringListModel proposals_;
    QCompleter* completer_;
    QColor faultColor_;
};

}  // namespace dogwatch::gui
