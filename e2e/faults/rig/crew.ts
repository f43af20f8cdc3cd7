import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Chance } from '../../replay/chance.ts'
import { intakeFor } from '../../replay/intake.ts'
import { type BuyerName, type Person, signInAs, visit } from './person.ts'
import type { Recorder } from './recorder.ts'
import { type MemberName, type Site, vendorOf } from './site.ts'

/** One conversation of a run: who asks, who answers. */
export interface Talk {
  conversationId: string
  customer: Person
  answers: Person
  vendorId: string | null
  /** Its customer was erased, and may read nothing any more. */
  isErased?: boolean
}

export interface Crew {
  talks: Talk[]
  members: Record<MemberName, Person>
  /** One more conversation with support, of somebody the shop knows by name and address. */
  begin(buyer: BuyerName): Promise<Talk>
  /** Who may hear of a conversation of this customer's. */
  entitle(customer: Person, conversationId: string, vendorId: string | null): void
  everybody(): Person[]
  /** One more person, closed with the others. */
  add(person: Promise<Person>): Promise<Person>
  /** Closes somebody for good: nothing is expected of their screen any more. */
  leave(person: Person): Promise<void>
  options: { site: Site; recorder: Recorder; pick: (ports: readonly number[]) => number | undefined }
  close(): Promise<void>
}

const answering: readonly MemberName[] = ['priya', 'elin', 'jonas', 'nils', 'wren']
const memberNames: readonly MemberName[] = ['priya', 'jonas', 'daniel', 'ines', 'elin', 'nils', 'wren']
/** The moderator and the admin; support sees what is with support. */
const staffWhoSeeAll: readonly MemberName[] = ['daniel', 'ines']
const watchedByModerator = 5

/** Everybody of a run: strangers with a conversation each, vendors and support who answer, and a moderator who watches. */
export async function openCrew(
  parts: { site: Site; recorder: Recorder; chance: Chance },
  conversations: number,
): Promise<Crew> {
  const { site, recorder, chance } = parts
  const pick = (ports: readonly number[]) => ports[Math.floor(chance.fraction() * ports.length)]
  const options = { site, recorder, pick }
  const opened: Person[] = []
  const add = async (coming: Promise<Person>) => {
    const person = await coming
    opened.push(person)
    return person
  }
  const members = Object.fromEntries(
    await Promise.all(memberNames.map(async (name) => [name, await add(signInAs(options, name))] as const)),
  ) as Record<MemberName, Person>

  function entitle(customer: Person, conversationId: string, vendorId: string | null): void {
    recorder.entitle(customer.name, conversationId)
    for (const name of memberNames)
      if (staffWhoSeeAll.includes(name) || vendorOf(name) === vendorId)
        recorder.entitle(members[name].name, conversationId)
  }

  const openTalk = (number: number) =>
    startTalk(add(visit(options, `guest-${number}`)), number, number < watchedByModerator)

  async function startTalk(coming: Promise<Person>, number: number, isWatched: boolean): Promise<Talk> {
    const name = answering[number % answering.length] as MemberName
    const vendorId = vendorOf(name)
    const customer = await coming
    const about = vendorId === null ? {} : { product: { id: 'prd', vendorId } }
    const { choices } = await customer.ask('describeChoices', { about })
    const choice = choices.find(({ with: whom }) => whom.kind === (vendorId === null ? 'support' : 'vendor'))
    if (!choice) throw new Error('The site offers nobody to talk to.')
    const { topics } = await members.ines.ask('viewSite', {})
    const started = await customer.ask('startConversation', {
      requestId: newRequestId(),
      with: vendorId === null ? { kind: 'support' } : { kind: 'vendor', vendorId },
      about,
      answers: intakeFor(choice.form, topics, 'A question'),
    })
    const { conversationId } = started
    const answers = members[name]
    entitle(customer, conversationId, vendorId)
    await answers.ask('takeConversation', { requestId: newRequestId(), conversationId, from: null })
    customer.follow(conversationId)
    answers.follow(conversationId)
    if (isWatched) members.daniel.follow(conversationId)
    return { conversationId, customer, answers, vendorId }
  }

  const talks: Talk[] = []
  for (let at = 0; at < conversations; at += 5)
    talks.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(5, conversations - at) }, (_, more) => openTalk(at + more)),
      )),
    )
  return {
    talks,
    members,
    async begin(buyer) {
      const talk = await startTalk(add(visit(options, buyer, buyer)), 0, true)
      talks.push(talk)
      return talk
    },
    entitle,
    everybody: () => opened,
    add,
    async leave(person) {
      opened.splice(opened.indexOf(person), 1)
      await person.close()
    },
    options,
    async close() {
      await Promise.all(opened.map((person) => person.close()))
    },
  }
}
