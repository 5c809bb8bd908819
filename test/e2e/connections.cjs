/** Loaded into every Node process of an editor before anything else: writes down each host that it connects to or asks the address of. */
const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');
const process = require('node:process');

const tell = (host) => appendFileSync(process.env.E2E_CONNECTIONS, `${host}\n`);

/** Has `before` see the arguments of each call. */
function observe(owner, name, before) {
  const original = owner[name];
  owner[name] = function (...args) {
    before(...args);
    return original.apply(this, args);
  };
}

// What `fetch`, `http`, `https`, `http2` and WebSockets send goes through here; a pipe has a path and no port.
observe(net.Socket.prototype, 'connect', (...args) => {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object') {
    if (!first.path) tell(first.host ?? 'localhost');
  } else if (typeof first === 'number' || /^\d+$/.test(first)) {
    tell(typeof second === 'string' ? second : 'localhost');
  }
});
for (const owner of [dns, dns.promises])
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) observe(owner, name, tell);
observe(dgram.Socket.prototype, 'send', (...args) =>
  tell(args.findLast((one) => typeof one === 'string') ?? 'localhost'),
);
