import { z } from 'zod'
import { keyScopes } from '../policy/key-scopes.ts'
import type { CommandDefinition } from './commands.ts'
import { limits } from './limits.ts'
import { id, line, requestId, storable, text } from './texts.ts'

const role = z.enum(['admin', 'moderator', 'csr', 'vendor'])
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, { error: 'hours.time' })
const markup = storable(4_000)
/** `Shift+E`, `Ctrl+Alt+ArrowDown`, `G I`, `?`, or the sign `::` of canned replies. */
const keys = z
  .string()
  .regex(/^(G )?((Ctrl|Alt|Shift)\+){0,3}([^\s\p{C}]|[A-Z][A-Za-z0-9]{1,14})$|^::$/u, { error: 'keys.shape' })

const intakeField = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/),
  label: line(120),
  type: z.enum(['text', 'email', 'longText', 'choice', 'order', 'topic', 'role']),
  isRequired: z.boolean(),
  help: line(200).optional(),
  choices: z
    .array(z.strictObject({ id, label: line(80) }))
    .max(40)
    .optional(),
  isPrivate: z.boolean(),
  topics: z.array(id).max(60).optional(),
  filledBy: z.enum(['name', 'email', 'role', 'order']).optional(),
})
const intakeForm = z.strictObject({ intro: line(200).optional(), fields: z.array(intakeField).max(12) })

export const siteSettingsInput = z.strictObject({
  allowedOrigins: z
    .array(z.string().regex(/^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?$/, { error: 'origin.shape' }))
    .max(50),
  branding: z.strictObject({
    name: line(60),
    colour: z.string().regex(/^#[0-9a-fA-F]{6}$/),
    launcherText: line(40).nullable(),
    side: z.enum(['end', 'start']),
    welcome: markup,
    closing: markup,
    notice: storable(300),
    fallbackUrl: storable(500)
      .regex(/^(https:\/\/|mailto:)\S+$/, { error: 'fallbackUrl.scheme' })
      .nullable(),
  }),
  hours: z.strictObject({
    timeZone: line(60),
    week: z.array(z.array(z.strictObject({ from: time, to: time })).max(4)).length(7),
    closedOn: z.array(z.iso.date()).max(100),
  }),
  topics: z
    .array(
      z.strictObject({
        id,
        label: line(60),
        queueId: id.nullable(),
        for: z.enum(['support', 'vendor', 'both']),
      }),
    )
    .max(60),
  intake: z.strictObject({ support: intakeForm, vendor: intakeForm }),
  isIdentityRequired: z.boolean(),
  totpRoles: z.array(role),
  isEnabled: z.boolean(),
})

const onSite = { on: 'site' } as const
const read = { on: 'site', isRead: true } as const
const none = z.strictObject({})

export const settingsCommands = {
  viewSite: { input: none, action: 'site.view', ...read },
  saveSite: {
    input: z.strictObject({ requestId, settings: siteSettingsInput }),
    action: 'site.configure',
    ...onSite,
  },
  createSite: { input: z.strictObject({ requestId, name: line(60) }), action: 'site.create', ...onSite },
  /** Widget and panel take the new key at once; the old one stops. */
  replaceSiteKey: { input: z.strictObject({ requestId }), action: 'site.configure', ...onSite },
  checkInstallation: { input: none, action: 'site.view', ...read },

  listQueues: { input: none, action: 'site.view', ...read },
  saveQueue: {
    input: z.strictObject({
      requestId,
      queueId: id.nullable(),
      name: line(60),
      memberIds: z.array(id).max(500),
      mode: z.enum(['offer', 'pick']),
      offerSeconds: z.number().int().min(10).max(600),
    }),
    action: 'queue.manage',
    ...onSite,
  },
  removeQueue: { input: z.strictObject({ requestId, queueId: id }), action: 'queue.manage', ...onSite },

  listMembers: { input: none, action: 'site.view', ...read },
  /** Answers a one-time link, shown once, that lets the invited person choose a password. */
  inviteMember: {
    input: z.strictObject({
      requestId,
      name: line(limits.nameCodePoints),
      email: z.email().max(254),
      role,
      vendorId: id.nullable(),
    }),
    action: 'member.manage',
    ...onSite,
  },
  saveMember: {
    input: z.strictObject({
      requestId,
      memberId: id,
      name: line(limits.nameCodePoints),
      role,
      capacity: z.number().int().min(0).max(50),
    }),
    action: 'member.manage',
    ...onSite,
  },
  disableMember: {
    input: z.strictObject({ requestId, memberId: id, isDisabled: z.boolean() }),
    action: 'member.manage',
    ...onSite,
  },
  /** Answers a one-time link, shown once: for somebody who has lost their password or second factor. */
  resetSignIn: { input: z.strictObject({ requestId, memberId: id }), action: 'member.manage', ...onSite },

  listVendors: { input: none, action: 'site.view', ...read },
  saveVendor: {
    input: z.strictObject({
      requestId,
      vendorId: id.nullable(),
      name: line(limits.nameCodePoints),
      externalId: id,
    }),
    action: 'vendor.manage',
    ...onSite,
  },

  listIdentityKeys: { input: none, action: 'identityKey.manage', ...read },
  /** HS256 answers the secret, once; EdDSA takes a public key (SPKI PEM). Two keys may live at a time. */
  createIdentityKey: {
    input: z.strictObject({
      requestId,
      algorithm: z.enum(['HS256', 'EdDSA']),
      publicKey: storable(1_000).optional(),
    }),
    action: 'identityKey.manage',
    ...onSite,
  },
  revokeIdentityKey: {
    input: z.strictObject({ requestId, kid: id }),
    action: 'identityKey.manage',
    ...onSite,
  },

  listApiKeys: { input: none, action: 'apiKey.manage', ...read },
  /** Answers the secret, once. Two keys may live at a time. */
  createApiKey: {
    input: z.strictObject({
      requestId,
      name: line(60),
      scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length),
    }),
    action: 'apiKey.manage',
    ...onSite,
  },
  revokeApiKey: { input: z.strictObject({ requestId, keyId: id }), action: 'apiKey.manage', ...onSite },

  saveCannedReply: {
    input: z.strictObject({
      requestId,
      cannedReplyId: id.nullable(),
      shortcut: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'shortcut.shape' }),
      title: line(120),
      text,
    }),
    action: 'cannedReply.manage',
    ...onSite,
  },
  removeCannedReply: {
    input: z.strictObject({ requestId, cannedReplyId: id }),
    action: 'cannedReply.manage',
    ...onSite,
  },

  listSessions: { input: none, action: 'session.manageOwn', ...read },
  endSession: { input: z.strictObject({ requestId, sessionId: id }), action: 'session.manageOwn', ...onSite },

  /** All own keys at once; what is not named has its usual keys. */
  saveKeyboard: {
    input: z.strictObject({
      requestId,
      keys: z
        .record(z.string().regex(/^[a-z][A-Za-z]{0,39}$/, { error: 'keys.shortcut' }), z.array(keys).max(4))
        .refine((named) => Object.keys(named).length <= limits.ownKeys, { error: 'keys.tooMany' }),
      hasSingleKeys: z.boolean(),
    }),
    action: 'keyboard.saveOwn',
    ...onSite,
  },
} as const satisfies Record<string, CommandDefinition>
