// Functions are read strictly: what is wrong is named with its path, and what is right comes back as it was.
#include <QTest>

#include "core/model/execution.h"
#include "core/model/figure.h"
#include "core/model/function.h"

using namespace dogwatch;

namespace {

json::object minimal() {
    return {{"name", "f"}, {"runtime", "sh"}, {"code", "true"}};
}

}  // namespace

class TestFunction : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void readsWhatItWrites() {
        const auto text =
            R"({"name":"import-a","version":4,"runtime":"python3","code":"def handler(e, c): pass",
            "zip":false,"handler":"main.handler","memory":256,"timeout":"1m30s","concurrency":2,"rate":"10/1s",
            "retries":3,"max_age":"2h","schedule":"*/5 * * * *","timezone":"Europe/Berlin","catch_up":"all",
            "env":{"LANG":"C"},"tags":{"team":"data"},"network":"none","created_at":1,"updated_at":2})";
        const auto written = parseJson(text);
        const auto function = functionFromJson(*written);
        QVERIFY2(function, function ? "" : function.error().text().c_str());
        QCOMPARE(function->rate->count, 10);
        QCOMPARE(function->timeout, Duration{std::chrono::seconds{90}});
        QCOMPARE(json::value(toJson(*function, true)), *written);
        QVERIFY(!toJson(*function, false).contains("code"));
    }

    void zipsTravelInBase64() {
        auto object = minimal();
        object["zip"] = true;
        object["code"] = "UEsDBA==";
        const auto function = functionFromJson(object);
        QVERIFY(function);
        QCOMPARE(function->code, std::string("PK\x03\x04"));
        QCOMPARE(toJson(*function, true).at("code").as_string(), "UEsDBA==");
    }

    void updatesKeepTheRest() {
        auto object = minimal();
        object["tags"] = json::object{{"a", "b"}};
        const auto base = functionFromJson(object);
        const auto changed = functionFromJson(json::object{{"memory", 64}, {"rate", "1/1m"}}, &*base);
        QVERIFY(changed);
        QCOMPARE(changed->memoryMiB, 64);
        QCOMPARE(changed->code, std::string{"true"});
        QCOMPARE(changed->tags.at("a"), std::string{"b"});
        QVERIFY(!functionFromJson(json::object{{"rate", nullptr}}, &*changed)->rate);
    }

    void refusesWithThePath_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<QString>("path");
        const auto row = [](const char* member, const char* path) {
            QTest::newRow(member) << QString::fromLatin1(member) << QString::fromLatin1(path);
        };
        row(R"("name":"a b")", "name");
        row(R"("name":"")", "name");
        row(R"("runtime":"cobol")", "runtime");
        row(R"("runtime":"perl")", "runtime");
        row(R"("code":"")", "code");
        row(R"("code":7)", "code");
        row(R"("zip":true)", "code");
        row(R"("memory":1)", "memory");
        row(R"("memory":128.5)", "memory");
        row(R"("timeout":"0s")", "timeout");
        row(R"("timeout":"2d")", "timeout");
        row(R"("concurrency":-1)", "concurrency");
        row(R"("rate":"10")", "rate");
        row(R"("rate":"0/1s")", "rate");
        row(R"("rate":"1x/1s")", "rate");
        row(R"("retries":101)", "retries");
        row(R"("schedule":"61 * * * *")", "schedule");
        row(R"("timezone":"Mars/Base")", "timezone");
        row(R"("catch_up":"never")", "catch_up");
        row(R"("env":{"1A":"x"})", "env.1A");
        row(R"("env":{"DOGWATCH_X":"x"})", "env.DOGWATCH_X");
        row(R"("env":{"A":1})", "env.A");
        row(R"("tags":[])", "tags");
        row(R"("network":"lan")", "network");
        row(R"("colour":"red")", "colour");
    }
    void refusesWithThePath() {
        QFETCH(QString, member);
        QFETCH(QString, path);
        auto object = minimal();
        const auto members = parseJson("{" + member.toStdString() + "}");
        for (const auto& one : members->as_object()) {
            object.insert_or_assign(one.key(), one.value());
        }
        const auto function = functionFromJson(object);
        QVERIFY(!function);
        QCOMPARE(QString::fromStdString(function.error().path), path);
        QVERIFY(!function.error().message.empty());
    }

    void namesWhatIsMissing() {
        for (const char* key : {"name", "runtime", "code"}) {
            auto object = minimal();
            object.erase(key);
            QCOMPARE(functionFromJson(object).error().path, std::string{key});
        }
    }

    void executionsHaveTheKeysOfTheContract() {
        Execution execution;
        execution.id = "x";
        execution.function = "f";
        execution.state = ExecutionState::Running;
        execution.queuedAt = timeFromUs(5);
        const auto object = toJson(execution);
        QStringList keys;
        for (const auto& member : object) keys << QString::fromStdString(std::string{member.key()});
        QCOMPARE(keys.join(u' '),
                 QStringLiteral("execution function version state trigger cause attempt queued_at "
                                "started_at finished_at duration_us error vm"));
        QVERIFY(object.at("error").is_null() && object.at("started_at").is_null());
        const auto again = executionFromJson(object);
        QVERIFY(again);
        QCOMPARE(again->state, ExecutionState::Running);
        QCOMPARE(*again->queuedAt, timeFromUs(5));
        QVERIFY(!executionFromJson(json::object{{"execution", "x"}, {"function", "f"}, {"state", "odd"}}));
    }

    void figuresWithoutAComparisonSayNull() {
        QCOMPARE(toJson(toJson(Figure{"b", 2, "us", "", 0, 3})),
                 std::string{R"({"bench":"b","value":2,"unit":"us","baseline":null,"ratio":null,"runs":3})"});
    }
};

QTEST_APPLESS_MAIN(TestFunction)
#include "tst_function.moc"
