import { fileURLToPath } from 'node:url'
import { machine, printTable, tell } from '../bench/figures.ts'
import { measureWidget } from './measure.ts'
import { measurePage } from './measure-page.ts'
import { ordinaryRules, ordinarySite } from './site.ts'

/** `npm run size`: what a browser is sent, and what a page feels of it. `--json` prints one object for programs. */
try {
  const distDir = fileURLToPath(new URL('../../widget/dist', import.meta.url))
  const figures = measureWidget(distDir, ordinarySite, ordinaryRules)
  // Without a browser the bytes are still told; what needs one is absent, and says so.
  const felt = await measurePage().catch((error: unknown) => {
    tell(`No browser could be asked: ${error instanceof Error ? error.message : String(error)}`)
    return []
  })
  figures.push(...felt)
  if (process.argv.includes('--json'))
    console.log(JSON.stringify({ figures, machine: machine(), at: new Date().toISOString() }))
  else printTable(figures)
} catch (error) {
  tell(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
