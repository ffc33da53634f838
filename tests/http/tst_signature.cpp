// Signature Version 4 against AWS's published test suite, and what must not pass.
#include <QFile>
#include <QtTest>
#include <algorithm>

#include "core/http/signature.h"
#include "core/model/json.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

constexpr std::string_view kService = "service";
const Time kNow = parseAbsoluteTime("2015-08-30T12:36:00Z").value();

std::optional<std::string> secretOf(std::string_view accessKey) {
    if (accessKey != "AKIDEXAMPLE") return std::nullopt;
    return "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
}

/// A request as the suite writes it: "GET /a b HTTP/1.1", lines of Name:value, an empty line, the body.
Request parse(const std::string& text) {
    Request request;
    const auto lineEnd = text.find('\n');
    const auto line = text.substr(0, lineEnd);
    const auto space = line.find(' ');
    request.method = line.substr(0, space);
    request.target = line.substr(space + 1, line.rfind(' ') - space - 1);
    auto at = lineEnd == std::string::npos ? text.size() : lineEnd + 1;
    while (at < text.size() && text[at] != '\n') {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto header = text.substr(at, end - at);
        at = std::min(end + 1, text.size());
        if (header.front() == ' ') {  // goes on from the line before
            request.headers.back().second += '\n' + header;
            continue;
        }
        const auto colon = header.find(':');
        request.headers.emplace_back(header.substr(0, colon), header.substr(colon + 1));
    }
    if (at < text.size()) request.body = text.substr(at + 1);
    return request;
}

/// The verdict on a whole request.
std::string verdict(const Request& request, Time now = kNow) {
    const auto claim = readClaim(request, secretOf, now, kService);
    if (!claim) return claim.error().type;
    const auto fine = verifySignature(request, *claim, *secretOf(claim->accessKey));
    return fine ? "passes" : fine.error().type;
}

Request signedRequest(Request request, const std::vector<std::string>& names) {
    Claim claim;
    claim.accessKey = "AKIDEXAMPLE";
    claim.date = "20150830";
    claim.region = "us-east-1";
    claim.service = kService;
    claim.signedHeaders = names;
    claim.timestamp = request.header("x-amz-date");
    const auto canonical = canonicalRequest(request, names, sha256Hex(request.body));
    const auto signature = signatureOf(claim, *secretOf(claim.accessKey), stringToSign(claim, canonical));
    std::string joined;
    for (const auto& name : names) joined += (joined.empty() ? "" : ";") + name;
    request.headers.emplace_back(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=" +
            joined + ", Signature=" + signature);
    return request;
}

Request plainRequest() {
    return {"POST",
            "/2015-03-31/functions/f/invocations",
            {{"Host", "localhost:9000"}, {"X-Amz-Date", "20150830T123600Z"}},
            "{\"a\":1}"};
}

}  // namespace

