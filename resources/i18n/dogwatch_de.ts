<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Accelerators</name>
    <message>
        <source>%1 (found at an earlier start)</source>
        <translation>%1 (bei einem früheren Start festgestellt)</translation>
    </message>
    <message>
        <source>trying KVM with the guest itself</source>
        <translation>KVM wird mit dem Gast selbst erprobt</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>erzwungen</translation>
    </message>
    <message>
        <source>there is no /dev/kvm; using TCG</source>
        <translation>es gibt kein /dev/kvm; daher TCG</translation>
    </message>
    <message>
        <source>/dev/kvm may not be opened (add yourself to the group kvm to use it); using TCG</source>
        <translation>/dev/kvm darf nicht geöffnet werden (dazu ist die Gruppe kvm nötig); daher TCG</translation>
    </message>
    <message>
        <source>/dev/kvm cannot be opened: %1; using TCG</source>
        <translation>/dev/kvm lässt sich nicht öffnen: %1; daher TCG</translation>
    </message>
    <message>
        <source>/dev/kvm opens, but %1; using TCG</source>
        <translation>/dev/kvm lässt sich öffnen, aber: %1; daher TCG</translation>
    </message>
    <message>
        <source>the guest answered under KVM after %1</source>
        <translation>der Gast antwortete unter KVM nach %1</translation>
    </message>
</context>
<context>
    <name>AccessibleWords</name>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
</context>
<context>
    <name>CaseWords</name>
    <message>
        <source>a test case, which is an object</source>
        <translation>einen Testfall, der ein Objekt ist</translation>
    </message>
    <message>
        <source>a list of records</source>
        <translation>eine Liste von Datensätzen</translation>
    </message>
    <message>
        <source>a list of firings</source>
        <translation>eine Liste von Auslösungen</translation>
    </message>
    <message>
        <source>A test case holds at most %1 records, and %2 are in view: zoom in.</source>
        <translation>Ein Testfall fasst höchstens %1 Datensätze, im Ausschnitt sind %2: näher heranzoomen.</translation>
    </message>
</context>
<context>
    <name>ChangeWords</name>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>It is new: it will be armed, and watches from now on.</source>
        <translation>Es ist neu: Es wird scharf geschaltet und wacht von jetzt an.</translation>
    </message>
    <message>
        <source>Nothing changes.</source>
        <translation>Nichts ändert sich.</translation>
    </message>
    <message>
        <source>Its criteria change: it will be armed anew, and its state starts empty.</source>
        <translation>Die Kriterien ändern sich: Es wird neu scharf geschaltet und beginnt mit leerem Zustand.</translation>
    </message>
    <message>
        <source>Its criteria stay the same: what it has seen so far is kept.</source>
        <translation>Die Kriterien bleiben gleich: Was bisher gesehen wurde, bleibt erhalten.</translation>
    </message>
</context>
<context>
    <name>CommandMenu</name>
    <message>
        <source>Copy as a dogwatchctl command (Ctrl+Shift+C)</source>
        <translation>Als dogwatchctl-Befehl kopieren (Strg+Umschalt+C)</translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation>Als Befehl kopieren</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>Kopiert: %1</translation>
    </message>
</context>
<context>
    <name>Diagnoses</name>
    <message>
        <source>Nothing is connected as “%1”: connect records.</source>
        <translation>An „%1“ ist nichts angeschlossen: Datensätze verbinden.</translation>
    </message>
    <message>
        <source>Nothing leads here yet: connect a condition.</source>
        <translation>Hierher führt noch nichts: eine Bedingung verbinden.</translation>
    </message>
    <message>
        <source>Nothing is connected as “%1”: connect a condition.</source>
        <translation>An „%1“ ist nichts angeschlossen: eine Bedingung verbinden.</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>Erwartet: %1</translation>
    </message>
    <message>
        <source>Give it a name: 1 to 64 of a-z, A-Z, 0-9, - _ .</source>
        <translation>Ein Name fehlt: 1 bis 64 Zeichen aus a-z, A-Z, 0-9, - _ .</translation>
    </message>
    <message>
        <source>Choose the function to run.</source>
        <translation>Die Funktion wählen, die laufen soll.</translation>
    </message>
    <message>
        <source>Choose the metaevent.</source>
        <translation>Das Metaevent wählen.</translation>
    </message>
    <message>
        <source>“%1” is empty: give %2.</source>
        <translation>„%1“ ist leer; erwartet: %2.</translation>
    </message>
    <message>
        <source>“%1”: expected %2</source>
        <translation>„%1“ stimmt nicht; erwartet: %2</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message numerus="yes">
        <source>%n conditions</source>
        <translation>
            <numerusform>%n Bedingung</numerusform>
            <numerusform>%n Bedingungen</numerusform>
        </translation>
    </message>
    <message>
        <source>true while all of them are: %1</source>
        <translation>wahr, solange alle es sind: %1</translation>
    </message>
    <message>
        <source>true while one of them is: %1</source>
        <translation>wahr, solange eine davon es ist: %1</translation>
    </message>
    <message>
        <source>true while this is not</source>
        <translation>wahr, solange dies nicht wahr ist</translation>
    </message>
    <message>
        <source>true while at least %1 of %2 are</source>
        <translation>wahr, solange mindestens %1 von %2 es sind</translation>
    </message>
    <message>
        <source>true without a break for %1</source>
        <translation>ununterbrochen wahr seit %1</translation>
    </message>
    <message>
        <source>true now or within the last %1</source>
        <translation>wahr jetzt oder in den letzten %1</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>when it ceases to hold</source>
        <translation>wenn es nicht mehr gilt</translation>
    </message>
    <message>
        <source>when it begins and when it ceases to hold</source>
        <translation>sobald es gilt und sobald es nicht mehr gilt</translation>
    </message>
    <message>
        <source>at most once in %1</source>
        <translation>höchstens einmal in %1</translation>
    </message>
    <message>
        <source>again every %1</source>
        <translation>erneut alle %1</translation>
    </message>
    <message>
        <source>at most %1 within %2</source>
        <translation>höchstens %1 innerhalb von %2</translation>
    </message>
    <message>
        <source>when it begins to hold</source>
        <translation>sobald es gilt</translation>
    </message>
    <message>
        <source>with everything known about the firing</source>
        <translation>mit allem, was über die Auslösung bekannt ist</translation>
    </message>
    <message>
        <source>Not connected, so it does not run: drag from the firing to it.</source>
        <translation>Nicht verbunden, läuft also nicht: von der Auslösung hierher ziehen.</translation>
    </message>
    <message>
        <source>Not connected, so it does not count: drag from its right edge, or remove it.</source>
        <translation>Nicht verbunden, zählt also nicht: vom rechten Rand aus verbinden oder entfernen.</translation>
    </message>
</context>
<context>
    <name>Faults</name>
    <message>
        <source>There is a function %1 already: update it, or choose another name.</source>
        <translation>Eine Funktion %1 gibt es schon: Ändern Sie sie, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>There is no function %1: &quot;functions list&quot; shows those there are.</source>
        <translation>Eine Funktion %1 gibt es nicht: „functions list“ zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There is no function named &quot;%1&quot;; functions list shows those there are, functions add makes one.</source>
        <translation>Eine Funktion namens „%1“ gibt es nicht; „functions list“ zeigt, welche es gibt, „functions add“ legt eine an.</translation>
    </message>
    <message>
        <source>There is no metaevent %1: &quot;metaevents list&quot; shows those there are.</source>
        <translation>Ein Metaevent %1 gibt es nicht: „metaevents list“ zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There is no firing %1: &quot;firings list&quot; shows those there are.</source>
        <translation>Eine Auslösung %1 gibt es nicht: „firings list“ zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There is no execution %1: &quot;executions list&quot; shows those there are.</source>
        <translation>Eine Ausführung %1 gibt es nicht: „executions list“ zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>There is no dead letter %1: &quot;deadletters list&quot; shows those there are.</source>
        <translation>Eine aufgegebene Anforderung %1 gibt es nicht: „deadletters list“ zeigt, welche es gibt.</translation>
    </message>
    <message>
        <source>The execution %1 cannot be cancelled, because it has ended (%2).</source>
        <translation>Die Ausführung %1 lässt sich nicht abbrechen, denn sie ist zu Ende (%2).</translation>
    </message>
    <message>
        <source>The execution %1 is neither queued nor running, so there is nothing to cancel; executions show tells how it ended.</source>
        <translation>Die Ausführung %1 wartet und läuft nicht, also gibt es nichts abzubrechen; „executions show“ sagt, wie sie endete.</translation>
    </message>
    <message>
        <source>The execution %1 does not run.</source>
        <translation>Die Ausführung %1 läuft nicht.</translation>
    </message>
    <message>
        <source>The queue is full (queue_full): %1 requests wait; try again when some of them have run.</source>
        <translation>Die Warteschlange ist voll (queue_full): %1 Anforderungen warten; versuchen Sie es wieder, wenn einige davon ausgeführt sind.</translation>
    </message>
    <message>
        <source>Another request is taking one of these dead letters.</source>
        <translation>Eine andere Anfrage nimmt sich gerade eine dieser aufgegebenen Anforderungen.</translation>
    </message>
    <message>
        <source>The dead letter %1 cannot be retried: its function %2 is gone.</source>
        <translation>Die aufgegebene Anforderung %1 lässt sich nicht wiederholen: Ihre Funktion %2 gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The queue has no room for all of these requests: retry fewer, or later.</source>
        <translation>In der Warteschlange ist nicht für alle diese Anforderungen Platz: Wiederholen Sie weniger davon, oder später.</translation>
    </message>
    <message>
        <source>The firing %1 is one of the metaevent %2, not of %3.</source>
        <translation>Die Auslösung %1 ist eine des Metaevents %2, nicht von %3.</translation>
    </message>
    <message>
        <source>The firing %1 does not come about when the journal is played anew: another version of Dogwatch recorded it.</source>
        <translation>Die Auslösung %1 entsteht nicht, wenn das Journal neu durchgespielt wird: Eine andere Version von Dogwatch hat sie aufgezeichnet.</translation>
    </message>
    <message>
        <source>The control plane is stopping: try again when it is back.</source>
        <translation>Die Control Plane hält gerade an: Versuchen Sie es wieder, wenn sie zurück ist.</translation>
    </message>
    <message>
        <source>Nothing can be accepted, because the journal cannot be written (%1): it goes on by itself when that is mended.</source>
        <translation>Es kann nichts angenommen werden, denn das Journal lässt sich nicht schreiben (%1): Es geht von selbst weiter, wenn das behoben ist.</translation>
    </message>
    <message>
        <source>The disk does not keep up with the requests: try again in a moment.</source>
        <translation>Die Platte kommt mit den Anforderungen nicht nach: Versuchen Sie es gleich wieder.</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>Es wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The request is larger than the %1 MiB that one may have.</source>
        <translation>Die Anfrage ist größer als die erlaubten %1 MiB.</translation>
    </message>
    <message>
        <source>The control plane did not answer &quot;%1&quot; within %2.</source>
        <translation>Die Control Plane hat auf „%1“ nicht innerhalb von %2 geantwortet.</translation>
    </message>
    <message>
        <source>There is no connection to the control plane now.</source>
        <translation>Es gibt gerade keine Verbindung zur Control Plane.</translation>
    </message>
    <message>
        <source>No control plane answers at %1 (%2).</source>
        <translation>Bei %1 antwortet keine Control Plane (%2).</translation>
    </message>
    <message>
        <source>The control plane closed the connection.</source>
        <translation>Die Control Plane hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The connection to the control plane broke: %1.</source>
        <translation>Die Verbindung zur Control Plane ist abgerissen: %1.</translation>
    </message>
    <message>
        <source>What the control plane sent is not understood: expected %1.</source>
        <translation>Was die Control Plane gesendet hat, ist nicht verständlich: erwartet wird %1.</translation>
    </message>
    <message>
        <source>This control plane does not know &quot;%1&quot;: it is older than this program; stop it and start the new one.</source>
        <translation>Diese Control Plane kennt „%1“ nicht: Sie ist älter als dieses Programm; beenden Sie sie, und starten Sie die neue.</translation>
    </message>
    <message>
        <source>A large request must arrive within a minute.</source>
        <translation>Eine große Anfrage muss innerhalb einer Minute ankommen.</translation>
    </message>
    <message>
        <source>There are too many large requests at once: try again in a moment.</source>
        <translation>Es gibt zu viele große Anfragen zugleich: Versuchen Sie es gleich wieder.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is too long for the path of a socket.</source>
        <translation>„%1“ ist zu lang für den Pfad eines Sockets.</translation>
    </message>
    <message>
        <source>Cannot create the data directory %1: %2; give another one with --data.</source>
        <translation>Das Datenverzeichnis %1 lässt sich nicht anlegen: %2; geben Sie mit --data ein anderes an.</translation>
    </message>
    <message>
        <source>Cannot write to %1: %2; give another data directory with --data.</source>
        <translation>In %1 lässt sich nicht schreiben: %2; geben Sie mit --data ein anderes Datenverzeichnis an.</translation>
    </message>
    <message>
        <source>Cannot start a process: %1.</source>
        <translation>Ein Prozess lässt sich nicht starten: %1.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2.</source>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>required</source>
        <translation>Angabe nötig</translation>
    </message>
    <message>
        <source>not empty</source>
        <translation>nicht leer</translation>
    </message>
    <message>
        <source>a non-empty string</source>
        <translation>ein Text, der nicht leer ist</translation>
    </message>
    <message>
        <source>a string</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>a string of at most %1 bytes without NUL</source>
        <translation>ein Text von höchstens %1 Byte ohne NUL</translation>
    </message>
    <message>
        <source>a whole number from %1 to %2</source>
        <translation>eine ganze Zahl von %1 bis %2</translation>
    </message>
    <message>
        <source>a duration such as &quot;30s&quot;, from 1ms to %1</source>
        <translation>eine Dauer wie „30s“, von 1ms bis %1</translation>
    </message>
    <message>
        <source>a duration such as &quot;30s&quot;, from 1 ms to 366 d</source>
        <translation>eine Dauer wie „30s“, von 1 ms bis 366 d</translation>
    </message>
    <message>
        <source>a time: whole microseconds, ISO 8601 with a zone, or relative such as &quot;-24h&quot;</source>
        <translation>ein Zeitpunkt: ganze Mikrosekunden, ISO 8601 mit Zeitzone, oder relativ wie „-24h“</translation>
    </message>
    <message>
        <source>a count and a duration such as &quot;10/1s&quot;, at most %1 in at most 366d</source>
        <translation>eine Anzahl und eine Dauer wie „10/1s“, höchstens %1 in höchstens 366d</translation>
    </message>
    <message>
        <source>an object of strings</source>
        <translation>ein Objekt aus Texten</translation>
    </message>
    <message>
        <source>a string without NUL</source>
        <translation>ein Text ohne NUL</translation>
    </message>
    <message>
        <source>a name of letters, digits and _ that starts with no digit</source>
        <translation>ein Name aus Buchstaben, Ziffern und _, der nicht mit einer Ziffer beginnt</translation>
    </message>
    <message>
        <source>another name: DOGWATCH_ is reserved for Dogwatch itself</source>
        <translation>ein anderer Name: DOGWATCH_ ist Dogwatch selbst vorbehalten</translation>
    </message>
    <message>
        <source>at most %1 bytes in all</source>
        <translation>zusammen höchstens %1 Byte</translation>
    </message>
    <message>
        <source>at most %1 tags</source>
        <translation>höchstens %1 Tags</translation>
    </message>
    <message>
        <source>a name and a value of at most %1 bytes</source>
        <translation>ein Name und ein Wert von höchstens %1 Byte</translation>
    </message>
    <message>
        <source>&quot;python3&quot;, &quot;sh&quot;, &quot;lua&quot;, &quot;node&quot; or &quot;provided&quot;</source>
        <translation>„python3“, „sh“, „lua“, „node“ oder „provided“</translation>
    </message>
    <message>
        <source>&quot;once&quot;, &quot;skip&quot; or &quot;all&quot;</source>
        <translation>„once“, „skip“ oder „all“</translation>
    </message>
    <message>
        <source>&quot;none&quot; or &quot;user&quot;</source>
        <translation>„none“ oder „user“</translation>
    </message>
    <message>
        <source>a string: the source text, or base64 with &quot;zip&quot;: true</source>
        <translation>ein Text: der Quelltext, oder base64 mit &quot;zip&quot;: true</translation>
    </message>
    <message>
        <source>base64, because &quot;zip&quot; is true</source>
        <translation>base64, denn &quot;zip&quot; ist true</translation>
    </message>
    <message>
        <source>a zip archive in base64</source>
        <translation>ein zip-Archiv in base64</translation>
    </message>
    <message>
        <source>at most 50 MiB, not %1 bytes</source>
        <translation>höchstens 50 MiB, nicht %1 Byte</translation>
    </message>
    <message>
        <source>at most 6 MiB of JSON, not %1 bytes</source>
        <translation>höchstens 6 MiB JSON, nicht %1 Byte</translation>
    </message>
    <message>
        <source>1 to 64 characters of a-z, A-Z, 0-9, &apos;-&apos;, &apos;_&apos; and &apos;.&apos;</source>
        <translation>1 bis 64 Zeichen aus a-z, A-Z, 0-9, &apos;-&apos;, &apos;_&apos; und &apos;.&apos;</translation>
    </message>
    <message>
        <source>&quot;%1&quot;: a function cannot be renamed</source>
        <translation>„%1“: Eine Funktion lässt sich nicht umbenennen</translation>
    </message>
    <message>
        <source>an IANA time zone such as &quot;Europe/Berlin&quot;</source>
        <translation>eine IANA-Zeitzone wie „Europe/Berlin“</translation>
    </message>
    <message>
        <source>nothing beside &quot;schedule&quot;: a silence ends once, or recurs</source>
        <translation>nichts neben „schedule“: Eine Stummschaltung endet einmal, oder sie kehrt wieder</translation>
    </message>
    <message>
        <source>how long each silence of the schedule lasts, such as &quot;2h&quot;</source>
        <translation>wie lange jede Stummschaltung des Zeitplans dauert, etwa „2h“</translation>
    </message>
    <message>
        <source>a time, or &quot;for&quot;: a duration; and with &quot;schedule&quot; it recurs</source>
        <translation>ein Zeitpunkt, oder „for“: eine Dauer; und mit „schedule“ kehrt sie wieder</translation>
    </message>
    <message>
        <source>a time in the future</source>
        <translation>ein Zeitpunkt in der Zukunft</translation>
    </message>
    <message>
        <source>a text of at most %1 bytes</source>
        <translation>ein Text von höchstens %1 Byte</translation>
    </message>
