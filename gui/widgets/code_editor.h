// CodeEditor: QScintilla in the theme's colours, with a lexer for the runtime and a mark on a faulty line.
#pragma once

#include "gui/widgets/qscintilla.h"

#include "gui/theme/theme.h"

namespace dogwatch::gui {

class CodeEditor final : public QsciScintilla {
    Q_OBJECT
 public:
    enum class Language { Plain, Python, Shell, Lua, JavaScript, Json };
    CodeEditor(const Theme& theme, const QString& name, QWidget* parent = nullptr);

    void setLanguage(Language language);
    [[nodiscard]] static Language languageOf(const QString& runtime);
    /// Marks a line (from 1) with what is wrong there; 0 takes the mark away.
    void markLine(int line, const QString& message);
    /// Colours the lines that begin with + or -.
    void markDifferences();
    /// Selects the next place of the text, around the end; whether there is one.
    bool findNext(const QString& text, bool backwards);
    /// The same from the beginning of what is selected: for a text that is being typed.
    bool findFromHere(const QString& text);

 protected:
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void recolor();

    const Theme& theme_;
    Language language_ = Language::Plain;
};

}  // namespace dogwatch::gui
