#include "gui/models/line_diff.h"

#include <QStringList>
#include <algorithm>

namespace dogwatch::gui {
namespace {

constexpr std::size_t kMostCompared = 3000;

/// Longest common subsequence of what lies between the common beginning and end.
void diffMiddle(const QStringList& a, const QStringList& b, std::vector<DiffLine>& diff) {
    using Kind = DiffLine::Kind;
    const auto n = static_cast<std::size_t>(a.size());
    const auto m = static_cast<std::size_t>(b.size());
    if (n > kMostCompared || m > kMostCompared) {
        for (const QString& line : a) diff.push_back({Kind::Removed, line});
        for (const QString& line : b) diff.push_back({Kind::Added, line});
        return;
    }
    // length[i][j]: of the longest common subsequence of a[i..] and b[j..].
    std::vector<std::vector<std::uint16_t>> length(n + 1, std::vector<std::uint16_t>(m + 1, 0));
    const auto line = [](const QStringList& list, std::size_t at) -> const QString& {
        return list[static_cast<qsizetype>(at)];
    };
    for (std::size_t i = n; i-- > 0;)
        for (std::size_t j = m; j-- > 0;)
            length[i][j] = line(a, i) == line(b, j) ? static_cast<std::uint16_t>(length[i + 1][j + 1] + 1)
                                                    : std::max(length[i + 1][j], length[i][j + 1]);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < n || j < m) {
        if (i < n && j < m && line(a, i) == line(b, j)) {
            diff.push_back({Kind::Same, line(a, i)});
            ++i;
            ++j;
        } else if (i < n && (j == m || length[i + 1][j] >= length[i][j + 1])) {
            diff.push_back({Kind::Removed, line(a, i++)});
        } else {
            diff.push_back({Kind::Added, line(b, j++)});
        }
    }
}

}  // namespace

std::vector<DiffLine> diffLines(const QString& before, const QString& after) {
    const QStringList a = before.split(u'\n');
    const QStringList b = after.split(u'\n');
    const qsizetype shorter = std::min(a.size(), b.size());
    qsizetype head = 0;
    while (head < shorter && a[head] == b[head]) ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
    std::vector<DiffLine> diff;
    for (qsizetype i = 0; i < head; ++i) diff.push_back({DiffLine::Kind::Same, a[i]});
    diffMiddle(a.mid(head, a.size() - head - tail), b.mid(head, b.size() - head - tail), diff);
    for (qsizetype i = a.size() - tail; i < a.size(); ++i) diff.push_back({DiffLine::Kind::Same, a[i]});
    return diff;
}

}  // namespace dogwatch::gui
