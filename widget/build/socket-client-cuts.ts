import type { Cuts } from './trim.ts'

const timers: Cuts['code'] = [['installTimerFunctions(this, opts);'], ['this.setTimeoutFn', 'setTimeout']]
const reserved: [string, string] = ['emitReserved(', 'emit(']

/**
 * Known of every connection the widget makes: its own origin, one namespace, JSON alone, transports handed over as classes,
 * reconnecting for ever, neither retries nor recovery of the client's own (the log does both), nobody who hears of attempts,
 * pings and packets, a browser of these years around it. What the client does for others is cut; the protocol is untouched.
 */
export const cuts: Record<string, Cuts> = {
  'socket.io-client/build/esm/socket.js': {
    methods: `disconnected active open send emitWithAck _registerAckCallback _addToQueue _drainQueue close compress volatile timeout
      onAny prependAny offAny listenersAny onAnyOutgoing prependAnyOutgoing offAnyOutgoing listenersAnyOutgoing
      notifyOutgoingListeners`,
    code: [
      [
        `const RESERVED_EVENTS = Object.freeze({
          connect: 1, connect_error: 1, disconnect: 1, disconnecting: 1, newListener: 1, removeListener: 1,
        });`,
      ],
      ['this.emitReserved(', 'super.emit('],
      ['this.recovered = false;'],
      ['this._queue = [];'],
      ['this._queueSeq = 0;'],
      ['this.flags = {};'],
      ['if (opts && opts.auth) { this.auth = opts.auth; }', 'this.auth = opts.auth;'],
      ['this._opts = Object.assign({}, opts);'],
      ['if (this.io._autoConnect) this.open();'],
      [
        `if (RESERVED_EVENTS.hasOwnProperty(ev)) {
          throw new Error('"' + ev.toString() + '" is a reserved event name');
        }`,
      ],
      [
        'if (this._opts.retries && !this.flags.fromQueue && !this.flags.volatile) { this._addToQueue(args); return this; }',
      ],
      ['packet.options = {};'],
      ['packet.options.compress = this.flags.compress !== false;'],
      ['this._registerAckCallback(id, ack);', 'this.acks[id] = ack;'],
      [
        'const isTransportWritable = (_b = (_a = this.io.engine) === null || _a === void 0 ? void 0 : _a.transport) === null || _b === void 0 ? void 0 : _b.writable;',
      ],
      [
        '(_c = this.io.engine) === null || _c === void 0 ? void 0 : _c._hasPingExpired()',
        'this.io.engine?._hasPingExpired()',
      ],
      ['const discardPacket = this.flags.volatile && !isTransportWritable;'],
      ['discardPacket', 'false'],
      ['this.notifyOutgoingListeners(packet);'],
      ['packet.nsp = this.nsp;'],
      ['this.nsp = nsp;'],
      ['this._pid ? Object.assign({ pid: this._pid, offset: this._lastOffset }, data) : data', 'data'],
      ['if (typeof this.auth == "function") {', 'if (true) {'],
      ['if (ack.withError) { ack.call(this, new Error("socket has been disconnected")); }'],
      ['const ack = this.acks[id]; delete this.acks[id];', 'delete this.acks[id];'],
      ['const sameNamespace = packet.nsp === this.nsp; if (!sameNamespace) return;'],
      [
        'It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)',
        'no sid',
      ],
      ['case PacketType.BINARY_EVENT:'],
      ['case PacketType.BINARY_ACK:'],
      ['this.onconnect(packet.data.sid, packet.data.pid)', 'this.onconnect(packet.data.sid)'],
      ['Object.freeze(args)', 'args'],
      [
        `if (this._anyListeners && this._anyListeners.length) {
          const listeners = this._anyListeners.slice();
          for (const listener of listeners) { listener.apply(this, args); }
        }`,
      ],
      [
        `if (this._pid && args.length && typeof args[args.length - 1] === "string") {
          this._lastOffset = args[args.length - 1];
        }`,
      ],
      ['if (ack.withError) { packet.data.unshift(null); }'],
      ['this.recovered = pid && this._pid === pid;'],
      ['this._pid = pid;'],
      ['this._drainQueue(true);'],
    ],
  },
  'socket.io-client/build/esm/manager.js': {
    methods: `reconnection reconnectionAttempts reconnectionDelay randomizationFactor reconnectionDelayMax timeout connect onping
      disconnect`,
    code: [
      ...timers,
      ['this.clearTimeoutFn', 'clearTimeout'],
      reserved,
      ['constructor(uri, opts)', 'constructor(opts)'],
      ['this.nsps = {};'],
      ['if (uri && "object" === typeof uri) { opts = uri; uri = undefined; } opts = opts || {};'],
      ['opts.path = opts.path || "/socket.io";'],
      ['this.reconnection(opts.reconnection !== false);'],
      ['this.reconnectionAttempts(opts.reconnectionAttempts || Infinity);'],
      ['this.reconnectionDelay(opts.reconnectionDelay || 1000);'],
      ['this.reconnectionDelayMax(opts.reconnectionDelayMax || 5000);'],
      ['this.randomizationFactor((_a = opts.randomizationFactor) !== null && _a !== void 0 ? _a : 0.5);'],
      ['this.reconnectionDelay()', 'opts.reconnectionDelay'],
      ['this.reconnectionDelayMax()', 'opts.reconnectionDelayMax'],
      ['this.randomizationFactor()', '0.5'],
      ['this.timeout(null == opts.timeout ? 20000 : opts.timeout);'],
      ['this.uri = uri;'],
      ['const _parser = opts.parser || parser;'],
      ['new _parser.', 'new parser.'],
      ['this._autoConnect = opts.autoConnect !== false; if (this._autoConnect) this.open();'],
      ['this._reconnection && this.backoff', 'this.backoff'],
      ['if (this._reconnection && !this.skipReconnect)', 'if (!this.skipReconnect)'],
      ['new Engine(this.uri, this.opts)', 'new Engine(this.opts)'],
      ['if (false !== this._timeout)', 'if (true)'],
      ['this._timeout', 'this.opts.timeout'],
      ['if (this.opts.autoUnref) { timer.unref(); }'],
      ['on(socket, "ping", this.onping.bind(this)), '],
      [
        `let socket = this.nsps[nsp];
        if (!socket) { socket = new Socket(this, nsp, opts); this.nsps[nsp] = socket; }
        else if (this._autoConnect && !socket.active) { socket.connect(); }
        return socket;`,
        'return new Socket(this, nsp, opts);',
      ],
      [
        `const nsps = Object.keys(this.nsps);
        for (const nsp of nsps) { const socket = this.nsps[nsp]; if (socket.active) { return; } }`,
      ],
      ['(encodedPackets[i], packet.options)', '(encodedPackets[i])'],
      ['(_a = this.engine) === null || _a === void 0 ? void 0 : _a.close();', 'this.engine?.close();'],
      ['this.backoff.attempts >= this._reconnectionAttempts', 'false'],
      ['this.emit("reconnect_attempt", self.backoff.attempts);'],
      ['this.emit("reconnect_error", err);'],
      ['const attempt = this.backoff.attempts;'],
      ['this.emit("reconnect", attempt);'],
    ],
  },
  'socket.io-client/build/esm/contrib/backo2.js': {
    code: [
      ['opts = opts || {};'],
      ['opts.min || 100', 'opts.min'],
      ['opts.max || 10000', 'opts.max'],
      ['this.factor = opts.factor || 2;'],
      ['this.factor', '2'],
      ['opts.jitter > 0 && opts.jitter <= 1 ? opts.jitter : 0', 'opts.jitter'],
      ['if (this.jitter)', 'if (true)'],
      ['Backoff.prototype.setMin = function (min) { this.ms = min; };'],
      ['Backoff.prototype.setMax = function (max) { this.max = max; };'],
      ['Backoff.prototype.setJitter = function (jitter) { this.jitter = jitter; };'],
    ],
  },
  'engine.io-client/build/esm/socket.js': {
    methods: 'send',
    polling: {
      _probe: '',
      _getWritablePackets: '() { return this.writeBuffer }',
      _filterUpgrades: '() { return [] }',
      close: `() {
        const close = () => { this._onClose("forced close"); this.transport.close() };
        if ("opening" === this.readyState || "open" === this.readyState) {
          this.readyState = "closing";
          if (this.writeBuffer.length) this.once("drain", close);
          else close();
        }
      }`,
    },
    code: [
      ...timers,
      ['this.clearTimeoutFn', 'clearTimeout'],
      reserved,
      ['typeof addEventListener === "function" && typeof removeEventListener === "function"', 'true'],
      ['constructor(uri, opts = {})', 'constructor(opts)'],
      ['this.binaryType = defaultBinaryType;'],
      ['this._pingInterval = -1;'],
      ['this._pingTimeout = -1;'],
      ['this._maxPayload = -1;'],
      ['if (uri && "object" === typeof uri) { opts = uri; uri = null; }'],
      [
        `if (uri) {
          const parsedUri = parse(uri);
          opts.hostname = parsedUri.host;
          opts.secure = parsedUri.protocol === "https" || parsedUri.protocol === "wss";
          opts.port = parsedUri.port;
          if (parsedUri.query) opts.query = parsedUri.query;
        }
        else if (opts.host) { opts.hostname = parse(opts.host).host; }`,
      ],
      [
        'this.secure = null != opts.secure ? opts.secure : typeof location !== "undefined" && "https:" === location.protocol;',
      ],
      ['if (opts.hostname && !opts.port) {', 'if (false) {'],
      [
        'this.hostname = opts.hostname || (typeof location !== "undefined" ? location.hostname : "localhost");',
      ],
      [
        'this.port = opts.port || (typeof location !== "undefined" && location.port ? location.port : this.secure ? "443" : "80");',
      ],
      ['if (opts.transportImplementations && opts.transports)', 'if (false)'],
      [
        `if (opts.transportImplementations ||
          (((_a = opts.transports) === null || _a === void 0 ? void 0 : _a.length) && typeof opts.transports[0] === "function"))`,
        'if (true)',
      ],
      [
        '((_b = opts.transportImplementations) !== null && _b !== void 0 ? _b : opts.transports)',
        'opts.transports',
      ],
      [
        `this.opts = Object.assign({
            path: "/engine.io", agent: false, withCredentials: false, upgrade: true, timestampParam: "t", rememberUpgrade: false,
            addTrailingSlash: true, rejectUnauthorized: true, perMessageDeflate: { threshold: 1024, }, transportOptions: {},
            closeOnBeforeunload: false, }, opts);
          this.opts.path = this.opts.path.replace(/\\/$/, "") + (this.opts.addTrailingSlash ? "/" : "");
          if (typeof this.opts.query === "string") { this.opts.query = decode(this.opts.query); }`,
      ],
      ['if (this.opts.closeOnBeforeunload)', 'if (false)'],
      ['if (this.hostname !== "localhost")', 'if (location.hostname !== "localhost")'],
      ['{ description: "network connection lost", }', '{}'],
      ['if (this.opts.withCredentials) { this._cookieJar = createCookieJar(); }'],
      ['Object.assign({}, this.opts.query)', '{}'],
      [
        `Object.assign({}, this.opts, {
            query, socket: this, hostname: this.hostname, secure: this.secure, port: this.port,
          }, this.opts.transportOptions[name])`,
        '{ query, socket: this }',
      ],
      ['if (this.transports.length === 0)', 'if (false)'],
      [
        `this.opts.rememberUpgrade && Socket.priorWebsocketSuccess && this.transports.indexOf("websocket") !== -1
          ? "websocket" : this.transports[0]`,
        'this.transports[0]',
      ],
      ['Socket.priorWebsocketSuccess = false;'],
      ['Socket.priorWebsocketSuccess = "websocket" === this.transport.name;'],
      ['Socket.priorWebsocketSuccess = "websocket" === transport.name;'],
      ['"open" === this.readyState && this.opts.upgrade', '"open" === this.readyState'],
      ['this.emit("packet", packet);'],
      ['this.emit("heartbeat");'],
      ['this.emit("ping");'],
      ['this.emit("pong");'],
      ['err.code = packet.data;'],
      ['this.emit("message", packet.data);'],
      ['this.emit("handshake", data);'],
      ['if (this.opts.autoUnref) { this._pingTimeoutTimer.unref(); }'],
      ['this.emit("flush");'],
      [
        'write(msg, options, fn) { this._sendPacket("message", msg, options, fn);',
        'write(msg) { this._sendPacket("message", msg);',
      ],
      ['_sendPacket(type, data, options, fn) {', '_sendPacket(type, data) {'],
      ['if ("function" === typeof data) { fn = data; data = undefined; }'],
      ['if ("function" === typeof options) { fn = options; options = null; }'],
      ['options = options || {};'],
      ['options.compress = false !== options.compress;'],
      ['options: options,'],
      ['this.emit("packetCreate", packet);'],
      ['if (fn) this.once("flush", fn);'],
      [
        'if (this.opts.tryAllTransports && this.transports.length > 1 && this.readyState === "opening") { this.transports.shift(); return this._open(); }',
      ],
      ['.removeAllListeners(', '.off('],
      ['.removeListener(', '.off('],
      ['if (this._beforeunloadEventListener)', 'if (false)'],
      ['Socket.protocol = protocol;'],
    ],
  },
  'engine.io-client/build/esm/transport.js': {
    methods: 'pause _hostname _port _query',
    code: [
      ...timers.slice(0, 1),
      reserved,
      ['new TransportError(reason, description, context)', 'new Error(reason)'],
      ['onError(reason, description, context)', 'onError(reason)'],
      ['this.opts = opts;'],
      ['this.supportsBinary = !opts.forceBase64;'],
      ['decodePacket(data, this.socket.binaryType)', 'decodePacket(data)'],
      [
        'return (schema + "://" + this._hostname() + this._port() + this.opts.path + this._query(query));',
        'return location.origin.replace("http", schema) + "/socket/?" + new URLSearchParams(query);',
      ],
    ],
  },
  'engine.io-client/build/esm/transports/websocket.js': {
    methods: 'createSocket',
    code: [
      ...timers.slice(1),
      reserved,
      [
        'typeof navigator !== "undefined" && typeof navigator.product === "string" && navigator.product.toLowerCase() === "reactnative"',
        'false',
      ],
      ['const protocols = this.opts.protocols;'],
      [
        `const opts = isReactNative ? {} : pick(this.opts, "agent", "perMessageDeflate", "pfx", "key", "passphrase", "cert", "ca",
          "ciphers", "rejectUnauthorized", "localAddress", "protocolVersion", "origin", "maxPayload", "family",
          "checkServerIdentity");
        if (this.opts.extraHeaders) { opts.headers = this.opts.extraHeaders; }`,
      ],
      ['this.createSocket(uri, protocols, opts)', 'new WebSocket(uri)'],
      ['this.ws.binaryType = this.socket.binaryType;'],
      ['if (this.opts.autoUnref) { this.ws._socket.unref(); }'],
      [
        '(closeEvent) => this.onClose({ description: "websocket connection closed", context: closeEvent, })',
        '() => this.onClose()',
      ],
      ['(e) => this.onError("websocket error", e)', '() => this.onError("websocket error")'],
      ['this.opts.secure ? "wss" : "ws"', '"ws"'],
      ['this.query || {}', 'this.query'],
      ['if (this.opts.timestampRequests) { query[this.opts.timestampParam] = randomString(); }'],
      ['if (!this.supportsBinary) { query.b64 = 1; }'],
      ['const WebSocketCtor = globalThis.WebSocket || globalThis.MozWebSocket;'],
    ],
  },
  'engine.io-client/build/esm/transports/polling.js': {
    code: [
      reserved,
      ['this.socket.binaryType', '""'],
      ['this.opts.secure ? "https" : "http"', '"http"'],
      ['if (false !== this.opts.timestampRequests)', 'if (true)'],
      ['query[this.opts.timestampParam]', 'query.t'],
      ['if (!this.supportsBinary && !query.sid) { query.b64 = 1; }'],
    ],
  },
  'engine.io-client/build/esm/transports/polling-xhr.js': {
    code: [
      ...timers,
      reserved,
      ['if (typeof location !== "undefined") {', 'if (false) {'],
      ['Object.assign(opts, { xd: this.xd }, this.opts);'],
    ],
  },
}

