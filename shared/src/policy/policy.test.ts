import { describe, expect, it } from 'vitest'
import type { Actor, CustomerActor, KeyActor, MemberActor, MemberRole } from '../people.ts'
import { type VendorState, vendorStates } from '../vendors/life-cycle.ts'
import { actionsOfScope, keyScopes } from './key-scopes.ts'
import { type Action, type ConversationFacts, permits, permitsOn, policy, policyRoleOf } from './policy.ts'

const customer: CustomerActor = {
  kind: 'customer',
  siteId: 'marlow',
  visitorId: 'this browser',
  contactId: 'me',
  role: 'buyer',
  isVerified: true,
  name: 'Marta',
  orders: [],
  vendorId: null,
}

function member(role: MemberRole, vendorState: VendorState = 'active'): MemberActor {
  return {
    kind: 'member',
    siteId: 'marlow',
    memberId: 'me',
    accountId: 'account',
    role,
    name: 'Priya',
    vendorId: role === 'vendor' ? 'kiln' : null,
    vendorName: role === 'vendor' ? 'Kiln & Thread' : null,
    queueIds: [role === 'vendor' ? 'kiln queue' : 'support queue'],
    ...(role === 'vendor' ? { vendorState } : {}),
  }
}

/** As on a site that has switched rooms on. */
const areRoomsOn = true
const actors: readonly Actor[] = [
  { ...customer, isVerified: false, name: null, areRoomsOn },
  { ...customer, areRoomsOn },
  { ...customer, role: 'vendor', vendorId: 'kiln', areRoomsOn },
  { ...member('vendor'), areRoomsOn },
  member('vendor', 'applied'),
  member('vendor', 'training'),
  { ...member('vendor', 'suspended'), areRoomsOn },
  member('csr'),
  member('moderator'),
  member('admin'),
  { kind: 'system', siteId: 'marlow', rule: 'routing' },
  { kind: 'key', siteId: 'marlow', keyId: 'key', name: 'Catalogue', scopes: keyScopes },
]
const actorOf = (role: string) => actors.find((actor) => policyRoleOf(actor) === role) as Actor

const support: ConversationFacts = {
  siteId: 'marlow',
  contactId: 'somebody',
  vendorId: null,
  queueId: 'payments queue',
  assigneeId: null,
  offeredTo: null,
}
const ofKiln: ConversationFacts = { ...support, vendorId: 'kiln', queueId: 'kiln queue' }
const ofNordvik: ConversationFacts = { ...support, vendorId: 'nordvik', queueId: 'nordvik queue' }

const roomOf = (kind: 'vendors' | 'buyers', ...memberIds: string[]): ConversationFacts => ({
  ...support,
  queueId: '',
  room: { kind, memberIds },
})

/** How a conversation can stand to whoever asks; everything that is not named belongs to somebody else. */
const relations: Record<string, ConversationFacts> = {
  own: { ...support, contactId: 'me' },
  'own with vendor': { ...ofNordvik, contactId: 'me' },
  foreign: support,
  'own queue': { ...support, queueId: 'support queue' },
  assigned: { ...support, assigneeId: 'me' },
  offered: { ...support, offeredTo: 'me' },
  'own vendor': ofKiln,
  'other vendor': ofNordvik,
  'vendor, assigned': { ...ofNordvik, assigneeId: 'me' },
  'own room': roomOf('vendors', 'kiln', 'nordvik'),
  'room of others': roomOf('vendors', 'nordvik', 'loom'),
  'own room of buyers': roomOf('buyers', 'me', 'you'),
  'buyers, others': roomOf('buyers', 'you', 'they'),
  'other site': {
    siteId: 'another',
    contactId: 'me',
    vendorId: 'kiln',
    queueId: 'support queue',
    assigneeId: 'me',
    offeredTo: 'me',
  },
}
const actions = Object.keys(policy) as Action[]

