import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Small files that take long: by their size they would go last, and leave one worker with nothing to do. */
const long = [
  'journeys/accessible.test.ts',
  'faults/faults.test.ts',
  'replay/replay.test.ts',
  'journeys/long-inbox.test.ts',
  'journeys/survives.test.ts',
  'e2e/world.test.ts',
  'upkeep/backup.test.ts',
  'storage/embedded.test.ts',
  'webhooks/webhooks.test.ts',
  'app/revocation.test.ts',
  'app/isolation.test.ts',
  'upkeep/move-to-postgres.test.ts',
  'app/pasts.test.ts',
  'cluster/without-redis.test.ts',
]

/** What takes long begins early, so that all workers end at about the same time. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => long.some((path) => moduleId.endsWith(path))
    const sorted = await super.sort(files)
    const projects = new Set(sorted.map(({ project }) => project))
    return [...projects].flatMap((project) => {
      const own = sorted.filter((file) => file.project === project)
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))]
    })
  }
}
