import { fileURLToPath } from 'node:url'
import { machine, printTable, tell } from '../bench/figures.ts'
import { measureWidget } from './measure.ts'
import { ordinarySite } from './site.ts'

/** `npm run size`: what a browser is sent. `--json` prints one object for programs. */
try {
  const figures = measureWidget(fileURLToPath(new URL('../../widget/dist', import.meta.url)), ordinarySite)
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ figures, machine: machine(), at: new Date().toISOString() }))
  else printTable(figures)
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
