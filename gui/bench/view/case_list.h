// CaseList: the test cases of a drawing, and whether the draft does what is expected of it in each.
#pragma once

#include <QWidget>

#include "gui/bench/model/test_case.h"
#include "gui/theme/theme.h"

class QLabel;
class QListWidget;
class QPushButton;

namespace dogwatch::gui::bench {

class CaseList final : public QWidget {
    Q_OBJECT
 public:
    explicit CaseList(const Theme& theme, QWidget* parent = nullptr);
    void setCases(const std::vector<TestCase>& cases);
    /// One for each case; none: not known yet.
    void setResults(const std::vector<TestCase>& cases, const std::vector<CaseResult>& results);

 Q_SIGNALS:
    void saveAsked();
    /// What the draft does in it is what shall be expected.
    void acceptAsked(int index);
    void removeAsked(int index);
    void shown(int index);

 private:
    const Theme& theme_;
    QListWidget* list_;
    QLabel* hint_;
    QPushButton* accept_;
    QPushButton* remove_;
};

/// "expected 2 firings, got 1: none at 12:00:05".
QString caseWords(const TestCase& one, const CaseResult& result);

}  // namespace dogwatch::gui::bench
