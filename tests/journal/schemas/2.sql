-- A journal of schema 2: that of schema 1, with a firing that was silenced and acknowledged, and a recurring silence.
PRAGMA application_id = 1148151639;
PRAGMA user_version = 2;
BEGIN TRANSACTION;
CREATE TABLE checkpoints (seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, engine BLOB NOT NULL);
INSERT INTO "checkpoints" VALUES(29,1795810999211543,X'646F67776174636820656E67696E6520310A1AE8B11D01010E00000000000000100000000000000066756E6374696F6E2E6372656174656403000000000000006A6F620600000000000000776F726B2D31100000000000000066756E6374696F6E2E757064617465640400000000000000676F6E65100000000000000066756E6374696F6E2E64656C657465641000000000000000657865637574696F6E2E7175657565641100000000000000657865637574696F6E2E737461727465640B00000000000000637573746F6D2E70696E670F000000000000006D6574616576656E742E66697265641300000000000000657865637574696F6E2E7375636365656465641000000000000000657865637574696F6E2E6661696C65641200000000000000657865637574696F6E2E7265747279696E671100000000000000657865637574696F6E2E64726F70706564EF2CA1D4476106001D000000000000000200000000000000000000000000000000000000000000000500000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000400000000000000000000000000000200000000000000CF000000000000007B226D6574616576656E74223A2270696E676564222C227768656E223A7B226F6363757273223A7B226576656E74223A22637573746F6D2E70696E67227D7D2C226A6F6273223A5B7B2272756E223A226A6F62222C227061796C6F6164223A7B226D73223A312C22646F223A226F6B222C22666972696E67223A227B7B20666972696E67207D7D227D7D2C7B2272756E223A226A6F62222C227061796C6F6164223A7B226D73223A312C22646F223A226F6B222C22666972696E67223A227B7B20666972696E67207D7D227D7D5D7D0100000000000000010000000000000000010000000000000001BA5BA1D44761060001EF2CA1D447610600000000000000000000000000000000008000000000000000000100000000000000000000000000000000000001000000000000000000000000000000000000000000000004000000000000006E756C6CEF2CA1D447610600BA5BA1D44761060000000000000000000000FFFFFFFFFFFFFF7FBA5BA1D4476106000000000000000080240000000000000062633336666466372D666665612D353733622D393736382D3338386137613766366437330000010B0000000000000033010000000000007B226D6574616576656E74223A22776F726B6564222C22706172746974696F6E223A5B2266756E6374696F6E225D2C227768656E223A7B2273747265616B223A7B226576656E74223A5B22657865637574696F6E2E737563636565646564222C22657865637574696F6E2E6661696C6564225D2C2266756E6374696F6E223A22776F726B2A227D2C22616D6F6E67223A7B226576656E74223A5B22657865637574696F6E2E737563636565646564222C22657865637574696F6E2E6661696C6564225D2C2266756E6374696F6E223A22776F726B2A227D2C226973223A5B223E3D222C355D7D2C226A6F6273223A5B7B2272756E223A226A6F62222C227061796C6F6164223A7B226D73223A312C22646F223A226F6B222C22666972696E67223A227B7B20666972696E67207D7D227D7D5D7D010000000000000000010000000000000000000000000000000000');
CREATE TABLE code (id INTEGER PRIMARY KEY, code BLOB NOT NULL);
INSERT INTO "code" VALUES(1,X'6563686F202722646F6E652227');
INSERT INTO "code" VALUES(2,X'6563686F202722646F6E652227');
INSERT INTO "code" VALUES(3,X'6563686F202722646F6E652227');
CREATE TABLE current_functions (name TEXT PRIMARY KEY, version INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "current_functions" VALUES('job',1);
INSERT INTO "current_functions" VALUES('work-1',2);
CREATE TABLE definitions (
    name TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    source TEXT NOT NULL,
    position INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
, silences TEXT) WITHOUT ROWID;
INSERT INTO "definitions" VALUES('pinged',1,1,'{"metaevent":"pinged","when":{"occurs":{"event":"custom.ping"}},"jobs":[{"run":"job","payload":{"ms":1,"do":"ok","firing":"{{ firing }}"}},{"run":"job","payload":{"ms":1,"do":"ok","firing":"{{ firing }}"}}]}',6,1795810998168815,'[{"since":1795810998180794,"schedule":"0 2 * * *","for":"2h","timezone":"UTC","reason":"backups","by":"ada"}]');
INSERT INTO "definitions" VALUES('worked',1,0,'{"metaevent":"worked","partition":["function"],"when":{"streak":{"event":["execution.succeeded","execution.failed"],"function":"work*"},"among":{"event":["execution.succeeded","execution.failed"],"function":"work*"},"is":[">=",5]},"jobs":[{"run":"job","payload":{"ms":1,"do":"ok","firing":"{{ firing }}"}}]}',7,1795810998171262,NULL);
CREATE TABLE executions (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    function INTEGER NOT NULL,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    "trigger" TEXT NOT NULL,
    cause TEXT,
    attempt INTEGER NOT NULL,
    depth INTEGER NOT NULL,
    queued_at INTEGER, started_at INTEGER, finished_at INTEGER,
    duration_us INTEGER, queue_us INTEGER, init_us INTEGER,
    start TEXT, error TEXT, message TEXT, vm TEXT,
    failures INTEGER NOT NULL,
    retries INTEGER NOT NULL,
    timeout_us INTEGER NOT NULL,
    not_before INTEGER,
    idempotency_key TEXT,
    cancel_requested INTEGER NOT NULL,
    dead_letter INTEGER NOT NULL
);
INSERT INTO "executions" VALUES(1,'01m8fatdwx84rbha11f8',3,2,2,'api',NULL,1,0,1795810998173129,1795810998180736,1795810998182522,1000,4646,100,'warm',NULL,NULL,'vm-24739',0,1,30000000,NULL,'first',0,0);
INSERT INTO "executions" VALUES(2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-1',2,1,2,'metaevent','bc36fdf7-ffea-573b-9768-388a7a7f6d73',1,1,1795810998180794,1795810998190712,1795810998191929,1000,8628,100,'warm',NULL,NULL,'vm-24739',0,0,30000000,NULL,NULL,0,0);
INSERT INTO "executions" VALUES(3,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-2',2,1,2,'metaevent','bc36fdf7-ffea-573b-9768-388a7a7f6d73',1,1,1795810998180794,1795810998190775,1795810998191965,1000,8628,100,'warm',NULL,NULL,'vm-24739',0,0,30000000,NULL,NULL,0,0);
INSERT INTO "executions" VALUES(4,'01m8fatdxf369b7a1vfx',3,2,4,'api',NULL,2,0,1795810998191747,1795810999181333,1795810999182629,1000,12662,100,'warm','exit','as it was told','vm-24739',2,1,30000000,NULL,NULL,0,1);
INSERT INTO "executions" VALUES(5,'01m8fatewm7tqvz5qyrc',3,2,2,'api',NULL,1,0,1795810999188572,1795810999210068,1795810999211543,1000,20234,100,'warm',NULL,NULL,'vm-24739',0,1,30000000,NULL,NULL,0,0);
CREATE TABLE firings (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    metaevent INTEGER NOT NULL,
    version INTEGER NOT NULL,
    time INTEGER NOT NULL,
    key TEXT NOT NULL,
    cause INTEGER NOT NULL,
    edge TEXT NOT NULL,
    depth INTEGER NOT NULL,
    late INTEGER NOT NULL,
    executions TEXT NOT NULL,
    evidence TEXT NOT NULL,
    jobs TEXT NOT NULL
, silenced TEXT, acknowledged TEXT);
INSERT INTO "firings" VALUES(12,'bc36fdf7-ffea-573b-9768-388a7a7f6d73',13,1,1795810998180794,'null',11,'rise',1,0,'["bc36fdf7-ffea-573b-9768-388a7a7f6d73-1","bc36fdf7-ffea-573b-9768-388a7a7f6d73-2"]','[{"seq":11,"time":1795810998180794,"event":"custom.ping","function":"work-1","version":2,"execution":"01m8fatdwx84rbha11f8","attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","data":{"n":1}}]','[{"run":"job","execution":"bc36fdf7-ffea-573b-9768-388a7a7f6d73-1"},{"run":"job","execution":"bc36fdf7-ffea-573b-9768-388a7a7f6d73-2"}]','{"reason":"deploy","by":"ada","until":1795814598180794}','{"time":1795810999180794,"by":"ada","note":"restarted it"}');
CREATE TABLE functions (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    settings TEXT NOT NULL,
    zip INTEGER NOT NULL,
    code INTEGER NOT NULL REFERENCES code (id),
    PRIMARY KEY (name, version)
) WITHOUT ROWID;
INSERT INTO "functions" VALUES('gone',1,'{"name":"gone","version":1,"runtime":"sh","zip":false,"handler":"","memory":128,"timeout":"30s","concurrency":0,"rate":null,"retries":0,"max_age":"6h","schedule":"","timezone":"UTC","catch_up":"once","env":{},"tags":{},"network":"none","created_at":1795810998138157,"updated_at":1795810998138157}',0,3);
INSERT INTO "functions" VALUES('job',1,'{"name":"job","version":1,"runtime":"sh","zip":false,"handler":"","memory":128,"timeout":"30s","concurrency":0,"rate":null,"retries":0,"max_age":"6h","schedule":"","timezone":"UTC","catch_up":"once","env":{},"tags":{},"network":"none","created_at":1795810998076989,"updated_at":1795810998076989}',0,1);
INSERT INTO "functions" VALUES('work-1',1,'{"name":"work-1","version":1,"runtime":"sh","zip":false,"handler":"","memory":128,"timeout":"30s","concurrency":0,"rate":null,"retries":1,"max_age":"6h","schedule":"0 3 * * *","timezone":"UTC","catch_up":"once","env":{},"tags":{"team":"data"},"network":"none","created_at":1795810998090284,"updated_at":1795810998090284}',0,2);
INSERT INTO "functions" VALUES('work-1',2,'{"name":"work-1","version":2,"runtime":"sh","zip":false,"handler":"","memory":256,"timeout":"30s","concurrency":0,"rate":null,"retries":1,"max_age":"6h","schedule":"0 3 * * *","timezone":"UTC","catch_up":"once","env":{},"tags":{"team":"data"},"network":"none","created_at":1795810998090284,"updated_at":1795810998105921}',0,2);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "meta" VALUES('journal.boot','a630a94f-f325-4def-a27f-e4712c3b2f4e');
INSERT INTO "meta" VALUES('journal.closed','1');
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
INSERT INTO "names" VALUES(1,'function.created');
INSERT INTO "names" VALUES(2,'job');
INSERT INTO "names" VALUES(3,'work-1');
INSERT INTO "names" VALUES(4,'function.updated');
INSERT INTO "names" VALUES(5,'gone');
INSERT INTO "names" VALUES(6,'function.deleted');
INSERT INTO "names" VALUES(7,'metaevent.defined');
INSERT INTO "names" VALUES(8,'metaevent.disabled');
INSERT INTO "names" VALUES(9,'execution.queued');
INSERT INTO "names" VALUES(10,'execution.started');
INSERT INTO "names" VALUES(11,'custom.ping');
INSERT INTO "names" VALUES(12,'metaevent.fired');
INSERT INTO "names" VALUES(13,'pinged');
INSERT INTO "names" VALUES(14,'execution.succeeded');
INSERT INTO "names" VALUES(15,'execution.failed');
INSERT INTO "names" VALUES(16,'execution.retrying');
INSERT INTO "names" VALUES(17,'execution.dropped');
CREATE TABLE outputs (
    number INTEGER PRIMARY KEY,
    result TEXT, output TEXT, traceback TEXT,
    result_bytes INTEGER NOT NULL, output_bytes INTEGER NOT NULL,
    cpu_us INTEGER NOT NULL, memory_peak_bytes INTEGER NOT NULL,
    exit_code INTEGER
);
INSERT INTO "outputs" VALUES(1,'"01m8fatdwx84rbha11f8"',NULL,NULL,22,0,0,0,NULL);
INSERT INTO "outputs" VALUES(2,'"bc36fdf7-ffea-573b-9768-388a7a7f6d73-1"',NULL,NULL,40,0,0,0,NULL);
INSERT INTO "outputs" VALUES(3,'"bc36fdf7-ffea-573b-9768-388a7a7f6d73-2"',NULL,NULL,40,0,0,0,NULL);
INSERT INTO "outputs" VALUES(4,NULL,NULL,NULL,0,0,0,0,1);
INSERT INTO "outputs" VALUES(5,'"01m8fatewm7tqvz5qyrc"',NULL,NULL,22,0,0,0,NULL);
CREATE TABLE payloads (number INTEGER PRIMARY KEY, payload TEXT NOT NULL);
INSERT INTO "payloads" VALUES(1,'{"ms":1,"do":"ok","emit":"ping"}');
INSERT INTO "payloads" VALUES(2,'{"ms":1,"do":"ok","firing":"bc36fdf7-ffea-573b-9768-388a7a7f6d73"}');
INSERT INTO "payloads" VALUES(3,'{"ms":1,"do":"ok","firing":"bc36fdf7-ffea-573b-9768-388a7a7f6d73"}');
INSERT INTO "payloads" VALUES(4,'{"ms":1,"do":"fail"}');
INSERT INTO "payloads" VALUES(5,'{"ms":1,"do":"lose-early"}');
CREATE TABLE records (
    seq INTEGER PRIMARY KEY,
    time INTEGER NOT NULL,
    event INTEGER NOT NULL,
    function INTEGER NOT NULL,
    execution TEXT,
    body TEXT NOT NULL
);
INSERT INTO "records" VALUES(1,1795810998076989,1,2,NULL,'{"version":1}');
INSERT INTO "records" VALUES(2,1795810998090284,1,3,NULL,'{"version":1,"tags":{"team":"data"}}');
INSERT INTO "records" VALUES(3,1795810998105921,4,3,NULL,'{"version":2,"tags":{"team":"data"}}');
INSERT INTO "records" VALUES(4,1795810998138157,1,5,NULL,'{"version":1}');
INSERT INTO "records" VALUES(5,1795810998150019,6,5,NULL,'{"version":1}');
INSERT INTO "records" VALUES(6,1795810998168815,7,0,NULL,'{"metaevent":"pinged","version":1,"definition":{"metaevent":"pinged","when":{"occurs":{"event":"custom.ping"}},"jobs":[{"run":"job","payload":{"ms":1,"do":"ok","firing":"{{ firing }}"}},{"run":"job","payload":{"ms":1,"do":"ok","firing":"{{ firing }}"}}]}}');
INSERT INTO "records" VALUES(7,1795810998168815,7,0,NULL,'{"metaevent":"worked","version":1,"definition":{"metaevent":"worked","partition":["function"],"when":{"streak":{"event":["execution.succeeded","execution.failed"],"function":"work*"},"among":{"event":["execution.succeeded","execution.failed"],"function":"work*"},"is":[">=",5]},"jobs":[{"run":"job","payload":{"ms":1,"do":"ok","firing":"{{ firing }}"}}]}}');
INSERT INTO "records" VALUES(8,1795810998171262,8,0,NULL,'{"metaevent":"worked","version":1}');
INSERT INTO "records" VALUES(9,1795810998173129,9,3,'01m8fatdwx84rbha11f8','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"payload_bytes":32,"queue_depth":1}');
INSERT INTO "records" VALUES(10,1795810998180736,10,3,'01m8fatdwx84rbha11f8','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","queue_us":4646,"init_us":100,"start":"warm"}');
INSERT INTO "records" VALUES(11,1795810998180794,11,3,'01m8fatdwx84rbha11f8','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","data":{"n":1}}');
INSERT INTO "records" VALUES(12,1795810998180794,12,0,NULL,'{"metaevent":"pinged","depth":1,"edge":"rise","firing":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","holds":false,"late":false,"evidence":[{"seq":11,"time":1795810998180794,"event":"custom.ping","function":"work-1","version":2,"execution":"01m8fatdwx84rbha11f8","attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","data":{"n":1}}]}');
INSERT INTO "records" VALUES(13,1795810998180794,9,2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-1','{"version":1,"attempt":1,"trigger":"metaevent","cause":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","depth":1,"payload_bytes":66,"queue_depth":1}');
INSERT INTO "records" VALUES(14,1795810998180794,9,2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-2','{"version":1,"attempt":1,"trigger":"metaevent","cause":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","depth":1,"payload_bytes":66,"queue_depth":2}');
INSERT INTO "records" VALUES(15,1795810998182522,14,3,'01m8fatdwx84rbha11f8','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","duration_us":1000,"cpu_us":0,"memory_peak_bytes":0,"result":"01m8fatdwx84rbha11f8","result_bytes":22,"output":"","output_bytes":0}');
INSERT INTO "records" VALUES(16,1795810998190712,10,2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-1','{"version":1,"attempt":1,"trigger":"metaevent","cause":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","depth":1,"vm":"vm-24739","queue_us":8628,"init_us":100,"start":"warm"}');
INSERT INTO "records" VALUES(17,1795810998190775,10,2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-2','{"version":1,"attempt":1,"trigger":"metaevent","cause":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","depth":1,"vm":"vm-24739","queue_us":8628,"init_us":100,"start":"warm"}');
INSERT INTO "records" VALUES(18,1795810998191747,9,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"payload_bytes":20,"queue_depth":1}');
INSERT INTO "records" VALUES(19,1795810998191929,14,2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-1','{"version":1,"attempt":1,"trigger":"metaevent","cause":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","depth":1,"vm":"vm-24739","duration_us":1000,"cpu_us":0,"memory_peak_bytes":0,"result":"bc36fdf7-ffea-573b-9768-388a7a7f6d73-1","result_bytes":40,"output":"","output_bytes":0}');
INSERT INTO "records" VALUES(20,1795810998191965,14,2,'bc36fdf7-ffea-573b-9768-388a7a7f6d73-2','{"version":1,"attempt":1,"trigger":"metaevent","cause":"bc36fdf7-ffea-573b-9768-388a7a7f6d73","depth":1,"vm":"vm-24739","duration_us":1000,"cpu_us":0,"memory_peak_bytes":0,"result":"bc36fdf7-ffea-573b-9768-388a7a7f6d73-2","result_bytes":40,"output":"","output_bytes":0}');
INSERT INTO "records" VALUES(21,1795810998202531,10,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","queue_us":9535,"init_us":100,"start":"warm"}');
INSERT INTO "records" VALUES(22,1795810998203778,15,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","duration_us":1000,"cpu_us":0,"memory_peak_bytes":0,"result_bytes":0,"output":"","output_bytes":0,"error":"exit","message":"as it was told","exit_code":1}');
INSERT INTO "records" VALUES(23,1795810998203778,16,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":2,"trigger":"api","depth":0,"tags":{"team":"data"},"delay_us":961168}');
INSERT INTO "records" VALUES(24,1795810999181333,10,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":2,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","queue_us":12662,"init_us":100,"start":"warm"}');
INSERT INTO "records" VALUES(25,1795810999182629,15,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":2,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","duration_us":1000,"cpu_us":0,"memory_peak_bytes":0,"result_bytes":0,"output":"","output_bytes":0,"error":"exit","message":"as it was told","exit_code":1}');
INSERT INTO "records" VALUES(26,1795810999182629,17,3,'01m8fatdxf369b7a1vfx','{"version":2,"attempt":2,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","reason":"attempts"}');
INSERT INTO "records" VALUES(27,1795810999188572,9,3,'01m8fatewm7tqvz5qyrc','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"payload_bytes":26,"queue_depth":1}');
INSERT INTO "records" VALUES(28,1795810999210068,10,3,'01m8fatewm7tqvz5qyrc','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","queue_us":20234,"init_us":100,"start":"warm"}');
INSERT INTO "records" VALUES(29,1795810999211543,14,3,'01m8fatewm7tqvz5qyrc','{"version":2,"attempt":1,"trigger":"api","depth":0,"tags":{"team":"data"},"vm":"vm-24739","duration_us":1000,"cpu_us":0,"memory_peak_bytes":0,"result":"01m8fatewm7tqvz5qyrc","result_bytes":22,"output":"","output_bytes":0}');
CREATE TABLE schedules (function TEXT PRIMARY KEY, instant INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO "schedules" VALUES('work-1',1795810998090284);
CREATE INDEX records_by_event ON records (event);
CREATE INDEX records_by_function ON records (function, event) WHERE function <> 0;
CREATE INDEX records_by_execution ON records (execution) WHERE execution IS NOT NULL;
CREATE INDEX executions_by_function ON executions (function, state);
CREATE INDEX executions_by_state ON executions (state);
CREATE INDEX executions_dead ON executions (number) WHERE dead_letter = 1;
CREATE INDEX executions_by_key ON executions (number) WHERE idempotency_key IS NOT NULL;
CREATE INDEX firings_by_metaevent ON firings (metaevent);
COMMIT;
