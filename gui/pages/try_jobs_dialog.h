// TryJobsDialog: runs a job of a metaevent by hand, with the payload that it would be called with: that of
// the latest firing, or one made from the latest records that the metaevent looks at.
#pragma once

#include <QDialog>

#include "core/model/metaevent.h"
#include "gui/session/control_plane_session.h"
#include "gui/theme/theme.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace dogwatch::gui {

class JsonField;

class TryJobsDialog final : public QDialog {
    Q_OBJECT
 public:
    TryJobsDialog(ControlPlaneSession& session, const Theme& theme, Metaevent definition,
                  QWidget* parent = nullptr);

 Q_SIGNALS:
    void executionChosen(const QString& id);

 private:
    void sample();
    void fill(const json::object& firing, const QString& source);
    void showJob();
    void run();
    void showOutcome(const Result<json::value>& reply);

    ControlPlaneSession& session_;
    const Theme& theme_;
    Metaevent definition_;
    std::vector<std::pair<std::string, json::value>> jobs_;  ///< function and payload
    QComboBox* job_;
    QLabel* source_;
    JsonField* payload_;
    QLabel* outcome_;
    QPlainTextEdit* result_;
    QPushButton* run_ = nullptr;
    QPushButton* open_ = nullptr;
    QString execution_;
};

}  // namespace dogwatch::gui
