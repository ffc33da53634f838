#include "gui/widgets/code_editor.h"

#include <QKeyEvent>

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr int kFaultMarker = 1;
constexpr int kFaultLine = 2;
constexpr int kAddedLine = 3;
constexpr int kRemovedLine = 4;

QsciLexer* lexerOf(CodeEditor::Language language, QObject* parent) {
    switch (language) {
        case CodeEditor::Language::Python: return new QsciLexerPython{parent};
        case CodeEditor::Language::Shell: return new QsciLexerBash{parent};
        case CodeEditor::Language::Lua: return new QsciLexerLua{parent};
        case CodeEditor::Language::JavaScript: return new QsciLexerJavaScript{parent};
        case CodeEditor::Language::Json: return new QsciLexerJSON{parent};
        case CodeEditor::Language::Plain: break;
    }
    return nullptr;
}

/// What a style is for, by the lexer's own description of it; all lexers speak the same words there.
QColor styleColor(const QString& description, const Theme& theme) {
    const Colors& colors = theme.colors();
    const auto has = [&](QLatin1StringView word) { return description.contains(word, Qt::CaseInsensitive); };
    if (has("comment"_L1)) return colors.muted;
    if (has("property"_L1)) return colors.accent;
    if (has("string"_L1) || has("quote"_L1) || has("heredoc"_L1) || has("here document"_L1))
        return colors.good;
    if (has("number"_L1)) return colors.warning;
    if (has("error"_L1) || has("unclosed"_L1)) return colors.bad;
    if (has("keyword"_L1) || has("decorator"_L1)) return colors.accent;
    if (has("function"_L1) || has("class"_L1))
        return theme.isDark() ? QColor{u"#c9a6ff"_s} : QColor{u"#6b2fb3"_s};
    return colors.text;
}

}  // namespace

CodeEditor::CodeEditor(const Theme& theme, const QString& name, QWidget* parent)
    : QsciScintilla(parent), theme_(theme) {
    setAccessibleName(name);
    setUtf8(true);
    setEolMode(EolUnix);
    setIndentationsUseTabs(false);
    setIndentationWidth(4);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setBraceMatching(SloppyBraceMatch);
    setFrameShape(NoFrame);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    setMarginType(0, NumberMargin);
    setMarginWidth(0, u"00000"_s);
    setMarginWidth(1, 4);
    setMarginLineNumbers(0, true);
    markerDefine(SC_MARK_FULLRECT, kFaultMarker);
    markerDefine(Background, kFaultLine);
    markerDefine(Background, kAddedLine);
    markerDefine(Background, kRemovedLine);
    setMinimumSize(160, 60);
    recolor();
    connect(&theme, &Theme::changed, this, &CodeEditor::recolor);
}

CodeEditor::Language CodeEditor::languageOf(const QString& runtime) {
    if (runtime == u"python3"_s) return Language::Python;
    if (runtime == u"sh"_s || runtime == u"provided"_s) return Language::Shell;
    if (runtime == u"lua"_s) return Language::Lua;
    return runtime == u"node"_s ? Language::JavaScript : Language::Plain;
}

void CodeEditor::setLanguage(Language language) {
    if (language == language_) return;
    language_ = language;
    delete lexer();
    setLexer(lexerOf(language, this));
    recolor();
}

void CodeEditor::recolor() {
    const Colors& colors = theme_.colors();
    const QFont font = Theme::codeFont();
    if (QsciLexer* current = lexer()) {
        current->setDefaultFont(font);
        current->setDefaultPaper(colors.surface);
        current->setDefaultColor(colors.text);
        for (int style = 0; style < 128; ++style) {
            const QString description = current->description(style);
            current->setColor(styleColor(description, theme_), style);
            current->setPaper(colors.surface, style);
            current->setFont(font, style);
        }
    } else {
        setFont(font);
        setColor(colors.text);
        setPaper(colors.surface);
    }
    setCaretForegroundColor(colors.text);
    setCaretWidth(2);
    setCaretLineVisible(true);
    setCaretLineBackgroundColor(colors.hover);
    setSelectionBackgroundColor(colors.selection);
    setSelectionForegroundColor(colors.text);
    setMarginsFont(font);
    setMarginsBackgroundColor(colors.sunken);
    setMarginsForegroundColor(colors.muted);
    setFoldMarginColors(colors.sunken, colors.sunken);
    setMatchedBraceBackgroundColor(colors.selection);
    setMatchedBraceForegroundColor(colors.accent);
    setUnmatchedBraceBackgroundColor(colors.surface);
    setUnmatchedBraceForegroundColor(colors.bad);
    setMarkerBackgroundColor(colors.bad, kFaultMarker);
    setMarkerBackgroundColor(colors.warningSurface, kFaultLine);
    setMarkerBackgroundColor(theme_.isDark() ? QColor{u"#17381f"_s} : QColor{u"#d9f2df"_s}, kAddedLine);
    setMarkerBackgroundColor(theme_.isDark() ? QColor{u"#46201e"_s} : QColor{u"#fbdedc"_s}, kRemovedLine);
    clearAnnotations();
}

void CodeEditor::markLine(int line, const QString& message) {
    markerDeleteAll(kFaultMarker);
    markerDeleteAll(kFaultLine);
    clearAnnotations();
    if (line < 1 || line > lines()) return;
    markerAdd(line - 1, kFaultMarker);
    markerAdd(line - 1, kFaultLine);
    const QsciStyle style{-1, u"fault"_s, theme_.colors().bad, theme_.colors().warningSurface,
                          Theme::codeFont()};
    annotate(line - 1, u"  "_s + message, style);
    ensureLineVisible(line - 1);
}

void CodeEditor::markDifferences() {
    markerDeleteAll(kAddedLine);
    markerDeleteAll(kRemovedLine);
    for (int line = 0; line < lines(); ++line) {
        const QString start = text(line).left(1);
        if (start == u"+"_s) markerAdd(line, kAddedLine);
        if (start == u"-"_s) markerAdd(line, kRemovedLine);
    }
}

bool CodeEditor::findNext(const QString& text, bool backwards) {
    if (text.isEmpty()) return false;
    int line = -1;
    int column = -1;
    if (hasSelectedText()) {  // go on behind what was found, or before it
        int from = 0;
        int start = 0;
        int to = 0;
        int end = 0;
        getSelection(&from, &start, &to, &end);
        line = backwards ? from : to;
        column = backwards ? start : end;
    }
    return findFirst(text, false, false, false, true, !backwards, line, column, true);
}

bool CodeEditor::findFromHere(const QString& text) {
    int line = 0;
    int column = 0;
    getCursorPosition(&line, &column);
    if (hasSelectedText()) {
        int to = 0;
        int end = 0;
        getSelection(&line, &column, &to, &end);
    }
    return !text.isEmpty() && findFirst(text, false, false, false, true, true, line, column, true);
}

void CodeEditor::keyPressEvent(QKeyEvent* event) {
    // Ctrl+Tab and Escape lead out: Tab itself indents, and nobody shall be caught here.
    if (event->key() == Qt::Key_Escape) {
        focusNextChild();
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

}  // namespace dogwatch::gui