</context>
<context>
    <name>FunctionTemplateWords</name>
    <message>
        <source>Python function</source>
        <translation>Python-Funktion</translation>
    </message>
    <message>
        <source>Shell script</source>
        <translation>Shell-Skript</translation>
    </message>
    <message>
        <source>Lua function</source>
        <translation>Lua-Funktion</translation>
    </message>
    <message>
        <source>Node.js function</source>
        <translation>Node.js-Funktion</translation>
    </message>
    <message>
        <source>Program with the Lambda runtime API</source>
        <translation>Programm mit der Lambda-Runtime-API</translation>
    </message>
    <message>
        <source>Heartbeat: tells that it is alive</source>
        <translation>Heartbeat: meldet, dass er lebt</translation>
    </message>
    <message>
        <source>Pager: composes a message</source>
        <translation>Pager: verfasst eine Nachricht</translation>
    </message>
</context>
<context>
    <name>Kinds</name>
    <message>
        <source>executions queued</source>
        <translation>wartende Ausführungen</translation>
    </message>
    <message>
        <source>executions running</source>
        <translation>laufende Ausführungen</translation>
    </message>
    <message>
        <source>VMs ready or at work</source>
        <translation>VMs, bereit oder in Arbeit</translation>
    </message>
    <message>
        <source>when it begins to hold</source>
        <translation>sobald es gilt</translation>
    </message>
    <message>
        <source>when it ceases to hold</source>
        <translation>wenn es nicht mehr gilt</translation>
    </message>
    <message>
        <source>at both</source>
        <translation>bei beidem</translation>
    </message>
    <message>
        <source>counts as silence</source>
        <translation>zählt als Stille</translation>
    </message>
    <message>
        <source>is left out of intervals</source>
        <translation>zählt nicht mit</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>successes of backup</source>
        <translation>Erfolge von backup</translation>
    </message>
    <message>
        <source>Which records a condition looks at: their kind, the function they are about, and what their fields say.</source>
        <translation>Welche Datensätze eine Bedingung betrachtet: ihre Art, die Funktion, um die es geht, und was in ihren Feldern steht.</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>A kind of record, or several with commas; * stands for any characters.</source>
        <translation>Eine Art von Datensatz oder mehrere mit Kommas; * steht für beliebige Zeichen.</translation>
    </message>
    <message>
        <source>Of function</source>
        <translation>Von Funktion</translation>
    </message>
    <message>
        <source>A name, or several with commas; * stands for any characters.</source>
        <translation>Ein Name oder mehrere mit Kommas; * steht für beliebige Zeichen.</translation>
    </message>
    <message>
        <source>any function</source>
        <translation>beliebige Funktion</translation>
    </message>
    <message>
        <source>Only where</source>
        <translation>Nur wenn</translation>
    </message>
    <message>
        <source>What fields of the record must say; all of it must hold.</source>
        <translation>Was in Feldern des Datensatzes stehen muss; alles davon muss gelten.</translation>
    </message>
    <message>
        <source>anything</source>
        <translation>beliebig</translation>
    </message>
    <message>
        <source>So many now</source>
        <translation>So viele jetzt</translation>
    </message>
    <message>
        <source>more than 100 executions are queued</source>
        <translation>mehr als 100 Ausführungen warten</translation>
    </message>
    <message>
        <source>Compares how many executions wait or run, or how many VMs stand ready, now.</source>
        <translation>Vergleicht, wie viele Ausführungen gerade warten oder laufen oder wie viele VMs bereitstehen.</translation>
    </message>
    <message>
        <source>Number of</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>What is counted.</source>
        <translation>Was gezählt wird.</translation>
    </message>
    <message>
        <source>One name; * stands for any characters. Not for VMs.</source>
        <translation>Ein Name; * steht für beliebige Zeichen. Nicht für VMs.</translation>
    </message>
    <message>
        <source>How many there must be.</source>
        <translation>Wie viele es sein müssen.</translation>
    </message>
    <message>
        <source>A metaevent is active</source>
        <translation>Ein Metaevent ist aktiv</translation>
    </message>
    <message>
        <source>metaevent backup-missed is active</source>
        <translation>Metaevent backup-missed ist aktiv</translation>
    </message>
    <message>
        <source>True from a firing of another metaevent until its criteria cease to hold.</source>
        <translation>Wahr von der Auslösung eines anderen Metaevents an, bis dessen Kriterien nicht mehr gelten.</translation>
    </message>
    <message>
        <source>Metaevent</source>
        <translation>Metaevent</translation>
    </message>
    <message>
        <source>The metaevent to look at.</source>
        <translation>Das Metaevent, das betrachtet wird.</translation>
    </message>
    <message>
        <source>At these times</source>
        <translation>Zu diesen Zeiten</translation>
    </message>
    <message>
        <source>at 8 on weekdays</source>
        <translation>werktags um 8</translation>
    </message>
    <message>
        <source>True at each time of a schedule, for that moment.</source>
        <translation>Wahr zu jedem Termin eines Zeitplans, für diesen Augenblick.</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>Termine</translation>
    </message>
    <message>
        <source>During these times</source>
        <translation>Während dieser Zeiten</translation>
    </message>
    <message>
        <source>within 9 hours from 8 on weekdays</source>
        <translation>werktags ab 8 für 9 Stunden</translation>
    </message>
    <message>
        <source>True from each time of a schedule on for a while.</source>
        <translation>Wahr ab jedem Termin eines Zeitplans, eine Weile lang.</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Ab</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>How long from each time on.</source>
        <translation>Wie lange ab jedem Termin.</translation>
    </message>
    <message>
        <source>All of</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>this and that</source>
        <translation>dies und das</translation>
    </message>
    <message>
        <source>True while all of them are.</source>
        <translation>Wahr, solange alle es sind.</translation>
    </message>
    <message>
        <source>all of</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Any of</source>
        <translation>Eine davon</translation>
    </message>
    <message>
        <source>this or that</source>
        <translation>dies oder das</translation>
    </message>
    <message>
        <source>True while at least one of them is.</source>
        <translation>Wahr, solange mindestens eine es ist.</translation>
    </message>
    <message>
        <source>any of</source>
        <translation>eine davon</translation>
    </message>
    <message>
        <source>Not</source>
        <translation>Nicht</translation>
    </message>
    <message>
        <source>not this</source>
        <translation>dies nicht</translation>
    </message>
    <message>
        <source>True while the other is not.</source>
        <translation>Wahr, solange das andere nicht wahr ist.</translation>
    </message>
    <message>
        <source>not</source>
        <translation>nicht</translation>
    </message>
    <message>
        <source>At least so many of</source>
        <translation>Mindestens so viele</translation>
    </message>
    <message>
        <source>at least 2 of these</source>
        <translation>mindestens 2 davon</translation>
    </message>
    <message>
        <source>True while at least so many of them are.</source>
        <translation>Wahr, solange mindestens so viele es sind.</translation>
    </message>
    <message>
        <source>of</source>
        <translation>von</translation>
    </message>
    <message>
        <source>At least</source>
        <translation>Mindestens</translation>
    </message>
    <message>
        <source>How many of them must be true.</source>
        <translation>Wie viele davon wahr sein müssen.</translation>
    </message>
    <message>
        <source>Without a break for</source>
        <translation>Ununterbrochen</translation>
    </message>
    <message>
        <source>this, without a break for 5 minutes</source>
        <translation>dies, ununterbrochen seit 5 Minuten</translation>
    </message>
    <message>
        <source>True once the other has been true without a break for so long.</source>
        <translation>Wahr, sobald das andere so lange ununterbrochen wahr ist.</translation>
    </message>
    <message>
        <source>what lasts</source>
        <translation>was anhält</translation>
    </message>
    <message>
        <source>How long it must have been true.</source>
        <translation>Wie lange es wahr sein muss.</translation>
    </message>
    <message>
        <source>Now or lately</source>
        <translation>Jetzt oder kürzlich</translation>
    </message>
    <message>
        <source>this, now or within the last 10 minutes</source>
        <translation>dies, jetzt oder in den letzten 10 Minuten</translation>
    </message>
    <message>
        <source>True while the other is, and for a while after: it makes a moment last.</source>
        <translation>Wahr, solange das andere wahr ist, und eine Weile danach: Ein Augenblick hält so an.</translation>
    </message>
    <message>
        <source>what happened</source>
        <translation>was geschah</translation>
    </message>
    <message>
        <source>How long after.</source>
        <translation>Wie lange danach.</translation>
    </message>
    <message>
        <source>Fires</source>
        <translation>Auslösung</translation>
    </message>
    <message>
        <source>at most once an hour</source>
        <translation>höchstens einmal pro Stunde</translation>
    </message>
    <message>
        <source>When the criteria come true, the metaevent fires.</source>
        <translation>Werden die Kriterien wahr, löst das Metaevent aus.</translation>
    </message>
    <message>
        <source>when</source>
        <translation>wenn</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>1 to 64 of a-z, A-Z, 0-9, - _ .</source>
        <translation>1 bis 64 Zeichen aus a-z, A-Z, 0-9, - _ .</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>Beschreibung</translation>
    </message>
    <message>
        <source>For people.</source>
        <translation>Für Menschen.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>At which edge of the criteria.</source>
        <translation>Bei welcher Flanke der Kriterien.</translation>
    </message>
    <message>
        <source>Cooldown</source>
        <translation>Sperrzeit</translation>
    </message>
    <message>
        <source>How long after a firing it does not fire again.</source>
        <translation>Wie lange es nach einer Auslösung nicht erneut auslöst.</translation>
    </message>
    <message>
        <source>Repeat every</source>
        <translation>Wiederholen alle</translation>
    </message>
    <message>
        <source>Fires again and again while the criteria hold.</source>
        <translation>Löst immer wieder aus, solange die Kriterien gelten.</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>At most</source>
        <translation>Höchstens</translation>
    </message>
    <message>
        <source>Firings, repeats included, within the time below.</source>
        <translation>Auslösungen, Wiederholungen eingerechnet, in der Zeit darunter.</translation>
    </message>
    <message>
        <source>any number</source>
        <translation>beliebig viele</translation>
    </message>
    <message>
        <source>within</source>
        <translation>innerhalb von</translation>
    </message>
    <message>
        <source>The time for the limit above.</source>
        <translation>Die Zeit für die Grenze darüber.</translation>
    </message>
    <message>
        <source>Chain of at most</source>
        <translation>Kette höchstens</translation>
    </message>
    <message>
        <source>Firings that lead to one another, 1 to 64.</source>
        <translation>Auslösungen, die auseinander folgen, 1 bis 64.</translation>
    </message>
    <message>
        <source>Separately for each</source>
        <translation>Getrennt nach</translation>
    </message>
    <message>
        <source>Each value of these fields is watched by itself, such as function or tags.order.</source>
        <translation>Jeder Wert dieser Felder wird für sich überwacht, etwa function oder tags.order.</translation>
    </message>
    <message>
        <source>nothing: all together</source>
        <translation>nichts: alles zusammen</translation>
    </message>
    <message>
        <source>Forget after</source>
        <translation>Vergessen nach</translation>
    </message>
    <message>
        <source>Without a record for so long a value is forgotten.</source>
        <translation>Nach so langer Zeit ohne Datensatz wird ein Wert vergessen.</translation>
    </message>
    <message>
        <source>Downtime</source>
        <translation>Ausfallzeit</translation>
    </message>
    <message>
        <source>Whether time in which Dogwatch was down counts where something has not happened.</source>
        <translation>Ob Zeit, in der Dogwatch nicht lief, mitzählt, wo etwas nicht geschehen ist.</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>Aktiviert</translation>
    </message>
    <message>
        <source>Whether it watches at all.</source>
        <translation>Ob es überhaupt wacht.</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>run pager</source>
        <translation>pager ausführen</translation>
    </message>
    <message>
        <source>Each firing runs this function.</source>
        <translation>Jede Auslösung führt diese Funktion aus.</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>The function to run.</source>
        <translation>Die Funktion, die ausgeführt wird.</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Payload</translation>
    </message>
    <message>
        <source>JSON; {{ path }} in a string is filled in from the firing.</source>
        <translation>JSON; {{ Pfad }} in einer Zeichenkette wird aus der Auslösung gefüllt.</translation>
    </message>
    <message>
        <source>everything known about the firing</source>
        <translation>alles, was über die Auslösung bekannt ist</translation>
    </message>
    <message>
        <source>it returned</source>
        <translation>sie kehrte zurück</translation>
    </message>
    <message>
        <source>it did not return</source>
        <translation>sie kehrte nicht zurück</translation>
    </message>
    <message>
        <source>its code began to run</source>
        <translation>ihr Code begann zu laufen</translation>
    </message>
    <message>
        <source>a request was accepted and waits</source>
        <translation>eine Anforderung wurde angenommen und wartet</translation>
    </message>
    <message>
        <source>a limit refused or held back a request</source>
        <translation>eine Grenze hielt eine Anforderung zurück oder wies sie ab</translation>
    </message>
    <message>
        <source>a failed attempt will be tried again</source>
        <translation>ein gescheiterter Versuch wird wiederholt</translation>
    </message>
    <message>
        <source>given up</source>
        <translation>aufgegeben</translation>
    </message>
    <message>
        <source>anything about executions</source>
        <translation>alles zu Ausführungen</translation>
    </message>
    <message>
        <source>anything that user code emitted</source>
        <translation>alles, was eigener Code gemeldet hat</translation>
    </message>
    <message>
        <source>a VM boots</source>
        <translation>eine VM bootet</translation>
    </message>
    <message>
        <source>a VM is ready</source>
        <translation>eine VM ist bereit</translation>
    </message>
    <message>
        <source>a VM was given to a function</source>
        <translation>eine VM wurde einer Funktion zugewiesen</translation>
    </message>
    <message>
        <source>a VM was lost</source>
        <translation>eine VM ging verloren</translation>
    </message>
    <message>
        <source>a VM was retired</source>
        <translation>eine VM wurde ausgemustert</translation>
    </message>
    <message>
        <source>anything about VMs</source>
        <translation>alles zu VMs</translation>
    </message>
    <message>
        <source>a function was added</source>
        <translation>eine Funktion kam hinzu</translation>
    </message>
    <message>
        <source>a function was changed</source>
        <translation>eine Funktion wurde geändert</translation>
    </message>
    <message>
        <source>a function was removed</source>
        <translation>eine Funktion wurde entfernt</translation>
    </message>
    <message>
        <source>anything about definitions of functions</source>
        <translation>alles zu Definitionen von Funktionen</translation>
    </message>
    <message>
        <source>a metaevent fired</source>
        <translation>ein Metaevent löste aus</translation>
    </message>
    <message>
        <source>the criteria of a firing ceased to hold</source>
        <translation>die Kriterien einer Auslösung gelten nicht mehr</translation>
    </message>
    <message>
        <source>firings and clearings of metaevents</source>
        <translation>Auslösungen und Entwarnungen von Metaevents</translation>
    </message>
    <message>
        <source>any record but those of metaevents</source>
        <translation>jeder Datensatz außer denen der Metaevents</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>ist kleiner als</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>ist höchstens</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>ist mindestens</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>ist größer als</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>ist eines von</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>starts with</source>
        <translation>beginnt mit</translation>
    </message>
    <message>
        <source>matches</source>
        <translation>passt auf</translation>
    </message>
    <message>
        <source>is there</source>
        <translation>ist vorhanden</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>mindestens</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>mehr als</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>fewer than</source>
        <translation>weniger als</translation>
    </message>
    <message>
        <source>exactly</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>anything but</source>
        <translation>alles außer</translation>
    </message>
    <message>
        <source>Not understood</source>
        <translation>Nicht verstanden</translation>
    </message>
    <message>
        <source>This part is kept as it stands; mend it as JSON, or remove it.</source>
        <translation>Dieser Teil bleibt, wie er ist; als JSON berichtigen oder entfernen.</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Beobachten</translation>
    </message>
    <message>
        <source>Has not happened</source>
        <translation>Ist nicht geschehen</translation>
    </message>
    <message>
        <source>Happened</source>
        <translation>Ist geschehen</translation>
    </message>
    <message>
        <source>Happened too often</source>
        <translation>Zu oft geschehen</translation>
    </message>
    <message>
        <source>Happened in this order</source>
        <translation>In dieser Reihenfolge</translation>
    </message>
    <message>
        <source>Took too long</source>
        <translation>Hat zu lange gedauert</translation>
    </message>
    <message>
        <source>Right now</source>
        <translation>Gerade jetzt</translation>
    </message>
    <message>
        <source>Combine</source>
        <translation>Verknüpfen</translation>
    </message>
    <message>
        <source>Then run</source>
        <translation>Dann ausführen</translation>
    </message>
    <message>
        <source>since it is armed</source>
        <translation>seit dem Scharfschalten</translation>
    </message>
    <message>
        <source>since it happened once</source>
        <translation>seit dem ersten Mal</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>average</source>
        <translation>Durchschnitt</translation>
    </message>
    <message>
        <source>smallest value</source>
        <translation>kleinster Wert</translation>
    </message>
    <message>
        <source>largest value</source>
        <translation>größter Wert</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>90th percentile</source>
        <translation>90. Perzentil</translation>
    </message>
    <message>
        <source>95th percentile</source>
        <translation>95. Perzentil</translation>
    </message>
    <message>
        <source>99th percentile</source>
        <translation>99. Perzentil</translation>
    </message>
    <message>
        <source>number of distinct values</source>
        <translation>Anzahl verschiedener Werte</translation>
    </message>
    <message>
        <source>Is</source>
        <translation>Ist</translation>
    </message>
    <message>
        <source>Within the last</source>
        <translation>In den letzten</translation>
    </message>
    <message>
        <source>How far back it looks, from now.</source>
        <translation>Wie weit es zurückblickt, von jetzt an.</translation>
    </message>
    <message>
        <source>Given at least</source>
        <translation>Bei mindestens</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>Whether silence before the very first time counts.</source>
        <translation>Ob Stille vor dem allerersten Mal zählt.</translation>
    </message>
    <message>
        <source>Cron: minute hour day-of-month month day-of-week; six fields begin with seconds.</source>
        <translation>Cron: Minute Stunde Tag Monat Wochentag; sechs Felder beginnen mit Sekunden.</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Of the schedule; an IANA name such as Europe/Zurich.</source>
        <translation>Des Zeitplans; ein IANA-Name wie Europe/Zurich.</translation>
    </message>
    <message>
        <source>backup has not succeeded for 24 hours</source>
        <translation>backup war seit 24 Stunden nicht erfolgreich</translation>
    </message>
    <message>
        <source>True once nothing of the kind was seen for a while, until it is seen again.</source>
        <translation>Wahr, sobald eine Weile nichts davon zu sehen war, bis es wieder erscheint.</translation>
    </message>
    <message>
        <source>what is missed</source>
        <translation>was ausbleibt</translation>
    </message>
    <message>
        <source>How long nothing must have been seen.</source>
        <translation>Wie lange nichts davon zu sehen sein darf.</translation>
    </message>
    <message>
        <source>Missed its schedule</source>
        <translation>Termin verpasst</translation>
    </message>
    <message>
        <source>backup has not run 10 minutes after it was due</source>
        <translation>backup lief 10 Minuten nach Fälligkeit noch nicht</translation>
    </message>
    <message>
        <source>True once a scheduled time, and some grace after it, passed without it, until it comes.</source>
        <translation>Wahr, sobald ein Termin samt Karenzzeit ohne es verstrich, bis es kommt.</translation>
    </message>
    <message>
        <source>what is due</source>
        <translation>was fällig ist</translation>
    </message>
    <message>
        <source>Due at</source>
        <translation>Fällig um</translation>
    </message>
    <message>
        <source>Grace</source>
        <translation>Karenzzeit</translation>
    </message>
    <message>
        <source>How late it may be.</source>
        <translation>Wie spät es sein darf.</translation>
    </message>
    <message>
        <source>Happens</source>
        <translation>Geschieht</translation>
    </message>
    <message>
        <source>import fails</source>
        <translation>import scheitert</translation>
    </message>
    <message>
        <source>True at each record of the kind, for that moment.</source>
        <translation>Wahr bei jedem solchen Datensatz, für diesen Augenblick.</translation>
    </message>
    <message>
        <source>what happens</source>
        <translation>was geschieht</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>Ändert sich</translation>
    </message>
    <message>
        <source>the result of price changes</source>
        <translation>das Ergebnis von price ändert sich</translation>
    </message>
    <message>
        <source>True at a record whose value differs from the one before.</source>
        <translation>Wahr bei einem Datensatz, dessen Wert vom vorigen abweicht.</translation>
    </message>
    <message>
        <source>from one to the next of</source>
        <translation>von einem zum nächsten von</translation>
    </message>
    <message>
        <source>Value of</source>
        <translation>Wert von</translation>
    </message>
    <message>
        <source>The field to compare, such as result or result.status.</source>
        <translation>Das Feld, das verglichen wird, etwa result oder result.status.</translation>
    </message>
    <message>
        <source>A metaevent fires</source>
        <translation>Ein Metaevent löst aus</translation>
    </message>
    <message>
        <source>metaevent backup-missed fires</source>
        <translation>Metaevent backup-missed löst aus</translation>
    </message>
    <message>
        <source>True at each firing of another metaevent, for that moment.</source>
        <translation>Wahr bei jeder Auslösung eines anderen Metaevents, für diesen Augenblick.</translation>
    </message>
    <message>
        <source>The metaevent to listen to.</source>
        <translation>Das Metaevent, auf das gehört wird.</translation>
    </message>
    <message>
        <source>Happened so often</source>
        <translation>So oft geschehen</translation>
    </message>
    <message>
        <source>at least 5 failures of import in 10 minutes</source>
        <translation>mindestens 5 Fehlschläge von import in 10 Minuten</translation>
    </message>
    <message>
        <source>Compares the number of records in a window that ends now.</source>
        <translation>Vergleicht die Anzahl der Datensätze in einem Fenster, das jetzt endet.</translation>
    </message>
    <message>
        <source>what is counted</source>
        <translation>was gezählt wird</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>more than 20% of executions fail</source>
        <translation>mehr als 20 % der Ausführungen scheitern</translation>
    </message>
    <message>
        <source>Compares the share of some records among others in a window that ends now.</source>
        <translation>Vergleicht den Anteil von Datensätzen unter anderen in einem Fenster, das jetzt endet.</translation>
    </message>
    <message>
        <source>the share of these</source>
        <translation>der Anteil von diesen</translation>
    </message>
    <message>
        <source>among these</source>
        <translation>unter diesen</translation>
    </message>
    <message>
        <source>From 0, none, to 1, all: 0.2 is 20%.</source>
        <translation>Von 0, keiner, bis 1, alle: 0.2 ist 20 %.</translation>
    </message>
    <message>
        <source>With fewer in the window than this it is not true.</source>
        <translation>Bei weniger im Fenster ist es nicht wahr.</translation>
    </message>
    <message>
        <source>Several in a row</source>
        <translation>Mehrmals in Folge</translation>
    </message>
    <message>
        <source>import failed 3 times in a row</source>
        <translation>import ist 3-mal in Folge gescheitert</translation>
    </message>
    <message>
        <source>Compares how many of the latest records, without a break, were of the kind.</source>
        <translation>Vergleicht, wie viele der letzten Datensätze ohne Unterbrechung solche waren.</translation>
    </message>
    <message>
        <source>a run of these</source>
        <translation>eine Folge von diesen</translation>
    </message>
    <message>
        <source>How many there must be in a row.</source>
        <translation>Wie viele es in Folge sein müssen.</translation>
    </message>
    <message>
        <source>In this order</source>
        <translation>In dieser Folge</translation>
    </message>
    <message>
        <source>an order that no invoice follows</source>
        <translation>ein Auftrag, auf den keine Rechnung folgt</translation>
    </message>
    <message>
        <source>True for a moment when the steps happened one after the other in time; a step may also be that something does not happen.</source>
        <translation>Einen Augenblick lang wahr, wenn die Schritte rechtzeitig nacheinander geschahen; ein Schritt kann auch sein, dass etwas nicht geschieht.</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>Innerhalb von</translation>
    </message>
    <message>
        <source>From the first step to the last.</source>
        <translation>Vom ersten Schritt bis zum letzten.</translation>
    </message>
    <message>
        <source>With the same</source>
        <translation>Mit gleichem</translation>
    </message>
    <message>
        <source>Fields that are equal on all records of one run, such as execution or tags.order.</source>
        <translation>Felder, die in allen Datensätzen eines Ablaufs gleich sind, etwa execution oder tags.order.</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Runs may overlap</source>
        <translation>Abläufe dürfen sich überlappen</translation>
    </message>
    <message>
        <source>Whether a first step starts a run while one lives.</source>
        <translation>Ob ein erster Schritt einen Ablauf beginnt, während einer besteht.</translation>
    </message>
    <message>
        <source>Value over a window</source>
        <translation>Wert über ein Fenster</translation>
    </message>
    <message>
        <source>p95 of duration over 500 ms in the last 10 minutes</source>
        <translation>p95 der Dauer über 500 ms in den letzten 10 Minuten</translation>
    </message>
    <message>
        <source>Compares the average, a percentile, the sum … of a field in a window that ends now.</source>
        <translation>Vergleicht Durchschnitt, Perzentil, Summe … eines Feldes in einem Fenster, das jetzt endet.</translation>
    </message>
    <message>
        <source>over these</source>
        <translation>über diese</translation>
    </message>
    <message>
        <source>The</source>
        <translation>Kennwert</translation>
    </message>
    <message>
        <source>What is made of the values.</source>
        <translation>Was aus den Werten gebildet wird.</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>The field; durations are in microseconds.</source>
        <translation>Das Feld; Dauern sind in Mikrosekunden.</translation>
    </message>
    <message>
        <source>Durations are in microseconds: 1000000 is one second.</source>
        <translation>Dauern sind in Mikrosekunden: 1000000 ist eine Sekunde.</translation>
    </message>
    <message>
        <source>With fewer values in the window than this it is not true.</source>
        <translation>Bei weniger Werten im Fenster ist es nicht wahr.</translation>
    </message>
    <message>
        <source>then run</source>
        <translation>dann ausführen</translation>
    </message>
    <message>
        <source>Dead man&apos;s switch</source>
        <translation>Totmannschalter</translation>
    </message>
    <message>
        <source>It has not succeeded for a while.</source>
        <translation>Seit einer Weile war es nicht erfolgreich.</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wenn</translation>
    </message>
    <message>
        <source>has not succeeded for</source>
        <translation>nicht erfolgreich war seit</translation>
    </message>
    <message>
        <source>Scheduled run missed</source>
        <translation>Geplanter Lauf verpasst</translation>
    </message>
    <message>
        <source>It is late by its own schedule.</source>
        <translation>Es ist verspätet laut eigenem Zeitplan.</translation>
    </message>
    <message>
        <source>is due at</source>
        <translation>fällig ist um</translation>
    </message>
    <message>
        <source>and not done after</source>
        <translation>und nicht fertig nach</translation>
    </message>
    <message>
        <source>Failure streak</source>
        <translation>Fehlschlagserie</translation>
    </message>
    <message>
        <source>It failed several times in a row.</source>
        <translation>Es ist mehrmals in Folge gescheitert.</translation>
    </message>
    <message>
        <source>failed so often in a row</source>
        <translation>so oft in Folge scheiterte</translation>
    </message>
    <message>
        <source>Error rate</source>
        <translation>Fehlerrate</translation>
    </message>
    <message>
        <source>Too large a share of its runs fails.</source>
        <translation>Ein zu großer Anteil seiner Läufe scheitert.</translation>
    </message>
    <message>
        <source>When of</source>
        <translation>Wenn von</translation>
    </message>
    <message>
        <source>fails a share over</source>
        <translation>ein Anteil scheitert über</translation>
    </message>
    <message>
        <source>Slow (95th percentile)</source>
        <translation>Langsam (95. Perzentil)</translation>
    </message>
    <message>
        <source>Its slowest runs take too long.</source>
        <translation>Die langsamsten Läufe dauern zu lange.</translation>
    </message>
    <message>
        <source>takes longer than (µs)</source>
        <translation>länger dauert als (µs)</translation>
    </message>
    <message>
        <source>Stuck queue</source>
        <translation>Gestaute Schlange</translation>
    </message>
    <message>
        <source>Executions wait and do not get fewer.</source>
        <translation>Ausführungen warten und werden nicht weniger.</translation>
    </message>
    <message>
        <source>When more are queued than</source>
        <translation>Wenn mehr warten als</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>Order without invoice</source>
        <translation>Auftrag ohne Rechnung</translation>
    </message>
    <message>
        <source>Nothing answered it; asks again until something does.</source>
        <translation>Nichts hat geantwortet; fragt erneut, bis etwas antwortet.</translation>
    </message>
    <message>
        <source>When there is</source>
        <translation>Wenn es gibt</translation>
    </message>
    <message>
        <source>but no</source>
        <translation>aber nicht</translation>
    </message>
    <message>
        <source>with the same</source>
        <translation>mit gleichem</translation>
    </message>
    <message>
        <source>after</source>
        <translation>nach</translation>
    </message>
    <message>
        <source>Runaway retries</source>
        <translation>Endlosversuche</translation>
    </message>
    <message>
        <source>It is tried again and again.</source>
        <translation>Es wird immer wieder versucht.</translation>
    </message>
    <message>
        <source>is retried so often</source>
        <translation>so oft wiederholt wird</translation>
    </message>
    <message>
        <source>Result changed</source>
        <translation>Ergebnis geändert</translation>
    </message>
    <message>
        <source>It returns something else than before.</source>
        <translation>Es liefert etwas anderes als zuvor.</translation>
    </message>
    <message>
        <source>changes its</source>
        <translation>etwas ändert, nämlich</translation>
    </message>
    <message>
        <source>Start without finish</source>
        <translation>Start ohne Ende</translation>
    </message>
    <message>
        <source>It started, and that was the last of it.</source>
        <translation>Es startete, und danach kam nichts mehr.</translation>
    </message>
    <message>
        <source>started and did not finish within</source>
        <translation>startete und nicht endete innerhalb von</translation>
    </message>
    <message>
        <source>Keep-alive</source>
        <translation>Lebenszeichen</translation>
    </message>
    <message>
        <source>It runs, but says no more that it is alive.</source>
        <translation>Es läuft, gibt aber kein Lebenszeichen mehr.</translation>
    </message>
    <message>
        <source>runs and emits no</source>
        <translation>läuft und nicht meldet</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>Eskalation</translation>
    </message>
    <message>
        <source>Another metaevent stays active too long.</source>
        <translation>Ein anderes Metaevent bleibt zu lange aktiv.</translation>
    </message>
    <message>
        <source>is still active after</source>
        <translation>noch aktiv ist nach</translation>
    </message>
    <message>
        <source>a name: 1 to 64 of a-z, A-Z, 0-9, &apos;-&apos;, &apos;_&apos;, &apos;.&apos;</source>
        <translation>ein Name: 1 bis 64 Zeichen aus a-z, A-Z, 0-9, &apos;-&apos;, &apos;_&apos;, &apos;.&apos;</translation>
    </message>
    <message>
        <source>a duration such as 10s, 5m or 1h30m</source>
        <translation>eine Dauer wie 10s, 5m oder 1h30m</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>something</source>
        <translation>irgendetwas</translation>
    </message>