class TestSignature : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void awsVectors_data() {
        QFile file(QStringLiteral(SIGV4_VECTORS));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto suite = parseJson(file.readAll().toStdString());
        QVERIFY(suite.has_value());
        QTest::addColumn<QString>("canonical");
        QTest::addColumn<QString>("toSign");
        QTest::addColumn<QString>("request");
        for (const auto& vector : suite->at("vectors").as_array()) {
            const auto text = [&](const char* key) {
                return QString::fromStdString(std::string(vector.at(key).as_string()));
            };
            QTest::newRow(vector.at("name").as_string().c_str())
                << text("canonical") << text("to_sign") << text("signed");
        }
    }

    void awsVectors() {
        QFETCH(QString, canonical);
        QFETCH(QString, toSign);
        QFETCH(QString, request);
        const Request parsed = parse(request.toStdString());
        const auto claim = readClaim(parsed, secretOf, kNow, kService);
        QVERIFY2(claim.has_value(), claim ? "" : claim.error().message.c_str());
        const auto text = canonicalRequest(parsed, claim->signedHeaders, sha256Hex(parsed.body));
        QCOMPARE(QString::fromStdString(text), canonical);
        QCOMPARE(QString::fromStdString(stringToSign(*claim, text)), toSign);
        QCOMPARE(verdict(parsed), std::string("passes"));
    }

    void anythingChangedIsRefused() {
        const Request good = signedRequest(plainRequest(), {"host", "x-amz-date"});
        QCOMPARE(verdict(good), std::string("passes"));
        Request other = good;
        other.body = "{\"a\":2}";
        QCOMPARE(verdict(other), std::string("InvalidSignatureException"));
        other = good;
        other.method = "PUT";
        QCOMPARE(verdict(other), std::string("InvalidSignatureException"));
        other = good;
        other.target += "?Qualifier=2";
        QCOMPARE(verdict(other), std::string("InvalidSignatureException"));
        other = good;
        other.headers[0].second = "elsewhere";
        QCOMPARE(verdict(other), std::string("InvalidSignatureException"));
        other = good;
        auto& header = other.headers.back().second;
        header.back() = header.back() == '0' ? '1' : '0';
        QCOMPARE(verdict(other), std::string("InvalidSignatureException"));
    }

    void skewedClocks() {
        const Request good = signedRequest(plainRequest(), {"host", "x-amz-date"});
        QCOMPARE(verdict(good, kNow + kSignatureSkew), std::string("passes"));
        QCOMPARE(verdict(good, kNow - kSignatureSkew), std::string("passes"));
        QCOMPARE(verdict(good, kNow + kSignatureSkew + std::chrono::seconds{1}),
                 std::string("InvalidSignatureException"));
        QCOMPARE(verdict(good, kNow - kSignatureSkew - std::chrono::seconds{1}),
                 std::string("InvalidSignatureException"));
    }

    void whatMustBeSigned() {
        QCOMPARE(verdict(signedRequest(plainRequest(), {"x-amz-date"})),
                 std::string("IncompleteSignatureException"));
        QCOMPARE(verdict(signedRequest(plainRequest(), {"host"})),
                 std::string("IncompleteSignatureException"));
        // A header that changes what is asked for, put in by somebody on the way.
        Request request = signedRequest(plainRequest(), {"host", "x-amz-date"});
        request.headers.emplace_back("X-Amz-Invocation-Type", "Event");
        QCOMPARE(verdict(request), std::string("IncompleteSignatureException"));
    }

    void payloadsAreNeverUnsigned() {
        for (const char* hash : {"UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
                                 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}) {
            Request request = plainRequest();
            request.headers.emplace_back("X-Amz-Content-Sha256", hash);
            QCOMPARE(verdict(signedRequest(request, {"host", "x-amz-content-sha256", "x-amz-date"})),
                     std::string("InvalidSignatureException"));
        }
        Request request = plainRequest();
        request.headers.emplace_back("X-Amz-Content-Sha256", sha256Hex(request.body));
        QCOMPARE(verdict(signedRequest(request, {"host", "x-amz-content-sha256", "x-amz-date"})),
                 std::string("passes"));
    }

    void malformed_data() {
        QTest::addColumn<QString>("header");
        QTest::addColumn<QString>("type");
        const QString scope = QStringLiteral("AKIDEXAMPLE/20150830/us-east-1/service/aws4_request");
        const QString names = QStringLiteral("host;x-amz-date");
        const QString zeros = QString(64, QLatin1Char('0'));
        const auto header = [](const QString& credential, const QString& headers, const QString& signature) {
            return QStringLiteral("AWS4-HMAC-SHA256 Credential=%1, SignedHeaders=%2, Signature=%3")
                .arg(credential, headers, signature);
        };
        const QString incomplete = QStringLiteral("IncompleteSignatureException");
        const QString invalid = QStringLiteral("InvalidSignatureException");
        QTest::newRow("none") << QString() << QStringLiteral("MissingAuthenticationTokenException");
        QTest::newRow("other scheme") << QStringLiteral("Basic YTpi") << incomplete;
        QTest::newRow("empty") << QStringLiteral("AWS4-HMAC-SHA256 ") << incomplete;
        QTest::newRow("short scope") << header(QStringLiteral("AKIDEXAMPLE/20150830"), names, zeros)
                                     << incomplete;
        QTest::newRow("signature too short") << header(scope, names, zeros.mid(1)) << incomplete;
        QTest::newRow("signature in capitals")
            << header(scope, names, QString(64, QLatin1Char('A'))) << incomplete;
        QTest::newRow("unsorted") << header(scope, QStringLiteral("x-amz-date;host"), zeros) << incomplete;
        QTest::newRow("header that is not there")
            << header(scope, names + QStringLiteral(";zzz"), zeros) << incomplete;
        QTest::newRow("too long") << header(scope, names + QString(5000, QLatin1Char('z')), zeros)
                                  << incomplete;
        QTest::newRow("unknown key") << header(
                                            QStringLiteral("OTHER/20150830/us-east-1/service/aws4_request"),
                                            names, zeros)
                                     << QStringLiteral("UnrecognizedClientException");
        QTest::newRow("other service")
            << header(QStringLiteral("AKIDEXAMPLE/20150830/us-east-1/s3/aws4_request"), names, zeros)
            << invalid;
        QTest::newRow("other day")
            << header(QStringLiteral("AKIDEXAMPLE/20150831/us-east-1/service/aws4_request"), names, zeros)
            << invalid;
        QTest::newRow("wrong signature") << header(scope, names, zeros) << invalid;
    }

    void malformed() {
        QFETCH(QString, header);
        QFETCH(QString, type);
        Request request = plainRequest();
        if (!header.isEmpty()) request.headers.emplace_back("authorization", header.toStdString());
        QCOMPARE(QString::fromStdString(verdict(request)), type);
        const auto claim = readClaim(request, secretOf, kNow, kService);
        if (!claim) QCOMPARE(claim.error().status, 403);
    }

    void dates() {
        QVERIFY(parseAmzDate("20150830T123600Z") == kNow);
        for (const char* text :
             {"", "20150830", "2015-08-30T12:36:00Z", "20150830T123600", "20150830T123600+",
              "20151330T123600Z", "2015083aT123600Z", "20150830T12360 Z"}) {
            QVERIFY2(!parseAmzDate(text), text);
        }
    }
};

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
