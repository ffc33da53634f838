// After a fork a process pays a page fault for each page that it shared with its child, unless the agent has
// made the pages its own again. Counted by the process itself.
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QTest>

#include "vmpool/guest/own_pages.h"

using namespace dogwatch::guest;

namespace {

constexpr std::size_t kPages = 2000;
constexpr std::size_t kPage = 4096;

long faults() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

struct Answer {
    long faults = 0;
    bool isWhole = true;
};

/// Fills pages, forks, lets the child end; then, told to, writes each page and tells what that took.
class Parent {
 public:
    Parent() {
        if (::pipe(order_) != 0 || ::pipe(answer_) != 0) qFatal("no pipe");
        pid_ = ::fork();
        if (pid_ == 0) serve();
        Answer ready;
        if (::read(answer_[0], &ready, sizeof ready) != sizeof ready) qFatal("the process did not come up");
    }
    Parent(const Parent&) = delete;
    Parent& operator=(const Parent&) = delete;
    ~Parent() {
        ::close(order_[1]);
        ::waitpid(pid_, nullptr, 0);
    }
    [[nodiscard]] pid_t pid() const { return pid_; }
    [[nodiscard]] Answer write() const {
        Answer answer;
        if (::write(order_[1], "w", 1) != 1 || ::read(answer_[0], &answer, sizeof answer) != sizeof answer) {
            qFatal("the process does not answer");
        }
        return answer;
    }

 private:
    [[noreturn]] void serve() const {
        ::close(order_[1]);
        auto* memory = static_cast<volatile char*>(
            ::mmap(nullptr, kPages * kPage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
        for (std::size_t page = 0; page < kPages; ++page) memory[page * kPage] = static_cast<char>(page);
        const pid_t child = ::fork();
        if (child == 0) ::_exit(0);
        ::waitpid(child, nullptr, 0);
        Answer answer;
        [[maybe_unused]] auto told = ::write(answer_[1], &answer, sizeof answer);
        char order = 0;
        while (::read(order_[0], &order, 1) == 1) {
            const long before = faults();
            for (std::size_t page = 0; page < kPages; ++page) {
                answer.isWhole = answer.isWhole && memory[page * kPage] == static_cast<char>(page);
                memory[page * kPage] = static_cast<char>(page);
            }
            answer.faults = faults() - before;
            told = ::write(answer_[1], &answer, sizeof answer);
        }
        ::_exit(0);
    }

    int order_[2] = {};
    int answer_[2] = {};
    pid_t pid_ = 0;
};

}  // namespace

class OwnPagesTest : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void takesTheFaultsAway();
    void leavesOthersAlone();
};

void OwnPagesTest::takesTheFaultsAway() {
    const Parent as;
    QVERIFY(as.write().faults >= static_cast<long>(kPages));
    const Parent owner;
    ownPages(owner.pid());
    const auto answer = owner.write();  // it goes on, too
    QVERIFY2(answer.faults < static_cast<long>(kPages) / 10, std::to_string(answer.faults).c_str());
    QVERIFY(answer.isWhole);
}

void OwnPagesTest::leavesOthersAlone() {
    const pid_t ended = ::fork();
    if (ended == 0) ::_exit(0);
    ownPages(ended);  // it may end meanwhile
    int status = 0;
    QCOMPARE(::waitpid(ended, &status, 0), ended);
    QVERIFY(WIFEXITED(status));
    ownPages(ended);  // and be gone
}

QTEST_GUILESS_MAIN(OwnPagesTest)
#include "tst_own_pages.moc"
