// The German of messages: of faults, of warnings, and of the words of the libraries that find some of them.
#include "core/model/german_messages.h"

#include <algorithm>
#include <array>

namespace dogwatch::german {
namespace {

// Sorted by the English, which comes first. Where the German wants another order of the arguments, it numbers
// them.
// clang-format off
constexpr std::array<Message, 76> kMessages = {{
    {"JSON of at most {} bytes, not {}",
     "JSON von höchstens {} Byte, nicht {}"},
    {"JSON, but at line {}, column {}: {}",
     "JSON, aber in Zeile {}, Spalte {}: {}"},
    {"[op, number], such as [\">\", 3]",
     "[Operator, Zahl], etwa [\">\", 3]"},
    {"[path, operator, value], such as [\"duration_us\", \">\", 500000]",
     "[Pfad, Operator, Wert], etwa [\"duration_us\", \">\", 500000]"},
    {"a condition",
     "eine Bedingung"},
    {"a condition with exactly one of {}",
     "eine Bedingung mit genau einem von {}"},
    {"a count is a whole number from 0 to 1,000,000",
     "Eine Anzahl ist eine ganze Zahl von 0 bis 1.000.000"},
    {"a duration from 1ms to 366d, such as \"5s\" or \"1h30m\"",
     "eine Dauer von 1ms bis 366d, etwa \"5s\" oder \"1h30m\""},
    {"a field path such as \"function\" or \"tags.team\"",
     "ein Feldpfad wie \"function\" oder \"tags.team\""},
    {"a gauge is a whole number from 0",
     "Die Anzahl von Ausführungen oder VMs ist eine ganze Zahl ab 0"},
    {"a list with at least one element",
     "eine Liste mit mindestens einem Element"},
    {"a name that no other metaevent has, not \"{}\"",
     "ein Name, den kein anderes Metaevent hat, nicht \"{}\""},
    {"a name: 1 to 64 of a-z, A-Z, 0-9, '-', '_', '.'",
     "ein Name: 1 bis 64 Zeichen aus a-z, A-Z, 0-9, '-', '_', '.'"},
    {"a non-empty string",
     "eine nichtleere Zeichenkette"},
    {"a number",
     "eine Zahl"},
    {"a partition needs a selector in the tree: a condition that looks at records",
     "eine Partition braucht eine Auswahl im Baum: eine Bedingung, die Datensätze betrachtet"},
    {"a pulse is over at once and cannot be held; `recent` makes it last",
     "was nur für einen Augenblick gilt, kann nicht ununterbrochen gelten; mit `recent` hält es an"},
    {"a ratio is a number from 0 to 1",
     "Ein Anteil ist eine Zahl von 0 bis 1"},
    {"a regular expression in RE2 syntax ({})",
     "ein regulärer Ausdruck in der Syntax von RE2 ({})"},
    {"a regular expression of at most 1,000 bytes, not {}",
     "ein regulärer Ausdruck von höchstens 1.000 Byte, nicht {}"},
    {"a schedule of five fields, or six with seconds first",
     "ein Zeitplan aus fünf Feldern oder aus sechs, von denen das erste die Sekunden sind"},
    {"a schedule that comes some day; this one never does",
     "ein Zeitplan, der irgendwann eintritt; dieser tut es nie"},
    {"a schedule whose {} is *, */n, a number, a-b, a-b/n or a list of these, from {} to {}, not \"{}\"",
     "ein Zeitplan, dessen Feld {} *, */n, eine Zahl, a-b, a-b/n oder eine Liste davon ist, von {} bis {}, nicht \"{}\""},
    {"a selector: the first step is no `not`, and no two `not` are adjacent",
     "eine Auswahl: Der erste Schritt ist kein `not`, und zwei `not` stehen nie nebeneinander"},
    {"a streak is a whole number from 0",
     "Die Länge einer Folge ist eine ganze Zahl ab 0"},
    {"a string",
     "eine Zeichenkette"},
    {"a value of type number or string",
     "eine Zahl oder eine Zeichenkette"},
    {"a value of type number or string or boolean or null",
     "eine Zahl, eine Zeichenkette, ein Wahrheitswert oder null"},
    {"a value of type string",
     "eine Zeichenkette"},
    {"a whole number from 1 to {}, the number of conditions",
     "eine ganze Zahl von 1 bis {}, der Anzahl der Bedingungen"},
    {"a whole number from {}",
     "eine ganze Zahl ab {}"},
    {"a whole number from {} to {}",
     "eine ganze Zahl von {} bis {}"},
    {"an IANA time zone such as \"Europe/Berlin\", not \"{}\"",
     "eine IANA-Zeitzone wie \"Europe/Berlin\", nicht \"{}\""},
    {"an object",
     "ein Objekt"},
    {"at most {} conditions, and a tree depth of at most {}",
     "höchstens {} Bedingungen und ein Baum von höchstens {} Ebenen"},
    {"by its schedule (\"{}\") {} runs at most {} time within {}: with no runs besides, this is never true",
     "laut Zeitplan (\"{}\") läuft {} höchstens {}-mal innerhalb von {}: Ohne weitere Läufe ist das nie wahr"},
    {"by its schedule (\"{}\") {} runs at most {} times within {}: with no runs besides, this is never true",
     "laut Zeitplan (\"{}\") läuft {} höchstens {}-mal innerhalb von {}: Ohne weitere Läufe ist das nie wahr"},
    {"day of month",
     "Tag"},
    {"day of week",
     "Wochentag"},
    {"distinct is a whole number from 1 to 1,000,000",
     "Die Anzahl verschiedener Werte ist eine ganze Zahl von 1 bis 1.000.000"},
    {"hour",
     "Stunde"},
    {"job {}",
     "Job {}"},
    {"minute",
     "Minute"},
    {"month",
     "Monat"},
    {"no `for` here: it is for the last step only",
     "kein `for` an dieser Stelle: Nur der letzte Schritt hat eines"},
    {"no condition sees records of kind {}, only metaevent.fired and .cleared",
     "Datensätze der Art {} sieht keine Bedingung, nur solche der Art metaevent.fired und metaevent.cleared"},
    {"no cycle of `active`, but {} depends on {} itself",
     "keine Schleife von `active`, doch {} hängt selbst von {} ab"},
    {"no such key; one of {}",
     "kein bekannter Schlüssel; möglich: {}"},
    {"no {} satisfies all that `where` asks of it",
     "kein Wert von {} erfüllt alles, was `where` von ihm verlangt"},
    {"one of {}",
     "eines von {}"},
    {"required, but missing",
     "eine Angabe, die hier nötig ist, aber fehlt"},
    {"second",
     "Sekunde"},
    {"there are never so many: a window holds at most 1,000,000 records",
     "so viele sind es nie: Ein Fenster fasst höchstens 1.000.000 Datensätze"},
    {"there are no records of kind {}",
     "es gibt keine Datensätze der Art {}"},
    {"there is no function {}",
     "es gibt keine Funktion {}"},
    {"there is no metaevent {}, so this is never true",
     "es gibt kein Metaevent {}, daher ist das nie wahr"},
    {"there is nothing to repeat: it fires where its criteria end",
     "es gibt nichts zu wiederholen: Es löst erst aus, wenn seine Kriterien nicht mehr gelten"},
    {"there is nothing to repeat: its criteria are over at once; `recent` makes them last",
     "es gibt nichts zu wiederholen: Seine Kriterien gelten nur für einen Augenblick; mit `recent` halten sie an"},
    {"this can never be true, so it never fires",
     "das kann nie wahr sein, daher löst es nie aus"},
    {"this can set itself off: {}; such a chain ends at depth {} (fire.max_depth)",
     "das kann sich selbst auslösen: {}; eine solche Kette endet bei Tiefe {} (fire.max_depth)"},
    {"this is always true, so it fires when it is armed and never ends",
     "das ist immer wahr, daher löst es beim Scharfschalten aus und endet nie"},
    {"this is always true, so it never falls and never fires",
     "das ist immer wahr, endet also nie, und daher löst es nie aus"},
    {"this is always true: it is as long as the schedule's interval",
     "das ist immer wahr: Es dauert so lange wie der Abstand zwischen den Terminen"},
    {"this is never true: {}",
     "das ist nie wahr: {}"},
    {"this is true whatever happens: {}",
     "das ist wahr, was auch geschieht: {}"},
    {"true or false",
     "true oder false"},
    {"{} and {} are never true together: no number compares as both say",
     "{} und {} sind nie zugleich wahr: Keine Zahl erfüllt beide Vergleiche"},
    {"{} and {} are never true together: they are pulses that never come at the same step; `recent` makes one of them last",
     "{} und {} sind nie zugleich wahr: Sie gelten nur für einen Augenblick und nie für denselben; mit `recent` hält eines davon an"},
    {"{} is never active: it fires where its criteria end",
     "{} ist nie aktiv: Es löst erst aus, wenn seine Kriterien nicht mehr gelten"},
    {"{} is never active: its criteria are over at once",
     "{} ist nie aktiv: Seine Kriterien gelten nur für einen Augenblick"},
    {"{} is scheduled by \"{}\" ({}), so it is missed by this schedule between runs that are on time",
     "{} läuft nach dem Zeitplan \"{}\" ({}), nach diesem hier gilt es daher zwischen pünktlichen Läufen als verpasst"},
    {"{} is scheduled with pauses of up to {} (\"{}\"), so it is absent for {} between runs that are on time",
     "{0} hat laut Zeitplan (\"{2}\") Pausen von bis zu {1} und bleibt daher zwischen pünktlichen Läufen {3} lang aus"},
    {"{} is scheduled with pauses of up to {} (\"{}\"), so there is none for {} between runs that are on time",
     "{0} hat laut Zeitplan (\"{2}\") Pausen von bis zu {1}, daher gibt es zwischen pünktlichen Läufen {3} lang nichts davon"},
    {"{} of {}",
     "{} von {}"},
    {"{} starts when it is due and takes time: without `grace` it is missed at every run, until that is over",
     "{} startet bei Fälligkeit und braucht Zeit: Ohne `grace` gilt jeder Lauf als verpasst, bis er vorbei ist"},
    {"{}, not {}",
     "{}, nicht {}"},
}};

/// Of RE2 and Boost.JSON, which know no other language.
constexpr std::array<Message, 28> kLibraryWords = {{
    {"array too large", "zu große Liste"},
    {"bad repetition operator", "ungültiger Wiederholungsoperator"},
    {"expected hex digit", "Hexadezimalziffer erwartet"},
    {"expected utf16 escape", "UTF-16-Escape-Sequenz erwartet"},
    {"exponent overflow", "zu großer Exponent"},
    {"extra data", "überzählige Zeichen"},
    {"illegal leading surrogate", "ungültiges erstes Surrogat"},
    {"illegal trailing surrogate", "ungültiges zweites Surrogat"},
    {"incomplete JSON", "unvollständiges JSON"},
    {"invalid UTF-8", "ungültiges UTF-8"},
    {"invalid character class", "ungültige Zeichenklasse"},
    {"invalid character class range", "ungültiger Bereich in einer Zeichenklasse"},
    {"invalid escape sequence", "ungültige Escape-Sequenz"},
    {"invalid named capture group", "ungültige benannte Gruppe"},
    {"invalid perl operator", "ungültiger Perl-Operator"},
    {"invalid repetition size", "ungültige Anzahl von Wiederholungen"},
    {"key too large", "zu langer Schlüssel"},
    {"missing )", "schließende Klammer ) fehlt"},
    {"missing ]", "schließende Klammer ] fehlt"},
    {"no argument for repetition operator", "nichts zu wiederholen"},
    {"object too large", "zu großes Objekt"},
    {"pattern too large - compile failed", "Muster zu groß"},
    {"string too large", "zu lange Zeichenkette"},
    {"syntax error", "Syntaxfehler"},
    {"too deep", "zu tief verschachtelt"},
    {"trailing \\", "\\ am Ende"},
    {"unexpected )", "überzählige )"},
    {"unexpected error", "unerwarteter Fehler"},
}};
// clang-format on

bool isBefore(const Message& message, std::string_view english) {
    return message.english < english;
}

template <typename Table>
constexpr bool isSorted(const Table& table) {
    return std::is_sorted(table.begin(), table.end(),
                          [](const Message& a, const Message& b) { return a.english < b.english; });
}
static_assert(isSorted(kMessages) && isSorted(kLibraryWords));

template <typename Table>
const Message* find(const Table& table, std::string_view english) {
    const auto* found = std::lower_bound(table.begin(), table.end(), english, isBefore);
    return found != table.end() && found->english == english ? found : nullptr;
}

}  // namespace

std::span<const Message> messages() {
    return kMessages;
}

std::string_view message(std::string_view english) {
    const auto* found = find(kMessages, english);
    if (found == nullptr) found = find(kLibraryWords, english);
    return found != nullptr ? found->german : english;
}

}  // namespace dogwatch::german
