#include "core/model/sentence.h"

#include <fmt/format.h>

#include <utility>

namespace dogwatch {
namespace {

using namespace condition;
using Order = Grammar::Order;
using Phrases = std::vector<Phrase>;

constexpr std::size_t kLongestPayload = 160;  ///< that still reads as part of a sentence

std::string textOf(const Phrases& phrases) {
    std::string text;
    for (const auto& phrase : phrases) text += phrase.text;
    return text;
}

std::vector<std::string> texts(const std::vector<FieldPath>& paths) {
    std::vector<std::string> words;
    for (const auto& path : paths) words.push_back(path.text());
    return words;
}

/// Puts a definition into phrases, in one language.
class Teller {
 public:
    explicit Teller(const Grammar& grammar) : grammar_(grammar) {}

    void add(const Condition& condition, Order order);
    void addPartition(const Metaevent& definition);
    void addWhen(const Metaevent& definition);
    void addFire(const Metaevent& definition);
    void addDowntime(const Metaevent& definition);
    void addJobs(const Metaevent& definition);

    Phrases phrases;

 private:
    /// The names of what a job gets; the value itself where it has none.
    [[nodiscard]] std::string told(const json::value& payload) const;
    void say(std::string text, std::string path) {
        phrases.push_back({", ", {}});
        phrases.push_back({std::move(text), std::move(path)});
    }
    [[nodiscard]] bool isPlain(const Condition& condition, const std::string& text) const;
    void addPart(const Condition& condition, Order order);
    void addJoined(const Condition& condition, std::string_view joint, Order order);
    void addNot(const Condition& condition, Order order);
    void addQualified(const Condition& condition, std::string qualifier, Order order);

