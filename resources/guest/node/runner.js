// Serves a Node.js function: waits as a started interpreter, loads the function's module once, runs its executions.
//
// Speaks with the agent over the descriptor DOGWATCH_RUNNER_FD (docs/guest-protocol.md, "Inside the guest"). It reads
// from there only between executions, and blocks: what a handler left in the event loop stands still until the next one.
'use strict';

const fs = require('fs');
const path = require('path');
const util = require('util');
const { pathToFileURL } = require('url');
require('crypto'); // most functions ask for it; loading it takes long

const LARGEST_EMIT = 64 << 10;
const MOST_EMITTED = 1000;
const OURS = [__filename, 'node:', 'new Promise (<anonymous>)']; // not of interest in a stack
const NAME = /^[A-Za-z0-9_.-]{1,64}$/;

/** Frames to and from the agent. */
class Channel {
    constructor(fd) {
        this.fd = fd;
    }

    read(size) {
        const bytes = Buffer.allocUnsafe(size);
        for (let at = 0; at < size;) {
            const got = fs.readSync(this.fd, bytes, at, size - at, null);
            if (got === 0) process.reallyExit(0); // the agent is gone
            at += got;
        }
        return bytes;
    }

    receive() {
        const body = this.read(this.read(4).readUInt32LE(0));
        const fields = [];
        for (let at = 1; at < body.length;) {
            const size = body.readUInt32LE(at);
            fields.push(body.subarray(at + 4, at + 4 + size));
            at += 4 + size;
        }
        return [String.fromCharCode(body[0]), fields];
    }

    send(kind, ...fields) {
        const parts = [Buffer.alloc(4), Buffer.from(kind)];
        for (const field of fields) {
            const bytes = Buffer.isBuffer(field) ? field : Buffer.from(field);
            const size = Buffer.allocUnsafe(4);
            size.writeUInt32LE(bytes.length);
            parts.push(size, bytes);
        }
        const frame = Buffer.concat(parts);
        frame.writeUInt32LE(frame.length - 4);
        for (let at = 0; at < frame.length;) at += fs.writeSync(this.fd, frame, at);
    }
}

/** The second argument of a handler, as in AWS Lambda, and emit(). */
class Context {
    #channel;
    #ends;
    #emitted = 0;

    constructor(channel, settings, execution, timeoutUs) {
        this.#channel = channel;
        this.#ends = process.hrtime.bigint() + BigInt(timeoutUs) * 1000n;
        this.functionName = settings.name;
        this.functionVersion = settings.version;
        this.memoryLimitInMB = settings.memory;
        this.awsRequestId = execution;
        this.callbackWaitsForEmptyEventLoop = false;
    }

