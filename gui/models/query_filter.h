// QueryFilter: shows the rows of a model that a query matches. Fields are named columns of the source.
#pragma once

#include <QHash>
#include <QSortFilterProxyModel>
#include <optional>

#include "core/model/time.h"
#include "gui/models/query.h"

namespace dogwatch::gui {

class QueryFilter : public QSortFilterProxyModel {
    Q_OBJECT
 public:
    /// Where a field's value stands in the source.
    struct Source {
        int column = 0;
        int role = Qt::DisplayRole;
    };
    explicit QueryFilter(QHash<QString, Source> fields, QObject* parent = nullptr);

    [[nodiscard]] QStringList keys() const;
    /// Takes the query when it is well-formed; otherwise the last one stays.
    Result<void> setText(const QString& text, FilterSpan* fault = nullptr);
    /// Shows only rows whose `field` is exactly this; an empty value shows all.
    void setRequired(const QString& field, const QString& value);

    /// Shows only rows whose TimeRole lies between these.
    void setTimes(std::optional<Time> since, std::optional<Time> until);

 protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
    QHash<QString, Source> fields_;
    Query query_;
    std::optional<Time> since_;
    std::optional<Time> until_;
    QString requiredField_;
    QString requiredValue_;
};

}  // namespace dogwatch::gui
