#include "gui/models/query_filter.h"

#include "gui/models/table_models.h"

namespace dogwatch::gui {

QueryFilter::QueryFilter(QHash<QString, Source> fields, QObject* parent)
    : QSortFilterProxyModel(parent), fields_(std::move(fields)) {
    setSortRole(SortRole);
}

QStringList QueryFilter::keys() const {
    QStringList keys = fields_.keys();
    keys.sort();
    return keys;
}

Result<void> QueryFilter::setText(const QString& text, FilterSpan* fault) {
    auto query = Query::parse(text, fields_.keys(), fault);
    if (!query) return tl::unexpected(query.error());
    query_ = std::move(*query);
    invalidateRowsFilter();
    return {};
}

void QueryFilter::setRequired(const QString& field, const QString& value) {
    requiredField_ = field;
    requiredValue_ = value;
    invalidateRowsFilter();
}

void QueryFilter::setTimes(std::optional<Time> since, std::optional<Time> until) {
    if (since == since_ && until == until_) return;
    since_ = since;
    until_ = until;
    invalidateRowsFilter();
}

bool QueryFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const auto field = [&](const QString& key) {
        const Source source = fields_.value(key);
        return sourceModel()->index(row, source.column, parent).data(source.role);
    };
    if (!requiredValue_.isEmpty() && field(requiredField_).toString() != requiredValue_) return false;
    if (since_ || until_) {
        const qint64 us = sourceModel()->index(row, 0, parent).data(TimeRole).toLongLong();
        if ((since_ && us < toUs(*since_)) || (until_ && us > toUs(*until_))) return false;
    }
    if (query_.isEmpty()) return true;
    return query_.matches(field,
                          [&] { return sourceModel()->index(row, 0, parent).data(SearchRole).toString(); });
}

}  // namespace dogwatch::gui
