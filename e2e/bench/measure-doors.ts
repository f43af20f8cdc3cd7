import { createChance, shuffled } from './chance.ts'
import { type Door, openDoors, prepareDoors } from './doors.ts'
import { type Figure, figure, tell } from './figures.ts'
import { median } from './quantiles.ts'
import { type Engine, startServer } from './servers.ts'
import { gathered, tellApart } from './tell-apart.ts'

/** What one asking may tell of what it must not tell. */
const goal = 0.6
const often = 100

/** Whether the time of a refusal tells that something is there. */
export async function measureDoors(options: { seed: number; engines: readonly Engine[] }): Promise<Figure[]> {
  const chance = createChance(options.seed)
  const figures: Figure[] = []
  for (const engine of options.engines) {
    const { server, prepared } = await startServer(
      engine,
      (marketplace) => prepareDoors(marketplace, chance),
      [],
      { TRUST_PROXY: '1' },
    )
    const { doors, close } = await openDoors(server.url, prepared)
    try {
      for (const door of doors) figures.push(...(await measureDoor(door, engine, chance)))
    } finally {
      close()
      await server.stop()
    }
  }
  return figures
}

type Kind = 'there' | 'nowhere' | 'nowhereToo'

/** The third kind is the second once more: what sets those two apart is what this machine adds by itself. */
async function measureDoor(door: Door, engine: Engine, chance: () => number): Promise<Figure[]> {
  const each = Array.from({ length: door.times }, (_, nth) => nth)
  const asked = shuffled(
    (['there', 'nowhere', 'nowhereToo'] as const).flatMap((kind) => each.map((nth) => ({ kind, nth }))),
    chance,
  )
  const us: Record<Kind, number[]> = { there: [], nowhere: [], nowhereToo: [] }
  for (const { kind, nth } of asked) {
    const startedAt = performance.now()
    await door.ask(kind === 'there', kind === 'nowhereToo' ? door.times + nth : nth)
    us[kind].push((performance.now() - startedAt) * 1_000)
  }
  const { there, nowhere, nowhereToo } = us
  const many = (values: readonly number[]) => gathered(values, often, chance)
  const once = tellApart(there, nowhere)
  const hundred = tellApart(many(there), many(nowhere))
  const noise = { once: tellApart(nowhereToo, nowhere), hundred: tellApart(many(nowhereToo), many(nowhere)) }
  const difference = median(there) - median(nowhere)
  tell(
    `doors: ${engine} ${door.name}, ${door.times} each: there ${median(there).toFixed(0)} µs, nowhere ${median(nowhere).toFixed(0)} µs (${difference.toFixed(0)}), nowhere again ${median(nowhereToo).toFixed(0)} µs; wrong guesses ${share(once.wrong)} of one asking, ${share(hundred.wrong)} of ${often}; told apart ${once.auc.toFixed(2)} and ${hundred.auc.toFixed(2)}, nothing from nothing ${noise.once.auc.toFixed(2)} and ${noise.hundred.auc.toFixed(2)}`,
  )
  const name = `doors.${engine}.${door.name}`
  return [
    figure(`${name}.differenceUs`, Math.abs(difference), { unit: 'µs', better: 'lower' }),
    figure(`${name}.auc`, once.auc, { unit: 'share', better: 'lower', goal }),
    figure(`${name}.auc${often}`, hundred.auc, { unit: 'share', better: 'lower' }),
  ]
}

const share = (value: number) => `${Math.round(value * 100)} %`
