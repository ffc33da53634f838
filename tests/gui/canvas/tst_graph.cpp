// The graph of a definition: that reading and writing changes nothing, that the table of kinds says what the
// reader of definitions accepts, and that every edit can be undone exactly.
#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QtTest>

#include "core/model/metaevent.h"
#include "fail_on_warning.h"
#include "gui/canvas/model/auto_layout.h"
#include "gui/canvas/model/changes.h"
#include "gui/canvas/model/graph_json.h"
#include "gui/canvas/model/graph_model.h"
#include "gui/canvas/model/graph_text.h"
#include "gui/canvas/model/outline_model.h"
#include "gui/canvas/model/proposals.h"
#include "gui/canvas/model/templates.h"
#include "gui/models/text.h"

using namespace dogwatch;
using namespace dogwatch::gui;
using namespace dogwatch::gui::canvas;
using namespace Qt::StringLiterals;

namespace {

json::value parsed(std::string_view text) {
    auto value = parseJson(text);
    if (!value) qFatal("not JSON: %s", value.error().text().c_str());
    return *value;
}

std::string textOf(const Graph& graph) {
    return toJson(json::value(graph.definition()));
}

/// All definitions of a list or a single one; what is no object is none that a canvas could show.
std::vector<json::object> definitionsIn(const json::value& value) {
    std::vector<json::object> all;
    if (value.is_object()) all.push_back(value.get_object());
    if (value.is_array())
        for (const json::value& item : value.get_array())
            if (item.is_object()) all.push_back(item.get_object());
    return all;
}

QByteArray contentOf(const QString& path) {
    QFile file{path};
    if (!file.open(QIODevice::ReadOnly)) qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

void compareRoundTrip(const json::object& definition) {
    const Graph graph = Graph::fromDefinition(definition);
    QCOMPARE(fromUtf8(textOf(graph)), fromUtf8(toJson(json::value(definition))));
    // And again onto itself, keeping the nodes.
    const Graph again = Graph::fromDefinition(graph.definition(), &graph);
    QCOMPARE(again.nodes().size(), graph.nodes().size());
    for (const auto& [id, node] : graph.nodes()) QVERIFY(again.find(id) != nullptr);
}

/// The keys that the reader lists when it meets one that it does not know.
QStringList acceptedKeys(const NodeKind& kind) {
    json::value value = parsed(kind.example);
    value.get_object()["unheard-of"] = 1;
    const auto read = conditionFromJson(value);
    const QString message = read ? QString() : fromUtf8(read.error().message);
    QStringList keys = message.section(u"one of "_s, 1).split(u", "_s);
    keys.sort();
    return keys;
}

QStringList tableKeys(const NodeKind& kind) {
    QStringList keys;
    for (const Socket& socket : kind.sockets) keys.append(fromUtf8(socket.key));
    for (const Field& field : kind.fields) keys.append(fromUtf8(field.key));
    keys.sort();
    return keys;
}

constexpr const char* kNested = R"({"metaevent":"m","when":{"all":[{"for":"1m","absent":"backup"},
    {"held":{"count":{"event":"execution.failed"},"within":"5m","is":[">=",3]},"for":"2m"}]},
    "jobs":[{"run":"a"},{"run":"b","payload":{"x":[1,2.5,"y"]}}]})";

class Walk {
 public:
    Walk(GraphModel& model, quint32 seed) : model_(model), random_(seed) {}

    /// One edit at random, of any kind.
    void step() {
        switch (random_.bounded(12)) {
            case 0:
            case 1:
            case 2:
                model_.addKind(nodeKinds()[random_.bounded(static_cast<quint32>(nodeKinds().size()))], any());
                break;
            case 3: model_.remove({any()}); break;
            case 4: model_.duplicate({any()}); break;
            case 5: connectSome(); break;
            case 6: disconnectSome(); break;
            case 7:
            case 8: changeField(); break;
            case 9: model_.place({{any(), QPointF(random_.bounded(500), random_.bounded(500))}}); break;
            case 10:
                model_.edit(u"Group"_s, [&](Graph& graph) {
                    graph.addCluster(u"g"_s, {any()});
                    graph.addComment(u"c"_s, {1, 2});
                });
                break;
            case 11: steps(); break;
        }
    }

