#include "gui/models/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>
#include <algorithm>

#include "gui/models/text.h"

namespace dogwatch::gui {
namespace {

using namespace Qt::StringLiterals;

constexpr QLatin1StringView kFolder{":/i18n"};

const Grammar*& grammarInUse() {
    static const Grammar* kInUse = &Grammar::english();
    return kInUse;
}

}  // namespace

std::vector<Language> languages() {
    return {{u"en"_s, u"English"_s}, {u"de"_s, u"Deutsch"_s}};
}

QString languageFor(const QString& wanted) {
    const auto all = languages();
    QStringList asked{wanted};
    if (wanted.isEmpty()) asked = QLocale::system().uiLanguages();
    for (const QString& each : asked) {
        const QString code = each.section(u'-', 0, 0).section(u'_', 0, 0).toLower();
        const auto is = [&code](const Language& language) { return language.code == code; };
        if (std::any_of(all.begin(), all.end(), is)) return code;
    }
    return u"en"_s;
}

LanguageScope::LanguageScope(const QString& code) : code_(languageFor(code)) {
    load(u"dogwatch_"_s + code_, kFolder);
    if (code_ == u"en"_s) return;
    const QString ofQt = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    load(u"qtbase_"_s + code_, ofQt);
    load(u"qscintilla_"_s + code_, ofQt);
    grammarInUse() = &Grammar::german();
    // The desktop's own country, where it speaks the language: de_CH writes numbers its own way.
    const QLocale desktop = QLocale::system();
    const QLocale own{code_};
    QLocale::setDefault(desktop.language() == own.language() ? desktop : own);
}

LanguageScope::~LanguageScope() {
    for (const auto& each : translators_) QCoreApplication::removeTranslator(each.get());
    grammarInUse() = &Grammar::english();
    QLocale::setDefault(QLocale::c());
}

void LanguageScope::load(const QString& file, const QString& folder) {
    auto made = std::make_unique<QTranslator>();
    if (!made->load(file, folder)) return;  // Qt's own may not be installed
    QCoreApplication::installTranslator(made.get());
    translators_.push_back(std::move(made));
}

const Grammar& grammar() {
    return *grammarInUse();
}

std::string_view languageCode() {
    return &grammar() == &Grammar::german() ? "de" : "en";
}

QString tableText(std::string_view literal) {
    return literal.empty() ? QString{} : QCoreApplication::translate("Kinds", literal.data());
}

QString durationWords(Duration duration, Grammar::Case way) {
    return fromUtf8(grammar().duration(duration, way));
}

}  // namespace dogwatch::gui
