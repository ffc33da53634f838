// DIR/credentials: made once, kept private, read strictly.
#include <sys/stat.h>

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <random>

#include "core/http/credentials.h"

using namespace dogwatch;
using namespace dogwatch::http;

namespace {

std::function<std::uint64_t()> randomBits() {
    return [engine = std::mt19937_64{7}]() mutable { return engine(); };
}

}  // namespace

class TestCredentials : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void areMadeOnceForTheirOwnerAlone() {
        const auto file = path("made");
        const auto made = loadCredentials(file, randomBits());
        QVERIFY(made.has_value());
        QCOMPARE(made->size(), std::size_t{1});
        QCOMPARE(made->front().accessKey.size(), std::size_t{20});
        QCOMPARE(made->front().secret.size(), std::size_t{40});
        struct stat status {};
        QCOMPARE(::stat(file.c_str(), &status), 0);
        QCOMPARE(status.st_mode & 07777U, 0600U);
        const auto again = loadCredentials(file, randomBits());
        QVERIFY(again.has_value());
        QCOMPARE(again->front().accessKey, made->front().accessKey);
        QCOMPARE(again->front().secret, made->front().secret);
    }

    void thatOthersCanReadAreRefused() {
        const auto file = path("open");
        QVERIFY(loadCredentials(file, randomBits()).has_value());
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        const auto refused = loadCredentials(file, randomBits());
        QVERIFY(!refused.has_value());
        QVERIFY(refused.error().kind == Error::Kind::Refused);
        QVERIFY(refused.error().message.find("chmod 600") != std::string::npos);
    }

    void areReadAsAwsWritesThem() {
        const auto keys = parseCredentials(
            "# mine\n[default]\r\naws_access_key_id=AK1\n"
            "aws_secret_access_key =  a+/b= \n; other\n[build]\n"
            "region = eu-west-1\naws_access_key_id = AK2\n"
            "aws_secret_access_key = s2\n[empty]");
        QVERIFY(keys.has_value());
        QCOMPARE(keys->size(), std::size_t{2});
        QCOMPARE(keys->at(0).secret, std::string("a+/b="));
        QCOMPARE(keys->at(1).accessKey, std::string("AK2"));
    }

    void faultsTellTheirLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("empty") << QByteArray() << QByteArray();
        QTest::newRow("no profile") << QByteArray("\naws_access_key_id = a\n") << QByteArray("line 2");
        QTest::newRow("no value") << QByteArray("[default]\naws_access_key_id =\n") << QByteArray("line 2");
        QTest::newRow("no end") << QByteArray("[default\n") << QByteArray("line 1");
        QTest::newRow("half a key") << QByteArray("[default]\naws_access_key_id = a\n") << QByteArray();
    }

    void faultsTellTheirLine() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, path);
        const auto keys = parseCredentials(text.toStdString());
        QVERIFY(!keys.has_value());
        QCOMPARE(keys.error().path, path.toStdString());
    }

 private:
    [[nodiscard]] std::string path(const char* name) const {
        return scratch_.filePath(QLatin1String(name)).toStdString();
    }

    QTemporaryDir scratch_;
};

QTEST_GUILESS_MAIN(TestCredentials)
#include "tst_credentials.moc"