 private:
    NodeId any() {
        auto it = model_.graph().nodes().begin();
        std::advance(it, random_.bounded(static_cast<quint32>(model_.graph().nodes().size())));
        return it->first;
    }
    void connectSome() {
        const NodeId to = any();
        if (const auto plug = model_.graph().plugFor(any(), to)) model_.connectNodes(any(), *plug);
    }
    void disconnectSome() {
        const auto all = model_.graph().connections();
        if (!all.empty()) model_.disconnectPlug(all[random_.bounded(static_cast<quint32>(all.size()))].to);
    }
    void changeField() {
        const Node& node = *model_.graph().find(any());
        if (node.kind->fields.empty()) return;
        const Field& field =
            node.kind->fields[random_.bounded(static_cast<quint32>(node.kind->fields.size()))];
        if (random_.bounded(3) == 0) {
            model_.setField(node.id, field.key, std::nullopt);
        } else {
            model_.setField(node.id, field.key, parsed(field.sample));
        }
    }
    void steps() {
        for (const auto& [id, node] : std::map(model_.graph().nodes())) {
            if (node.kind->key != "sequence" || node.sockets[0].empty()) continue;
            model_.addStep(id);
            model_.setStep(id, node.sockets[0].size(), true, "3s");
            model_.reorder({id, 0, 0}, node.sockets[0].size());
            if (random_.bounded(2) == 0) model_.removeStep(id, 0);
            return;
        }
    }

    GraphModel& model_;
    QRandomGenerator random_;
};

}  // namespace

