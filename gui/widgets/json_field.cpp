#include "gui/widgets/json_field.h"

#include <QVBoxLayout>

#include "gui/models/language.h"
#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/panels.h"

namespace dogwatch::gui {

using namespace Qt::StringLiterals;

QWidget* framed(QWidget* editor) {
    auto* frame = new QFrame;
    frame->setObjectName(u"card"_s);
    auto* layout = new QVBoxLayout{frame};
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(editor);
    return frame;
}

JsonField::JsonField(const Theme& theme, const QString& name, QWidget* parent)
    : QWidget(parent), editor_(new CodeEditor{theme, name}), fault_(faultLabel(this)) {
    setFocusProxy(editor_);
    editor_->setLanguage(CodeEditor::Language::Json);
    editor_->setMarginWidth(0, 0);
    editor_->setMarginWidth(1, 4);
    editor_->setIndentationWidth(2);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addWidget(framed(editor_), 1);
    layout->addWidget(fault_);
    connect(editor_, &QsciScintilla::textChanged, this, [this] {
        validate();
        Q_EMIT changed();
    });
}

QString JsonField::text() const {
    return editor_->text();
}

void JsonField::setText(const QString& text) {
    editor_->setText(text);
}

Result<json::value> JsonField::value() const {
    const QString trimmed = text().trimmed();
    return trimmed.isEmpty() ? Result<json::value>{json::value{}} : parseJson(toUtf8(text()), {}, grammar());
}

void JsonField::validate() {
    const auto parsed = value();
    setFault(parsed ? QString{} : tr("Not JSON: %1").arg(fromUtf8(parsed.error().message)));
}

void JsonField::setFault(const QString& fault) {
    dogwatch::gui::setFault(fault_, fault);
}

}  // namespace dogwatch::gui
