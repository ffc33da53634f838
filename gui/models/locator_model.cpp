#include "gui/models/locator_model.h"

#include <algorithm>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

std::optional<int> fitnessOfWord(const QString& text, const QString& word) {
    const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at == 0) return 100 - static_cast<int>(std::min<qsizetype>(text.size() - word.size(), 40));
    if (at > 0) return text[at - 1].isLetterOrNumber() ? 40 : 60;
    qsizetype from = 0;  // letters in order
    for (const QChar letter : word) {
        from = text.indexOf(letter, from, Qt::CaseInsensitive);
        if (from < 0) return std::nullopt;
        ++from;
    }
    return word.size() > 1 ? std::optional{10} : std::nullopt;
}

}  // namespace

std::optional<int> fitness(const QString& text, const QStringList& words) {
    int sum = 0;
    for (const QString& word : words) {
        const auto fits = fitnessOfWord(text, word);
        if (!fits) return std::nullopt;
        sum += *fits;
    }
    return sum;
}

void LocatorModel::setPlaces(std::vector<Place> places) {
    places_ = std::move(places);
    narrow();
}

void LocatorModel::setText(const QString& text) {
    words_ = text.split(u' ', Qt::SkipEmptyParts);
    narrow();
}

void LocatorModel::narrow() {
    std::vector<std::pair<int, std::size_t>> fitting;
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const Place& place = places_[i];
        const auto byTitle = fitness(place.title, words_);
        const auto byAll =
            byTitle ? byTitle : fitness(place.title + u' ' + place.kind + u' ' + place.detail, words_);
        if (byAll) fitting.emplace_back(*byAll + (byTitle ? 20 : 0), i);
    }
    std::stable_sort(fitting.begin(), fitting.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    if (fitting.size() > kMostShown) fitting.resize(kMostShown);
    // Another word typed is another list: nothing of it is kept.
    beginResetModel();
    shown_.clear();
    for (const auto& each : fitting) shown_.push_back(each.second);
    endResetModel();
}

int LocatorModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

QVariant LocatorModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const Place& place = at(index.row());
    switch (role) {
        case Qt::DisplayRole: return place.title;
        case Qt::AccessibleTextRole: return place.kind + u": "_s + place.title + u", "_s + place.detail;
        case IconRole: return place.icon;
        case KindRole: return place.kind;
        case DetailRole: return place.detail;
        default: return {};
    }
}

}  // namespace dogwatch::gui