</context>
<context>
    <name>LaneWords</name>
    <message>
        <source>gained: what is applied did not fire here</source>
        <translation>gewonnen: Das Angewandte hat hier nicht ausgelöst</translation>
    </message>
    <message>
        <source>lost: what is applied fired here</source>
        <translation>verloren: Das Angewandte hat hier ausgelöst</translation>
    </message>
    <message>
        <source>kept: what is applied fires here as well</source>
        <translation>gleich: Das Angewandte löst hier ebenfalls aus</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language (from the next start on)</source>
        <translation>Sprache (ab dem nächsten Start)</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>Wie der Desktop</translation>
    </message>
    <message>
        <source>The console speaks the chosen language from its next start on.</source>
        <translation>Die Konsole spricht die gewählte Sprache ab dem nächsten Start.</translation>
    </message>
</context>
<context>
    <name>LoaderWords</name>
    <message>
        <source>Loading was cancelled.</source>
        <translation>Das Laden wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Die Datei %1 ist nicht lesbar.</translation>
    </message>
</context>
<context>
    <name>NodeWords</name>
    <message>
        <source>first</source>
        <translation>zuerst</translation>
    </message>
    <message>
        <source>then</source>
        <translation>dann</translation>
    </message>
    <message>
        <source>but not</source>
        <translation>aber nicht</translation>
    </message>
    <message>
        <source>but not for %1</source>
        <translation>aber %1 lang nicht</translation>
    </message>
    <message>
        <source>next step</source>
        <translation>nächster Schritt</translation>
    </message>
    <message>
        <source>another</source>
        <translation>weitere</translation>
    </message>
</context>
<context>
    <name>PasteWords</name>
    <message>
        <source>a metaevent, a condition, a selector or a job, as JSON</source>
        <translation>ein Metaevent, eine Bedingung, eine Auswahl oder ein Job, als JSON</translation>
    </message>
    <message>
        <source>at least one condition, selector or job</source>
        <translation>mindestens eine Bedingung, eine Auswahl oder ein Job</translation>
    </message>
</context>
<context>
    <name>Proposals</name>
    <message>
        <source>no false alarm in the history shown</source>
        <translation>kein Fehlalarm im gezeigten Verlauf</translation>
    </message>
    <message numerus="yes">
        <source>%n alarms in the history shown</source>
        <translation>
            <numerusform>%n Alarm im gezeigten Verlauf</numerusform>
            <numerusform>%n Alarme im gezeigten Verlauf</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The longest of %n gaps was %1: %2.</source>
        <translation>
            <numerusform>Die einzige Lücke war %1 lang: %2.</numerusform>
            <numerusform>Die längste von %n Lücken war %1 lang: %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 has not succeeded for %2</source>
        <translation>%1 war seit %2 nicht erfolgreich</translation>
    </message>
    <message>
        <source>Too few successes so far to suggest an interval.</source>
        <translation>Bisher zu wenige Erfolge, um ein Intervall vorzuschlagen.</translation>
    </message>
    <message>
        <source>%1 failed 3 times in a row</source>
        <translation>%1 ist 3-mal in Folge gescheitert</translation>
    </message>
    <message>
        <source>%1 failures beside %2 successes in the history shown.</source>
        <translation>Im gezeigten Verlauf: Fehlschläge %1, Erfolge %2.</translation>
    </message>
    <message>
        <source>%1 takes longer than %2</source>
        <translation>%1 dauert länger als %2</translation>
    </message>
    <message>
        <source>95 of 100 runs took %1 ms at most.</source>
        <translation>95 von 100 Läufen dauerten höchstens %1 ms.</translation>
    </message>
    <message>
        <source>This happens again</source>
        <translation>Dies geschieht wieder</translation>
    </message>
    <message>
        <source>Each record of this kind fires it.</source>
        <translation>Jeder solche Datensatz löst es aus.</translation>
    </message>
    <message>
        <source>This happens at least 5 times within 10 minutes</source>
        <translation>Dies geschieht mindestens 5-mal in 10 Minuten</translation>
    </message>
    <message numerus="yes">
        <source>It happened %n times in the history shown.</source>
        <translation>
            <numerusform>Es geschah einmal im gezeigten Verlauf.</numerusform>
            <numerusform>Es geschah %n-mal im gezeigten Verlauf.</numerusform>
        </translation>
    </message>
    <message>
        <source>This has not happened for %1</source>
        <translation>Dies ist seit %1 nicht geschehen</translation>
    </message>
    <message>
        <source>This happens %1 times within %2, as in the selected stretch</source>
        <translation>Dies geschieht %1-mal in %2, wie im gewählten Abschnitt</translation>
    </message>
    <message>
        <source>The stretch holds %1 such records in %2.</source>
        <translation>Der Abschnitt enthält %1 solche Datensätze in %2.</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>as expected; firings: %1</source>
        <translation>wie erwartet; Auslösungen: %1</translation>
    </message>
    <message>
        <source>firings expected: %1, got: %2</source>
        <translation>Auslösungen erwartet: %1, erhalten: %2</translation>
    </message>
    <message>
        <source>: none at %1</source>
        <translation>: keine um %1</translation>
    </message>
    <message>
        <source>: one at %1</source>
        <translation>: eine um %1</translation>
    </message>
    <message>
        <source>sets itself off</source>
        <translation>löst sich selbst aus</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, needed %2 %3</source>
        <translation>%1, nötig %2 %3</translation>
    </message>
    <message>
        <source>held %1 of %2</source>
        <translation>gilt seit %1 von %2</translation>
    </message>
    <message>
        <source>over for %1 of %2</source>
        <translation>vorbei seit %1 von %2</translation>
    </message>
    <message>
        <source>quiet for %1 of %2</source>
        <translation>still seit %1 von %2</translation>
    </message>
    <message>
        <source>runs: %1, the furthest at step %2 of %3</source>
        <translation>Abläufe: %1, der weiteste bei Schritt %2 von %3</translation>
    </message>
    <message>
        <source>true since %1</source>
        <translation>wahr seit %1</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>last true %1</source>
        <translation>zuletzt wahr %1</translation>
    </message>
    <message>
        <source>not true</source>
        <translation>nicht wahr</translation>
    </message>
    <message>
        <source>%1 of %2 true</source>
        <translation>%1 von %2 wahr</translation>
    </message>
    <message>
        <source>The console of Dogwatch: runs code in virtual machines, watches what happens, and acts on it.</source>
        <translation>Die Konsole von Dogwatch: führt Code in virtuellen Maschinen aus, beobachtet, was geschieht, und handelt danach.</translation>
    </message>
    <message>
        <source>Everything persistent lies in DIR.</source>
        <translation>Alles Dauerhafte liegt in DIR.</translation>
    </message>
    <message>
        <source>Use a temporary workspace with sample functions in motion.</source>
        <translation>Einen temporären Arbeitsbereich mit laufenden Beispielfunktionen verwenden.</translation>
    </message>
    <message>
        <source>Render every page of the demo to DIR and exit.</source>
        <translation>Jede Seite der Demo nach DIR zeichnen und beenden.</translation>
    </message>
    <message>
        <source>Measure the console over a million executions, print the figures, and exit.</source>
        <translation>Die Konsole über eine Million Ausführungen messen, die Zahlen ausgeben und beenden.</translation>
    </message>
    <message>
        <source>Speak LANGUAGE (en, de) instead of the one that was chosen.</source>
        <translation>LANGUAGE (en, de) sprechen statt der gewählten Sprache.</translation>
    </message>
    <message>
        <source>Metaevents to open in the editor (NAME.dogwatch).</source>
        <translation>Metaevents, die im Editor geöffnet werden (NAME.dogwatch).</translation>
    </message>
