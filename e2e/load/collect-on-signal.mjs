import { renameSync, writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// Loaded into a server before its program: SIGUSR2 collects its garbage and writes down what is left.
// The source map of the whole program is read at its first error and kept: a step of 12 MB, once, whenever that is.
process.setSourceMapsEnabled(false)
setFlagsFromString('--expose-gc')
/** @type {() => void} */
const collect = runInNewContext('gc')
const file = process.env.COLLECTED_FILE ?? ''

process.on('SIGUSR2', () => {
  collect()
  const { heapUsed: heapBytes, rss: residentBytes } = process.memoryUsage()
  writeFileSync(`${file}.next`, JSON.stringify({ heapBytes, residentBytes }))
  renameSync(`${file}.next`, file)
})
