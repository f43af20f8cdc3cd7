const lookEveryMs = 50

/** Waits for a fact, and answers how long it took; nothing when it did not come in time. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  withinMs: number,
): Promise<number | undefined> {
  const from = performance.now()
  for (;;) {
    if (await isSo()) return performance.now() - from
    if (performance.now() - from > withinMs) return undefined
    await new Promise((next) => setTimeout(next, lookEveryMs))
  }
}
