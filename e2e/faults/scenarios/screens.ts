import { type Person, signInAs } from '../rig/person.ts'
import type { MemberName } from '../rig/site.ts'
import type { Stage } from '../rig/stage.ts'

/** A member once more on every node, with these conversations open. */
export async function openOnEveryNode(
  { crew, cluster, recorder }: Pick<Stage, 'crew' | 'cluster' | 'recorder'>,
  name: MemberName,
  conversationIds: readonly string[],
): Promise<Person[]> {
  const proof = crew.members[name].proof()
  return Promise.all(
    cluster.nodes.map(async ({ port }, at) => {
      const screen = await crew.add(
        signInAs({ ...crew.options, pick: () => port }, name, `${name}-${at}`, proof),
      )
      for (const conversationId of conversationIds) {
        recorder.entitle(screen.name, conversationId)
        screen.follow(conversationId)
      }
      return screen
    }),
  )
}
