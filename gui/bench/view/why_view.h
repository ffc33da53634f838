// WhyView: why it fired, why it did not, and what comes next, as lists whose lines lead to the nodes, the
// records and the times they speak of.
#pragma once

#include <QTextBrowser>
#include <functional>

#include "core/model/json.h"
#include "gui/theme/theme.h"

namespace dogwatch::gui::bench {

class WhyView final : public QTextBrowser {
    Q_OBJECT
 public:
    /// `recordWords`: one line about the record of a seq; empty: it is not known here.
    WhyView(const Theme& theme, std::function<QString(std::int64_t seq)> recordWords,
            QWidget* parent = nullptr);

    /// EXPLANATION of docs/api.md.
    void show(const json::object& explanation);
    /// No moment is chosen: how to choose one.
    void showNothing();

 Q_SIGNALS:
    void nodeAsked(const std::string& path);
    void recordAsked(std::int64_t seq);
    void timeAsked(std::int64_t us);

 private:
    void render();
    /// What the engine says, with its times as clocks here show them.
    [[nodiscard]] QString words(const json::object& object, std::string_view key) const;
    [[nodiscard]] QString conditionHtml(const json::object& condition) const;
    [[nodiscard]] QString nextHtml() const;
    [[nodiscard]] QString evidenceHtml() const;
    [[nodiscard]] QString runsHtml() const;

    const Theme& theme_;
    std::function<QString(std::int64_t)> recordWords_;
    std::optional<json::object> explanation_;
};

}  // namespace dogwatch::gui::bench
