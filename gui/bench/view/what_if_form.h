// WhatIfForm: a record that did not happen, to be placed on the timeline by hand.
#pragma once

#include <QDialog>

#include "core/model/metaevent.h"
#include "core/model/record.h"
#include "gui/theme/theme.h"

class QComboBox;
class QDateTimeEdit;
class QLabel;

namespace dogwatch::gui {
class JsonField;
}

namespace dogwatch::gui::bench {

class WhatIfForm final : public QDialog {
    Q_OBJECT
 public:
    /// `like`: records to begin with, the first at once: what the drawing looks for.
    WhatIfForm(const Theme& theme, Time time, std::vector<Record> like, const QStringList& functions,
               QWidget* parent = nullptr);

 Q_SIGNALS:
    void placed(const dogwatch::Record& record);

 private:
    void begin(int index);
    void place();

    std::vector<Record> like_;
    Time time_;
    QComboBox* event_;
    QComboBox* function_;
    QDateTimeEdit* when_;
    JsonField* fields_;
    QLabel* fault_;
};

/// One record that each selector of a definition would match, as far as that can be told.
std::vector<Record> recordsLike(const Metaevent& definition);

}  // namespace dogwatch::gui::bench