// What can be said shorter as a whole.
export const replaced: Record<string, string> = {
  '@socket.io/component-emitter/lib/esm/index.js': `
    export class Emitter {
      _callbacks = { __proto__: null }
      on(event, fn) { (this._callbacks[event] ??= []).push(fn); return this }
      once(event, fn) {
        const on = (...args) => { this.off(event, on); fn.apply(this, args) }
        on.fn = fn
        return this.on(event, on)
      }
      off(event, fn) {
        if (!event) this._callbacks = { __proto__: null }
        else this._callbacks[event] = fn && this._callbacks[event]?.filter((on) => on !== fn && on.fn !== fn)
      }
      emit(event, ...args) { this._callbacks[event]?.slice().forEach((fn) => fn.apply(this, args)) }
    }`,
  'engine.io-client/build/esm/globals.js': `
    export const nextTick = queueMicrotask
    export const globalThisShim = globalThis
    export const defaultBinaryType = ''
    export const createCookieJar = undefined`,
  // Transports are handed over as classes, so the default table need not hold all three.
  'engine.io-client/build/esm/transports/index.js': 'export const transports = {}',
  'engine.io-parser/build/esm/encodePacket.browser.js': `
    import { PACKET_TYPES } from './commons.js'
    export const encodePacket = ({ type, data }, _, done) => done(PACKET_TYPES[type] + (data || ''))
    export const encodePacketToBinary = undefined`,
  'engine.io-parser/build/esm/decodePacket.browser.js': `
    import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js'
    export const decodePacket = (text) => {
      const type = PACKET_TYPES_REVERSE[text[0]]
      return type ? { type, data: text.slice(1) || undefined } : ERROR_PACKET
    }`,
}
