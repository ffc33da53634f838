// The completion scripts do complete: each is read by its shell, which is then asked what may follow.
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

#include "core/cli/commands.h"
#include "core/cli/completion.h"

using namespace dogwatch::cli;

namespace {

/// What the shell offers after these words; the last one is being typed.
QStringList offered(const QString& shell, const QStringList& words) {
    QString script = QString::fromStdString(completionScript(shell.toStdString(), commands()));
    QStringList quoted;
    for (const QString& word : words) quoted.append(QLatin1Char('\'') + word + QLatin1Char('\''));
    const QString list = quoted.join(QLatin1Char(' '));
    if (shell == QLatin1String("bash")) {
        script += QStringLiteral(
            "COMP_WORDS=(%1); COMP_CWORD=%2; _dogwatchctl; printf '%s\\n' \"${COMPREPLY[@]}\"\n");
    } else if (shell == QLatin1String("zsh")) {
        script.prepend(QStringLiteral(
            "compadd() { shift; print -l -- ${(M)@:#${words[CURRENT]}*}; }; _files() { :; }\n"));
        script += QStringLiteral("words=(%1); CURRENT=$((%2 + 1)); _dogwatchctl\n");
    } else {
        script += QStringLiteral("complete -C %3\n");
    }
    script.replace(QStringLiteral("%1"), list);
    script.replace(QStringLiteral("%2"), QString::number(words.size() - 1));
    script.replace(QStringLiteral("%3"),
                   QLatin1Char('\'') + words.join(QLatin1Char(' ')) + QLatin1Char('\''));
    QProcess process;
    process.start(shell, {shell == QLatin1String("fish")  ? QStringLiteral("-Nc")
                          : shell == QLatin1String("zsh") ? QStringLiteral("-fc")
                                                          : QStringLiteral("-c"),
                          script});
    process.waitForFinished();
    const QByteArray complaints = process.readAllStandardError();
    if (!complaints.isEmpty()) return {QString::fromUtf8(complaints)};
    QStringList choices;
    for (const QString& line :
         QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        choices.append(line.section(QLatin1Char('\t'), 0, 0));
    }
    choices.sort();
    return choices;
}

}  // namespace

class TestCompletion : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void shells_data() {
        QTest::addColumn<QString>("shell");
        for (const char* shell : {"bash", "zsh", "fish"}) QTest::newRow(shell) << QString::fromUtf8(shell);
    }

    void shells() {
        QFETCH(QString, shell);
        if (QStandardPaths::findExecutable(shell).isEmpty()) QSKIP("the shell is not installed");
        const auto after = [&](const char* words) {
            return offered(
                shell, QStringLiteral("dogwatchctl %1").arg(QLatin1String(words)).split(QLatin1Char(' ')));
        };
        QCOMPARE(after("fun"), QStringList{QStringLiteral("functions")});
        QCOMPARE(after("functions re"), QStringList{QStringLiteral("remove")});
        QCOMPARE(after("functions add f --run"), QStringList{QStringLiteral("--runtime")});
        QCOMPARE(after("invoke f --pay"), QStringList{QStringLiteral("--payload")});
        QCOMPARE(after("--data /tmp functions li"), QStringList{QStringLiteral("list")});
        QCOMPARE(after("gauges --js"), QStringList{QStringLiteral("--json")});
        QVERIFY(after("metaevents ").contains(QStringLiteral("explain")));
        QVERIFY(!after("metaevents ").contains(QStringLiteral("functions")));
    }

    void everyCommandCanBeReached() {
        const auto script = completionScript("bash", commands());
        for (const auto& command : commands()) {
            const std::string words{command.words};
            const auto last = words.substr(words.rfind(' ') + 1);
            QVERIFY2(script.find(last) != std::string::npos, words.c_str());
        }
        QVERIFY(completionScript("tcsh", commands()).empty());
    }
};

QTEST_GUILESS_MAIN(TestCompletion)
#include "tst_completion.moc"
