// The journal: the durable truth of a workspace, one SQLite file, DIR/journal.db.
//
//   sequencer ──Batch──► Writer (own thread, group commit) ──► journal.db ──► Reader (one for each thread
//   that reads)
//
// Values are in batch.h. Times come in with them: nothing here reads a clock.
#pragma once

#include "core/journal/batch.h"
#include "core/journal/reader.h"
#include "core/journal/rescue.h"
#include "core/journal/writer.h"
