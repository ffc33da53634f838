// German: every text of the sources is translated, placeholders and all; whatever the window asks for on any
// page is there; and nothing is clipped in the smallest window. English plurals are words, not "(s)".
#include <QDirIterator>
#include <QListWidget>
#include <QProcess>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>
#include <QtTest>
#include <optional>
#include <set>

#include "core/model/function.h"
#include "fail_on_warning.h"
#include "gui/bench/view/why_view.h"
#include "gui/models/accelerator.h"
#include "gui/models/faults.h"
#include "gui/models/language.h"
#include "gui/models/metaevent_model.h"
#include "gui/models/text.h"
#include "gui/widgets/code_editor.h"
#include "gui/widgets/json_field.h"
#include "stage.h"

using namespace dogwatch::gui;
using namespace Qt::StringLiterals;

namespace {

struct Message {
    QString context;
    QString source;
    QStringList translations;
    QString type;
    bool numerus = false;
};

std::vector<Message> messagesOf(const QString& language) {
    QFile file(QStringLiteral(DOGWATCH_SOURCE_DIR "/resources/i18n/dogwatch_%1.ts").arg(language));
    if (!file.open(QIODevice::ReadOnly)) qFatal("%s", qPrintable(file.errorString()));
    std::vector<Message> messages;
    QXmlStreamReader xml{&file};
    QString context;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        if (xml.name() == u"name"_s) context = xml.readElementText();
        if (xml.name() == u"message"_s)
            messages.push_back({context, {}, {}, {}, xml.attributes().value(u"numerus"_s) == u"yes"_s});
        if (xml.name() == u"source"_s) messages.back().source = xml.readElementText();
        if (xml.name() == u"translation"_s) {
            messages.back().type = xml.attributes().value(u"type"_s).toString();
            if (!messages.back().numerus) messages.back().translations.append(xml.readElementText());
        }
        if (xml.name() == u"numerusform"_s) messages.back().translations.append(xml.readElementText());
    }
    return messages;
}

std::multiset<QString> placeholders(const QString& text) {
    static const QRegularExpression kPlace{u"%(L?\\d|n)"_s};
    std::multiset<QString> found;
    for (auto match = kPlace.globalMatch(text); match.hasNext();) found.insert(match.next().captured());
    return found;
}

/// Translates as German does, and keeps what it has no German for.
class Witness final : public QTranslator {
 public:
    Witness() {
        if (!german_.load(u"dogwatch_de"_s, u":/i18n"_s)) qFatal("no German translation in the program");
        for (const Message& message : messagesOf(u"de"_s)) ours_.insert(message.context);
    }
    [[nodiscard]] QString translate(const char* context, const char* source, const char* note,
                                    int n) const override {
        const QString found = german_.translate(context, source, note, n);
        const QString name = QString::fromUtf8(context);
        const bool isOurs = name.startsWith("dogwatch"_L1) || (ours_.contains(name) && name != u"QObject"_s);
        // Numbers and dashes of a table say the same in each language.
        static const QRegularExpression kWord{u"[a-z]{2}"_s};
        if (found.isEmpty() && isOurs && kWord.match(QString::fromUtf8(source)).hasMatch())
            missed_.insert(name + u": "_s + QString::fromUtf8(source));
        return found;
    }
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] const QSet<QString>& missed() const { return missed_; }

 private:
    QTranslator german_;
    QSet<QString> ours_;
    mutable QSet<QString> missed_;
};

}  // namespace

