// Delegates of the overview's tables: what a function did lately as small bars, a firing in two lines.
#pragma once

#include <QStyledItemDelegate>

#include "gui/theme/theme.h"

namespace dogwatch::gui {

/// Draws a Spark: a bar a part, failures on top.
class SparkDelegate final : public QStyledItemDelegate {
    Q_OBJECT
 public:
    SparkDelegate(const Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

 private:
    const Theme& theme_;
};

/// Draws a row of FiringModel in its column What: the metaevent and the time above, the words below, in two
/// lines where one is too short.
class FiringDelegate final : public QStyledItemDelegate {
    Q_OBJECT
 public:
    static constexpr int kHeight = 62;
    FiringDelegate(const Theme& theme, QObject* parent);
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;

 private:
    const Theme& theme_;
};

}  // namespace dogwatch::gui