class TestGraph : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { warnings_.emplace(); }
    void cleanup() { QCOMPARE(warnings_->take(), QStringList{}); }

    // ---- identity

    void everyConformanceDefinitionComesBackAsItWas_data() {
        QTest::addColumn<QString>("path");
        const QDir dir{QStringLiteral(CONFORMANCE_DIR)};
        for (const QString& name : dir.entryList({u"*.json"_s}, QDir::Files))
            QTest::newRow(qPrintable(name)) << dir.filePath(name);
    }
    void everyConformanceDefinitionComesBackAsItWas() {
        QFETCH(QString, path);
        const json::value whole = parsed(contentOf(path).toStdString());
        const json::value* metaevents = whole.get_object().if_contains("metaevents");
        QVERIFY(metaevents != nullptr);
        for (const json::object& definition : definitionsIn(*metaevents)) compareRoundTrip(definition);
    }

    void generatedDefinitionsComeBackAsTheyWere() {
        int count = 0;
        for (const QByteArray& line : contentOf(QStringLiteral(GENERATED_FILE)).split('\n')) {
            if (line.isEmpty()) continue;
            const json::value value = parsed(line.toStdString());
            compareRoundTrip(value.get_object());
            // What the generator makes is well-formed: so must be what the canvas makes of it.
            QVERIFY2(!diagnose(Graph::fromDefinition(value.get_object())).hasFaults(), line.constData());
            ++count;
        }
        QVERIFY2(count > 300, qPrintable(QString::number(count)));
    }

    void thousandsOfGeneratedDefinitionsComeBackAsTheyWere() {
        const QString generator = QStringLiteral(SHARED_DIR) + u"/oracle/generate.py"_s;
        if (!QFile::exists(generator)) QSKIP("the generator of definitions is not here");
        const QByteArray program =
            "import sys,json\nsys.path.insert(0,sys.argv[1])\nimport generate\n"
            "for s in range(1000,1300):\n"
            " for m in generate.generate(s,records=2,metaevents=10)['metaevents']: print(json.dumps(m))\n";
        QProcess python;
        python.start(u"python3"_s, {u"-c"_s, QString::fromUtf8(program), QFileInfo{generator}.path()});
        QVERIFY(python.waitForFinished(100'000));
        int count = 0;
        for (const QByteArray& line : python.readAllStandardOutput().split('\n')) {
            if (line.isEmpty()) continue;
            compareRoundTrip(parsed(line.toStdString()).get_object());
            ++count;
        }
        QCOMPARE(count, 3000);
    }

    void keepsWhatItDoesNotUnderstand_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("nothing") << u"{}"_s;
        QTest::newRow("a condition that is none") << uR"({"metaevent":"a","when":5,"jobs":"x"})"_s;
        QTest::newRow("two operators") << uR"({"when":{"all":[{"at":"* * * * *","during":1},null,[]]}})"_s;
        QTest::newRow("lists that are none") << uR"({"when":{"any":7},"jobs":{"run":"x"},"fire":3})"_s;
        QTest::newRow("odd steps")
            << uR"({"when":{"sequence":[{"not":null,"x":1},null,"a",[1],{"not":{"not":1}}]}})"_s;
        QTest::newRow("order and unknown keys")
            << uR"({"z":1,"when":{"is":[">",1.50],"within":"1h","count":"a","y":{}},"metaevent":"m"})"_s;
        QTest::newRow("shared sources") << uR"({"when":{"ratio":"a","to":"a","within":"1h","is":["<",1]}})"_s;
    }
    void keepsWhatItDoesNotUnderstand() {
        QFETCH(QString, text);
        compareRoundTrip(parsed(toUtf8(text)).get_object());
    }

    // ---- the table

    void theTableSaysWhatTheReaderAccepts_data() {
        QTest::addColumn<QString>("key");
        for (const NodeKind& kind : nodeKinds())
            if (kind.isOperator()) QTest::newRow(kind.key.data()) << fromUtf8(kind.key);
    }
    void theTableSaysWhatTheReaderAccepts() {
        QFETCH(QString, key);
        const NodeKind& kind = *findKind(toUtf8(key));
        QCOMPARE(fromUtf8(conditionFromJson(parsed(kind.example)).value().operatorKey()), key);
        QCOMPARE(tableKeys(kind), acceptedKeys(kind));
        QVERIFY(!kind.says.empty() && !kind.help.empty() && !kind.title.empty());
    }

    void thereIsANodeForEveryCondition() {
        const auto count = std::count_if(nodeKinds().begin(), nodeKinds().end(),
                                         [](const NodeKind& kind) { return kind.isOperator(); });
        QCOMPARE(count, static_cast<std::ptrdiff_t>(std::variant_size_v<condition::Kind>));
    }

    void everyFieldTakesItsSampleAndGivesItBack_data() {
        QTest::addColumn<QString>("kindKey");
        QTest::addColumn<QString>("fieldKey");
        for (const NodeKind& kind : nodeKinds())
            for (const Field& field : kind.fields)
                QTest::addRow("%s.%s", kind.key.data(), field.key.data())
                    << fromUtf8(kind.key) << fromUtf8(field.key);
    }
    void everyFieldTakesItsSampleAndGivesItBack() {
        QFETCH(QString, kindKey);
        QFETCH(QString, fieldKey);
        const NodeKind& kind = *findKind(toUtf8(kindKey));
        const Field& field = *kind.field(toUtf8(fieldKey));
        GraphModel model;
        model.open(Graph::fromDefinition(parsed(kNested).get_object()), std::nullopt);
        const NodeId id = kind.role == Role::Firing ? model.graph().root().id : model.addKind(kind);
        const auto before = fieldValue(*model.graph().find(id), field.key);
        model.setField(id, field.key, parsed(field.sample));
        QCOMPARE(toJson(*fieldValue(*model.graph().find(id), field.key)), toJson(parsed(field.sample)));
        model.undoStack().undo();
        QVERIFY(fieldValue(*model.graph().find(id), field.key) == before);
        model.undoStack().redo();
        model.setField(id, field.key, std::nullopt);
        QVERIFY(!fieldValue(*model.graph().find(id), field.key));
    }

    // ---- the rules

    void onlyWhatFitsConnects() {
        Graph graph = Graph::fromDefinition(parsed(kNested).get_object());
        const NodeId root = graph.root().id;
        const NodeId all = graph.locate("when").node;
        const NodeId source = graph.locate("when.all.0.absent").node;
        const NodeId job = graph.locate("jobs.0").node;
        QCOMPARE(fromUtf8(graph.find(source)->kind->key), u"source"_s);
        QVERIFY(!graph.fits(source, {root, 0, 0}));  // records are no truth
        QVERIFY(!graph.fits(job, {all, 0, 0}));
        QVERIFY(!graph.fits(root, {all, 0, 0}));
        QVERIFY(!graph.fits(all, {graph.locate("when.all.1").node, 0, 0}));  // it would contain itself
        const NodeId made = graph.add(*findKind("gauge"));
        QVERIFY(graph.fits(made, {all, 0, 2}));
        QVERIFY(graph.connect(made, {all, 0, 2}));
        QCOMPARE(graph.pathsOf(made), std::vector<std::string>{"when.all.2"});
        QVERIFY(graph.connect(made, {all, 0, 0}));  // takes the first one's place
        QCOMPARE(graph.pathsOf(made), std::vector<std::string>{"when.all.0"});
        QCOMPARE(graph.loose().size(), std::size_t{1});
    }

    void aNewConditionWrapsWhatIsChosen() {
        GraphModel model;
        const NodeId gauge = model.addKind(*findKind("gauge"));
        QCOMPARE(model.graph().pathsOf(gauge), std::vector<std::string>{"when"});
        const NodeId all = model.addKind(*findKind("all"), gauge);
        QCOMPARE(model.graph().pathsOf(gauge), std::vector<std::string>{"when.all.0"});
        const NodeId at = model.addKind(*findKind("at"), all);
        QCOMPARE(model.graph().pathsOf(at), std::vector<std::string>{"when.all.1"});
        model.remove({all});  // two go into it: neither can take its place
        QCOMPARE(model.graph().root().sockets[0][0], 0);
        model.undoStack().undo();
        model.remove({at});
        model.remove({all});  // the chain closes
        QCOMPARE(model.graph().pathsOf(gauge), std::vector<std::string>{"when"});
    }

    void aSourceComesAndGoesWithItsCondition() {
        GraphModel model;
        const NodeId absent = model.addKind(*findKind("absent"));
        QCOMPARE(model.graph().nodes().size(), std::size_t{3});
        model.remove({absent});
        QCOMPARE(model.graph().nodes().size(), std::size_t{1});
    }

    void theShorthandStaysWhileItCan() {
        GraphModel model;
        model.open(
            Graph::fromDefinition(parsed(R"({"metaevent":"m","when":{"occurs":"backup"}})").get_object()),
            {});
        const NodeId source = model.graph().locate("when.occurs").node;
        QCOMPARE(toJson(*fieldValue(*model.graph().find(source), "function")), std::string("\"backup\""));
        model.setField(source, "function", json::value("restore"));
        QCOMPARE(textOf(model.graph()), std::string(R"({"metaevent":"m","when":{"occurs":"restore"}})"));
        model.setField(source, "where", parsed(R"([["error","==","exit"]])"));
        QCOMPARE(fromUtf8(textOf(model.graph())),
                 uR"({"metaevent":"m","when":{"occurs":{"event":["execution.succeeded","execution.failed"],)"
                 uR"("function":"restore","where":[["error","==","exit"]]}}})"_s);
    }

    // ---- undo

    void everyEditIsUndoneAndRedoneExactly_data() {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 12; ++seed) QTest::addRow("seed %u", seed) << seed;
    }
    void everyEditIsUndoneAndRedoneExactly() {
        QFETCH(quint32, seed);
        GraphModel model;
        OutlineModel outline{model};
        const QAbstractItemModelTester tester{&outline,
                                              QAbstractItemModelTester::FailureReportingMode::QtTest};
        model.open(Graph::fromDefinition(parsed(kNested).get_object()), std::nullopt);
        std::vector<std::pair<Graph, std::string>> states{{model.graph(), textOf(model.graph())}};
        Walk walk{model, seed};
        for (int i = 0; i < 60; ++i) {
            const int before = model.undoStack().index();
            walk.step();
            const int after = model.undoStack().index();
            if (after == before && after > 0) {  // merged, or nothing
                states.back() = {model.graph(), textOf(model.graph())};
                continue;
            }
            if (after > before + 1) states.resize(static_cast<std::size_t>(after), {Graph{}, {}});
            if (after > before) states.emplace_back(model.graph(), textOf(model.graph()));
            QVERIFY(after == 0 || !model.undoStack().undoText().isEmpty());
        }
        while (model.undoStack().canUndo()) {
            model.undoStack().undo();
            const auto& [graph, text] = states[static_cast<std::size_t>(model.undoStack().index())];
            if (text.empty()) continue;  // in the middle of several edits of one step
            QCOMPARE(fromUtf8(textOf(model.graph())), fromUtf8(text));
            QVERIFY(model.graph() == graph);
        }
        while (model.undoStack().canRedo()) model.undoStack().redo();
        QVERIFY(model.graph() == states.back().first);
    }

    void typingIsOneCommand() {
        GraphModel model;
        for (const char* text : {"b", "ba", "bac"})
            model.setField(model.graph().root().id, "metaevent", json::value(text));
        QCOMPARE(model.undoStack().count(), 1);
        model.undoStack().undo();
        QCOMPARE(stringMember(model.graph().definition(), "metaevent"), std::string_view());
    }

    // ---- words and faults

    void faultsStandOnTheirNodesAndFields() {
        const Graph graph = Graph::fromDefinition(
            parsed(
                R"({"metaevent":"","when":{"all":[{"absent":{"event":"x","where":[["a","~",1]]},"for":"soon"},
                       {"count":null,"within":"5m","is":[">=","many"]},{"fired":""}]},
                       "fire":{"limit":{"count":0,"within":"1h"}},"jobs":[{"run":""}]})")
                .get_object());
        const Diagnosis diagnosis = diagnose(graph);
        QVERIFY(diagnosis.hasFaults());
        std::set<std::pair<std::string, std::string>> found;
        for (const Issue& issue : diagnosis.issues)
            found.emplace(graph.find(issue.node)->kind->key, issue.field);
        const std::set<std::pair<std::string, std::string>> expected{{"firing", "metaevent"},
                                                                     {"source", "where"},
                                                                     {"absent", "for"},
                                                                     {"count", "count"},
                                                                     {"count", "is"},
                                                                     {"fired", "fired"},
                                                                     {"firing", "fire.limit.count"},
                                                                     {"job", "run"}};
        for (const auto& [kind, field] : expected)
            QVERIFY2(found.contains({kind, field}),
                     qPrintable(QStringLiteral("%1 %2").arg(fromUtf8(kind), fromUtf8(field))));
        QCOMPARE(found.size(), expected.size());
        QVERIFY(!diagnosis.sentence.phrases.empty());
    }

    void anEmptyDrawingSaysWhatIsMissing() {
        const Diagnosis diagnosis = diagnose(Graph{});
        QCOMPARE(diagnosis.issues.size(), std::size_t{2});  // a name, and criteria
        QVERIFY(fromUtf8(diagnosis.sentence.text()).contains(u"…"_s));
    }

    void looseNodesDoNotCount() {
        GraphModel model;
        model.open(Graph::fromDefinition(parsed(kNested).get_object()), std::nullopt);
        const std::string before = textOf(model.graph());
        const NodeId made = model.addKind(*findKind("gauge"));
        QCOMPARE(textOf(model.graph()), before);
        QVERIFY(!model.diagnosis().hasFaults());
        const auto issues = model.issues();
        QVERIFY(std::any_of(issues.begin(), issues.end(), [made](const Issue& issue) {
            return issue.node == made && issue.kind == Issue::Kind::Note;
        }));
    }

    // ---- layout, text, templates, proposals

    void nodesDoNotCoverEachOther() {
        const auto size = [](NodeId) { return QSizeF{200, 80}; };
        for (const QByteArray& line : contentOf(QStringLiteral(GENERATED_FILE)).split('\n').mid(0, 120)) {
            const Graph graph = Graph::fromDefinition(parsed(line.toStdString()).get_object());
            const auto places = layOut(graph, size);
            QCOMPARE(places.size(), graph.nodes().size());
            for (const auto& [a, first] : places)
                for (const auto& [b, second] : places)
                    QVERIFY(a >= b || !QRectF(first, size(a)).intersects(QRectF(second, size(b))));
        }
    }

    void theLayoutLeavesWhatWasPlaced() {
        const auto size = [](NodeId) { return QSizeF{200, 80}; };
        GraphModel model;
        model.open(Graph::fromDefinition(parsed(kNested).get_object()), std::nullopt);
        std::map<NodeId, QPointF> places;
        for (const auto& [id, place] : layOut(model.graph(), size)) places[id] = place + QPointF{100, 50};
        model.place(places);
        model.addKind(*findKind("at"), model.graph().locate("when").node);
        const auto now = layOut(model.graph(), size);
        for (const auto& [id, place] : places) QCOMPARE(now.at(id), place);
        QCOMPARE(now.size(), places.size() + 1);
    }

    void aLayoutIsKeptBesideTheDefinition() {
        GraphModel model;
        model.open(Graph::fromDefinition(parsed(kNested).get_object()), std::nullopt);
        const NodeId all = model.graph().locate("when").node;
        model.place({{all, {10, 20}}});
        model.edit(u"x"_s, [&](Graph& graph) {
            graph.addCluster(u"why"_s, {all});
            graph.addComment(u"because"_s, {3, 4});
        });
        model.addKind(*findKind("gauge"));
        Graph again = Graph::fromDefinition(model.graph().definition());
        applyLayout(again, layoutOf(model.graph()));
        QCOMPARE(*again.find(again.locate("when").node)->place, QPointF(10, 20));
        QCOMPARE(again.comments().front().text, u"because"_s);
        QCOMPARE(again.clusters().front().members, std::set<NodeId>{again.locate("when").node});
        QCOMPARE(again.loose().size(), std::size_t{1});
        QCOMPARE(textOf(again), textOf(model.graph()));
    }

    void copiesAreJsonThatCanBePasted() {
        GraphModel model;
        model.open(Graph::fromDefinition(parsed(kNested).get_object()), std::nullopt);
        const NodeId held = model.graph().locate("when.all.1").node;
        const QString text = canvas::textOf(model.graph(), {held});
        QCOMPARE(toJson(parsed(toUtf8(text))), toJson(model.graph().toJson(held)));
        GraphModel other;
        const auto made = other.paste(text, 0);
        QVERIFY(made.has_value());
        QCOMPARE(toJson(other.graph().definition().at("when")), toJson(model.graph().toJson(held)));
        QVERIFY(!other.paste(u"[1,2]"_s, 0));
        QVERIFY(!other.paste(u"not json"_s, 0));
        QVERIFY(other.paste(canvas::textOf(model.graph(), {model.graph().root().id}), 0));
        QCOMPARE(textOf(other.graph()), textOf(model.graph()));
    }

    void changesSayWhetherTheStateIsKept() {
        const json::object before = parsed(kNested).get_object();
        json::object after = before;
        after["jobs"] = json::array{};
        QVERIFY(!changesBetween(before, after).armsAnew);
        QCOMPARE(changesBetween(before, after).lines.size(), 1);
        after["when"] = parsed(R"({"fired":"x"})");
        QVERIFY(changesBetween(before, after).armsAnew);
        QVERIFY(changesBetween(std::nullopt, after).isNew);
        QVERIFY(changesBetween(before, before).isNone());
    }

    void everyTemplateMakesAMetaevent_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < templates().size(); ++i)
            QTest::newRow(templates()[i].key.data()) << static_cast<int>(i);
    }
    void everyTemplateMakesAMetaevent() {
        QFETCH(int, index);
        const Template& made = templates()[static_cast<std::size_t>(index)];
        const TemplateValues values{
            {u"function"_s, u"backup"_s}, {u"metaevent"_s, u"other"_s}, {u"job"_s, u"pager"_s}};
        const auto definition = definitionFrom(made, values);
        QVERIFY2(definition.has_value(), definition ? "" : definition.error().text().c_str());
        const auto read = metaeventFromJson(*definition);
        QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
        QCOMPARE(read->jobs.size(), std::size_t{1});
        QCOMPARE(verdictOf(read->when).step, Verdict::Truth::Sometimes);
        const auto again = definitionFrom(made, values, {fromUtf8(read->name)});
        QVERIFY(stringMember(*again, "metaevent") != read->name);
        QVERIFY(!definitionFrom(
            made, {{u"function"_s, u"back up"_s}, {u"metaevent"_s, u"a b"_s}, {u"for"_s, u"x"_s}}));
    }

    void anIntervalIsProposedFromTheGaps() {
        std::vector<Time> times;
        for (int i = 0; i < 40; ++i) times.push_back(timeFromUs(1'700'000'000'000'000 + i * 20'000'000LL));
        const auto interval = intervalFor(times);
        QVERIFY(interval.has_value());
        QCOMPARE(toText(interval->duration), std::string("30s"));
        QCOMPARE(interval->alarms, 0);
        times.push_back(times.back() + std::chrono::minutes{5});
        QCOMPARE(intervalFor(times)->alarms, 1);
        QVERIFY(!intervalFor(std::span(times).first(2)));
    }

    void proposalsAreWellFormed() {
        std::vector<Record> history;
        for (int i = 0; i < 12; ++i) {
            auto record = recordFromJson(
                parsed(R"({"seq":)" + std::to_string(i + 1) + R"(,"time":)" +
                       std::to_string(1'700'000'000'000'000 + i * 9'000'000LL) + R"(,"event":"execution.)" +
                       (i % 4 == 3 ? "failed" : "succeeded") +
                       R"(","function":"backup","execution":"e","duration_us":120000,"error":"exit"})"));
            QVERIFY(record.has_value());
            history.push_back(*std::move(record));
        }
        const auto proposals = proposalsForRecord(history[3], history);
        QVERIFY(proposals.size() >= 5);
        for (const Proposal& proposal : proposals) {
            const auto read = metaeventFromJson(proposal.definition);
            QVERIFY2(read.has_value(), read ? "" : read.error().text().c_str());
        }
    }

 private:
    std::optional<FailOnWarning> warnings_;
};

QTEST_GUILESS_MAIN(TestGraph)
#include "tst_graph.moc"
