import { fileURLToPath } from 'node:url'

/** Words in a message that end the node which has just committed it, before anybody is told. */
export const killAfterCommit = 'fail-point-kill-after-commit'

export const nodeWithFailPoints = fileURLToPath(new URL('./node-with-fail-points.ts', import.meta.url))
