// Functions in AWS's words and back.
#include <QtTest>

#include "core/http/lambda_settings.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

json::object object(const char* text) {
    return parseJson(text).value().as_object();
}

constexpr const char* kCreate = R"({"FunctionName":"f","Runtime":"python3.11","Role":"arn:aws:iam::1:role/r",
    "Handler":"app.run","Code":{"ZipFile":"UEsDBA=="},"Description":"mine","Timeout":7,"MemorySize":256,
    "Environment":{"Variables":{"A":"b"}},"Tags":{"team":"x"},"Publish":false,"PackageType":"Zip",
    "Architectures":["x86_64"],"TracingConfig":{"Mode":"PassThrough"},"VpcConfig":{"SubnetIds":[]}})";

Function made(const Settings& settings) {
    auto definition = settings.definition;
    definition["tags"] = tagsToJson(mergedTags({}, settings));
    return functionFromJson(definition).value();
}

}  // namespace

class TestLambdaSettings : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatWasCreatedIsToldBack() {
        const auto settings = readCreateFunction(object(kCreate));
        QVERIFY2(settings.has_value(), settings ? "" : settings.error().message.c_str());
        const Function function = made(*settings);
        QCOMPARE(function.runtime, std::string("python3"));
        QVERIFY(function.timeout == std::chrono::seconds{7});
        QVERIFY(function.zip);
        const auto told = functionConfiguration(function, "eu-west-1", codeSha256Of(function));
        QCOMPARE(told.at("Runtime").as_string().c_str(), "python3.11");
        QCOMPARE(told.at("Role").as_string().c_str(), "arn:aws:iam::1:role/r");
        QCOMPARE(told.at("Description").as_string().c_str(), "mine");
        QCOMPARE(told.at("Handler").as_string().c_str(), "app.run");
        QCOMPARE(told.at("FunctionArn").as_string().c_str(),
                 "arn:aws:lambda:eu-west-1:000000000000:function:f");
        QCOMPARE(told.at("Timeout").to_number<int>(), 7);
        QCOMPARE(told.at("MemorySize").to_number<int>(), 256);
        QCOMPARE(told.at("CodeSize").to_number<int>(), 4);
        QCOMPARE(told.at("CodeSha256").as_string().c_str(), "jcx+YBYGIX87dUdmURGCqRaxfpomqUydiHEE66kum7I=");
        QCOMPARE(told.at("Environment").at("Variables").at("A").as_string().c_str(), "b");
        QVERIFY(userTags(function) == object(R"({"team":"x"})"));
    }

    void anUpdateKeepsWhatItDoesNotName() {
        const Function before = made(*readCreateFunction(object(kCreate)));
        const auto changes =
            readUpdateFunctionConfiguration(object(R"({"Description":"yours","Timeout":9})"));
        QVERIFY(changes.has_value());
        const auto tags = mergedTags(before.tags, *changes);
        QCOMPARE(tags.at("aws:description"), std::string("yours"));
        QCOMPARE(tags.at("aws:runtime"), std::string("python3.11"));
        QCOMPARE(tags.at("team"), std::string("x"));
        QVERIFY(!changes->definition.contains("handler"));
    }

    void nothingIsLeftOutSilently_data() {
        QTest::addColumn<QByteArray>("member");
        for (const char* member :
             {R"("Layers":["arn:aws:lambda:x:1:layer:l:1"])", R"("Publish":true)",
              R"("Architectures":["arm64"])", R"("DeadLetterConfig":{"TargetArn":"arn:aws:sqs:x:1:q"})",
              R"("VpcConfig":{"SubnetIds":["s"]})", R"("EphemeralStorage":{"Size":1024})", R"("Unknown":1)",
              R"("Timeout":901)", R"("Timeout":"9")", R"("Tags":{"aws:role":"x"})", R"("Runtime":"java21")",
              R"("Code":{"S3Bucket":"b"})"}) {
            QTest::newRow(member) << QByteArray(member);
        }
    }

    void nothingIsLeftOutSilently() {
        QFETCH(QByteArray, member);
        auto body = object(kCreate);
        const auto extra = object(("{" + member + "}").constData());
        body[extra.begin()->key()] = extra.begin()->value();
        const auto settings = readCreateFunction(body);
        QVERIFY(!settings.has_value());
        QCOMPARE(settings.error().status, 400);
        QCOMPARE(settings.error().type, std::string("InvalidParameterValueException"));
    }

    void runtimes() {
        QCOMPARE(runtimeFromAws("python3.12"), std::string("python3"));
        QCOMPARE(runtimeFromAws("nodejs18.x"), std::string("node"));
        QCOMPARE(runtimeFromAws("provided.al2023"), std::string("provided"));
        QCOMPARE(runtimeFromAws("sh"), std::string("sh"));
        QCOMPARE(runtimeFromAws("ruby3.2"), std::string());
    }

    void concurrencyAndRetries() {
        QCOMPARE(*readConcurrency(object(R"({"ReservedConcurrentExecutions":3})")), std::int64_t{3});
        QVERIFY(!readConcurrency(object(R"({"ReservedConcurrentExecutions":0})")));
        QVERIFY(!readConcurrency(object("{}")));
        const auto config = readEventInvokeConfig(object(
            R"({"MaximumRetryAttempts":1,"MaximumEventAgeInSeconds":60,"DestinationConfig":{"OnFailure":{}}})"));
        QVERIFY(config.has_value());
        QCOMPARE(*config->retries, std::int64_t{1});
        QCOMPARE(*config->maxAgeSeconds, std::int64_t{60});
        QVERIFY(!readEventInvokeConfig(object(R"({"MaximumRetryAttempts":3})")));
        QVERIFY(!readEventInvokeConfig(object(R"({"MaximumEventAgeInSeconds":59})")));
        QVERIFY(!readEventInvokeConfig(object(R"({"DestinationConfig":{"OnFailure":{"Destination":"x"}}})")));
    }

    void revisionsDiffer() {
        Function function = made(*readCreateFunction(object(kCreate)));
        const auto first = revisionIdOf(function);
        QCOMPARE(revisionIdOf(function), first);
        ++function.version;
        QVERIFY(revisionIdOf(function) != first);
    }
};

QTEST_GUILESS_MAIN(TestLambdaSettings)
#include "tst_lambda_settings.moc"