</context>
<context>
    <name>TextWords</name>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>due</source>
        <translation>fällig</translation>
    </message>
    <message>
        <source>in %1 s</source>
        <translation>in %1 s</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Wartend</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>Erfolgreich</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Dropped</source>
        <translation>Verworfen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::AcknowledgeDialog</name>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>what was found or done (may be empty)</source>
        <translation>was gefunden oder getan wurde (darf leer sein)</translation>
    </message>
    <message>
        <source>Acknowledge the firing</source>
        <translation>Die Auslösung quittieren</translation>
    </message>
    <message>
        <source>Everybody who looks will see that you have seen to it.</source>
        <translation>Alle, die nachsehen, sehen, dass Sie sich darum gekümmert haben.</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Quittieren</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::CauseGraph</name>
    <message>
        <source>Loop cut: %1 firings behind it</source>
        <translation>Schleife durchtrennt: %1 Auslösungen dahinter</translation>
    </message>
    <message>
        <source>Loop cut: too many firings at once</source>
        <translation>Schleife durchtrennt: zu viele Auslösungen auf einmal</translation>
    </message>
    <message>
        <source>Held back: within its cooldown</source>
        <translation>Zurückgehalten: innerhalb der Sperrzeit</translation>
    </message>
    <message>
        <source>Held back: %1</source>
        <translation>Zurückgehalten: %1</translation>
    </message>
    <message>
        <source>Its schedule</source>
        <translation>Der Zeitplan</translation>
    </message>
    <message>
        <source>Somebody, in the console</source>
        <translation>Jemand, in der Konsole</translation>
    </message>
    <message>
        <source>A request</source>
        <translation>Eine Anfrage</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Fired (%1), depth %2</source>
        <translation>Ausgelöst (%1), Tiefe %2</translation>
    </message>
    <message>
        <source>Here it began</source>
        <translation>Hier begann es</translation>
    </message>
    <message>
        <source>Time passed</source>
        <translation>Zeit verging</translation>
    </message>
    <message>
        <source>A deadline was reached</source>
        <translation>Eine Frist war erreicht</translation>
    </message>
    <message>
        <source>Held back: at its limit</source>
        <translation>Zurückgehalten: Obergrenze erreicht</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::CauseView</name>
    <message>
        <source>Causes and effects</source>
        <translation>Ursachen und Wirkungen</translation>
    </message>
    <message>
        <source>Why it fired: its history bench at that moment</source>
        <translation>Warum es auslöste: seine Verlaufsbank in jenem Augenblick</translation>
    </message>
    <message>
        <source>Show the metaevent</source>
        <translation>Das Metaevent zeigen</translation>
    </message>
    <message>
        <source>Causes and effects of this firing</source>
        <translation>Ursachen und Folgen dieser Auslösung</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ConsoleBench</name>
    <message>
        <source>A step of the bench did not end within a minute.</source>
        <translation>Ein Schritt der Messung endete nicht innerhalb einer Minute.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ControlPlaneSession</name>
    <message>
        <source>Starting the control plane…</source>
        <translation>Die Control Plane startet …</translation>
    </message>
    <message>
        <source>being found out</source>
        <translation>wird ermittelt</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::DetailsArea</name>
    <message>
        <source>Show the details below the list</source>
        <translation>Die Einzelheiten unter der Liste zeigen</translation>
    </message>
    <message>
        <source>Show the details beside the list</source>
        <translation>Die Einzelheiten neben der Liste zeigen</translation>
    </message>
    <message>
        <source>Put the details back</source>
        <translation>Die Einzelheiten zurückstellen</translation>
    </message>
    <message>
        <source>Show the details in a window of their own</source>
        <translation>Die Einzelheiten in einem eigenen Fenster zeigen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ExecutionDetails</name>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>No result</source>
        <translation>Kein Ergebnis</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>It printed nothing</source>
        <translation>Es gab nichts aus</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>No error</source>
        <translation>Kein Fehler</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Payload</translation>
    </message>
    <message>
        <source>No payload</source>
        <translation>Keine Payload</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>No records</source>
        <translation>Keine Datensätze</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Run the function again with the same payload</source>
        <translation>Die Funktion mit derselben Payload erneut ausführen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End this execution</source>
        <translation>Diese Ausführung beenden</translation>
    </message>
    <message>
        <source>No execution chosen</source>
        <translation>Keine Ausführung gewählt</translation>
    </message>
    <message>
        <source>Choose one in the table to see its phases, payload, result, output and records.</source>
        <translation>In der Tabelle eine wählen, um Phasen, Payload, Ergebnis, Ausgabe und Datensätze zu sehen.</translation>
    </message>
    <message>
        <source>Copy command</source>
        <translation>Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy a dogwatchctl command that runs it again</source>
        <translation>Einen dogwatchctl-Befehl kopieren, der sie erneut ausführt</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>VM</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Wartezeit</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Ursachen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholung</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>Versuch %1</translation>
    </message>
    <message>
        <source>by %1</source>
        <translation>durch %1</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>in %1</translation>
    </message>
    <message>
        <source>%1 of processor time</source>
        <translation>%1 Prozessorzeit</translation>
    </message>
    <message>
        <source>%1 of memory at most</source>
        <translation>höchstens %1 Speicher</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>gescheitert: %1</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>erfolgreich</translation>
    </message>
    <message>
        <source>Attempts (%1)</source>
        <translation>Versuche (%1)</translation>
    </message>
    <message>
        <source>Parts of the execution</source>
        <translation>Teile der Ausführung</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>The history bench of a metaevent that looks at it, at this moment (Ctrl+B)</source>
        <translation>Die Verlaufsbank eines Metaevents, das darauf achtet, in diesem Augenblick (Strg+B)</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ExecutionModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Queued</source>
        <translation>Eingereiht</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>Wartezeit</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>Auslöser</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>Versuch</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>VM</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ExecutionsPage</name>
    <message>
        <source>Executions</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Let the table stand still</source>
        <translation>Die Tabelle stillstehen lassen</translation>
    </message>
    <message>
        <source>Ways to look at executions</source>
        <translation>Ansichten der Ausführungen</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>Watch for this</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>Make a metaevent from what is chosen</source>
        <translation>Aus dem Gewählten ein Metaevent machen</translation>
    </message>
    <message>
        <source>No executions here</source>
        <translation>Hier keine Ausführungen</translation>
    </message>
    <message>
        <source>Each run of a function will appear here as it happens. Run one on the Functions page, or clear the filter.</source>
        <translation>Jeder Lauf einer Funktion erscheint hier, sobald er geschieht. Auf der Seite „Funktionen“ eine ausführen oder den Filter leeren.</translation>
    </message>
    <message>
        <source>Filter: function:import* state:failed duration&gt;2s</source>
        <translation>Filter: function:import* state:failed duration&gt;2s</translation>
    </message>
    <message>
        <source>%1 shown</source>
        <translation>%1 gezeigt</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Suche …</translation>
    </message>
    <message>
        <source>paused, %1 new</source>
        <translation>angehalten, %1 neu</translation>
    </message>
    <message>
        <source>List executions by function and state of the filter</source>
        <translation>Ausführungen auflisten, nach Funktion und Zustand im Filter</translation>
    </message>
    <message>
        <source>Show this execution</source>
        <translation>Diese Ausführung anzeigen</translation>
    </message>
    <message>
        <source>Print its output</source>
        <translation>Ihre Ausgabe anzeigen</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Sie abbrechen</translation>
    </message>
    <message>
        <source>List the requests that were given up</source>
        <translation>Die aufgegebenen Anforderungen auflisten</translation>
    </message>
    <message>
        <source>Run it again</source>
        <translation>Erneut ausführen</translation>
    </message>
    <message>
        <source>History bench at this moment</source>
        <translation>Verlaufsbank in diesem Augenblick</translation>
    </message>
    <message>
        <source>Details of the execution</source>
        <translation>Einzelheiten der Ausführung</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FilterBar</name>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Keep the latest rows in view</source>
        <translation>Die neuesten Zeilen im Blick behalten</translation>
    </message>
    <message>
        <source>Saved filters</source>
        <translation>Gespeicherte Filter</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Fields: %1. %2</source>
        <translation>Felder: %1. %2</translation>
    </message>
    <message>
        <source>* stands for any characters; &gt; and &lt; compare; - negates.</source>
        <translation>* steht für beliebige Zeichen; &gt; und &lt; vergleichen; - verneint.</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>Vorschläge</translation>
    </message>
    <message>
        <source>%1. Fields: %2.</source>
        <translation>%1. Felder: %2.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FiringModel</name>
    <message>
        <source>its criteria came true</source>
        <translation>die Kriterien wurden wahr</translation>
    </message>
    <message>
        <source>no longer: %1</source>
        <translation>nicht mehr: %1</translation>
    </message>
    <message>
        <source>its criteria stopped holding</source>
        <translation>die Kriterien gelten nicht mehr</translation>
    </message>
    <message>
        <source>still: %1</source>
        <translation>weiterhin: %1</translation>
    </message>
    <message>
        <source>its criteria still hold</source>
        <translation>die Kriterien gelten weiterhin</translation>
    </message>
    <message>
        <source>, for %1</source>
        <translation>, für %1</translation>
    </message>
    <message>
        <source> (late: the control plane was down)</source>
        <translation> (verspätet: die Control Plane lief nicht)</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Metaevent</source>
        <translation>Metaevent</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Jobs</translation>
    </message>
    <message>
        <source> (silenced)</source>
        <translation> (stumm)</translation>
    </message>
    <message>
        <source> (silenced: %1)</source>
        <translation> (stumm: %1)</translation>
    </message>
    <message>
        <source>silenced</source>
        <translation>stumm</translation>
    </message>
    <message>
        <source>%1 of %2 failed</source>
        <translation>%1 von %2 gescheitert</translation>
    </message>
    <message numerus="yes">
        <source>%n succeeded</source>
        <translation>
            <numerusform>%n gelungen</numerusform>
            <numerusform>%n gelungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run</source>
        <translation>
            <numerusform>%n gestartet</numerusform>
            <numerusform>%n gestartet</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 done</source>
        <translation>%1 von %2 fertig</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Seen to by</source>
        <translation>Quittiert von</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FiringStrip</name>
    <message>
        <source>Firings over time</source>
        <translation>Auslösungen im Lauf der Zeit</translation>
    </message>
    <message>
        <source>no firings in the last %1</source>
        <translation>keine Auslösungen in den letzten %1</translation>
    </message>
    <message>
        <source>1 firing in the last %1</source>
        <translation>1 Auslösung in den letzten %1</translation>
    </message>
    <message>
        <source>%1 firings in the last %2</source>
        <translation>%1 Auslösungen in den letzten %2</translation>
    </message>
    <message>
        <source>%1, firings: %2</source>
        <translation>%1, Auslösungen: %2</translation>
    </message>
    <message>
        <source>, %1 silenced</source>
        <translation>, %1 davon stumm</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FiringsPage</name>
    <message>
        <source>Firings</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>No records made it true: time alone did.</source>
        <translation>Kein Datensatz machte es wahr: allein die Zeit.</translation>
    </message>
    <message>
        <source>No firing chosen</source>
        <translation>Keine Auslösung gewählt</translation>
    </message>
    <message>
        <source>Choose one in the table to see why it came about, its evidence and its jobs.</source>
        <translation>Wählen Sie in der Tabelle eine, um zu sehen, wie sie zustande kam, ihre Belege und ihre Jobs.</translation>
    </message>
    <message>
        <source>Nothing fired here</source>
        <translation>Hier hat nichts ausgelöst</translation>
    </message>
    <message>
        <source>Filter: metaevent:backup-missed open -silenced</source>
        <translation>Filter: metaevent:backup-missed open -silenced</translation>
    </message>
    <message>
        <source>Jobs of the firing</source>
        <translation>Jobs der Auslösung</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Job</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Ausgang</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Jobs (Return opens the execution)</source>
        <translation>Jobs (Eingabe öffnet die Ausführung)</translation>
    </message>
    <message>
        <source>History bench</source>
        <translation>Verlaufsbank</translation>
    </message>
    <message>
        <source>The drawing and its history at that moment (Ctrl+B)</source>
        <translation>Die Zeichnung und ihr Verlauf in jenem Augenblick (Strg+B)</translation>
    </message>
    <message>
        <source>Acknowledge…</source>
        <translation>Quittieren …</translation>
    </message>
    <message>
        <source>Tell others that you have seen to it (Ctrl+Shift+A)</source>
        <translation>Anderen sagen, dass Sie sich darum gekümmert haben (Strg+Umschalt+A)</translation>
    </message>
    <message>
        <source>Silence…</source>
        <translation>Stummschalten …</translation>
    </message>
    <message>
        <source>Let its metaevent fire without running jobs</source>
        <translation>Sein Metaevent auslösen lassen, ohne dass Jobs laufen</translation>
    </message>
    <message>
        <source>Metaevent</source>
        <translation>Metaevent</translation>
    </message>
    <message>
        <source>Show the metaevent</source>
        <translation>Das Metaevent zeigen</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Seen to by %1, %2</source>
        <translation>Quittiert von %1, %2</translation>
    </message>
    <message>
        <source>Nobody has acknowledged it.</source>
        <translation>Niemand hat sie quittiert.</translation>
    </message>
    <message>
        <source>The metaevent is silenced %1.</source>
        <translation>Das Metaevent ist stumm %1.</translation>
    </message>
    <message>
        <source>End silence</source>
        <translation>Stumm beenden</translation>
    </message>
    <message>
        <source>Acknowledge again…</source>
        <translation>Erneut quittieren …</translation>
    </message>
    <message>
        <source>not run: silenced</source>
        <translation>nicht gelaufen: stumm</translation>
    </message>
    <message>
        <source>List the firings</source>
        <translation>Die Auslösungen auflisten</translation>
    </message>
    <message>
        <source>Show this firing</source>
        <translation>Diese Auslösung zeigen</translation>
    </message>
    <message>
        <source>Acknowledge it</source>
        <translation>Sie quittieren</translation>
    </message>
    <message>
        <source>Silence its metaevent for an hour</source>
        <translation>Ihr Metaevent eine Stunde lang stummschalten</translation>
    </message>
    <message>
        <source>End its silence</source>
        <translation>Es nicht länger stummschalten</translation>
    </message>
    <message>
        <source>Parts of the firing</source>
        <translation>Teile der Auslösung</translation>
    </message>
    <message>
        <source>Jobs and evidence</source>
        <translation>Jobs und Belege</translation>
    </message>
    <message>
        <source>Causes</source>
        <translation>Ursachen</translation>
    </message>
    <message>
        <source>Causes and effects</source>
        <translation>Ursachen und Folgen</translation>
    </message>
    <message>
        <source>Each time the criteria of a metaevent come true, it will stand here with the reason in plain words and what its jobs came to. Make one on the Metaevents page, or clear the filter to see all.</source>
        <translation>Jedes Mal, wenn die Kriterien eines Metaevents wahr werden, steht es hier mit dem Grund in einfachen Worten und dem, was seine Jobs ergaben. Legen Sie eines auf der Seite „Metaevents“ an, oder leeren Sie den Filter, um alles zu sehen.</translation>
    </message>
    <message>
        <source>Details of the firing</source>
        <translation>Einzelheiten der Auslösung</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FirstSteps</name>
    <message>
        <source>Look at a demo</source>
        <translation>Eine Demo ansehen</translation>
    </message>
    <message>
        <source>A workspace of its own in a second window: sample functions run and fail, metaevents watch them, and a tour shows around. Nothing of it is kept, and nothing here changes.</source>
        <translation>Ein eigener Arbeitsbereich in einem zweiten Fenster: Beispielfunktionen laufen und scheitern, Metaevents überwachen sie, und eine Führung zeigt alles. Nichts davon bleibt, und hier ändert sich nichts.</translation>
    </message>
    <message>
        <source>Open the demo</source>
        <translation>Die Demo öffnen</translation>
    </message>
    <message>
        <source>Write a function</source>
        <translation>Eine Funktion schreiben</translation>
    </message>
    <message>
        <source>A few lines of Python, JavaScript, Lua or shell that run in a virtual machine: by hand, by schedule, by request, or as the job of a metaevent.</source>
        <translation>Ein paar Zeilen Python, JavaScript, Lua oder Shell, die in einer virtuellen Maschine laufen: von Hand, nach Zeitplan, auf Anfrage oder als Job eines Metaevents.</translation>
    </message>
    <message>
        <source>New function</source>
        <translation>Neue Funktion</translation>
    </message>
    <message>
        <source>Bring what you have</source>
        <translation>Mitbringen, was da ist</translation>
    </message>
    <message>
        <source>Metaevents from a file…</source>
        <translation>Metaevents aus einer Datei …</translation>
    </message>
    <message>
        <source>Records from a file…</source>
        <translation>Datensätze aus einer Datei …</translation>
    </message>
    <message>
        <source>Three ways to begin</source>
        <translation>Drei Wege, anzufangen</translation>
    </message>
    <message>
        <source>Metaevents exported elsewhere go on watching here; records of what happened can be looked back upon as if it had happened here.</source>
        <translation>Anderswo exportierte Metaevents überwachen hier weiter; auf Datensätze von dem, was geschah, lässt sich zurückblicken, als wäre es hier geschehen.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FunctionModel</name>
    <message>
        <source>Never ran</source>
        <translation>Lief nie</translation>
    </message>
    <message>
        <source>%1, version %2, %3</source>
        <translation>%1, Version %2, %3</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Last outcome</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Last 5 minutes</source>
        <translation>Letzte 5 Minuten</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FunctionSettings</name>
    <message>
        <source> MiB</source>
        <translation> MiB</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>keine Grenze</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>none; e.g. */5 * * * *</source>
        <translation>keiner; z. B. */5 * * * *</translation>
    </message>
    <message>
        <source>Runtime</source>
        <translation>Laufzeit</translation>
    </message>
    <message>
        <source>Handler</source>
        <translation>Handler</translation>
    </message>
    <message>
        <source>module.function; the file is the module “main”</source>
        <translation>Modul.Funktion; die Datei ist das Modul „main“</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Timeout</source>
        <translation>Zeitlimit</translation>
    </message>
    <message>
        <source>wall time, such as 30s or 5m</source>
        <translation>vergangene Zeit, etwa 30s oder 5m</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>Gleichzeitig</translation>
    </message>
    <message>
        <source>Retries</source>
        <translation>Wiederholungen</translation>
    </message>
    <message>
        <source>further attempts after a failed one</source>
        <translation>weitere Versuche nach einem gescheiterten</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Zeitplan</translation>
    </message>
    <message>
        <source>cron: minute hour day month weekday; six fields begin with seconds</source>
        <translation>Cron: Minute Stunde Tag Monat Wochentag; sechs Felder beginnen mit Sekunden</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::FunctionsPage</name>
    <message>
        <source>Functions</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>A new function, from a template (Ctrl+N)</source>
        <translation>Eine neue Funktion, aus einer Vorlage (Strg+N)</translation>
    </message>
    <message>
        <source>No functions yet</source>
        <translation>Noch keine Funktionen</translation>
    </message>
    <message>
        <source>Code that runs in virtual machines will be listed here.</source>
        <translation>Hier steht Code, der in virtuellen Maschinen läuft.</translation>
    </message>
    <message>
        <source>New function</source>
        <translation>Neue Funktion</translation>
    </message>
    <message>
        <source># This function is a zip archive; update it with dogwatchctl.</source>
        <translation># Diese Funktion ist ein Zip-Archiv; mit dogwatchctl aktualisieren.</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Delete function</source>
        <translation>Funktion löschen</translation>
    </message>
    <message>
        <source>Delete “%1”?</source>
        <translation>„%1“ löschen?</translation>
    </message>
    <message>
        <source>Its waiting executions are dropped; what it left in the journal stays.</source>
        <translation>Wartende Ausführungen werden verworfen; was im Journal steht, bleibt.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>Ungespeicherte Änderungen</translation>
    </message>
    <message>
        <source>“%1” has changes that are not saved. Leave them?</source>
        <translation>„%1“ hat ungespeicherte Änderungen. Trotzdem verlassen?</translation>
    </message>
    <message>
        <source>Name of the function</source>
        <translation>Name der Funktion</translation>
    </message>
    <message>
        <source>name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save (Ctrl+S)</source>
        <translation>Speichern (Strg+S)</translation>
    </message>
    <message>
        <source>Save and run with the payload below (Ctrl+Return)</source>
        <translation>Speichern und mit der Payload unten ausführen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Delete this function</source>
        <translation>Diese Funktion löschen</translation>
    </message>
    <message>
        <source>Show its executions</source>
        <translation>Ihre Ausführungen zeigen</translation>
    </message>
    <message>
        <source>Watch it: make a metaevent about this function</source>
        <translation>Überwachen: ein Metaevent zu dieser Funktion machen</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Find in the code</source>
        <translation>Im Code suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Go back to what is saved</source>
        <translation>Zum Gespeicherten zurückkehren</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>No function chosen</source>
        <translation>Keine Funktion gewählt</translation>
    </message>
    <message>
        <source>Choose one on the left to edit and run it, or begin a new one.</source>
        <translation>Links eine wählen, um sie zu bearbeiten und auszuführen, oder eine neue beginnen.</translation>
    </message>
    <message>
        <source>These changes were not saved (%1). Save them, or go back to what is saved.</source>
        <translation>Diese Änderungen wurden nicht gespeichert (%1). Speichern oder zum Gespeicherten zurückkehren.</translation>
    </message>
    <message>
        <source>List the functions</source>
        <translation>Die Funktionen auflisten</translation>
    </message>
    <message>
        <source>Run it with this payload</source>
        <translation>Mit dieser Payload ausführen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>List its executions</source>
        <translation>Ihre Ausführungen auflisten</translation>
    </message>
    <message>
        <source>Add it as it stands here</source>
        <translation>Hinzufügen, wie sie hier steht</translation>
    </message>
    <message>
        <source>Save it as it stands here</source>
        <translation>Speichern, wie sie hier steht</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Parts of the function</source>
        <translation>Teile der Funktion</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::HelpMenu</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Manual	F1</source>
        <translation>Handbuch	F1</translation>
    </message>
    <message>
        <source>Copy diagnostics</source>
        <translation>Diagnose kopieren</translation>
    </message>
    <message>
        <source>About Dogwatch</source>
        <translation>Über Dogwatch</translation>
    </message>
    <message>
        <source>Dogwatch %1</source>
        <translation>Dogwatch %1</translation>
    </message>
    <message>
        <source>Runs code in virtual machines, watches what happens, and acts on it.

