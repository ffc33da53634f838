// A signature passes once for as long as it is good, and memory stays bounded.
#include <QtTest>
#include <string>

#include "core/http/replay_guard.h"
#include "core/http/signature.h"

using namespace dogwatch;
using namespace dogwatch::http;
using Verdict = ReplayGuard::Verdict;

class TestReplayGuard : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void passesOnce() {
        ReplayGuard guard;
        const Time now = timeFromUs(1'700'000'000'000'000);
        const auto a = sha256Hex("a");
        const auto b = sha256Hex("b");
        QVERIFY(guard.admit(a, {}, now, now) == Verdict::Fresh);
        QVERIFY(guard.admit(b, {}, now, now) == Verdict::Fresh);
        QVERIFY(guard.admit(a, {}, now, now) == Verdict::Replayed);
        QVERIFY(guard.admit(a, {}, now, now + kSignatureSkew) == Verdict::Replayed);
    }

    void tagsTellApartRequestsOfOneSecond() {
        ReplayGuard guard;
        const Time now = timeFromUs(1'700'000'000'000'000);
        const auto a = sha256Hex("a");
        QVERIFY(guard.admit(a, "id-1", now, now) == Verdict::Fresh);
        QVERIFY(guard.admit(a, "id-2", now, now) == Verdict::Fresh);
        QVERIFY(guard.admit(a, "id-1", now, now) == Verdict::Replayed);
        QVERIFY(guard.admit(a, {}, now, now) == Verdict::Replayed);
        const Time later = now + ReplayGuard::kSameSecond + Duration{1};
        QVERIFY(guard.admit(a, "id-3", now, later) == Verdict::Replayed);
    }

    void forgetsWhatIsNoLongerGood() {
        ReplayGuard guard(3);
        const Time now = timeFromUs(1'700'000'000'000'000);
        for (const char* text : {"a", "b", "c"})
            QVERIFY(guard.admit(sha256Hex(text), {}, now, now) == Verdict::Fresh);
        QVERIFY(guard.admit(sha256Hex("d"), {}, now, now) == Verdict::Full);
        const Time later = now + kSignatureSkew + Duration{1};
        QVERIFY(guard.admit(sha256Hex("d"), {}, later, later) == Verdict::Fresh);
        QCOMPARE(guard.size(), std::size_t{1});
    }

    void oneFromAFastClockIsKeptTwiceAsLong() {
        ReplayGuard guard;
        const Time now = timeFromUs(1'700'000'000'000'000);
        QVERIFY(guard.admit(sha256Hex("a"), {}, now + kSignatureSkew, now) == Verdict::Fresh);
        QVERIFY(guard.admit(sha256Hex("a"), {}, now + kSignatureSkew, now + 2 * kSignatureSkew) ==
                Verdict::Replayed);
    }
};

QTEST_GUILESS_MAIN(TestReplayGuard)
#include "tst_replay_guard.moc"
