// Fields: one editor for each type of field of the table of kinds. Each shows a member of a node's JSON and
// tells what people make of it; nothing but a person, or another value, changes its text.
#pragma once

#include <QLineEdit>
#include <QStringList>
#include <QWidget>
#include <functional>
#include <optional>

#include "core/model/json.h"
#include "gui/canvas/model/node_kinds.h"
#include "gui/theme/theme.h"

class QCompleter;
class QStringListModel;

namespace dogwatch::gui::canvas {

/// What can be chosen from, asked for when a list is opened.
struct Names {
    std::function<QStringList()> functions;
    std::function<QStringList()> metaevents;
    std::function<QStringList()> paths;  ///< of the records there are: "result.total"
    std::function<QStringList()> descriptions;
};

using FieldJson = std::optional<json::value>;  ///< none: the member is left out

/// A line that offers words, each time from a list of its own that is made anew when it is opened: by the
/// chevron at its end, by Down, and while one types.
class SuggestField final : public QLineEdit {
    Q_OBJECT
 public:
    SuggestField(std::function<QStringList()> words, const Theme& theme, QWidget* parent = nullptr);
    /// Completes the word behind the last comma alone.
    void setSeveral(bool several) { several_ = several; }
    void offerAll();

 protected:
    /// Undo and redo are those of the drawing.
    bool event(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void offer(const QString& beginning, bool all);
    void take(const QString& word);

    std::function<QStringList()> words_;
    QStringListModel* list_;
    QCompleter* completer_;
    bool several_ = false;
};

class FieldEdit : public QWidget {
    Q_OBJECT
 public:
    using QWidget::QWidget;
    virtual void show(const FieldJson& value) = 0;
    /// What the value means, in words, below the field; empty: it speaks for itself.
    [[nodiscard]] virtual QString meaning() const { return {}; }
    /// The parts that can be marked as faulty.
    [[nodiscard]] virtual QWidget* marked() { return focusProxy() != nullptr ? focusProxy() : this; }

 Q_SIGNALS:
    void edited(const dogwatch::gui::canvas::FieldJson& value);
};

FieldEdit* makeFieldEdit(const Field& field, const Names& names, const Theme& theme, QWidget* parent);

/// Numbers that people often choose.
QStringList commonNumbers();

/// JSON of a scalar as people type it: 5, true, "quoted", or plain text; and back.
json::value scalarFromText(const QString& text);
QString textFromScalar(const json::value& value);

}  // namespace dogwatch::gui::canvas