function table(actor: Actor): string {
  const names = Object.keys(relations)
  const width = Math.max(...actions.map((action) => action.length)) + 2
  const row = (first: string, cells: string[]) =>
    [first.padEnd(width), ...cells.map((cell, index) => cell.padEnd((names[index - 1]?.length ?? 6) + 2))]
      .join('')
      .trimEnd()
  return [
    `# ${policyRoleOf(actor)}`,
    row('', ['at all', ...names]),
    ...actions.map((action) =>
      row(action, [
        permits(actor, action) ? 'yes' : '·',
        ...names.map((name) =>
          permitsOn(actor, action, relations[name] as ConversationFacts) ? 'yes' : '·',
        ),
      ]),
    ),
  ].join('\n')
}

/** Relations in which a role may do something, in the table's order. */
function where(role: string, action: Action): string[] {
  const actor = actorOf(role)
  return Object.keys(relations).filter((name) =>
    permitsOn(actor, action, relations[name] as ConversationFacts),
  )
}

describe('the policy', () => {
  it('is this table: every role, every action, every relation', async () => {
    await expect(`${actors.map(table).join('\n\n')}\n`).toMatchFileSnapshot('./policy-matrix.txt')
  })

  it('knows each role by one actor of this test, so that no role is left out', () => {
    expect(new Set(actors.map(policyRoleOf)).size).toBe(actors.length)
    const roles = new Set(Object.values(policy).flatMap((line) => Object.keys(line)))
    expect([...roles].sort()).toEqual(actors.map(policyRoleOf).sort())
  })

  it('lets customers read and write only what they take part in, whoever they are with', () => {
    for (const role of ['visitor', 'buyer', 'seller'])
      for (const action of ['conversation.read', 'message.send', 'file.download', 'file.upload'] as const)
        expect(where(role, action)).toEqual([
          'own',
          'own with vendor',
          ...(role === 'buyer' ? ['own room of buyers'] : []),
        ])
  })

  it('shows a vendor its own conversations and no others, not even when one were assigned to it', () => {
    expect(where('vendor', 'conversation.read')).toEqual(['own vendor', 'own room'])
    expect(where('vendor', 'message.send')).toEqual(['own vendor', 'own room'])
    expect(where('vendor', 'contact.view')).toEqual(['own vendor', 'own room'])
  })

  it('shows a member of a vendor without a vendor nothing', () => {
    const lost = { ...member('vendor'), vendorId: null }
    for (const facts of Object.values(relations))
      expect(permitsOn(lost, 'conversation.read', facts)).toBe(false)
  })

  it('shows a CSR its queues and what is assigned or offered to it, and no vendor’s conversation besides', () => {
    const scope = ['own queue', 'assigned', 'offered', 'vendor, assigned']
    for (const action of ['conversation.read', 'message.send', 'note.read', 'note.write'] as const)
      expect(where('csr', action)).toEqual(scope)
    const inVendorsQueue = { ...member('csr'), queueIds: ['kiln queue', 'nordvik queue'] }
    expect(permitsOn(inVendorsQueue, 'conversation.read', ofKiln)).toBe(false)
  })

  it('shows moderators and admins everything of their site, a vendor’s conversations too', () => {
    const everything = Object.keys(relations).filter((name) => name !== 'other site')
    for (const role of ['moderator', 'admin']) expect(where(role, 'conversation.read')).toEqual(everything)
  })

  it('lets nobody do anything to another site’s conversation, whatever ids agree', () => {
    for (const actor of actors)
      for (const action of actions)
        expect(permitsOn(actor, action, relations['other site'] as ConversationFacts)).toBe(false)
  })

  it('keeps notes and addresses from customers and vendors', () => {
    for (const role of ['visitor', 'buyer', 'seller', 'vendor'])
      for (const action of ['note.read', 'note.write', 'contact.email'] as const)
        expect(where(role, action)).toEqual([])
  })

  it('lets whoever may act on a conversation also read it', () => {
    const acting = actions.filter((action) =>
      /^(message|note|file|contact|transcript|presence)\./.test(action),
    )
    expect(acting.length).toBeGreaterThan(5)
    for (const actor of actors)
      for (const facts of Object.values(relations))
        if (!permitsOn(actor, 'conversation.read', facts))
          expect(acting.filter((action) => permitsOn(actor, action, facts))).toEqual([])
  })

  it('lets only admins change the site, its people, keys, queues and vendors', () => {
    const managing = actions.filter((action) => /\.(configure|create|manage)$/.test(action))
    expect(managing).toContain('vendorRules.manage')
    for (const action of managing.filter((candidate) => candidate !== 'cannedReply.manage'))
      expect([action, actors.filter((actor) => permits(actor, action)).map(policyRoleOf)]).toEqual([
        action,
        ['admin'],
      ])
  })

  it('leaves the people of a vendor that is not admitted themselves and their own vendor’s page', () => {
    const own = ['session.manageOwn', 'keyboard.saveOwn', 'me.read', 'vendor.viewOwn']
    const training = ['training.take', 'training.read']
    const allowed = {
      applied: own,
      underReview: own,
      refused: own,
      training: [...own, ...training],
      suspended: [...own, 'vendor.appeal', ...training],
    }
    for (const [state, expected] of Object.entries(allowed)) {
      const actor = member('vendor', state as VendorState)
      expect([state, actions.filter((action) => permits(actor, action))]).toEqual([state, expected])
      for (const facts of Object.values(relations))
        expect(permitsOn(actor, 'conversation.read', facts)).toBe(false)
    }
    const admitted = vendorStates.filter((state) => !(state in allowed))
    expect(admitted).toEqual(['probation', 'active', 'restricted'])
    for (const state of admitted)
      expect(actions.filter((action) => permits(member('vendor', state), action))).toEqual(
        actions.filter((action) => permits(member('vendor'), action)),
      )
    const { vendorState: _, ...unknown } = member('vendor')
    expect(policyRoleOf(unknown)).toBe('applicant')
  })

  it('lets a vendor’s member read about a topic that is closed to them, and not answer it', () => {
    const facts = { ...ofKiln, topicId: 'return' }
    const trained = member('vendor')
    for (const closedTopics of [['return'], ['*']]) {
      const actor = { ...trained, closedTopics }
      expect(permitsOn(actor, 'conversation.read', facts)).toBe(true)
      for (const action of ['message.send', 'conversation.take', 'file.upload'] as const) {
        expect(permitsOn(trained, action, facts)).toBe(true)
        expect(permitsOn(actor, action, facts)).toBe(false)
        expect(permitsOn(actor, action, { ...facts, topicId: 'product' })).toBe(closedTopics[0] !== '*')
      }
    }
    const daniel = { ...member('moderator'), closedTopics: ['*'] }
    expect(permitsOn(daniel, 'message.send', facts)).toBe(true)
  })

  it('has no action that writes, changes or deletes the audit', () => {
    expect(actions.filter((action) => action.includes('audit'))).toEqual(['audit.read', 'audit.export'])
    expect(actors.filter((actor) => permits(actor, 'audit.read')).map(policyRoleOf)).toEqual([
      'moderator',
      'admin',
    ])
    expect(actors.filter((actor) => permits(actor, 'audit.export')).map(policyRoleOf)).toEqual(['admin'])
  })

  it('gives what acts by itself only what its rules need', () => {
    const system = actorOf('system')
    expect(actions.filter((action) => permits(system, action))).toEqual([
      'conversation.close',
      'conversation.reopen',
      'conversation.snooze',
      'conversation.route',
    ])
  })

  it('opens to a key what its scopes name and its line in the table allows, and nothing of any conversation', () => {
    const withScopes = (...scopes: KeyActor['scopes']) => ({ ...(actorOf('key') as KeyActor), scopes })
    const open = (actor: KeyActor) => actions.filter((action) => permits(actor, action))
    expect(open(withScopes())).toEqual([])
    for (const scope of keyScopes) expect(open(withScopes(scope))).toEqual(actionsOfScope[scope])
    expect(open(withScopes(...keyScopes))).toEqual(actions.filter((action) => 'key' in policy[action]))
    for (const facts of Object.values(relations))
      expect(permitsOn(withScopes(...keyScopes), 'conversation.read', facts)).toBe(false)
  })

  it('leaves starting, rating and transcripts to customers', () => {
    for (const action of ['conversation.start', 'conversation.rate', 'transcript.request'] as const)
      expect(actors.filter((actor) => permits(actor, action)).map(policyRoleOf)).toEqual([
        'visitor',
        'buyer',
        'seller',
      ])
  })

  it('leaves moderation to moderators and admins, in the whole site', () => {
    for (const action of ['moderation.watch', 'moderation.act', 'moderation.hold', 'contact.block'] as const)
      expect(actors.filter((actor) => permits(actor, action)).map(policyRoleOf)).toEqual([
        'moderator',
        'admin',
      ])
  })

  it('lets a CSR raise a hand and redact where it answers, and nowhere else', () => {
    for (const action of ['hand.raise', 'message.redact'] as const)
      expect(where('csr', action)).toEqual(where('csr', 'conversation.read'))
  })

  it('lets whoever takes part report, and staff not', () => {
    expect(where('buyer', 'conversation.report')).toEqual(['own', 'own with vendor', 'own room of buyers'])
    expect(where('vendor', 'conversation.report')).toEqual(['own vendor', 'own room'])
    for (const role of ['csr', 'moderator', 'admin']) expect(where(role, 'conversation.report')).toEqual([])
  })

  it('lets somebody who was blocked read on, and write nothing', () => {
    const blocked = { ...customer, isBlocked: true } as const
    const own = relations['own with vendor'] as ConversationFacts
    expect(permitsOn(blocked, 'conversation.read', own)).toBe(true)
    for (const action of ['message.send', 'file.upload', 'conversation.report'] as const)
      expect(permitsOn(blocked, action, own)).toBe(false)
    expect(permits(blocked, 'conversation.start')).toBe(false)
  })

  it('knows nobody in a room but its members and those who moderate, and these only while rooms are on', () => {
    const rooms = ['own room', 'room of others', 'own room of buyers', 'buyers, others']
    const readers = (name: string, of: readonly Actor[]) =>
      of.filter((actor) => permitsOn(actor, 'conversation.read', relations[name] as ConversationFacts))
    const roles = (name: string) => readers(name, actors).map(policyRoleOf)
    expect(rooms.map(roles)).toEqual([
      ['vendor', 'moderator', 'admin'],
      ['moderator', 'admin'],
      ['buyer', 'moderator', 'admin'],
      ['moderator', 'admin'],
    ])
    const switchedOff = actors.map((actor) => {
      const { areRoomsOn: _on, ...rest } = actor as CustomerActor & { areRoomsOn?: true }
      return rest as Actor
    })
    for (const name of rooms)
      expect(readers(name, switchedOff).map(policyRoleOf)).toEqual(['moderator', 'admin'])
  })

  it('has nobody answer, take, pass on, rate or block in a room, nor a CSR who was given it', () => {
    const room = { ...(relations['own room'] as ConversationFacts), assigneeId: 'me', offeredTo: 'me' }
    const never = [
      'conversation.take',
      'conversation.transfer',
      'conversation.snooze',
      'conversation.rate',
      'transcript.request',
      'contact.email',
      'contact.block',
    ] as const
    for (const actor of actors)
      for (const action of never) expect([action, permitsOn(actor, action, room)]).toEqual([action, false])
    expect(actions.filter((action) => permitsOn(actorOf('csr'), action, room))).toEqual([])
  })

  it('takes a vendor’s member who may not answer for anything out of writing in its rooms, not out of reading', () => {
    const own = relations['own room'] as ConversationFacts
    const restricted = { ...(actorOf('vendor') as MemberActor), closedTopics: ['*'] }
    expect(permitsOn(restricted, 'conversation.read', own)).toBe(true)
    expect(permitsOn(restricted, 'message.send', own)).toBe(false)
    expect(permitsOn(actorOf('suspended'), 'conversation.read', own)).toBe(false)
  })
})
