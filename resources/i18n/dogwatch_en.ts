<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Diagnoses</name>
    <message numerus="yes">
        <source>%n conditions</source>
        <translation>
            <numerusform>%n condition</numerusform>
            <numerusform>%n conditions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message numerus="yes">
        <source>%n alarms in the history shown</source>
        <translation>
            <numerusform>%n alarm in the history shown</numerusform>
            <numerusform>%n alarms in the history shown</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The longest of %n gaps was %1: %2.</source>
        <translation>
            <numerusform>The only gap was %1: %2.</numerusform>
            <numerusform>The longest of %n gaps was %1: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It happened %n times in the history shown.</source>
        <translation>
            <numerusform>It happened once in the history shown.</numerusform>
            <numerusform>It happened %n times in the history shown.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FiringModel</name>
    <message numerus="yes">
        <source>%n succeeded</source>
        <translation>
            <numerusform>%n succeeded</numerusform>
            <numerusform>%n succeeded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n run</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MachineModel</name>
    <message numerus="yes">
        <source>%n executions</source>
        <translation>
            <numerusform>%n execution</numerusform>
            <numerusform>%n executions</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MainWindow</name>
    <message numerus="yes">
        <source>What fired: %n not seen yet</source>
        <translation>
            <numerusform>What fired: %n not seen yet</numerusform>
            <numerusform>What fired: %n not seen yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 holds %n metaevents; this is the first. dogwatchctl metaevents apply takes all of them.</source>
        <translation>
            <numerusform>%1 holds %n metaevent; this is the first. dogwatchctl metaevents apply takes all of them.</numerusform>
            <numerusform>%1 holds %n metaevents; this is the first. dogwatchctl metaevents apply takes all of them.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MetaeventsPage</name>
    <message numerus="yes">
        <source>%n firings</source>
        <translation>
            <numerusform>%n firing</numerusform>
            <numerusform>%n firings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n instance</numerusform>
            <numerusform>%n instances</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::Notifications</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::HistoryBench</name>
    <message numerus="yes">
        <source>%1 (%n times true)</source>
        <translation>
            <numerusform>%1 (%n time true)</numerusform>
            <numerusform>%1 (%n times true)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::GraphModel</name>
    <message numerus="yes">
        <source>Remove %n nodes</source>
        <translation>
            <numerusform>Remove %n node</numerusform>
            <numerusform>Remove %n nodes</numerusform>
        </translation>
    </message>
</context>
</TS>
