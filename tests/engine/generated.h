// Random definitions and records for differential tests of the engine against itself: small names and values,
// and times on a coarse grid, so that records coincide with each other and with deadlines.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "core/model/metaevent.h"
#include "core/model/record.h"

namespace dogwatch::engine {

class Generator {
 public:
    explicit Generator(std::uint64_t seed) : random_(seed) {}

    std::vector<Metaevent> definitions(int count);
    std::vector<Record> records(int count);
    /// Another definition with the same criteria, and the same firings.
    Metaevent edited(const Metaevent& definition);
    bool chance(int percent) { return number(100) < percent; }
    int number(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }

 private:
    template <std::size_t N>
    const char* pick(const char* const (&choices)[N]) {
        return choices[number(static_cast<int>(N))];
    }
    std::string duration(int most);
    json::object selector();
    json::array comparison(int most);
    json::object leaf(int rank);
    json::object sequence();
    json::object condition(int rank, int depth);
    json::object definition(int rank);

    std::mt19937_64 random_;
};

}  // namespace dogwatch::engine