class TestTranslations : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init() { warnings_.emplace(); }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }

    void sourcesAndTranslationsAgree() {
        QProcess update;
        update.setProcessChannelMode(QProcess::MergedChannels);
        update.start(QStringLiteral(DOGWATCH_SOURCE_DIR "/packaging/update-translations"), {u"--check"_s});
        QVERIFY(update.waitForFinished(60000));
        QVERIFY2(update.exitCode() == 0, update.readAll().constData());
    }

    void eachTextIsWholeInGerman() {
        const auto messages = messagesOf(u"de"_s);
        QVERIFY(messages.size() > 1000);
        for (const Message& message : messages) {
            const QByteArray place = (message.context + u": "_s + message.source).toUtf8();
            QVERIFY2(message.type.isEmpty(), place);
            QCOMPARE(message.translations.size(), message.numerus ? 2 : 1);
            for (qsizetype i = 0; i < message.translations.size(); ++i) {
                const QString& text = message.translations[i];
                QVERIFY2(!text.isEmpty(), place);
                auto wanted = placeholders(message.source);
                auto given = placeholders(text);
                if (message.numerus && i == 0) {  // "einmal" needs no number
                    wanted.erase(u"%n"_s);
                    given.erase(u"%n"_s);
                }
                QVERIFY2(wanted == given, place);
                QVERIFY2(text.startsWith(u' ') == message.source.startsWith(u' ') &&
                             text.endsWith(u' ') == message.source.endsWith(u' '),
                         place);
                QVERIFY2(text.count(u'&') == message.source.count(u'&'), place);
                QVERIFY2(!text.contains(u"(s)"_s) && !text.contains(u"(en)"_s), place);
            }
        }
    }

    void englishCountsInWords() {
        const LanguageScope english{u"en"_s};
        QCOMPARE(QCoreApplication::translate("dogwatch::gui::MetaeventsPage", "%n firings", nullptr, 1),
                 u"1 firing"_s);
        QCOMPARE(QCoreApplication::translate("dogwatch::gui::MetaeventsPage", "%n firings", nullptr, 3),
                 u"3 firings"_s);
        for (const Message& message : messagesOf(u"en"_s)) {
            QVERIFY2(message.type.isEmpty(), qPrintable(message.source));
            QCOMPARE(message.translations.last(), message.source);
        }
    }

    void numbersAndDatesFollow() {
        QCOMPARE(durationText(1'234'000), u"1.2 s"_s);
        const LanguageScope german{u"de"_s};
        QCOMPARE(durationText(1'234'000), u"1,2 s"_s);
        QCOMPARE(bytesText(1536), u"1,5 KiB"_s);
        const dogwatch::Time then = dogwatch::timeFromUs(1'700'000'000'000'000);
        QVERIFY2(clockText(then, wallClock()).startsWith(u"14. Nov. 2023"_s),
                 qPrintable(clockText(then, wallClock())));
    }

    void theWindowSpeaksGermanAndFits() {
        const LanguageScope german{u"de"_s};
        Witness witness;
        QCoreApplication::installTranslator(&witness);
        {
            Stage stage;
            stage.open({1024, 640});
            QCOMPARE(stage.window().findChild<QPushButton*>(u"apply"_s)->text(), u"Anwenden"_s);
            QStringList clipped;
            stage.visit([&](const QString& page) {
                stage.save(u"de-"_s + page);
                for (const QString& fault : clippedTexts(stage.window()))
                    if (!clipped.contains(fault)) clipped.append(fault);
                if (stage.window().size() != QSize(1024, 640)) clipped.append(page + u" grows"_s);
            });
            QVERIFY2(clipped.isEmpty(), qPrintable(clipped.join(u'\n')));
        }
        QCoreApplication::removeTranslator(&witness);
        QVERIFY2(witness.missed().isEmpty(), qPrintable(QStringList(witness.missed().values()).join(u'\n')));
    }

    void theSentenceOfAMetaeventIsGerman() {
        const auto shown = dogwatch::parseJson(
            R"({"metaevent":"m","sentence":"when …","definition":{"metaevent":"m","when":{"absent":"backup","for":"24h"}}})");
        QCOMPARE(fromUtf8(metaeventRowFromJson(shown->get_object()).sentence), u"when …"_s);
        const LanguageScope german{u"de"_s};
        QCOMPARE(fromUtf8(metaeventRowFromJson(shown->get_object()).sentence),
                 u"wenn backup seit 24 Stunden nicht fertig geworden ist, es vermerken"_s);
    }

    void faultsAreToldInGerman() {
        const LanguageScope german{u"de"_s};
        Stage stage;
        stage.open({1280, 800});
        stage.window().setMode(MainWindow::Metaevents);
        MetaeventsPage& page = stage.window().metaeventsPage();
        page.open(object(R"({"metaevent":"late","when":{"absent":"backup","for":"soon"}})"));
        const auto* issues = page.editor().findChild<QListWidget*>(u"issues"_s);
        const QString fault =
            u"„Dauer“ stimmt nicht; erwartet: eine Dauer von 1ms bis 366d, etwa \"5s\" oder \"1h30m\", nicht "
            u"\"soon\""_s;
        QTRY_VERIFY2(issues->item(0)->text().endsWith(fault), qPrintable(issues->item(0)->text()));

        page.editor().showView(MetaeventEditor::Json);
        const auto fields = page.editor().findChildren<JsonField*>();
        const auto json = std::find_if(fields.begin(), fields.end(), [](const JsonField* field) {
            return field->editor()->accessibleName() == u"Definition als JSON"_s;
        });
        QVERIFY(json != fields.end());
        CodeEditor& code = *(*json)->editor();
        const auto marked = [&code] {
            QString text;
            for (int line = 0; line < code.lines(); ++line) text += code.annotation(line);
            return text.trimmed();
        };
        QTRY_COMPARE(marked(), fault);
        code.setText(u"{\"metaevent\": late}"_s);
        const auto labels = (*json)->findChildren<QLabel*>();
        QTRY_VERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text() == u"Kein JSON: JSON, aber in Zeile 1, Spalte 15: Syntaxfehler"_s;
        }));

        // What is right but makes no sense; what only the control plane knows is wrong.
        code.setText(
            u"{\"metaevent\":\"late\",\"when\":{\"ratio\":\"backup\",\"to\":\"backup\","
            u"\"within\":\"5m\",\"is\":[\">\",1]}}"_s);
        QTRY_VERIFY2(
            issues->item(0)->text().endsWith(u"Das ist nie wahr: Ein Anteil ist eine Zahl von 0 bis 1"_s),
            qPrintable(issues->item(0)->text()));
        std::optional<dogwatch::Error> refused;
        stage.session().call("metaevents.apply",
                             {{"definitions", object(R"({"metaevent":"m","when":{"active":"m"}})")},
                              {"language", dogwatch::gui::languageCode()}},
                             &stage.window(),
                             [&refused](const dogwatch::Result<dogwatch::json::value>& reply) {
                                 if (!reply) refused = reply.error();
                             });
        QTRY_VERIFY(refused.has_value());
        QCOMPARE(fromUtf8(refused->message), u"keine Schleife von `active`, doch m hängt selbst von m ab"_s);
        page.leaveEditor();
    }

    void reasonsAreWords() {
        Theme theme;
        const auto told = [&theme](const char* reason) {
            bench::WhyView view{theme, [](std::int64_t) { return QString(); }};
            view.show({{"at", 0}, {"next", {{"time", 60'000'000}, {"suppressed", reason}}}});
            return view.toPlainText();
        };
        QVERIFY(told("depth").contains(u"but for its limit on the depth of chains."_s));
        const LanguageScope german{u"de"_s};
        for (const auto& [reason, words] :
             {std::pair{"cooldown", u"die Sperrzeit"_s}, std::pair{"limit", u"die Obergrenze"_s},
              std::pair{"depth", u"die größte Tiefe von Ketten"_s},
              std::pair{"cascade", u"die größte Länge einer Kaskade"_s}})
            QVERIFY2(told(reason).contains(u"wäre da nicht: "_s + words), qPrintable(told(reason)));
    }

    void refusalsAreToldInGerman_data() {
        QTest::addColumn<dogwatch::Error>("error");
        QTest::addColumn<QString>("german");
        const auto faultOf = [](const char* function) {
            const auto value = dogwatch::parseJson(function);
            const auto made = dogwatch::functionFromJson(value.value());
            return made ? dogwatch::Error{} : made.error();
        };
        QTest::newRow("renamed runtime") << faultOf(R"({"name":"f","runtime":"ruby","code":"x"})")
                                         << u"runtime: „python3“, „sh“, „lua“, „node“ oder „provided“"_s;
        QTest::newRow("name") << faultOf(R"({"name":"a b","runtime":"sh","code":"x"})")
                              << u"name: 1 bis 64 Zeichen aus a-z, A-Z, 0-9, '-', '_' und '.'"_s;
        QTest::newRow("timeout") << faultOf(R"({"name":"f","runtime":"sh","code":"x","timeout":"soon"})")
                                 << u"timeout: eine Dauer wie „30s“, von 1ms bis 1d"_s;
        QTest::newRow("percent") << dogwatch::Error{dogwatch::Error::Kind::Unavailable,
                                                    "No control plane answers at /a%2b (no %1).",
                                                    {}}
                                 << u"Bei /a%2b antwortet keine Control Plane (no %1)."_s;
        QTest::newRow("unknown") << dogwatch::Error{dogwatch::Error::Kind::Io, "Something else.", "a.b"}
                                 << u"a.b: Something else."_s;
    }
    void refusalsAreToldInGerman() {
        QFETCH(dogwatch::Error, error);
        QFETCH(QString, german);
        QCOMPARE(faultText(error), fromUtf8(error.text()));
        const LanguageScope scope{u"de"_s};
        QCOMPARE(faultText(error), german);
    }
    /// What the table holds is said by the sources: a text that changes there must change here.
    void refusalsAreThoseOfTheSources() {
        static const QRegularExpression kJoint{u"\"\\s*(?:\\n\\s*)?\""_s};
        QString sources;
        for (const char* const folder :
             {"core/model", "core/control", "core/api", "core/dispatch", "core/journal"}) {
            QDirIterator files(QStringLiteral(DOGWATCH_SOURCE_DIR "/") + QLatin1String(folder), {u"*.cpp"_s},
                               QDir::Files);
            while (files.hasNext()) {
                QFile file(files.next());
                if (file.open(QIODevice::ReadOnly))
                    sources +=
                        QString::fromUtf8(file.readAll()).replace(u"\\\""_s, u"\u0001"_s).remove(kJoint);
            }
        }
        sources.replace(QChar(1), u'"');
        int pieces = 0;
        for (const Message& message : messagesOf(u"de"_s)) {
            if (message.context != u"Faults"_s) continue;
            static const QRegularExpression kPlace{u"%\\d"_s};
            for (const QString& piece : message.source.split(kPlace)) {
                ++pieces;
                QVERIFY2(sources.contains(piece), qPrintable(piece));
            }
        }
        QVERIFY(pieces > 80);
    }
    void theAcceleratorIsExplainedInGerman() {
        const QString answered = u"the guest answered under KVM after 310 ms"_s;
        QCOMPARE(acceleratorWords(answered), answered);
        QCOMPARE(acceleratorWords(u"another reason"_s), u"another reason"_s);
        const LanguageScope german{u"de"_s};
        QCOMPARE(acceleratorWords(u"another reason"_s), u"another reason"_s);
        QCOMPARE(acceleratorWords(answered), u"der Gast antwortete unter KVM nach 310 ms"_s);
        QCOMPARE(acceleratorWords(u"there is no /dev/kvm; using TCG"_s),
                 u"es gibt kein /dev/kvm; daher TCG"_s);
        QCOMPARE(acceleratorWords(answered + u" (found at an earlier start)"_s),
                 u"der Gast antwortete unter KVM nach 310 ms (bei einem früheren Start festgestellt)"_s);
        QCOMPARE(acceleratorWords(u"/dev/kvm opens, but the boot took too long; using TCG"_s),
                 u"/dev/kvm lässt sich öffnen, aber: the boot took too long; daher TCG"_s);
    }

 private:
    static dogwatch::json::object object(const char* text) { return dogwatch::parseJson(text)->as_object(); }

    std::optional<FailOnWarning> warnings_;
};

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
