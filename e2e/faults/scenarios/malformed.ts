import type { RawSocket } from '@parley/server/src/testing/raw-socket.ts'
import { residentBytesOf } from '../../bench/processes.ts'
import type { Scenario, Stage } from '../rig/stage.ts'
import { openStranger } from '../rig/stranger.ts'

const mostGrowthBytes = 50 * 1024 * 1024
const framesForMs = 30_000
const openedPerSecond = 40

/** Engine.IO and Socket.IO packets that nobody well-meaning sends. */
const packets = [
  ...['', '0', '1', '2probe', '3', '5', '6', '7', '9', '4', '40', '41', '42', '43', '44', '45', '46', '49'],
  ...[
    '42[]',
    '42{}',
    '42null',
    '42""',
    '42[1]',
    '42[null]',
    '42[{}]',
    '42[["a"]]',
    '42["a"',
    '42"a"]',
    '42[,]',
  ],
  ...[
    '420[]',
    '42999999999999999999["a"]',
    '42-1["a"]',
    '421.5["a"]',
    '42e9["a"]',
    '43["a"]',
    '431[]',
    '43x[]',
  ],
  ...[
    '42/admin,["a"]',
    '40/admin,',
    '40/\u0000,{}',
    '42/,["a"]',
    '41/,',
    '44{"message":"x"}',
    '42["connect"]',
  ],
  ...[
    '42["disconnect"]',
    '42["error",{}]',
    '42["newListener"]',
    '42["__proto__",{}]',
    '42["constructor",{}]',
  ],
  ...['451-["a",{"_placeholder":true,"num":0}]', '451-["a",{"_placeholder":true,"num":-1}]', '45-1-["a"]'],
  ...['45999999999-["a"]', '451-', '450-["a"]', '461-1["a"]', '451-["a",{"_placeholder":true,"num":"x"}]'],
  ...['421["sendMessage"]', '421["sendMessage",null]', '421["sendMessage",[]]', '421["hint:typing",{"a":1}]'],
  ...['421["sendMessage",{"__proto__":{"a":1}}]', '42["hint:typing",null]', '42["hint:viewing",[[[]]]]'],
]

/** Of the JSONTestSuite: what a parser must refuse, may refuse, or must survive. */
const json = [
  ...[
    '[1 true]',
    '[a\u00e5]',
    '["": 1]',
    '[,1]',
    '[1,,2]',
    '["x",,]',
    '["x"]]',
    '["",]',
    '["x"',
    '[x',
    '[3[4]]',
  ],
  ...[
    '[1:2]',
    '[,]',
    '[-]',
    '[ , ""]',
    '["a",\n4\n,1,',
    '[1,]',
    '["\u000ba"\\f]',
    '[*]',
    '[1',
    '[1,\n1\n,1',
    '[{}',
  ],
  ...[
    '[fals]',
    '[nul]',
    '[tru]',
    '[++1234]',
    '[+1]',
    '[+Inf]',
    '[-01]',
    '[-1.0.]',
    '[-2.]',
    '[-NaN]',
    '[.-1]',
  ],
  ...['[0.1.2]', '[0.3e+]', '[0.e1]', '[0e+-1]', '[1.0e]', '[1eE2]', '[0x1]', '[Infinity]', '[NaN]', '[- 1]'],
  ...[
    '["\\uD800\\"]',
    '["\\uD800\\u"]',
    '["\\x00"]',
    '["\\u00A"]',
    '["\\uD834\\uDd"]',
    "['single']",
    '["\\',
    '["',
  ],
  ...[
    '{"a":1,"a":2}',
    '{a: "b"}',
    '{"a" "b"}',
    '{"a":',
    '{"x"::"b"}',
    '{9999E9999:1}',
    '{"id":0,}',
    '<null>',
  ],
  ...[
    '[1e9999]',
    '[-1e9999]',
    '[123123e100000]',
    '["\\uDADA"]',
    '["\\uD888\\u1234"]',
    '["\\uDd1ea"]',
    '["\u0000"]',
  ],
  '['.repeat(60_000),
  '[{"":'.repeat(12_000),
  `["a",${'9'.repeat(50_000)}]`,
]

const valid = '421["sendMessage",{"requestId":"fuzz-request-1","conversationId":"cnv_fuzz","text":"hello"}]'

function flipped(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const copy = Buffer.from(bytes)
    copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    return copy
  })
}

const prefixes = (text: string) => Array.from({ length: text.length }, (_, end) => text.slice(0, end))

/** One connection after the other that takes what it is given until the server has had enough of it. */
async function feed(
  stage: Stage,
  port: number,
  inputs: readonly ((socket: RawSocket) => void)[],
): Promise<number> {
  let socket = await openStranger(port)
  let opened = 1
  for (const input of inputs) {
    if (socket.isClosed) {
      await stage.pause(1_000 / openedPerSecond)
      socket = await openStranger(port)
      opened += 1
    }
    input(socket)
    await stage.pause(1)
  }
  socket.close()
  return opened
}

const text = (said: string) => (socket: RawSocket) => socket.send(said)
const binary = (said: Buffer) => (socket: RawSocket) => socket.frame(1, said)

export const malformed: Scenario = {
  id: 'F19',
  title: 'malformed packets, JSON, every bit flip and prefix of a valid packet, random frames',
  async play(stage) {
    const { crew, cluster, chance } = stage
    const [node] = cluster.nodes
    if (!node) return
    stage.load(10, { cuts: false })
    await stage.pause(2_000)
    await feed(stage, node.port, packets.map(text))
    const before = residentBytesOf(node.pid)
    const connects = () => crew.everybody().reduce((sum, person) => sum + person.connects, 0)
    const connected = connects()
    await stage.fault('malformed packets', () => feed(stage, node.port, packets.map(text)))
    await stage.fault('malformed JSON', () =>
      feed(
        stage,
        node.port,
        json.flatMap((said) => [text(`42${said}`), text(`421${said}`), text(`40${said}`)]),
      ),
    )
    await stage.fault('bit flips', () => feed(stage, node.port, flipped(valid).map(binary)))
    await stage.fault('prefixes', () => feed(stage, node.port, prefixes(valid).map(text)))
    await stage.fault('random frames', async () => {
      const until = performance.now() + (framesForMs * stage.rounds) / 2
      while (performance.now() < until) await feed(stage, node.port, randomFrames(chance.fraction))
    })
    stage.must(!node.hasEnded(), 'The process ended.')
    stage.must(connects() === connected, 'Somebody who did nothing wrong had to connect anew.')
    const growth = residentBytesOf(node.pid) - before
    stage.must(growth < mostGrowthBytes, `The process grew by ${Math.round(growth / 1024 ** 2)} MB.`)
  },
}

/** Frames of every opcode, and bytes that are no frame at all. */
function randomFrames(fraction: () => number): ((socket: RawSocket) => void)[] {
  return Array.from({ length: 100 }, () => {
    const opcode = Math.floor(fraction() * 16)
    const bytes = Buffer.from(
      Array.from({ length: Math.floor(fraction() ** 3 * 2_000) }, () => fraction() * 256),
    )
    return (socket: RawSocket) => (fraction() < 0.1 ? socket.bytes(bytes) : socket.frame(opcode, bytes))
  })
}
