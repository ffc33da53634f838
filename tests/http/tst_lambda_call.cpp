// Paths, names, headers and bodies of Lambda's API, taken apart.
#include <QtTest>

#include "core/http/lambda_call.h"
#include "core/model/function.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

Claim claim() {
    Claim result;
    result.region = "eu-west-1";
    result.signature = std::string(64, 'a');
    result.signedHeaders = {"host", "x-amz-date"};
    return result;
}

tl::expected<Call, AwsError> read(std::string method, std::string target, std::string body = {},
                                  Headers headers = {}) {
    return readCall({std::move(method), std::move(target), std::move(headers), std::move(body), true},
                    claim(), "id");
}

}  // namespace

class TestLambdaCall : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void operations_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<int>("operation");
        const auto row = [](const char* method, const char* target, Operation operation) {
            QTest::addRow("%s %s", method, target)
                << QByteArray(method) << QByteArray(target) << static_cast<int>(operation);
        };
        row("GET", "/2015-03-31/functions", Operation::ListFunctions);
        row("GET", "/2015-03-31/functions/", Operation::ListFunctions);
        row("GET", "/2015-03-31/functions/f", Operation::GetFunction);
        row("GET", "/2015-03-31/functions/f/configuration", Operation::GetFunctionConfiguration);
        row("DELETE", "/2015-03-31/functions/f", Operation::DeleteFunction);
        row("POST", "/2015-03-31/functions/f/invocations", Operation::Invoke);
        row("GET", "/2019-09-30/functions/f/concurrency", Operation::GetFunctionConcurrency);
        row("DELETE", "/2017-10-31/functions/f/concurrency", Operation::DeleteFunctionConcurrency);
        row("GET", "/2019-09-25/functions/f/event-invoke-config", Operation::GetFunctionEventInvokeConfig);
    }

    void operations() {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, target);
        QFETCH(int, operation);
        const auto call = read(method.toStdString(), target.toStdString());
        QVERIFY2(call.has_value(), call ? "" : call.error().message.c_str());
        QCOMPARE(static_cast<int>(call->operation), operation);
    }

    void unknownOnes() {
        for (const char* target : {"/", "/2015-03-31", "/2015-03-31/layers", "/2015-03-31/functions/f/x",
                                   "/2017-10-31/functions/f", "/2015-03-31/functions/f/code/x"}) {
            const auto call = read("GET", target);
            QVERIFY2(!call, target);
            QCOMPARE(call.error().status, 404);
        }
    }

    /// What is quoted of a request is not always UTF-8; the answer is JSON all the same.
    void unknownOnesInAnyBytes() {
        const auto call = read("GET", "/2015-03-31/functions/a//\xa0Z");
        QVERIFY(!call);
        const auto response = errorResponse(call.error(), "id");
        QVERIFY2(parseJson(response.body).has_value(), response.body.c_str());
    }

    void namesOfFunctions_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("qualifier");
        const auto row = [](const char* text, const char* name, const char* qualifier) {
            QTest::newRow(text) << QByteArray(text) << QByteArray(name) << QByteArray(qualifier);
        };
        row("f", "f", "");
        row("f:7", "f", "7");
        row("f:$LATEST", "f", "$LATEST");
        row("000000000000:function:f", "f", "");
        row("000000000000:function:f:2", "f", "2");
        row("arn:aws:lambda:eu-west-1:000000000000:function:f", "f", "");
        row("arn:aws:lambda:eu-west-1:000000000000:function:f:$LATEST", "f", "$LATEST");
        row("function", "function", "");
        row("function:2", "function", "2");
        row("arn:aws:lambda:eu-west-1:000000000000:function:function", "function", "");
        for (const char* bad : {"", ":", "a b", "f/g", "f:1:2", "arn:aws:lambda:x:1:function:", "../etc"}) {
            row(bad, "", "");
        }
    }

    void namesOfFunctions() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, qualifier);
        const auto reference = parseFunctionReference(text.toStdString());
        QCOMPARE(reference.has_value(), !name.isEmpty());
        if (!reference) return;
        QCOMPARE(reference->name, name.toStdString());
        QCOMPARE(reference->qualifier, qualifier.toStdString());
    }

    void anEscapedArnIsUnderstood() {
        const auto call =
            read("GET", "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A000000000000%3Afunction%3Af");
        QVERIFY(call.has_value());
        QCOMPARE(call->function, std::string("f"));
    }

    void invocations() {
        auto call = read("POST", "/2015-03-31/functions/f/invocations", "{\"a\":1}",
                         {{"X-Amz-Invocation-Type", "Event"}, {"x-amz-log-type", "Tail"}});
        QVERIFY(call.has_value());
        QVERIFY(call->type == InvocationType::Event && call->tailLog);
        QCOMPARE(call->payload, std::string("{\"a\":1}"));
        QCOMPARE(read("POST", "/2015-03-31/functions/f/invocations")->payload, std::string("{}"));
        call = read("POST", "/2015-03-31/functions/f/invocations", "{");
        QCOMPARE(call.error().type, std::string("InvalidRequestContentException"));
        call = read("POST", "/2015-03-31/functions/f/invocations", "1", {{"X-Amz-Invocation-Type", "Later"}});
        QCOMPARE(call.error().type, std::string("InvalidParameterValueException"));
    }

    void retriesOfOneRequestShareAKey() {
        Request request{"POST",
                        "/2015-03-31/functions/f/invocations",
                        {{"amz-sdk-invocation-id", "11111111-2222"}},
                        "1",
                        true};
        const auto first = claim();
        auto second = first;
        second.signature = std::string(64, 'b');
        const auto key = [&](const Claim& by) { return readCall(request, by, "")->idempotencyKey; };
        const auto one = key(first);
        QCOMPARE(key(second), one);
        request.body = "2";  // an id that is used for another request
        QVERIFY(key(first) != one);
        request.headers.clear();
        QVERIFY(key(first) != key(second));
    }

    void pages() {
        auto call = read("GET", "/2015-03-31/functions/?Marker=a%2Db&MaxItems=7");
        QCOMPARE(call->marker, std::string("a-b"));
        QCOMPARE(call->maxItems, std::int64_t{7});
        QCOMPARE(read("GET", "/2015-03-31/functions/?MaxItems=9999")->maxItems, std::int64_t{50});
        for (const char* items : {"0", "-1", "x", "10001", "7x"}) {
            QVERIFY2(!read("GET", std::string("/2015-03-31/functions/?MaxItems=") + items), items);
        }
    }

    void bodiesAreAsLargeAsTheirUseNeeds() {
        QVERIFY(largestBody("POST", "/2015-03-31/functions") > kLargestCode / 3 * 4);
        QVERIFY(largestBody("PUT", "/2015-03-31/functions/f/code") > kLargestCode / 3 * 4);
        QCOMPARE(largestBody("POST", "/2015-03-31/functions/f/invocations"), kLargestPayload);
        QVERIFY(largestBody("PUT", "/2017-10-31/functions/f/concurrency") <= 1U << 20U);
        QCOMPARE(largestBody("POST", "/nothing"), std::size_t{0});
    }
};

QTEST_GUILESS_MAIN(TestLambdaCall)
#include "tst_lambda_call.moc"
