import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from '../../server/scripts/root.mjs'
import { giveUp, npm } from '../../server/scripts/run.mjs'
import { neededToRun } from './bill-of-materials.mjs'

/** `npm run sbom -- FILE`: what Parley runs on, its clients included, as CycloneDX and from the lockfile alone. */
const shipped = ['server', 'shared', 'widget', 'console']
const file = resolve(process.argv[2] ?? 'parley.cdx.json')
try {
  const words = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only']
  const all = JSON.parse(await npm([...words, '--loglevel=error'], { isQuiet: true }))
  const needs = shipped.map((workspace) => {
    const { name, dependencies } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
    return [name, Object.keys(dependencies ?? {})]
  })
  const bill = neededToRun(all, Object.fromEntries(needs))
  // npm writes the name of the folder.
  bill.metadata.component.name = 'parley'
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`)
  console.log(`${bill.components.length} packages in ${file}`)
} catch (error) {
  giveUp(error)
}
