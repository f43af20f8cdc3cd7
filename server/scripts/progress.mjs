const stillEveryMs = 10_000

/** @param {number} startedAt from `performance.now()` */
export function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}

/**
 * Says what is going on, now and then that it still is, and how long it took.
 * @template Result
 * @param {string} label
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(label, work) {
  const startedAt = performance.now()
  console.log(`${label} …`)
  const still = setInterval(() => console.log(`  still at it, ${seconds(startedAt)}`), stillEveryMs)
  try {
    const result = await work()
    console.log(`${label}: ${seconds(startedAt)}`)
    return result
  } finally {
    clearInterval(still)
  }
}
