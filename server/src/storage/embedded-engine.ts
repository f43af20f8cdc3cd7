import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** TypeScript knows it from browsers alone. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<CompiledEngine> }

/** What threads of one process share. */
export type CompiledEngine = object

let compiled: Promise<CompiledEngine> | undefined

/** Once for a process: a thread started again, as after a statement that took too long, opens in half the time. */
export function compiledEngine(): Promise<CompiledEngine> {
  compiled ??= compile()
  return compiled
}

async function compile(): Promise<CompiledEngine> {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite')
  return WebAssembly.compile(await readFile(join(dirname(entry), 'pglite.wasm')))
}