Control plane: %1
Qt: %2

Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Führt Code in virtuellen Maschinen aus, beobachtet, was geschieht, und handelt danach.

Control Plane: %1
Qt: %2

Freie Software unter der GNU General Public License, Version 3 oder später.</translation>
    </message>
    <message>
        <source>not connected</source>
        <translation>nicht verbunden</translation>
    </message>
    <message>
        <source>Versions, the machine and numbers; no names, no payloads, no secrets</source>
        <translation>Versionen, die Maschine und Zahlen; keine Namen, keine Payloads, keine Geheimnisse</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::HelpWindow</name>
    <message>
        <source>Dogwatch manual</source>
        <translation>Dogwatch-Handbuch</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vor</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::JournalPage</name>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Datensatz</translation>
    </message>
    <message>
        <source>Record as JSON</source>
        <translation>Datensatz als JSON</translation>
    </message>
    <message>
        <source>Choose a record to see all of it.</source>
        <translation>Einen Datensatz wählen, um ihn ganz zu sehen.</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Append the records of a file</source>
        <translation>Die Datensätze einer Datei anfügen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Write the records of the time range to a file</source>
        <translation>Die Datensätze des Zeitraums in eine Datei schreiben</translation>
    </message>
    <message>
        <source>No records here</source>
        <translation>Hier keine Datensätze</translation>
    </message>
    <message>
        <source>Everything that happens leaves a record: executions, machines, firings, changes. They will appear here as they are written; clear the filter to see all.</source>
        <translation>Alles, was geschieht, hinterlässt einen Datensatz: Ausführungen, Maschinen, Auslösungen, Änderungen. Sie erscheinen hier, sobald sie geschrieben sind; ohne Filter sind alle zu sehen.</translation>
    </message>
    <message>
        <source>Filter: event:execution.* function:backup -queued</source>
        <translation>Filter: event:execution.* function:backup -queued</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Show the execution of this record</source>
        <translation>Die Ausführung dieses Datensatzes zeigen</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy the record as JSON</source>
        <translation>Den Datensatz als JSON kopieren</translation>
    </message>
    <message>
        <source>Watch for this</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>Make a metaevent from this record</source>
        <translation>Aus diesem Datensatz ein Metaevent machen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>End it here</source>
        <translation>Hier abbrechen</translation>
    </message>
    <message>
        <source>Record %1: %2</source>
        <translation>Datensatz %1: %2</translation>
    </message>
    <message>
        <source>Export records</source>
        <translation>Datensätze exportieren</translation>
    </message>
    <message>
        <source>Import records</source>
        <translation>Datensätze importieren</translation>
    </message>
    <message>
        <source>Records, a JSON object a line (*.jsonl);;All files (*)</source>
        <translation>Datensätze, ein JSON-Objekt je Zeile (*.jsonl);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Exporting to %1</source>
        <translation>Export nach %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>Import von %1</translation>
    </message>
    <message>
        <source>%1: %2 records</source>
        <translation>%1: %2 Datensätze</translation>
    </message>
    <message>
        <source>Print records by event and function of the filter</source>
        <translation>Datensätze anzeigen, nach Ereignis und Funktion im Filter</translation>
    </message>
    <message>
        <source>The same, and go on with new ones</source>
        <translation>Dasselbe, laufend mit neuen</translation>
    </message>
    <message>
        <source>Export all records</source>
        <translation>Alle Datensätze exportieren</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>The history bench of a metaevent that looks at it, at this moment (Ctrl+B)</source>
        <translation>Die Verlaufsbank eines Metaevents, das darauf achtet, in diesem Augenblick (Strg+B)</translation>
    </message>
    <message>
        <source>History bench at this moment</source>
        <translation>Verlaufsbank in diesem Augenblick</translation>
    </message>
    <message>
        <source>Show the execution</source>
        <translation>Die Ausführung zeigen</translation>
    </message>
    <message>
        <source>Copy as JSON</source>
        <translation>Als JSON kopieren</translation>
    </message>
    <message>
        <source>The whole record</source>
        <translation>Der ganze Datensatz</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::JsonField</name>
    <message>
        <source>Not JSON: %1</source>
        <translation>Kein JSON: %1</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::JsonTree</name>
    <message>
        <source>{ %1 }</source>
        <translation>{ %1 }</translation>
    </message>
    <message>
        <source>[ %1 ]</source>
        <translation>[ %1 ]</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::JsonView</name>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::Locator</name>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Go to a function, execution, metaevent, firing, machine or action</source>
        <translation>Gehe zu Funktion, Ausführung, Metaevent, Auslösung, Maschine oder Aktion</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>Orte</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MachineModel</name>
    <message>
        <source>unassigned</source>
        <translation>nicht zugewiesen</translation>
    </message>
    <message>
        <source>%1 (clone)</source>
        <translation>%1 (Klon)</translation>
    </message>
    <message>
        <source>VM</source>
        <translation>VM</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Executions</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>Boot</source>
        <translation>Boot</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Abbild</translation>
    </message>
    <message>
        <source>Process</source>
        <translation>Prozess</translation>
    </message>
    <message>
        <source>%1 with %2 MiB</source>
        <translation>%1 mit %2 MiB</translation>
    </message>
    <message>
        <source>%1 ready, made in %2</source>
        <translation>%1 bereit, angefertigt in %2</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 bereit</translation>
    </message>
    <message>
        <source>%1 in the making</source>
        <translation>%1 entsteht</translation>
    </message>
    <message>
        <source>%1 not there</source>
        <translation>%1 nicht vorhanden</translation>
    </message>
    <message>
        <source>%1 not there: %2</source>
        <translation>%1 nicht vorhanden: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n executions</source>
        <translation>
            <numerusform>%n Ausführung</numerusform>
            <numerusform>%n Ausführungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Being cloned</source>
        <translation>Wird geklont</translation>
    </message>
    <message>
        <source>Booting</source>
        <translation>Bootet</translation>
    </message>
    <message>
        <source>Cloned in %1</source>
        <translation>Geklont in %1</translation>
    </message>
    <message>
        <source>Booted in %1</source>
        <translation>Gebootet in %1</translation>
    </message>
    <message>
        <source>%1%</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Memory %1</source>
        <translation>Speicher %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>Zugewiesen</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>Ausgemustert</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>Verloren</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MachinesPage</name>
    <message>
        <source>Virtual machines</source>
        <translation>Virtuelle Maschinen</translation>
    </message>
    <message>
        <source>Serial console</source>
        <translation>Serielle Konsole</translation>
    </message>
    <message>
        <source>Choose a machine to read what its kernel and init said while booting.</source>
        <translation>Eine Maschine wählen, um zu lesen, was Kernel und Init beim Booten sagten.</translation>
    </message>
    <message>
        <source>No machines</source>
        <translation>Keine Maschinen</translation>
    </message>
    <message>
        <source>Virtual machines that are booted ahead, or run functions, will be here. They come up when the control plane starts.</source>
        <translation>Hier stehen virtuelle Maschinen, die vorab gebootet sind oder Funktionen ausführen. Sie kommen hoch, wenn die Control Plane startet.</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>Ausmustern</translation>
    </message>
    <message>
        <source>End the chosen machine; when it is done, where it runs an execution</source>
        <translation>Die gewählte Maschine beenden; führt sie gerade etwas aus, danach</translation>
    </message>
    <message>
        <source>Boot one more</source>
        <translation>Eine mehr booten</translation>
    </message>
    <message>
        <source>Make one machine more than is kept ready</source>
        <translation>Eine Maschine mehr machen, als bereitgehalten wird</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Retire every machine, the busy ones when they are done, and boot fresh ones</source>
        <translation>Alle Maschinen ausmustern, beschäftigte danach, und frische booten</translation>
    </message>
    <message>
        <source>Serial console of %1</source>
        <translation>Serielle Konsole von %1</translation>
    </message>
    <message>
        <source>Accelerator: %1</source>
        <translation>Beschleuniger: %1</translation>
    </message>
    <message>
        <source>The control plane has not told why yet.</source>
        <translation>Die Control Plane hat den Grund noch nicht genannt.</translation>
    </message>
    <message>
        <source>%1 booting, %2 ready, %3 assigned, %4 running; at most %5</source>
        <translation>%1 booten, %2 bereit, %3 zugewiesen, %4 laufen; höchstens %5</translation>
    </message>
    <message>
        <source>%1 is a clone of a saved guest, which booted before it was saved: its kernel has nothing to say. What it writes from now on appears here.</source>
        <translation>%1 ist der Klon eines gespeicherten Gastes, der vor dem Speichern gebootet hat: Sein Kernel hat nichts zu sagen. Was er von jetzt an schreibt, erscheint hier.</translation>
    </message>
    <message>
        <source>%1 has not written anything to its serial console yet.</source>
        <translation>%1 hat noch nichts auf die serielle Konsole geschrieben.</translation>
    </message>
    <message>
        <source>Show the virtual machines</source>
        <translation>Die virtuellen Maschinen anzeigen</translation>
    </message>
    <message>
        <source>Print the serial console of %1</source>
        <translation>Die serielle Konsole von %1 anzeigen</translation>
    </message>
    <message>
        <source>Replace all machines (drain)</source>
        <translation>Alle Maschinen ersetzen (drain)</translation>
    </message>
    <message>
        <source>Show the machines as cards</source>
        <translation>Die Maschinen als Karten zeigen</translation>
    </message>
    <message>
        <source>Show the machines as a table</source>
        <translation>Die Maschinen als Tabelle zeigen</translation>
    </message>
    <message>
        <source>Show its execution</source>
        <translation>Ihre Ausführung zeigen</translation>
    </message>
    <message>
        <source>Read its serial console</source>
        <translation>Ihre serielle Konsole lesen</translation>
    </message>
    <message>
        <source>Templates that machines are cloned from: %1</source>
        <translation>Vorlagen, von denen geklont wird: %1</translation>
    </message>
    <message>
        <source>What the machine says</source>
        <translation>Was die Maschine sagt</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MainWindow</name>
    <message>
        <source>it is too large</source>
        <translation>sie ist zu groß</translation>
    </message>
    <message>
        <source>it holds no metaevent</source>
        <translation>sie enthält kein Metaevent</translation>
    </message>
    <message>
        <source>Dogwatch</source>
        <translation>Dogwatch</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Executions</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>Metaevents</source>
        <translation>Metaevents</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Theme and language</source>
        <translation>Design und Sprache</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Go to … (Ctrl+K)</source>
        <translation>Gehe zu … (Strg+K)</translation>
    </message>
    <message>
        <source>Go to</source>
        <translation>Gehe zu</translation>
    </message>
    <message numerus="yes">
        <source>What fired: %n not seen yet</source>
        <translation>
            <numerusform>Auslösungen: %n noch nicht gesehen</numerusform>
            <numerusform>Auslösungen: %n noch nicht gesehen</numerusform>
        </translation>
    </message>
    <message>
        <source>What was notified</source>
        <translation>Was gemeldet wurde</translation>
    </message>
    <message>
        <source>Control plane</source>
        <translation>Control Plane</translation>
    </message>
    <message>
        <source>Accelerator</source>
        <translation>Beschleuniger</translation>
    </message>
    <message>
        <source>Virtual machines</source>
        <translation>Virtuelle Maschinen</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Rate of records</source>
        <translation>Datensätze je Sekunde</translation>
    </message>
    <message>
        <source>%1 cannot be opened: %2</source>
        <translation>%1 lässt sich nicht öffnen: %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 holds %n metaevents; this is the first. dogwatchctl metaevents apply takes all of them.</source>
        <translation>
            <numerusform>%1 enthält %n Metaevent; dies ist das erste. dogwatchctl metaevents apply nimmt alle.</numerusform>
            <numerusform>%1 enthält %n Metaevents; dies ist das erste. dogwatchctl metaevents apply nimmt alle.</numerusform>
        </translation>
    </message>
    <message>
        <source>Control plane connected</source>
        <translation>Control Plane verbunden</translation>
    </message>
    <message>
        <source>Control plane lost</source>
        <translation>Control Plane verloren</translation>
    </message>
    <message>
        <source>Connecting to the control plane…</source>
        <translation>Verbindung zur Control Plane …</translation>
    </message>
    <message>
        <source>Process %1, data in %2</source>
        <translation>Prozess %1, Daten in %2</translation>
    </message>
    <message>
        <source>The control plane does not answer: %1 The console tries again by itself; nothing typed is lost.</source>
        <translation>Die Control Plane antwortet nicht: %1 Die Konsole versucht es von selbst erneut; nichts Getipptes geht verloren.</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Dogwatch – %1</source>
        <translation>Dogwatch – %1</translation>
    </message>
    <message>
        <source>Accelerator: %1</source>
        <translation>Beschleuniger: %1</translation>
    </message>
    <message>
        <source>VMs: %1 ready, %2 running</source>
        <translation>VMs: %1 bereit, %2 laufen</translation>
    </message>
    <message>
        <source>%1 booting, %2 assigned, at most %3</source>
        <translation>%1 booten, %2 zugewiesen, höchstens %3</translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <translation>Wartend: %1</translation>
    </message>
    <message>
        <source>%1 records/s</source>
        <translation>%1 Datensätze/s</translation>
    </message>
    <message>
        <source>Keep watching?</source>
        <translation>Weiter wachen?</translation>
    </message>
    <message>
        <source>The control plane can go on watching after this window closes.</source>
        <translation>Die Control Plane kann weiter wachen, wenn dieses Fenster zu ist.</translation>
    </message>
    <message>
        <source>Schedules, metaevents and their jobs only work while it runs. This is asked once.</source>
        <translation>Zeitpläne, Metaevents und ihre Jobs arbeiten nur, solange sie läuft. Diese Frage kommt nur einmal.</translation>
    </message>
    <message>
        <source>Keep watching</source>
        <translation>Weiter wachen</translation>
    </message>
    <message>
        <source>Stop it</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>New function: %1</source>
        <translation>Neue Funktion: %1</translation>
    </message>
    <message>
        <source>New metaevent</source>
        <translation>Neues Metaevent</translation>
    </message>
    <message>
        <source>Timeline of executions</source>
        <translation>Zeitachse der Ausführungen</translation>
    </message>
    <message>
        <source>Failed executions</source>
        <translation>Gescheiterte Ausführungen</translation>
    </message>
    <message>
        <source>Running executions</source>
        <translation>Laufende Ausführungen</translation>
    </message>
    <message>
        <source>Theme: follow the system</source>
        <translation>Design: wie das System</translation>
    </message>
    <message>
        <source>Theme: light</source>
        <translation>Design: hell</translation>
    </message>
    <message>
        <source>Theme: dark</source>
        <translation>Design: dunkel</translation>
    </message>
    <message>
        <source>Start the control plane</source>
        <translation>Die Control Plane starten</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>Metaevent</source>
        <translation>Metaevent</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Firing</source>
        <translation>Auslösung</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Firings</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>Nothing ran in the selected stretch.</source>
        <translation>Im gewählten Abschnitt lief nichts.</translation>
    </message>
    <message>
        <source>No metaevent looks at records like this one; “Watch for this” makes one.</source>
        <translation>Kein Metaevent achtet auf Datensätze wie diesen; „Überwachen“ macht eines.</translation>
    </message>
    <message>
        <source>History of which metaevent?</source>
        <translation>Verlauf welches Metaevents?</translation>
    </message>
    <message>
        <source>%1 The console then goes on by itself; nothing typed is lost.</source>
        <translation>%1 Dann geht es hier von selbst weiter; nichts Getipptes geht verloren.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MetaeventEditor</name>
    <message>
        <source>Close; the draft is kept</source>
        <translation>Schließen; der Entwurf bleibt</translation>
    </message>
    <message>
        <source>Name of the metaevent</source>
        <translation>Name des Metaevents</translation>
    </message>
    <message>
        <source>name, such as backup-missed</source>
        <translation>Name, etwa backup-missed</translation>
    </message>
    <message>
        <source>Partition that is shown</source>
        <translation>Gezeigte Partition</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Canvas</source>
        <translation>Zeichnung</translation>
    </message>
    <message>
        <source>Draw it (Alt+1)</source>
        <translation>Zeichnen (Alt+1)</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>The same as a tree, for the keyboard (Alt+2)</source>
        <translation>Dasselbe als Baum, für die Tastatur (Alt+2)</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>The same as text (Alt+3)</source>
        <translation>Dasselbe als Text (Alt+3)</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Back to what is applied</source>
        <translation>Zurück zum Angewandten</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Let the control plane watch for it (Ctrl+S)</source>
        <translation>Die Control Plane darüber wachen lassen (Strg+S)</translation>
    </message>
    <message>
        <source>Definition as JSON</source>
        <translation>Definition als JSON</translation>
    </message>
    <message>
        <source>New draft</source>
        <translation>Neuer Entwurf</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>Angewandt</translation>
    </message>
    <message>
        <source>The control plane does not know it yet: apply it.</source>
        <translation>Die Control Plane kennt es noch nicht: anwenden.</translation>
    </message>
    <message>
        <source>What is drawn differs from what the control plane watches for.</source>
        <translation>Die Zeichnung weicht von dem ab, worüber die Control Plane wacht.</translation>
    </message>
    <message>
        <source>The control plane watches for what is drawn.</source>
        <translation>Die Control Plane wacht über das Gezeichnete.</translation>
    </message>
    <message>
        <source>Apply these changes to %1?</source>
        <translation>Diese Änderungen auf %1 anwenden?</translation>
    </message>
    <message>
        <source>Test cases that fail:</source>
        <translation>Testfälle, die scheitern:</translation>
    </message>
    <message>
        <source>As it stood at %1. Escape on the timeline goes back to now.</source>
        <translation>Stand um %1. Escape auf der Zeitachse führt zurück zu jetzt.</translation>
    </message>
    <message>
        <source>Key that acted last</source>
        <translation>Zuletzt aktiver Schlüssel</translation>
    </message>
    <message>
        <source>fired at this moment</source>
        <translation>in diesem Augenblick ausgelöst</translation>
    </message>
    <message>
        <source>true at this moment</source>
        <translation>in diesem Augenblick wahr</translation>
    </message>
    <message>
        <source>not true at this moment</source>
        <translation>in diesem Augenblick nicht wahr</translation>
    </message>
    <message>
        <source>disabled</source>
        <translation>deaktiviert</translation>
    </message>
    <message>
        <source>fired %1×, last %2</source>
        <translation>%1× ausgelöst, zuletzt %2</translation>
    </message>
    <message>
        <source>has not fired</source>
        <translation>hat nicht ausgelöst</translation>
    </message>
    <message>
        <source>Run a job by hand, with the payload it would get</source>
        <translation>Einen Job von Hand ausführen, mit der Payload, die er bekäme</translation>
    </message>
    <message>
        <source>Run jobs by hand</source>
        <translation>Jobs von Hand ausführen</translation>
    </message>
    <message>
        <source>silenced; %1</source>
        <translation>stumm; %1</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MetaeventModel</name>
    <message>
        <source>Disabled</source>
        <translation>Deaktiviert</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>Aktiv</translation>
    </message>
    <message>
        <source>Watching</source>
        <translation>Wacht</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Metaevent</source>
        <translation>Metaevent</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Last fired</source>
        <translation>Zuletzt ausgelöst</translation>
    </message>
    <message>
        <source>Next deadline</source>
        <translation>Nächste Frist</translation>
    </message>
    <message>
        <source>Firings</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>bis %1</translation>
    </message>
    <message>
        <source>at %1 (%2) for %3 each time</source>
        <translation>zu %1 (%2) für jeweils %3</translation>
    </message>
    <message>
        <source>Silenced</source>
        <translation>Stumm</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::MetaeventsPage</name>
    <message>
        <source>No metaevent chosen</source>
        <translation>Kein Metaevent gewählt</translation>
    </message>
    <message>
        <source>A metaevent watches what happens, or fails to happen, and runs a job when its criteria come true. Choose one on the left, or make one.</source>
        <translation>Ein Metaevent beobachtet, was geschieht oder ausbleibt, und startet einen Job, wenn seine Kriterien wahr werden. Links eines wählen oder eines machen.</translation>
    </message>
    <message>
        <source>New metaevent</source>
        <translation>Neues Metaevent</translation>
    </message>
    <message>
        <source>Metaevents</source>
        <translation>Metaevents</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>A new metaevent (Ctrl+N)</source>
        <translation>Ein neues Metaevent (Strg+N)</translation>
    </message>
    <message>
        <source>Nothing is watched yet</source>
        <translation>Noch wird nichts überwacht</translation>
    </message>
    <message>
        <source>Make one that says, for example: when backup has not succeeded for 24 h, run pager.</source>
        <translation>Zum Beispiel eines, das sagt: Wenn backup seit 24 h nicht erfolgreich war, pager ausführen.</translation>
    </message>
    <message>
        <source>Disable</source>
        <translation>Deaktivieren</translation>
    </message>
    <message>
        <source>Open drawing</source>
        <translation>Zeichnung öffnen</translation>
    </message>
    <message>
        <source>See it live, and change it</source>
        <translation>Live ansehen und ändern</translation>
    </message>
    <message>
        <source>Remove this metaevent</source>
        <translation>Dieses Metaevent entfernen</translation>
    </message>
    <message>
        <source>Firings</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>It has not fired</source>
        <translation>Es hat nicht ausgelöst</translation>
    </message>
    <message>
        <source>Each time its criteria come true, a firing with its evidence will be listed here.</source>
        <translation>Jedes Mal, wenn die Kriterien wahr werden, steht hier eine Auslösung mit ihren Belegen.</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Why did it fire?</source>
        <translation>Warum ausgelöst?</translation>
    </message>
    <message>
        <source>The drawing at that moment</source>
        <translation>Die Zeichnung in jenem Augenblick</translation>
    </message>
    <message>
        <source>Firing with its evidence, as JSON</source>
        <translation>Auslösung mit ihren Belegen, als JSON</translation>
    </message>
    <message>
        <source>last fired %1</source>
        <translation>zuletzt ausgelöst %1</translation>
    </message>
    <message>
        <source>never fired</source>
        <translation>nie ausgelöst</translation>
    </message>
    <message numerus="yes">
        <source>%n firings</source>
        <translation>
            <numerusform>%n Auslösung</numerusform>
            <numerusform>%n Auslösungen</numerusform>
        </translation>
    </message>
    <message>
        <source>next deadline %1</source>
        <translation>nächste Frist %1</translation>
    </message>
    <message numerus="yes">
        <source>%n instances</source>
        <translation>
            <numerusform>%n Instanz</numerusform>
            <numerusform>%n Instanzen</numerusform>
        </translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Enable</source>
        <translation>Aktivieren</translation>
    </message>
    <message>
        <source>Evidence of the firing at %1</source>
        <translation>Belege der Auslösung um %1</translation>
    </message>
    <message>
        <source>Remove metaevent</source>
        <translation>Metaevent entfernen</translation>
    </message>
    <message>
        <source>Remove “%1”?</source>
        <translation>„%1“ entfernen?</translation>
    </message>
    <message>
        <source>Nothing will watch for it any more; its firings stay in the journal.</source>
        <translation>Nichts wird mehr darüber wachen; die Auslösungen bleiben im Journal.</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Check this draft</source>
        <translation>Diesen Entwurf prüfen</translation>
    </message>
    <message>
        <source>Apply this draft</source>
        <translation>Diesen Entwurf anwenden</translation>
    </message>
    <message>
        <source>Try this draft on the journal</source>
        <translation>Diesen Entwurf am Journal erproben</translation>
    </message>
    <message>
        <source>List the metaevents</source>
        <translation>Die Metaevents auflisten</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Anzeigen</translation>
    </message>
    <message>
        <source>Explain why it fired, or did not</source>
        <translation>Erklären, warum es auslöste oder nicht</translation>
    </message>
    <message>
        <source>List its firings</source>
        <translation>Seine Auslösungen auflisten</translation>
    </message>
    <message>
        <source>Disable it</source>
        <translation>Deaktivieren</translation>
    </message>
    <message>
        <source>Enable it</source>
        <translation>Aktivieren</translation>
    </message>
    <message>
        <source>Apply its definition</source>
        <translation>Seine Definition anwenden</translation>
    </message>
    <message>
        <source>Try it on the journal</source>
        <translation>Am Journal erproben</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>To files and back</source>
        <translation>In Dateien und zurück</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Export all…</source>
        <translation>Alle exportieren …</translation>
    </message>
    <message>
        <source>Export the chosen one…</source>
        <translation>Das gewählte exportieren …</translation>
    </message>
    <message>
        <source>Silence…</source>
        <translation>Stummschalten …</translation>
    </message>
    <message>
        <source>Let it fire without running its jobs</source>
        <translation>Es auslösen lassen, ohne dass seine Jobs laufen</translation>
    </message>
    <message>
        <source>Run jobs…</source>
        <translation>Jobs ausführen …</translation>
    </message>
    <message>
        <source>Run a job by hand, with the payload it would get</source>
        <translation>Einen Job von Hand ausführen, mit der Payload, die er bekäme</translation>
    </message>
    <message>
        <source>Silenced %1. It fires as before, and runs no jobs.</source>
        <translation>Stumm %1. Es löst aus wie zuvor, aber seine Jobs laufen nicht.</translation>
    </message>
    <message>
        <source>To be silenced %1.</source>
        <translation>Wird stumm %1.</translation>
    </message>
    <message>
        <source>End silence</source>
        <translation>Stumm beenden</translation>
    </message>
    <message>
        <source>%1 of state</source>
        <translation>%1 Zustand</translation>
    </message>
    <message>
        <source>Export metaevents</source>
        <translation>Metaevents exportieren</translation>
    </message>
    <message>
        <source>Import metaevents</source>
        <translation>Metaevents importieren</translation>
    </message>
    <message>
        <source>Metaevents (*.dogwatch *.json);;All files (*)</source>
        <translation>Metaevents (*.dogwatch *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>%1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>%1 is too large.</source>
        <translation>%1 ist zu groß.</translation>
    </message>
    <message>
        <source>Cannot read %1: %2</source>
        <translation>%1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>Replace what is here? Metaevents concerned: %1</source>
        <translation>Ersetzen, was hier steht? Betroffene Metaevents: %1</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Causes and effects of this firing</source>
        <translation>Ursachen und Folgen dieser Auslösung</translation>
    </message>
    <message>
        <source>looked at %1 records</source>
        <translation>%1 Datensätze angesehen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ModeBar</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1 (Strg+%2)</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::Notifications</name>
    <message>
        <source>Open Dogwatch</source>
        <translation>Dogwatch öffnen</translation>
    </message>
    <message>
        <source>Quit the console</source>
        <translation>Die Konsole beenden</translation>
    </message>
    <message>
        <source>Dogwatch</source>
        <translation>Dogwatch</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>und %n weitere</numerusform>
            <numerusform>und %n weitere</numerusform>
        </translation>
    </message>
    <message>
        <source>A metaevent fired</source>
        <translation>Ein Metaevent hat ausgelöst</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Executions</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>Failures, 5 min</source>
        <translation>Fehlschläge, 5 min</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>Firings, 5 min</source>
        <translation>Auslösungen, 5 min</translation>
    </message>
    <message>
        <source>Show the executions</source>
        <translation>Die Ausführungen zeigen</translation>
    </message>
    <message>
        <source>Show the failed executions</source>
        <translation>Die gescheiterten Ausführungen zeigen</translation>
    </message>
    <message>
        <source>Show the executions that wait</source>
        <translation>Die wartenden Ausführungen zeigen</translation>
    </message>
    <message>
        <source>Functions and their last outcome</source>
        <translation>Funktionen und ihr letzter Ausgang</translation>
    </message>
    <message>
        <source>No functions yet</source>
        <translation>Noch keine Funktionen</translation>
    </message>
    <message>
        <source>Each function will stand here with its last outcome. Add one on the Functions page.</source>
        <translation>Hier steht jede Funktion mit ihrem letzten Ausgang. Auf der Seite „Funktionen“ eine hinzufügen.</translation>
    </message>
    <message>
        <source>Functions</source>
        <translation>Funktionen</translation>
    </message>
    <message>
        <source>Latest firings</source>
        <translation>Letzte Auslösungen</translation>
    </message>
    <message>
        <source>Nothing fired</source>
        <translation>Nichts ausgelöst</translation>
    </message>
    <message>
        <source>When a metaevent fires, what happened will stand here in plain words.</source>
        <translation>Löst ein Metaevent aus, steht hier in klaren Worten, was geschah.</translation>
    </message>
    <message>
        <source>The control plane does not answer; what stands here is the last that was heard.</source>
        <translation>Die Control Plane antwortet nicht; hier steht, was zuletzt zu hören war.</translation>
    </message>
    <message>
        <source>This workspace is empty. Add a function, then a metaevent that watches it.</source>
        <translation>Dieser Arbeitsbereich ist leer. Erst eine Funktion hinzufügen, dann ein Metaevent, das sie überwacht.</translation>
    </message>
    <message>
        <source>Failed executions in the last 5 minutes: %1; firings: %2.</source>
        <translation>Gescheiterte Ausführungen in den letzten 5 Minuten: %1; Auslösungen: %2.</translation>
    </message>
    <message>
        <source>All is well: no failures and no firings in the last 5 minutes.</source>
        <translation>Alles in Ordnung: keine Fehlschläge und keine Auslösungen in den letzten 5 Minuten.</translation>
    </message>
    <message>
        <source>%1 /s</source>
        <translation>%1 /s</translation>
    </message>
    <message>
        <source>%1 in 5 min</source>
        <translation>%1 in 5 min</translation>
    </message>
    <message>
        <source>no executions</source>
        <translation>keine Ausführungen</translation>
    </message>
    <message>
        <source>%1% of %2</source>
        <translation>%1 % von %2</translation>
    </message>
    <message>
        <source>waited %1 (p95)</source>
        <translation>gewartet %1 (p95)</translation>
    </message>
    <message>
        <source>nobody waited</source>
        <translation>nichts wartete</translation>
    </message>
    <message>
        <source>%1 ready</source>
        <translation>%1 bereit</translation>
    </message>
    <message>
        <source>%1 running, %2 of %3</source>
        <translation>%1 laufen, %2 von %3</translation>
    </message>
    <message>
        <source>nothing fired</source>
        <translation>nichts ausgelöst</translation>
    </message>
    <message>
        <source>see the list below</source>
        <translation>siehe Liste unten</translation>
    </message>
    <message>
        <source>Executions that wait and run</source>
        <translation>Wartende und laufende Ausführungen</translation>
    </message>
    <message>
        <source>Virtual machines</source>
        <translation>Virtuelle Maschinen</translation>
    </message>
    <message>
        <source>Show the firings</source>
        <translation>Die Auslösungen zeigen</translation>
    </message>
    <message>
        <source>History bench at this moment</source>
        <translation>Verlaufsbank in diesem Augenblick</translation>
    </message>
    <message>
        <source>All firings</source>
        <translation>Alle Auslösungen</translation>
    </message>
    <message>
        <source>Causes and effects</source>
        <translation>Ursachen und Folgen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::OverviewPlots</name>
    <message>
        <source>Executions</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>je Sekunde</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Waited in the queue</source>
        <translation>Wartezeit in der Schlange</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>Fehlschläge</translation>
    </message>
    <message>
        <source>a minute</source>
        <translation>je Minute</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>executions</source>
        <translation>Ausführungen</translation>
    </message>
    <message>
        <source>Machines</source>
        <translation>Maschinen</translation>
    </message>
    <message>
        <source>VMs</source>
        <translation>VMs</translation>
    </message>
    <message>
        <source>median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>throttled</source>
        <translation>gedrosselt</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>erfolgreich</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>warten</translation>
    </message>
    <message>
        <source>running</source>
        <translation>laufen</translation>
    </message>
    <message>
        <source>assigned</source>
        <translation>zugewiesen</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>booting</source>
        <translation>booten</translation>
    </message>
    <message>
        <source>%1. This metaevent is active.</source>
        <translation>%1. Dieses Metaevent ist aktiv.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::PhaseBar</name>
    <message>
        <source>init</source>
        <translation>Init</translation>
    </message>
    <message>
        <source>init (%1)</source>
        <translation>Init (%1)</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>Warten</translation>
    </message>
    <message>
        <source>run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Phases of time</source>
        <translation>Phasen der Zeit</translation>
    </message>
    <message>
        <source>Not started yet</source>
        <translation>Noch nicht gestartet</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::Plot</name>
    <message>
        <source>Up to %1 %2</source>
        <translation>Bis %1 %2</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Keine Daten</translation>
    </message>
    <message>
        <source>No data in the last %1 minutes</source>
        <translation>%1 min lang keine Daten</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>now</source>
        <translation>jetzt</translation>
    </message>
    <message>
        <source>%1 s ago</source>
        <translation>vor %1 s</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::RangeButton</name>
    <message>
        <source>Last %1</source>
        <translation>Letzte %1</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>Gesamte Zeit</translation>
    </message>
    <message>
        <source>The stretch of time that all pages show</source>
        <translation>Der Zeitraum, den alle Seiten zeigen</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>Time range: %1</source>
        <translation>Zeitraum: %1</translation>
    </message>
    <message>
        <source>Time range</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Bis</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::RecordExport</name>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>The control plane gave no records.</source>
        <translation>Die Control Plane lieferte keine Datensätze.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::RecordImport</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 ist nicht lesbar: %2.</translation>
    </message>
    <message>
        <source>Line %1 is no JSON: %2</source>
        <translation>Zeile %1 ist kein JSON: %2</translation>
    </message>
    <message>
        <source>From line %1 on nothing was taken: %2</source>
        <translation>Ab Zeile %1 wurde nichts übernommen: %2</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::RecordModel</name>
    <message>
        <source>accepted, by %1</source>
        <translation>angenommen, durch %1</translation>
    </message>
    <message>
        <source>held back: %1</source>
        <translation>zurückgehalten: %1</translation>
    </message>
    <message>
        <source>started in %1 (%2) after waiting %3</source>
        <translation>gestartet in %1 (%2) nach %3 Wartezeit</translation>
    </message>
    <message>
        <source>succeeded in %1</source>
        <translation>erfolgreich in %1</translation>
    </message>
    <message>
        <source>failed with %1 after %2: %3</source>
        <translation>gescheitert mit %1 nach %2: %3</translation>
    </message>
    <message>
        <source>to be tried again in %1</source>
        <translation>neuer Versuch in %1</translation>
    </message>
    <message>
        <source>given up: %1</source>
        <translation>aufgegeben: %1</translation>
    </message>
    <message>
        <source> booted in %1</source>
        <translation> gebootet in %1</translation>
    </message>
    <message>
        <source> serves %1</source>
        <translation> bedient %1</translation>
    </message>
    <message>
        <source>%1 fired (%2)</source>
        <translation>%1 löste aus (%2)</translation>
    </message>
    <message>
        <source>%1 cleared</source>
        <translation>%1 entwarnt</translation>
    </message>
    <message>
        <source>version %1</source>
        <translation>Version %1</translation>
    </message>
    <message>
        <source>Seq</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>What it says</source>
        <translation>Was darin steht</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::RecordTransfer</name>
    <message>
        <source>Cancelled; records so far: %1.</source>
        <translation>Abgebrochen; Datensätze bisher: %1.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::RunPanel</name>
    <message>
        <source>Payload, JSON</source>
        <translation>Payload, JSON</translation>
    </message>
    <message>
        <source>Not run yet</source>
        <translation>Noch nicht ausgeführt</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>What the function returns will be here.</source>
        <translation>Hier steht, was die Funktion zurückgibt.</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>What the function prints will be here.</source>
        <translation>Hier steht, was die Funktion ausgibt.</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>No error</source>
        <translation>Kein Fehler</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Show this execution on the Executions page</source>
        <translation>Diese Ausführung auf der Seite „Ausführungen“ zeigen</translation>
    </message>
    <message>
        <source>Saved payloads</source>
        <translation>Gespeicherte Payloads</translation>
    </message>
    <message>
        <source>Payload (JSON)</source>
        <translation>Payload (JSON)</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>It was not run</source>
        <translation>Sie wurde nicht ausgeführt</translation>
    </message>
    <message>
        <source>Succeeded in %1</source>
        <translation>Erfolgreich in %1</translation>
    </message>
    <message>
        <source>Failed: %1, after %2</source>
        <translation>Gescheitert: %1, nach %2</translation>
    </message>
    <message>
        <source>What came of it</source>
        <translation>Was daraus wurde</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::SavedTexts</name>
    <message>
        <source>Save this one…</source>
        <translation>Diese speichern …</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Save under a name</source>
        <translation>Unter einem Namen speichern</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::ScreenshotTour</name>
    <message>
        <source>Cannot make the directory %1; give one that can be written.</source>
        <translation>Das Verzeichnis %1 lässt sich nicht anlegen; eines angeben, das beschreibbar ist.</translation>
    </message>
    <message>
        <source>too little happened</source>
        <translation>zu wenig geschah</translation>
    </message>
    <message>
        <source>The demo did not come to life within %1 s: %2.</source>
        <translation>Die Demo kam nicht innerhalb von %1 s in Gang: %2.</translation>
    </message>
    <message>
        <source>Cannot write %1; give a directory that can be written.</source>
        <translation>%1 lässt sich nicht schreiben; ein beschreibbares Verzeichnis angeben.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::SilenceDialog</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>why, for others to read</source>
        <translation>warum, damit andere es lesen</translation>
    </message>
    <message>
        <source>Silence %1</source>
        <translation>%1 stummschalten</translation>
    </message>
    <message>
        <source>It fires as before, and every firing is recorded, but its jobs do not run and nobody is notified.</source>
        <translation>Es löst aus wie zuvor, und jede Auslösung wird aufgezeichnet, aber seine Jobs laufen nicht, und niemand wird benachrichtigt.</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 Minuten</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 Stunde</translation>
    </message>
    <message>
        <source>4 hours</source>
        <translation>4 Stunden</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>Wie lange</translation>
    </message>
    <message>
        <source>Until when</source>
        <translation>Bis wann</translation>
    </message>
    <message>
        <source>On which days</source>
        <translation>An welchen Tagen</translation>
    </message>
    <message>
        <source>every day</source>
        <translation>jeden Tag</translation>
    </message>
    <message>
        <source>each %1</source>
        <translation>jeden %1</translation>
    </message>
    <message>
        <source>From which time of the day</source>
        <translation>Ab welcher Uhrzeit</translation>
    </message>
    <message>
        <source>For how many hours</source>
        <translation>Für wie viele Stunden</translation>
    </message>
    <message>
        <source> h</source>
        <translation> h</translation>
    </message>
    <message>
        <source>For</source>
        <translation>Für</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>Recurring</source>
        <translation>Wiederkehrend</translation>
    </message>
    <message>
        <source>from</source>
        <translation>ab</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>Stummschalten</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::TextView</name>
    <message>
        <source>Find in %1</source>
        <translation>In %1 suchen</translation>
    </message>
    <message>
        <source>Find (Ctrl+F)</source>
        <translation>Suchen (Strg+F)</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>places: %1</source>
        <translation>Stellen: %1</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::Threshold</name>
    <message>
        <source>%1 %2 in %3</source>
        <translation>%1 %2 in %3</translation>
    </message>
    <message>
        <source>%1 %2% failed</source>
        <translation>%1 %2 % gescheitert</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::TimelinePanel</name>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Keep the present in view</source>
        <translation>Die Gegenwart im Blick behalten</translation>
    </message>
    <message>
        <source>Lanes</source>
        <translation>Spuren</translation>
    </message>
    <message>
        <source>Lanes: functions</source>
        <translation>Spuren: Funktionen</translation>
    </message>
    <message>
        <source>Lanes: machines</source>
        <translation>Spuren: Maschinen</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>Verkleinern (-)</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Show everything there is</source>
        <translation>Alles zeigen, was es gibt</translation>
    </message>
    <message>
        <source>Wheel zooms, dragging pans, Shift and dragging selects</source>
        <translation>Rad zoomt, Ziehen verschiebt, Umschalt und Ziehen wählt aus</translation>
    </message>
    <message>
        <source>Select a stretch of time to see its figures (Return: all that is seen).</source>
        <translation>Einen Zeitraum wählen, um seine Zahlen zu sehen (Eingabe: alles Sichtbare).</translation>
    </message>
    <message>
        <source>%1 selected</source>
        <translation>%1 gewählt</translation>
    </message>
    <message>
        <source>executions: %1</source>
        <translation>Ausführungen: %1</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>%1 je Sekunde</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 gescheitert</translation>
    </message>
    <message>
        <source>duration %1 (median), %2 (p95), %3 (p99)</source>
        <translation>Dauer %1 (Median), %2 (p95), %3 (p99)</translation>
    </message>
    <message>
        <source>waited %1 (p95)</source>
        <translation>gewartet %1 (p95)</translation>
    </message>
    <message>
        <source>busy for %1</source>
        <translation>beschäftigt für %1</translation>
    </message>
    <message>
        <source>Watch for this</source>
        <translation>Überwachen</translation>
    </message>
    <message>
        <source>Make a metaevent from what happened in the selected stretch</source>
        <translation>Aus dem, was im gewählten Abschnitt geschah, ein Metaevent machen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::TimelineView</name>
    <message>
        <source>Timeline of executions</source>
        <translation>Zeitachse der Ausführungen</translation>
    </message>
    <message>
        <source>%1 executions, %2 firings</source>
        <translation>Ausführungen: %1, Auslösungen: %2</translation>
    </message>
    <message>
        <source>(none yet)</source>
        <translation>(noch keine)</translation>
    </message>
    <message>
        <source>Firings</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>ran %1</source>
        <translation>lief %1</translation>
    </message>
    <message>
        <source>%1
%2 succeeded, %3 failed, %4 under way</source>
        <translation>%1
%2 erfolgreich, %3 gescheitert, %4 unterwegs</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::Tour</name>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Tour</source>
        <translation>Rundgang</translation>
    </message>
    <message>
        <source>Seven pages</source>
        <translation>Sieben Seiten</translation>
    </message>
    <message>
        <source>Overview says at a glance whether all is well; each other page shows one part of the whole. Ctrl+1 to Ctrl+7 lead there, Ctrl+K goes anywhere.</source>
        <translation>Die Übersicht sagt auf einen Blick, ob alles in Ordnung ist; jede andere Seite zeigt einen Teil des Ganzen. Strg+1 bis Strg+7 führen dorthin, Strg+K überallhin.</translation>
    </message>
    <message>
        <source>Functions are code</source>
        <translation>Funktionen sind Code</translation>
    </message>
    <message>
        <source>A function is code with a name. It runs in a small virtual machine of its own, never on this one.</source>
        <translation>Eine Funktion ist Code mit einem Namen. Sie läuft in einer eigenen kleinen virtuellen Maschine, nie auf dieser hier.</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run saves the function and runs it with the payload below. Result, output and where the time went appear beside it.</source>
        <translation>„Starten“ speichert die Funktion und führt sie mit der Payload darunter aus. Ergebnis, Ausgabe und wo die Zeit blieb, erscheinen daneben.</translation>
    </message>
    <message>
        <source>Everything that ran</source>
        <translation>Alles, was lief</translation>
    </message>
    <message>
        <source>Each execution leaves records: what it was given, what it returned, what it printed and how long it took. Choose one to see all of it.</source>
        <translation>Jede Ausführung hinterlässt Datensätze: was sie bekam, was sie zurückgab, was sie ausgab und wie lange sie dauerte. Eine wählen, um alles zu sehen.</translation>
    </message>
    <message>
        <source>Watch for patterns</source>
        <translation>Auf Muster achten</translation>
    </message>
    <message>
        <source>A metaevent says which pattern of records matters, such as “backup has not succeeded for 24 hours”, and what to run when it comes true. New opens a gallery of them.</source>
        <translation>Ein Metaevent sagt, auf welches Muster von Datensätzen es ankommt, etwa „backup war seit 24 Stunden nicht erfolgreich“, und was dann auszuführen ist. „Neu“ öffnet eine Galerie davon.</translation>
    </message>
    <message>
        <source>And in a terminal</source>
        <translation>Und im Terminal</translation>
    </message>
    <message>
        <source>All of this can be done from a terminal as well: this copies what is seen as a dogwatchctl command. The manual is at F1.</source>
        <translation>All dies geht auch im Terminal: Dieser Knopf kopiert das Gezeigte als dogwatchctl-Befehl. Das Handbuch liegt auf F1.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::TryJobsDialog</name>
    <message>
        <source>Payload</source>
        <translation>Payload</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>What the job returns will stand here.</source>
        <translation>Was der Job zurückgibt, wird hier stehen.</translation>
    </message>
    <message>
        <source>Run a job of %1 by hand</source>
        <translation>Einen Job von %1 von Hand ausführen</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Job</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Ausführen</translation>
    </message>
    <message>
        <source>Run the function with this payload (Ctrl+Return)</source>
        <translation>Die Funktion mit dieser Payload ausführen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Execution</source>
        <translation>Ausführung</translation>
    </message>
    <message>
        <source>Show the execution</source>
        <translation>Die Ausführung zeigen</translation>
    </message>
    <message>
        <source>The payload that it gets from the firing of %1.</source>
        <translation>Die Payload, die er aus der Auslösung von %1 bekommt.</translation>
    </message>
    <message>
        <source>It has not fired yet: the payload is made from the latest records that it looks at.</source>
        <translation>Es hat noch nicht ausgelöst: Die Payload ist aus den letzten Datensätzen gemacht, auf die es achtet.</translation>
    </message>
    <message>
        <source>It has not fired yet, and no record that it looks at is at hand: the evidence is empty.</source>
        <translation>Es hat noch nicht ausgelöst, und kein Datensatz, auf den es achtet, ist zur Hand: Die Belege sind leer.</translation>
    </message>
    <message>
        <source>It has no jobs.</source>
        <translation>Es hat keine Jobs.</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>Läuft …</translation>
    </message>
    <message>
        <source>The answer makes no sense.</source>
        <translation>Die Antwort ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::VersionsPanel</name>
    <message>
        <source>Put into the editor</source>
        <translation>In den Editor holen</translation>
    </message>
    <message>
        <source>Edit this version; saving makes it a new one</source>
        <translation>Diese Version bearbeiten; Speichern macht daraus eine neue</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>Unterschiede</translation>
    </message>
    <message>
        <source>Version to compare with</source>
        <translation>Version zum Vergleichen</translation>
    </message>
    <message>
        <source>Version %1, saved %2</source>
        <translation>Version %1, gespeichert %2</translation>
    </message>
    <message>
        <source>It has not been saved yet.</source>
        <translation>Noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>The same as in the editor</source>
        <translation>Dasselbe wie im Editor</translation>
    </message>
    <message>
        <source>The editor has %1 more and %2 fewer lines</source>
        <translation>Im Editor sind %1 Zeilen mehr und %2 weniger</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::CaseList</name>
    <message>
        <source>A test case keeps the records in view, what was placed and left out by hand included, and the firings that are right for them. All run on every edit and before applying.</source>
        <translation>Ein Testfall bewahrt die sichtbaren Datensätze, auch von Hand gesetzte und ausgelassene, und die dafür richtigen Auslösungen. Alle laufen bei jeder Änderung und vor dem Anwenden.</translation>
    </message>
    <message>
        <source>Test cases</source>
        <translation>Testfälle</translation>
    </message>
    <message>
        <source>Save view</source>
        <translation>Ansicht sichern</translation>
    </message>
    <message>
        <source>Save what is in view as a test case</source>
        <translation>Das Sichtbare als Testfall sichern</translation>
    </message>
    <message>
        <source>Expect what the draft does now</source>
        <translation>Erwarten, was der Entwurf jetzt tut</translation>
    </message>
    <message>
        <source>Remove this test case</source>
        <translation>Diesen Testfall entfernen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::HistoryBench</name>
    <message>
        <source>Loading…</source>
        <translation>Laden …</translation>
    </message>
    <message>
        <source>Test cases</source>
        <translation>Testfälle</translation>
    </message>
    <message>
        <source>Test cases: %1 fail</source>
        <translation>Testfälle: %1 scheitern</translation>
    </message>
    <message>
        <source>Test cases: %1 pass</source>
        <translation>Testfälle: %1 bestehen</translation>
    </message>
    <message>
        <source>First key</source>
        <translation>Erster Schlüssel</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times true)</source>
        <translation>
            <numerusform>%1 (%n-mal wahr)</numerusform>
            <numerusform>%1 (%n-mal wahr)</numerusform>
        </translation>
    </message>
    <message>
        <source>What would it have done over what was recorded?</source>
        <translation>Was hätte es über das Aufgezeichnete getan?</translation>
    </message>
    <message>
        <source>The draft has faults: mend them, and it is tried on the history.</source>
        <translation>Der Entwurf hat Fehler: Sind sie behoben, wird er am Verlauf erprobt.</translation>
    </message>
    <message>
        <source>Firings: %1</source>
        <translation>Auslösungen: %1</translation>
    </message>
    <message>
        <source>%1 gained, %2 lost, %3 kept</source>
        <translation>%1 gewonnen, %2 verloren, %3 gleich</translation>
    </message>
    <message>
        <source>%1 records</source>
        <translation>%1 Datensätze</translation>
    </message>
    <message>
        <source>what if: %1 placed, %2 left out</source>
        <translation>was wäre wenn: %1 gesetzt, %2 ausgelassen</translation>
    </message>
    <message>
        <source>the latest are missing: choose a shorter time</source>
        <translation>die neuesten fehlen: kürzere Zeit wählen</translation>
    </message>
    <message>
        <source>Found in %1 ms</source>
        <translation>Gefunden in %1 ms</translation>
    </message>
    <message>
        <source>a record placed by hand</source>
        <translation>ein von Hand gesetzter Datensatz</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>Test case</source>
        <translation>Testfall</translation>
    </message>
    <message>
        <source>Records: %1; firings expected of them: %2. What is the case about?</source>
        <translation>Datensätze: %1; davon erwartete Auslösungen: %2. Worum geht es in dem Fall?</translation>
    </message>
    <message>
        <source>Case %1</source>
        <translation>Fall %1</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>What would it have done? (Alt+H)</source>
        <translation>Was hätte es getan? (Alt+H)</translation>
    </message>
    <message>
        <source>Load the history anew</source>
        <translation>Den Verlauf neu laden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop loading</source>
        <translation>Das Laden anhalten</translation>
    </message>
    <message>
        <source>Partition whose lanes are shown</source>
        <translation>Partition, deren Spuren gezeigt werden</translation>
    </message>
    <message>
        <source>As it was</source>
        <translation>Wie es war</translation>
    </message>
    <message>
        <source>Without the records placed and left out by hand</source>
        <translation>Ohne die von Hand gesetzten und ausgelassenen Datensätze</translation>
    </message>
    <message>
        <source>The firing before (P)</source>
        <translation>Die vorige Auslösung (P)</translation>
    </message>
    <message>
        <source>The next firing (N)</source>
        <translation>Die nächste Auslösung (N)</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Loading: %1 records</source>
        <translation>Laden: %1 Datensätze</translation>
    </message>
    <message>
        <source>Reading fields: %1 %</source>
        <translation>Felder lesen: %1 %</translation>
    </message>
    <message>
        <source>Parts of the history</source>
        <translation>Teile des Verlaufs</translation>
    </message>
    <message>
        <source>%1 new records or more</source>
        <translation>%1 neue Datensätze oder mehr</translation>
    </message>
    <message>
        <source>1 new record</source>
        <translation>1 neuer Datensatz</translation>
    </message>
    <message>
        <source>%1 new records</source>
        <translation>%1 neue Datensätze</translation>
    </message>
    <message>
        <source>Records that came since: load them too; what is seen stays</source>
        <translation>Seither gekommene Datensätze: auch laden; was zu sehen ist, bleibt</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::LanesView</name>
    <message>
        <source>Place a record here…</source>
        <translation>Hier einen Datensatz setzen …</translation>
    </message>
    <message>
        <source>Withdraw this record</source>
        <translation>Diesen Datensatz zurücknehmen</translation>
    </message>
    <message>
        <source>Count record %1 again</source>
        <translation>Datensatz %1 wieder zählen</translation>
    </message>
    <message>
        <source>Leave record %1 out</source>
        <translation>Datensatz %1 auslassen</translation>
    </message>
    <message>
        <source>Show the whole time</source>
        <translation>Die ganze Zeit zeigen</translation>
    </message>
    <message>
        <source>The cursor stands at %1.</source>
        <translation>Der Zeiger steht bei %1.</translation>
    </message>
    <message>
        <source>No moment is chosen.</source>
        <translation>Kein Augenblick ist gewählt.</translation>
    </message>
    <message>
        <source>Firings: %1.</source>
        <translation>Auslösungen: %1.</translation>
    </message>
    <message>
        <source>History: lanes on a time axis</source>
        <translation>Verlauf: Spuren auf einer Zeitachse</translation>
    </message>
    <message>
        <source>Left and right move the cursor, N and P go from firing to firing, plus and minus zoom, Insert places a record, Escape goes back to now.</source>
        <translation>Links und rechts bewegen den Zeiger, N und P gehen von Auslösung zu Auslösung, Plus und Minus zoomen, Einfg setzt einen Datensatz, Escape führt zurück zu jetzt.</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>Datensätze</translation>
    </message>
    <message>
        <source>Firings</source>
        <translation>Auslösungen</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>not true</source>
        <translation>nicht wahr</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>%1, bound %2 %3</source>
        <translation>%1, Grenze %2 %3</translation>
    </message>
    <message>
        <source>What if: %1 %2 at %3, placed by hand</source>
        <translation>Was wäre wenn: %1 %2 um %3, von Hand gesetzt</translation>
    </message>
    <message>
        <source>Record %1: %2 %3 at %4</source>
        <translation>Datensatz %1: %2 %3 um %4</translation>
    </message>
    <message>
        <source>Fired at %1, as the journal tells. Click: why.</source>
        <translation>Ausgelöst um %1, laut Journal. Klick: warum.</translation>
    </message>
    <message>
        <source>Fires at %1 (%2)</source>
        <translation>Löst aus um %1 (%2)</translation>
    </message>
    <message>
        <source>for %1</source>
        <translation>für %1</translation>
    </message>
    <message>
        <source>Drag to change the bound</source>
        <translation>Ziehen ändert die Grenze</translation>
    </message>
    <message>
        <source>Drag to change the duration</source>
        <translation>Ziehen ändert die Dauer</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::RangeBox</name>
    <message>
        <source>Time of the history</source>
        <translation>Zeit des Verlaufs</translation>
    </message>
    <message>
        <source>Last 15 minutes</source>
        <translation>Letzte 15 Minuten</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>From … until …</source>
        <translation>Von … bis …</translation>
    </message>
    <message>
        <source>A file of records…</source>
        <translation>Eine Datei mit Datensätzen …</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>Bis</translation>
    </message>
    <message>
        <source>A file of records, one JSON object a line</source>
        <translation>Eine Datei mit Datensätzen, ein JSON-Objekt je Zeile</translation>
    </message>
    <message>
        <source>Records (*.jsonl *.ndjson *.json)</source>
        <translation>Datensätze (*.jsonl *.ndjson *.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::WhatIfForm</name>
    <message>
        <source>What if this had happened?</source>
        <translation>Was, wenn dies geschehen wäre?</translation>
    </message>
    <message>
        <source>Further fields, as JSON</source>
        <translation>Weitere Felder, als JSON</translation>
    </message>
    <message>
        <source>Like</source>
        <translation>Wie</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funktion</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Further fields</source>
        <translation>Weitere Felder</translation>
    </message>
    <message>
        <source>Place it</source>
        <translation>Setzen</translation>
    </message>
    <message>
        <source>The further fields are no JSON object.</source>
        <translation>Die weiteren Felder sind kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>The kind must be that of a record, such as execution.failed.</source>
        <translation>Die Art muss die eines Datensatzes sein, etwa execution.failed.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::bench::WhyView</name>
    <message>
        <source>Why it fired or did not</source>
        <translation>Warum es auslöste oder nicht</translation>
    </message>
    <message>
        <source>It fires at %1 (%2) if no record comes.</source>
        <translation>Es löst um %1 aus (%2), wenn kein Datensatz kommt.</translation>
    </message>
    <message>
        <source>It would fire at %1, but for its %2.</source>
        <translation>Es würde um %1 auslösen, wäre da nicht: %2.</translation>
    </message>
    <message>
        <source>It takes %1.</source>
        <translation>Dazu braucht es %1.</translation>
    </message>
    <message>
        <source>%1 changes at %2 if no record comes.</source>
        <translation>%1 ändert sich um %2, wenn kein Datensatz kommt.</translation>
    </message>
    <message>
        <source>began %1, waits for step %2, ends %3</source>
        <translation>begann %1, wartet auf Schritt %2, endet %3</translation>
    </message>
    <message>
        <source>record %1</source>
        <translation>Datensatz %1</translation>
    </message>
    <message>
        <source>Click on the timeline: canvas, numbers and words show that moment, and here stands why it fired or did not. Escape goes back to now.</source>
        <translation>Auf die Zeitachse klicken: Zeichnung, Zahlen und Worte zeigen jenen Augenblick, und hier steht, warum es auslöste oder nicht. Escape führt zurück zu jetzt.</translation>
    </message>
    <message>
        <source>Why did it fire?</source>
        <translation>Warum ausgelöst?</translation>
    </message>
    <message>
        <source>Why is it true?</source>
        <translation>Warum ist es wahr?</translation>
    </message>
    <message>
        <source>Why not?</source>
        <translation>Warum nicht?</translation>
    </message>
    <message>
        <source>What next?</source>
        <translation>Was kommt?</translation>
    </message>
    <message>
        <source>Runs under way</source>
        <translation>Laufende Abläufe</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Belege</translation>
    </message>
    <message>
        <source>Besides</source>
        <translation>Außerdem</translation>
    </message>
    <message>
        <source>cooldown</source>
        <translation>die Sperrzeit</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>die Obergrenze</translation>
    </message>
    <message>
        <source>limit on the depth of chains</source>
        <translation>die größte Tiefe von Ketten</translation>
    </message>
    <message>
        <source>limit on the length of cascades</source>
        <translation>die größte Länge einer Kaskade</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::CanvasScene</name>
    <message>
        <source>Remove a remark</source>
        <translation>Anmerkung entfernen</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>Gruppieren</translation>
    </message>
    <message>
        <source>Add a comment</source>
        <translation>Kommentar hinzufügen</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Kommentar</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>Edit a comment</source>
        <translation>Kommentar bearbeiten</translation>
    </message>
    <message>
        <source>Rename a group</source>
        <translation>Gruppe umbenennen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Move a comment</source>
        <translation>Kommentar verschieben</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::CanvasView</name>
    <message>
        <source>Canvas; the outline shows the same for keyboard and screen reader</source>
        <translation>Zeichnung; die Gliederung zeigt dasselbe für Tastatur und Bildschirmleser</translation>
    </message>
    <message>
        <source>The clipboard holds nothing for the canvas: %1</source>
        <translation>Die Zwischenablage enthält nichts für die Zeichnung: %1</translation>
    </message>
    <message>
        <source>&amp;Connect to</source>
        <translation>&amp;Verbinden mit</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1: %2 %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy as JSON</source>
        <translation>Als JSON &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Group</source>
        <translation>&amp;Gruppieren</translation>
    </message>
    <message>
        <source>Add a co&amp;mment</source>
        <translation>Ko&amp;mmentar hinzufügen</translation>
    </message>
    <message>
        <source>T&amp;idy up</source>
        <translation>Auf&amp;räumen</translation>
    </message>
    <message>
        <source>Zoom to &amp;fit</source>
        <translation>&amp;Alles zeigen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::FieldEdit</name>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Payload</source>
        <translation>Payload</translation>
    </message>
    <message>
        <source>Insert a value</source>
        <translation>Einen Wert einfügen</translation>
    </message>
    <message>
        <source>Nothing: send everything known</source>
        <translation>Nichts: alles Bekannte mitgeben</translation>
    </message>
    <message>
        <source>in UTC next on %1</source>
        <translation>in UTC das nächste Mal am %1</translation>
    </message>
    <message>
        <source>ddd d MMM, hh:mm:ss</source>
        <comment>date and time</comment>
        <translation>ddd, d. MMM, hh:mm:ss</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::Gallery</name>
    <message>
        <source>Draw it</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Show it on the canvas</source>
        <translation>In der Zeichnung zeigen</translation>
    </message>
    <message>
        <source>Continue the draft</source>
        <translation>Entwurf fortsetzen</translation>
    </message>
    <message>
        <source>What was drawn last and not applied</source>
        <translation>Was zuletzt gezeichnet und nicht angewandt wurde</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Empty canvas</source>
        <translation>Leere Zeichnung</translation>
    </message>
    <message>
        <source>Begin with nothing</source>
        <translation>Mit nichts beginnen</translation>
    </message>
    <message>
        <source>What shall be watched?</source>
        <translation>Was soll überwacht werden?</translation>
    </message>
    <message>
        <source>nothing; only note it</source>
        <translation>nichts; nur vermerken</translation>
    </message>
    <message>
        <source>a function</source>
        <translation>eine Funktion</translation>
    </message>
    <message>
        <source>Expected %1.</source>
        <translation>Erwartet: %1.</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::GraphModel</name>
    <message>
        <source>Add “%1”</source>
        <translation>„%1“ hinzufügen</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n nodes</source>
        <translation>
            <numerusform>%n Knoten entfernen</numerusform>
            <numerusform>%n Knoten entfernen</numerusform>
        </translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>Duplizieren</translation>
    </message>
    <message>
        <source>Change “%1”</source>
        <translation>„%1“ ändern</translation>
    </message>
    <message>
        <source>Change step %1</source>
        <translation>Schritt %1 ändern</translation>
    </message>
    <message>
        <source>Add a step</source>
        <translation>Schritt hinzufügen</translation>
    </message>
    <message>
        <source>Remove step %1</source>
        <translation>Schritt %1 entfernen</translation>
    </message>
    <message>
        <source>Change the order</source>
        <translation>Reihenfolge ändern</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Tidy up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>Edit the JSON</source>
        <translation>JSON bearbeiten</translation>
    </message>
    <message>
        <source>Revert to what is applied</source>
        <translation>Auf das Angewandte zurücksetzen</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>%1 ausführen</translation>
    </message>
    <message>
        <source>Fires</source>
        <translation>Auslösung</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::IssueList</name>
    <message>
        <source>Issues</source>
        <translation>Hinweise</translation>
    </message>
    <message>
        <source>Fault. </source>
        <translation>Fehler. </translation>
    </message>
    <message>
        <source>Note. </source>
        <translation>Notiz. </translation>
    </message>
    <message>
        <source>Warning. </source>
        <translation>Warnung. </translation>
    </message>
    <message>
        <source>No issues</source>
        <translation>Keine Hinweise</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::KindList</name>
    <message>
        <source>What can be added</source>
        <translation>Was hinzugefügt werden kann</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::MiniMap</name>
    <message>
        <source>The whole; click to go there</source>
        <translation>Das Ganze; Klick führt dorthin</translation>
    </message>
    <message>
        <source>Map of the canvas</source>
        <translation>Karte der Zeichnung</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::OutlineModel</name>
    <message>
        <source>%1: </source>
        <translation>%1: </translation>
    </message>
    <message>
        <source>. Issue: %1</source>
        <translation>. Hinweis: %1</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>In Worten</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::OutlineView</name>
    <message>
        <source>Outline</source>
        <translation>Gliederung</translation>
    </message>
    <message>
        <source>&amp;Add…	Ins</source>
        <translation>&amp;Hinzufügen …	Einfg</translation>
    </message>
    <message>
        <source>&amp;Connect to…	Ctrl+K</source>
        <translation>&amp;Verbinden mit …	Strg+K</translation>
    </message>
    <message>
        <source>Cu&amp;t	Ctrl+X</source>
        <translation>&amp;Ausschneiden	Strg+X</translation>
    </message>
    <message>
        <source>C&amp;opy as JSON	Ctrl+C</source>
        <translation>Als JSON &amp;kopieren	Strg+C</translation>
    </message>
    <message>
        <source>&amp;Paste	Ctrl+V</source>
        <translation>&amp;Einfügen	Strg+V</translation>
    </message>
    <message>
        <source>&amp;Remove	Del</source>
        <translation>Ent&amp;fernen	Entf</translation>
    </message>
    <message>
        <source>Move &amp;up	Alt+Up</source>
        <translation>Nach &amp;oben	Alt+Auf</translation>
    </message>
    <message>
        <source>Move &amp;down	Alt+Down</source>
        <translation>Nach &amp;unten	Alt+Ab</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::Palette</name>
    <message>
        <source>Search what to add</source>
        <translation>Teile suchen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::PropertyPanel</name>
    <message>
        <source>Properties of what is chosen</source>
        <translation>Eigenschaften des Gewählten</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>Several chosen</source>
        <translation>Mehrere gewählt</translation>
    </message>
    <message>
        <source>Nothing chosen</source>
        <translation>Nichts gewählt</translation>
    </message>
    <message>
        <source>Choose a part of the drawing, or a phrase of the sentence, to change it here.

Add parts from the left: drag them, double-click, or press Enter. Connect them by dragging from the dot at the edge of one to a dot of another; only what fits lights up.</source>
        <translation>Einen Teil der Zeichnung oder des Satzes wählen, um ihn hier zu ändern.

Teile von links hinzufügen: ziehen, doppelklicken oder Eingabe drücken. Verbinden: vom Punkt am Rand des einen zu einem Punkt des anderen ziehen; nur was passt, leuchtet auf.</translation>
    </message>
    <message>
        <source>Remove “%1”</source>
        <translation>„%1“ entfernen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::SentenceView</name>
    <message>
        <source>This cannot be said in words yet; the issues below tell why.</source>
        <translation>Dies lässt sich noch nicht in Worten sagen; die Hinweise unten sagen, warum.</translation>
    </message>
    <message>
        <source>In plain words: %1</source>
        <translation>In klaren Worten: %1</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::StepsEdit</name>
    <message>
        <source>Add a step</source>
        <translation>Schritt hinzufügen</translation>
    </message>
    <message>
        <source>happens</source>
        <translation>geschieht</translation>
    </message>
    <message>
        <source>does not happen</source>
        <translation>geschieht nicht</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>for</source>
        <translation>für</translation>
    </message>
    <message>
        <source>For how long step %1 does not happen</source>
        <translation>Wie lange Schritt %1 nicht geschieht</translation>
    </message>
    <message>
        <source>How long it must not happen; empty: until the end of “Within”.</source>
        <translation>Wie lange es nicht geschehen darf; leer: bis zum Ende von „Innerhalb von“.</translation>
    </message>
    <message>
        <source>Move step %1 up</source>
        <translation>Schritt %1 nach oben</translation>
    </message>
    <message>
        <source>Remove step %1</source>
        <translation>Schritt %1 entfernen</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::SuggestField</name>
    <message>
        <source>Choose (Down)</source>
        <translation>Wählen (Pfeil ab)</translation>
    </message>
</context>
<context>
    <name>dogwatch::gui::canvas::WhereEdit</name>
    <message>
        <source>Add a condition on a field</source>
        <translation>Bedingung an ein Feld hinzufügen</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>Diese Bedingung entfernen</translation>
    </message>
    <message>
        <source>field, such as duration_us</source>
        <translation>Feld, etwa duration_us</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Feld</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>Operator</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Mend this as JSON: [[path, operator, value], …]</source>
        <translation>Dies als JSON berichtigen: [[Pfad, Operator, Wert], …]</translation>
    </message>
</context>
</TS>