    const Grammar& grammar_;
};

// ---- the tree

/// Whether a clause reads as one thing inside another, without brackets.
bool Teller::isPlain(const Condition& condition, const std::string& text) const {
    if (!condition.children.empty()) return false;
    for (const std::string_view joint :
         {std::string_view{", "}, grammar_.conjunction(true), grammar_.conjunction(false)}) {
        if (text.find(joint) != std::string::npos) return false;
    }
    return true;
}

void Teller::addPart(const Condition& condition, Order order) {
    Teller part(grammar_);
    part.add(condition, order);
    const bool plain = isPlain(condition, textOf(part.phrases));
    if (!plain) phrases.push_back({"(", {}});
    phrases.insert(phrases.end(), part.phrases.begin(), part.phrases.end());
    if (!plain) phrases.push_back({")", {}});
}

void Teller::addJoined(const Condition& condition, std::string_view joint, Order order) {
    for (std::size_t i = 0; i < condition.children.size(); ++i) {
        if (i > 0) phrases.push_back({std::string(joint), condition.path});
        addPart(condition.children[i], order);
    }
}

void Teller::addNot(const Condition& condition, Order order) {
    const Condition& child = condition.children.front();
    if (const auto* active = child.as<Active>()) {
        phrases.push_back({grammar_.notActive(active->metaevent, order), child.path});
        return;
    }
    phrases.push_back({grammar_.notTrueThat(order), condition.path});
    addPart(child, Order::Subordinate);
}

/// A child and something said of it afterwards, in brackets unless the child is brief.
void Teller::addQualified(const Condition& condition, std::string qualifier, Order order) {
    addPart(condition.children.front(), order);
    phrases.push_back({std::move(qualifier), condition.path});
}

void Teller::add(const Condition& condition, Order order) {
    const bool several = condition.children.size() > 1;
    const bool all = condition.as<All>() != nullptr;
    if (all || condition.as<Any>() != nullptr) {
        if (!several) return add(condition.children.front(), order);
        return addJoined(condition, grammar_.conjunction(all), order);
    }
    if (const auto* c = condition.as<AtLeast>()) {
        phrases.push_back({grammar_.atLeastOf(c->count, condition.children.size(), order), condition.path});
        return addJoined(condition, "; ", Order::Main);
    }
    if (condition.as<Not>() != nullptr) return addNot(condition, order);
    if (const auto* c = condition.as<Held>())
        return addQualified(condition, grammar_.held(c->duration), order);
    if (const auto* c = condition.as<Recent>())
        return addQualified(condition, grammar_.recent(c->within), order);
    phrases.push_back({grammar_.clause(condition, order), condition.path});
}

// ---- the definition around it

void Teller::addPartition(const Metaevent& definition) {
    if (definition.partition.empty()) return;
    phrases.push_back({grammar_.partition(texts(definition.partition)), "partition"});
    if (definition.expire) phrases.push_back({grammar_.expire(*definition.expire), "expire"});
    phrases.push_back({", ", {}});
}

void Teller::addWhen(const Metaevent& definition) {
    switch (definition.on) {
        case FireOn::Rise:
            phrases.push_back({grammar_.onRise(), {}});
            return add(definition.when, Order::Subordinate);
        case FireOn::Fall: phrases.push_back({grammar_.onFall(), "fire.on"}); break;
        case FireOn::Both: phrases.push_back({grammar_.onBoth(), "fire.on"}); break;
    }
    addPart(definition.when, Order::Subordinate);
}

void Teller::addFire(const Metaevent& definition) {
    if (definition.cooldown != Duration{}) say(grammar_.atMostOnce(definition.cooldown), "fire.cooldown");
    if (definition.repeat) say(grammar_.repeat(*definition.repeat), "fire.repeat");
    if (const auto& limit = definition.limit)
        say(grammar_.limit(limit->count, limit->within, !definition.partition.empty()), "fire.limit");
    if (definition.maxDepth != Metaevent{}.maxDepth)
        say(grammar_.chains(definition.maxDepth), "fire.max_depth");
}

void Teller::addDowntime(const Metaevent& definition) {
    if (definition.downtime != Downtime::Counted) say(grammar_.downtimeExcluded(), "downtime");
}

std::string Teller::told(const json::value& payload) const {
    const auto* object = payload.if_object();
    if (object == nullptr || object->empty()) return shortened(toJson(payload), kLongestPayload);
    std::vector<std::string> names;  // what they are filled with stands in the definition
    for (const auto& member : *object) names.emplace_back(member.key());
    return grammar_.list(names);
}

void Teller::addJobs(const Metaevent& definition) {
    const std::size_t count = definition.jobs.size();
    if (count == 0) {
        phrases.push_back({std::string(grammar_.noted()), "jobs"});
    } else {
        phrases.push_back({std::string(grammar_.beforeJobs()), {}});
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0)
                phrases.push_back({std::string(i + 1 == count ? grammar_.conjunction(true) : ", "), {}});
            const std::string path = fmt::format("jobs.{}", i);
            phrases.push_back({definition.jobs[i].run, path});
            if (const auto& payload = definition.jobs[i].payload)
                phrases.push_back({grammar_.with(told(*payload)), path});
        }
        if (!grammar_.afterJobs().empty()) phrases.push_back({std::string(grammar_.afterJobs()), {}});
    }
    if (!definition.enabled) phrases.push_back({std::string(grammar_.disabled()), "enabled"});
}

}  // namespace

std::string Sentence::text() const {
    return textOf(phrases);
}

Sentence sentenceOf(const Metaevent& definition, const Grammar& grammar) {
    Teller teller(grammar);
    teller.addPartition(definition);
    teller.addWhen(definition);
    teller.addFire(definition);
    teller.addDowntime(definition);
    teller.addJobs(definition);
    return {std::move(teller.phrases)};
}

Sentence clauseOf(const Condition& condition, const Grammar& grammar, Grammar::Order order) {
    Teller teller(grammar);
    teller.add(condition, order);
    return {std::move(teller.phrases)};
}

}  // namespace dogwatch
