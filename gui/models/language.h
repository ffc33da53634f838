// The language of the console: what is translated, how definitions are said in it, and numbers and dates by
// its locale. English is the language of the sources; its own file holds the plurals alone.
#pragma once

#include <QObject>
#include <QString>
#include <memory>
#include <string_view>
#include <vector>

#include "core/model/grammar.h"

class QTranslator;

namespace dogwatch::gui {

/// One of the languages that there are translations for; `code` "de", `name` in itself: "Deutsch".
struct Language {
    QString code;
    QString name;
};
std::vector<Language> languages();

/// The one to use: the wanted one if there is such ("" asks for the desktop's), else English.
QString languageFor(const QString& wanted);

/// Puts the application into a language, for as long as it lives: its own texts, Qt's, the grammar, the
/// locale of numbers and dates. Windows made before keep theirs.
class LanguageScope {
 public:
    explicit LanguageScope(const QString& code);
    ~LanguageScope();
    LanguageScope(const LanguageScope&) = delete;
    LanguageScope& operator=(const LanguageScope&) = delete;

    [[nodiscard]] const QString& code() const { return code_; }

 private:
    void load(const QString& file, const QString& folder);

    QString code_;
    std::vector<std::unique_ptr<QTranslator>> translators_;
};

/// How definitions are said in the language in use.
const Grammar& grammar();

/// Its code: "en", "de".
std::string_view languageCode();

/// A text that a table of the sources holds in English, marked there with QT_TRANSLATE_NOOP("Kinds", …): a
/// literal.
QString tableText(std::string_view literal);

/// "24 hours", in the language in use. Behind "for", "after", "within": dative.
QString durationWords(Duration duration, Grammar::Case way = Grammar::Case::Accusative);

}  // namespace dogwatch::gui
