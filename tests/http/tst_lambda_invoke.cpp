// The end of an execution in AWS's words.
#include <QByteArray>
#include <QtTest>

#include "core/http/lambda_invoke.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

ExecutionDetail ended(ExecutionState state, const char* error = "", const char* message = "") {
    ExecutionDetail detail;
    detail.execution.id = "x1";
    detail.execution.state = state;
    detail.execution.error = error;
    detail.execution.message = message;
    detail.terms.timeout = std::chrono::seconds{3};
    return detail;
}

std::string header(const Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (sameName(key, name)) return value;
    }
    return {};
}

}  // namespace

class TestLambdaInvoke : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aResult() {
        auto detail = ended(ExecutionState::Succeeded);
        detail.output.result = "{\"a\":1}";
        detail.output.resultBytes = 7;
        const auto response = invocationResponse(detail, false);
        QCOMPARE(response.status, 200);
        QCOMPARE(response.body, std::string("{\"a\":1}"));
        QCOMPARE(header(response, "x-amzn-requestid"), std::string("x1"));
        QCOMPARE(header(response, "X-Amz-Executed-Version"), std::string("$LATEST"));
        QVERIFY(header(response, "X-Amz-Function-Error").empty());
        QVERIFY(header(response, "X-Amz-Log-Result").empty());
    }

    void aResultThatIsNotKept() {
        auto detail = ended(ExecutionState::Succeeded);
        detail.output.resultBytes = 100'000;
        const auto response = invocationResponse(detail, false);
        QCOMPARE(header(response, "X-Amz-Function-Error"), std::string("Unhandled"));
        QCOMPARE(parseJson(response.body)->at("errorType").as_string().c_str(),
                 "Function.ResponseSizeTooLarge");
    }

    void anException() {
        auto detail = ended(ExecutionState::Failed, "exception", "ValueError: no such thing: x");
        detail.output.traceback = "Traceback\n  File a\nValueError\n";
        const auto response = invocationResponse(detail, false);
        QCOMPARE(response.status, 200);
        QCOMPARE(header(response, "X-Amz-Function-Error"), std::string("Unhandled"));
        const auto body = parseJson(response.body).value();
        QCOMPARE(body.at("errorType").as_string().c_str(), "ValueError");
        QCOMPARE(body.at("errorMessage").as_string().c_str(), "no such thing: x");
        QCOMPARE(body.at("stackTrace").as_array().size(), std::size_t{3});
    }

    void otherFailures() {
        const auto type = [](const char* error, const char* message) {
            const auto response = invocationResponse(ended(ExecutionState::Failed, error, message), false);
            return std::string(parseJson(response.body)->at("errorType").as_string());
        };
        QCOMPARE(type("timeout", "timed out"), std::string("Sandbox.Timedout"));
        QCOMPARE(type("out_of_memory", "killed"), std::string("Runtime.OutOfMemory"));
        QCOMPARE(type("exit", "exit status 1"), std::string("Runtime.ExitError"));
        QCOMPARE(type("vm_lost", "gone"), std::string("Sandbox.Failure"));
        QCOMPARE(type("exception", "words without a type"), std::string("Error"));
    }

    void onesThatWereDroppedAreTheServicesFault() {
        QCOMPARE(invocationResponse(ended(ExecutionState::Dropped), true).status, 503);
    }

    void theTailOfTheLog() {
        auto detail = ended(ExecutionState::Succeeded);
        detail.output.output = "hello";
        const auto encoded = header(invocationResponse(detail, true), "X-Amz-Log-Result");
        const QByteArray log = QByteArray::fromBase64(QByteArray::fromStdString(encoded));
        QVERIFY(log.startsWith(
            "START RequestId: x1 Version: $LATEST\nhello\nEND RequestId: x1\nREPORT RequestId: x1"));
        detail.output.output = std::string(10'000, 'y');
        QVERIFY(logTail(detail).size() == kLogTail);
        detail.output.output.clear();
        for (int i = 0; i < 3000; ++i) detail.output.output += "ä";
        const auto tail = logTail(detail);
        QVERIFY(tail.size() <= kLogTail && !QString::fromStdString(tail).contains(QChar(0xFFFD)));
    }

    void synchronousOnesAreNotTriedAgain() {
        Call call;
        call.function = "f";
        call.payload = "1";
        call.idempotencyKey = "k";
        QVERIFY(dispatchRequest(call).retries == std::optional<std::int64_t>(0));
        call.type = InvocationType::Event;
        call.payload = "2";
        const auto request = dispatchRequest(call);
        QVERIFY(!request.retries && request.payload == "2");
    }
};

QTEST_GUILESS_MAIN(TestLambdaInvoke)
#include "tst_lambda_invoke.moc"
