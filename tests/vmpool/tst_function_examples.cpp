// Every example of docs/functions.md, run in a real VM with the payload and the result that stand there.
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>

#include "core/model/json.h"
#include "tests/vmpool/guest/zip_file.h"
#include "tests/vmpool/pool_harness.h"

using namespace dogwatch;
using namespace dogwatch::vmpool;
using namespace std::chrono_literals;

namespace {

struct Example {
    QString title;
    QString runtime;
    QString language;
    QString code;
    QString payload;
    QString result;
};

QList<Example> examples() {
    QFile file(QStringLiteral(DOGWATCH_SOURCE_DIR "/docs/functions.md"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    static const QRegularExpression pattern(
        QStringLiteral("^### (\\w+): ([^\\n]+)\\n.*?^```(\\w+)\\n(.*?)^```\\n\\nWith the payload `([^`]*)` "
                       "the result is `([^`]*)`"),
        QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    QList<Example> found;
    for (auto match = pattern.globalMatch(QString::fromUtf8(file.readAll())); match.hasNext();) {
        const auto each = match.next();
        found.append({each.captured(1) + QStringLiteral(": ") + each.captured(2), each.captured(1),
                      each.captured(3), each.captured(4), each.captured(5), each.captured(6)});
    }
    return found;
}

/// The program that this source makes, or a sentence why there is none. `compiler` may be missing here: then
/// empty.
QByteArray compiled(const QString& language, const QString& code, QString& why) {
    const QTemporaryDir folder;
    const bool isRust = language == QLatin1String("rust");
    const auto name = isRust ? QStringLiteral("rustc") : QStringLiteral("c++");
    auto compiler = QStandardPaths::findExecutable(name);
    if (compiler.isEmpty()) {
        compiler = QStandardPaths::findExecutable(name, {QDir::homePath() + QStringLiteral("/.cargo/bin")});
    }
    if (compiler.isEmpty()) {
        why = QStringLiteral("there is no %1 here to build it with").arg(name);
        return {};
    }
    const auto source =
        folder.filePath(isRust ? QStringLiteral("bootstrap.rs") : QStringLiteral("bootstrap.cpp"));
    const auto program = folder.filePath(QStringLiteral("bootstrap"));
    QFile file(source);
    if (!file.open(QIODevice::WriteOnly)) return {};
    file.write(code.toUtf8());
    file.close();
    QProcess process;
    process.start(compiler, QStringList{isRust ? QStringLiteral("-O") : QStringLiteral("-O2"),
                                        QStringLiteral("-o"), program, source} +
                                (isRust ? QStringList() : QStringList{QStringLiteral("-static")}));
    process.waitForFinished(120'000);
    QFile built(program);
    if (!built.open(QIODevice::ReadOnly)) {
        why = QString::fromUtf8(process.readAllStandardError());
        return {};
    }
    return built.readAll();
}

}  // namespace

class TestFunctionExamples : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase();
    void areRunAsTheyStand_data();
    void areRunAsTheyStand();

 private:
    std::unique_ptr<PoolHarness> harness_;
};

void TestFunctionExamples::initTestCase() {
    harness_ = std::make_unique<PoolHarness>(0, 2);
    const auto started = harness_->start();
    QVERIFY2(started, started ? "" : started.error().message.c_str());
}

void TestFunctionExamples::areRunAsTheyStand_data() {
    QTest::addColumn<int>("position");
    const auto all = examples();
    QCOMPARE(all.size(), 8);
    for (int i = 0; i < all.size(); ++i) QTest::newRow(qPrintable(all[i].title)) << i;
}

void TestFunctionExamples::areRunAsTheyStand() {
    QFETCH(int, position);
    const auto example = examples().at(position);
    const auto function = makeFunction("example", example.runtime.toStdString(), example.code.toStdString());
    function->version = position + 1;
    if (example.language == QLatin1String("cpp") || example.language == QLatin1String("rust")) {
        QString why;
        const auto program = compiled(example.language, example.code, why);
        if (program.isEmpty() && why.startsWith(QLatin1String("there is no"))) QSKIP(qPrintable(why));
        QVERIFY2(!program.isEmpty(), qPrintable(why));
        function->code = zipOf({{"bootstrap", program, 0100755}}).toStdString();
        function->zip = true;
    }
    const auto id = harness_->submit(function, example.payload.toStdString(), 60s);
    const auto outcome = harness_->wait(id);
    QVERIFY2(outcome.succeeded, (outcome.message + '\n' + outcome.traceback + '\n' + outcome.output).c_str());
    QCOMPARE(toJson(*parseJson(outcome.result)), toJson(*parseJson(example.result.toStdString())));
    const bool emits = example.code.contains(QLatin1String("emit"));
    QCOMPARE(harness_->runs[id].emitted.size(), emits ? 1U : 0U);
}

QTEST_GUILESS_MAIN(TestFunctionExamples)
#include "tst_function_examples.moc"