    getRemainingTimeInMillis() {
        return Math.max(0, Number((this.#ends - process.hrtime.bigint()) / 1000000n));
    }

    /** Leaves the record custom.NAME with this data, a JSON value. */
    emit(name, data = null) {
        if (typeof name !== 'string' || !NAME.test(name)) {
            throw new TypeError("a record's name is 1 to 64 of a-z, A-Z, 0-9, '-', '_' and '.'");
        }
        const text = toJson(data);
        if (text.length > LARGEST_EMIT) {
            throw new RangeError(`a record's data is ${LARGEST_EMIT} bytes of JSON at most, not ${text.length}`);
        }
        if (this.#emitted === MOST_EMITTED) {
            throw new RangeError(`an execution may emit ${MOST_EMITTED} records at most`);
        }
        this.#emitted += 1;
        this.#channel.send('E', name, text);
    }

    // The names that the other runtimes use.
    get function_name() { return this.functionName; }
    get function_version() { return this.functionVersion; }
    get memory_limit_in_mb() { return this.memoryLimitInMB; }
    get aws_request_id() { return this.awsRequestId; }
    get_remaining_time_in_millis() { return this.getRemainingTimeInMillis(); }
}

function toJson(value) {
    const text = JSON.stringify(value === undefined ? null : value);
    if (text === undefined) throw new TypeError(`a ${typeof value} is no JSON value`);
    return Buffer.from(text);
}

function summary(error) {
    if (!(error instanceof Error)) return `thrown: ${util.inspect(error, { depth: 2, breakLength: Infinity })}`;
    return `${error.name}: ${error.message}`;
}

/** The stack without the frames of this file and of Node.js itself. */
function trace(error) {
    if (!(error instanceof Error) || typeof error.stack !== 'string') return summary(error);
    const lines = error.stack.split('\n');
    return lines.filter((line) => !/^\s+at /.test(line) || !OURS.some((part) => line.includes(part))).join('\n');
}

/** Replaces Math.random, which cannot be seeded: clones of one VM would all get the same numbers (sfc32). */
function seedRandom(bytes) {
    let [a, b, c, count] = [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)];
    const next = () => {
        const sum = (((a + b) | 0) + count) | 0;
        count = (count + 1) | 0;
        a = b ^ (b >>> 9);
        b = (c + (c << 3)) | 0;
        c = (((c << 21) | (c >>> 11)) + sum) | 0;
        return sum >>> 0;
    };
    for (let round = 0; round < 12; ++round) next();
    Math.random = function random() {
        return ((next() >>> 5) * 67108864 + (next() >>> 6)) / 9007199254740992;
    };
}

/** OpenSSL's generator is seeded by a part in C++; only tests outside a VM go without it. */
function loadNativeReseed() {
    const file = path.join(__dirname, 'dogwatch-reseed.node');
    if (!fs.existsSync(file)) return () => {};
    const loaded = { exports: {} };
    process.dlopen(loaded, file);
    return loaded.exports.reseed;
}

/** The module's exports. Files in the CommonJS and in the ES format, whatever their suffix. */
async function loadModule(folder, name) {
    const file = ['.js', '.mjs', '.cjs'].map((suffix) => path.join(folder, name + suffix)).find(fs.existsSync);
    if (file === undefined) throw new Error(`the code holds no ${name}.js, .mjs or .cjs, which the handler names`);
    if (file.endsWith('.mjs')) return import(pathToFileURL(file));
    try {
        return require(file);
    } catch (error) {
        if (error.code === 'ERR_REQUIRE_ESM') return import(pathToFileURL(file));
        const isEs = error instanceof SyntaxError && /import statement outside a module|Unexpected token 'export'/.test(error.message);
        if (!isEs) throw error;
        const module = path.join(folder, name + '.mjs');
        fs.copyFileSync(file, module);
        return import(pathToFileURL(module));
    }
}

async function findHandler(folder, handler) {
    const match = /^((?:.*\/)?[^/.]+)\.(.+)$/.exec(handler);
    if (!match) throw new Error(`the handler must be MODULE.FUNCTION, not ${JSON.stringify(handler)}`);
    const [, name, member] = match;
    const loaded = await loadModule(folder, name);
    const pick = (from) => member.split('.').reduce((value, part) => (value == null ? value : value[part]), from);
    const found = pick(loaded) ?? pick(loaded.default);
    if (typeof found !== 'function') {
        throw new TypeError(`module ${JSON.stringify(name)} exports no function ${JSON.stringify(member)}, which the handler names`);
    }
    return found;
}

class Runner {
    constructor(channel) {
        this.channel = channel;
        this.fault = null; // rejects what is being waited for
        this.reseedNative = loadNativeReseed();
        process.on('uncaughtException', (error) => this.fail(error));
        process.on('beforeExit', () => this.fail(new Error(
            'the handler waits for what cannot come: it has neither returned nor is anything left in the event loop')));
    }

    fail(error) {
        if (this.fault) return this.fault(error);
        process.stderr.write(`${trace(error)}\n`);
        process.reallyExit(1);
    }

    /** The value of a promise, unless an exception that nobody catches comes first. */
    async settled(start) {
        try {
            return await new Promise((resolve, reject) => {
                this.fault = reject;
                start(resolve, reject);
            });
        } finally {
            this.fault = null;
        }
    }

    sendFailure(error, message) {
        this.channel.send('X', message ?? summary(error), trace(error));
    }

    async load(fields) {
        const [name, version, handler, memory, folder, ...variables] = fields.map(String);
        this.settings = { name, version, memory: Number(memory) };
        for (const variable of variables) {
            const equals = variable.indexOf('=');
            process.env[variable.slice(0, equals)] = variable.slice(equals + 1);
        }
        process.chdir(folder);
        try {
            this.handler = await this.settled((resolve, reject) => findHandler(folder, handler).then(resolve, reject));
        } catch (error) {
            return this.sendFailure(error);
        }
        this.channel.send('L');
    }

    call(event, context) {
        return this.settled((resolve, reject) => {
            const value = this.handler(event, context, (error, result) => (error ? reject(error) : resolve(result)));
            if (value !== null && typeof value?.then === 'function') {
                value.then(resolve, reject);
            } else if (value !== undefined || this.handler.length < 3) {
                resolve(value); // with a third parameter and nothing returned: it calls back
            }
        });
    }

    async run([execution, deadline, timeout, largest, payload]) {
        process.env.DOGWATCH_EXECUTION = String(execution);
        process.env.DOGWATCH_DEADLINE = String(deadline);
        const context = new Context(this.channel, this.settings, String(execution), String(timeout));
        let value;
        try {
            value = await this.call(JSON.parse(payload), context);
        } catch (error) {
            return this.sendFailure(error);
        }
        let result;
        try {
            result = toJson(value);
        } catch (error) {
            return this.sendFailure(error, `the handler returned what is no JSON: ${error.message}`);
        }
        this.channel.send('O', String(result.length), result.length <= Number(largest) ? result : '');
    }

    /** What the first execution would pay for otherwise: compiling this file's functions. The rehearsal of a clone, too. */
    async prime() {
        this.settings = { name: '', version: '', memory: 0 };
        this.handler = async (event) => event;
        const value = await this.call(JSON.parse('{"warm":[1,"é",null]}'), new Context(this.channel, this.settings, '', '1'));
        toJson(value);
        trace(new Error(''));
    }

    async serve() {
        await this.prime();
        this.channel.send('W');
        for (;;) {
            const [kind, fields] = this.channel.receive();
            if (kind === 'R') {
                await this.run(fields);
            } else if (kind === 'L') {
                await this.load(fields);
            } else if (kind === 'T') {
                await this.prime();
                this.channel.send('T');
            } else if (kind === 'S') {
                seedRandom(fields[0]);
                this.reseedNative();
            }
        }
    }
}

const fd = Number(process.env.DOGWATCH_RUNNER_FD);
delete process.env.DOGWATCH_RUNNER_FD;
new Runner(new Channel(fd)).serve();
