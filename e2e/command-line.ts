import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** What was typed does not make sense: says so with how it is written, and ends the program. */
export function misused(usage: string, why: string): never {
  process.stderr.write(`${why}\n\n${usage.trimEnd()}\n`)
  process.exit(2)
}

/** The words behind `npm run … --`. Ends the program with how it is written for `--help` and for words it does not know. */
export function readWords<const Options extends ParseArgsOptionsConfig>(
  usage: string,
  options: Options,
  allowPositionals = false,
) {
  if (process.argv.includes('--help') || process.argv.includes('-h')) {
    process.stdout.write(`${usage.trimEnd()}\n`)
    process.exit(0)
  }
  try {
    return parseArgs({ options, allowPositionals })
  } catch (error) {
    // The first sentence: what follows is about the parser.
    misused(usage, `${(error as Error).message.split('. ')[0]}.`)
  }
}
