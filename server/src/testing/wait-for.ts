/** Waits for a fact, looking often; fails with what was seen last. */
export async function waitFor<Value>(
  look: () => Value | Promise<Value>,
  withinMs = 15_000,
): Promise<NonNullable<Value>> {
  const until = performance.now() + withinMs
  let seen: Value | undefined
  while (performance.now() < until) {
    seen = await look()
    if (seen) return seen as NonNullable<Value>
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`Not seen within ${withinMs} ms: ${look.toString()} (last: ${JSON.stringify(seen)})`)
}
