// The table of all commands of dogwatchctl: it drives parsing, usage errors, the help, the completion and the
// reference in docs/cli.md.
#pragma once

#include <vector>

#include "core/cli/arguments.h"
#include "core/cli/session.h"

namespace dogwatch::cli {

const std::vector<Command>& commands();

// What each command does; returns the exit status.
int addFunction(Session& session, const Arguments& arguments);
int updateFunction(Session& session, const Arguments& arguments);
int listFunctions(Session& session, const Arguments& arguments);
int showFunction(Session& session, const Arguments& arguments);
int removeFunction(Session& session, const Arguments& arguments);

int invoke(Session& session, const Arguments& arguments);

int listExecutions(Session& session, const Arguments& arguments);
int showExecution(Session& session, const Arguments& arguments);
int printLogs(Session& session, const Arguments& arguments);
int cancelExecution(Session& session, const Arguments& arguments);
int listDeadLetters(Session& session, const Arguments& arguments);
int retryDeadLetters(Session& session, const Arguments& arguments);
int dropDeadLetters(Session& session, const Arguments& arguments);

int tailRecords(Session& session, const Arguments& arguments);
int exportRecords(Session& session, const Arguments& arguments);
int importRecords(Session& session, const Arguments& arguments);

int backupJournal(Session& session, const Arguments& arguments);
int checkJournal(Session& session, const Arguments& arguments);
int restoreJournal(Session& session, const Arguments& arguments);
int salvageJournal(Session& session, const Arguments& arguments);

int applyMetaevents(Session& session, const Arguments& arguments);
int checkMetaevents(Session& session, const Arguments& arguments);
int listMetaevents(Session& session, const Arguments& arguments);
int showMetaevent(Session& session, const Arguments& arguments);
int exportMetaevents(Session& session, const Arguments& arguments);
int removeMetaevent(Session& session, const Arguments& arguments);
int enableMetaevent(Session& session, const Arguments& arguments);
int disableMetaevent(Session& session, const Arguments& arguments);
int silenceMetaevent(Session& session, const Arguments& arguments);
int unsilenceMetaevent(Session& session, const Arguments& arguments);
int explainMetaevent(Session& session, const Arguments& arguments);
int listFirings(Session& session, const Arguments& arguments);
int showFiring(Session& session, const Arguments& arguments);
int acknowledgeFirings(Session& session, const Arguments& arguments);

int backtest(Session& session, const Arguments& arguments);

int showPool(Session& session, const Arguments& arguments);
int drainPool(Session& session, const Arguments& arguments);
int printConsole(Session& session, const Arguments& arguments);
int showGauges(Session& session, const Arguments& arguments);

int bench(Session& session, const Arguments& arguments);
int demo(Session& session, const Arguments& arguments);
int printReference(Session& session, const Arguments& arguments);
int printCompletion(Session& session, const Arguments& arguments);

}  // namespace dogwatch::cli
