// FunctionField: the name of a function, typed or picked from those there are.
#pragma once

#include <QComboBox>

namespace dogwatch::gui {

class FunctionModel;

/// Keeps a list of its own, brought up to date when it is entered or opened: a combo box on the live model
/// takes its text from there whenever a row comes, changes or goes, over what one has typed.
class FunctionField final : public QComboBox {
    Q_OBJECT
 public:
    /// `functions` must outlive it. `name` is the object name; that of its line edit is `name`Text.
    FunctionField(const FunctionModel& functions, const QString& name, const QString& placeholder,
                  QWidget* parent = nullptr);

    void showPopup() override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void refresh();

    const FunctionModel& functions_;
};

}  // namespace dogwatch::gui
