// Working sets of clones: what a process has touched of a template's memory, and bringing pages in for
// another. The process is a child that maps a memory file as QEMU does.
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include <QTest>
#include <algorithm>
#include <cstring>

#include "vmpool/guest_memory.h"
#include "vmpool/memory_file.h"

using namespace dogwatch::vmpool;

namespace {

constexpr std::int64_t kBytes = 8 << 20;
constexpr std::size_t kPage = 4096;

/// Maps a file of which each page holds its number, writes page 3, reads page 40, and waits for its end.
class Clone {
 public:
    Clone() : file_(makeMemoryFile("dogwatch-memory", kBytes).value()) {
        fill();
        int ready[2] = {};
        if (::pipe(ready) != 0) qFatal("no pipe");
        pid_ = ::fork();
        if (pid_ == 0) {
            auto* memory = static_cast<volatile char*>(
                ::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE, file_.get(), 0));
            memory[3 * kPage + 7] = 'w';
            [[maybe_unused]] const char seen = memory[40 * kPage];
            [[maybe_unused]] const auto told = ::write(ready[1], "r", 1);
            for (;;) ::pause();
        }
        char byte = 0;
        if (::read(ready[0], &byte, 1) != 1) qFatal("the child did not come up");
        ::close(ready[0]);
        ::close(ready[1]);
    }
    Clone(const Clone&) = delete;
    Clone& operator=(const Clone&) = delete;
    ~Clone() {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
    [[nodiscard]] pid_t pid() const { return pid_; }
    /// What its page begins with, as it would read it.
    [[nodiscard]] int number(std::uint32_t page) const {
        const auto memory = GuestMemory::find(pid_, kBytes);
        if (!memory) return -1;
        int value = -1;
        QFile maps(QStringLiteral("/proc/%1/maps").arg(pid_));
        QFile content(QStringLiteral("/proc/%1/mem").arg(pid_));
        if (!maps.open(QIODevice::ReadOnly) || !content.open(QIODevice::ReadOnly)) return -1;
        for (const auto& line : maps.readAll().split('\n')) {
            if (!line.contains("dogwatch-memory")) continue;
            content.seek(line.left(line.indexOf('-')).toLongLong(nullptr, 16) +
                         static_cast<qint64>(page * kPage));
            content.read(reinterpret_cast<char*>(&value), sizeof value);
        }
        return value;
    }

 private:
    void fill() const {
        auto* memory =
            static_cast<char*>(::mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file_.get(), 0));
        for (int page = 0; page < static_cast<int>(kBytes / static_cast<std::int64_t>(kPage)); ++page) {
            std::memcpy(memory + static_cast<std::size_t>(page) * kPage, &page, sizeof page);
        }
        ::munmap(memory, kBytes);
    }

    UniqueFd file_;
    pid_t pid_ = 0;
};

bool holds(const std::vector<std::uint32_t>& pages, std::uint32_t page) {
    return std::find(pages.begin(), pages.end(), page) != pages.end();
}

}  // namespace

class TestGuestMemory : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tellsWhatWasTouched();
    void bringsPagesIn();
    void findsNothingElsewhere();
    void subtracts();
};

void TestGuestMemory::tellsWhatWasTouched() {
    const Clone clone;
    const auto memory = GuestMemory::find(clone.pid(), kBytes);
    QVERIFY(memory);
    const auto touched = memory->touched();
    QVERIFY(touched);
    QCOMPARE(touched->written, std::vector<std::uint32_t>{3});
    // The neighbours came with page 40, and one of each sixteen stands for them.
    QVERIFY(touched->read.size() <= 2);
    QVERIFY(std::any_of(touched->read.begin(), touched->read.end(),
                        [](std::uint32_t page) { return page / 16 == 40 / 16; }));
}

void TestGuestMemory::bringsPagesIn() {
    const Clone clone;
    const auto memory = GuestMemory::find(clone.pid(), kBytes);
    QVERIFY(memory);
    WorkingSet set;
    for (std::uint32_t page = 100; page < 1500; ++page)
        set.written.push_back(page);  // more than one call takes
    set.read = {1600};
    memory->bringIn(set);
    const auto touched = memory->touched();
    QVERIFY(touched);
    QCOMPARE(touched->written.size(), 1401U);
    QVERIFY(holds(touched->written, 3) && holds(touched->written, 100) && holds(touched->written, 1499));
    QVERIFY(holds(touched->read, 1600));
    for (const std::uint32_t page : {3U, 100U, 1123U, 1499U, 1600U, 2000U}) {
        QCOMPARE(clone.number(page), static_cast<int>(page));
    }
}

void TestGuestMemory::findsNothingElsewhere() {
    const Clone clone;
    QVERIFY(!GuestMemory::find(clone.pid(), kBytes / 2));
    QVERIFY(!GuestMemory::find(::getpid(), kBytes));
    QVERIFY(!GuestMemory::find(0, kBytes));
}

void TestGuestMemory::subtracts() {
    const WorkingSet rest = without({{1, 2, 5, 9}, {16, 40}}, {{2, 9, 11}, {40}});
    QCOMPARE(rest.written, (std::vector<std::uint32_t>{1, 5}));
    QCOMPARE(rest.read, std::vector<std::uint32_t>{16});
    QCOMPARE(rest.size(), 3U);
}

QTEST_GUILESS_MAIN(TestGuestMemory)
#include "tst_guest_memory.moc"
