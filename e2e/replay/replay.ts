import { existsSync } from 'node:fs'
import type { Source } from './conversation.ts'
import { asJson, asTable, figuresOf, isFaultless } from './figures.ts'
import { type Options, readOptions } from './options.ts'
import { createProgressBar } from './progress-bar.ts'
import { readConversations } from './read-file.ts'
import { type Outcome, runReplay } from './run-replay.ts'
import { joinSite, startOwnSite } from './site.ts'

const mostTold = 20

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

async function main(options: Options): Promise<boolean> {
  const source = readAll(options)
  if (source.conversations.length === 0)
    throw new Error('There is no conversation in it that could be played.')
  const { server, atOnce, seed } = options
  if (!server) tell('Starting a Parley of our own …')
  const site = server ? await joinSite(server.url, server.siteKey, server.logins) : await startOwnSite()
  const turns = source.conversations.reduce((sum, conversation) => sum + conversation.turns.length, 0)
  tell(`Playing ${source.conversations.length} conversations, ${atOnce} at once, seed ${seed}.`)
  const bar = createProgressBar(process.stderr, { conversations: source.conversations.length, turns })
  try {
    const { conversations } = source
    const outcome = await runReplay(site, { conversations, atOnce, seed, onProgress: bar.show })
    bar.end()
    tellFaults(outcome)
    const figures = figuresOf(outcome)
    process.stdout.write(`${options.isJson ? asJson(figures, new Date()) : asTable(figures)}\n`)
    return isFaultless(figures)
  } finally {
    await site.stop()
  }
}

function readAll({ files, limit }: Options): Source {
  const sources = files.map((file) => {
    if (!existsSync(file)) throw new Error(`There is no file ${file}.`)
    const { conversations, leftOut } = readConversations(file)
    const played = conversations.slice(0, limit)
    const ids = new Set(played.map(({ id }) => id))
    return { conversations: played, leftOut: leftOut.filter(({ conversationId }) => ids.has(conversationId)) }
  })
  const leftOut = sources.flatMap((source) => source.leftOut)
  for (const { conversationId, turn, reason } of leftOut.slice(0, mostTold))
    tell(`Left out, because no client may send it (${reason}): turn ${turn} of ${conversationId}.`)
  if (leftOut.length > mostTold) tell(`… and ${leftOut.length - mostTold} turns more were left out.`)
  return { conversations: sources.flatMap((source) => source.conversations), leftOut }
}

function tellFaults({ differences, troubles }: Outcome): void {
  const sentences = [
    ...troubles,
    ...differences.map(
      ({ conversationId, at, fault, text }) =>
        `${conversationId}: ${fault} at the ${at}: “${text.slice(0, 60)}”`,
    ),
  ]
  for (const sentence of sentences.slice(0, mostTold)) tell(sentence)
  if (sentences.length > mostTold) tell(`… and ${sentences.length - mostTold} more.`)
}

try {
  process.exitCode = (await main(readOptions())) ? 0 : 1
} catch (error) {
  tell((error as Error).message)
  process.exitCode = 2
}
