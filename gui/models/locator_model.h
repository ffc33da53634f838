// LocatorModel: everything one can jump to or do, narrowed by what is typed: letters in order, words in any.
#pragma once

#include <QAbstractListModel>
#include <QString>
#include <functional>
#include <vector>

#include "gui/models/table_models.h"

namespace dogwatch::gui {

struct Place {
    QString title;
    QString kind;  ///< "Function", "Action", …
    QString icon;
    QString detail;
    std::function<void()> go;
};

/// How well the text fits what was typed: higher is better; none: it does not fit. Every word must be found:
/// as it stands, or as letters in order.
std::optional<int> fitness(const QString& text, const QStringList& words);

class LocatorModel final : public QAbstractListModel {
    Q_OBJECT
 public:
    static constexpr std::size_t kMostShown = 60;
    enum Role { KindRole = FirstOwnRole, DetailRole };

    using QAbstractListModel::QAbstractListModel;
    void setPlaces(std::vector<Place> places);
    void setText(const QString& text);
    [[nodiscard]] const Place& at(int row) const { return places_[shown_[static_cast<std::size_t>(row)]]; }

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
    void narrow();

    std::vector<Place> places_;
    std::vector<std::size_t> shown_;
    QStringList words_;
};

}  // namespace dogwatch::gui
