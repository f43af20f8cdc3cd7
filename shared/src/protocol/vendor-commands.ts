import { z } from 'zod'
import type { CommandDefinition } from './commands.ts'
import { id, line, requestId, storable, text } from './texts.ts'

const onSite = { on: 'site' } as const
const read = { on: 'site', isRead: true } as const
const none = z.strictObject({})
const vendor = { requestId, vendorId: id }
const reason = line(500)
const fewer = (most: number) => z.number().int().min(1).max(most)

/** A figure below (rating, score) or above (the others) `warn` calls for a warning, beyond `hard` for more. */
const limit = z.strictObject({ warn: z.number().min(0).max(100_000), hard: z.number().min(0).max(100_000) })
const standingRules = z.strictObject({
  isOn: z.boolean(),
  windowDays: fewer(365),
  /** Under so many cases a figure says nothing. */
  leastSample: fewer(1_000),
  /** Between a warning and the next step. */
  cureDays: fewer(90),
  /** Conversations at a time for each member of a restricted vendor. */
  restrictedCapacity: fewer(50),
  limits: z.strictObject({
    rating: limit.nullable(),
    score: limit.nullable(),
    flagRate: limit.nullable(),
    firstReplyMinutes: limit.nullable(),
    nextReplyMinutes: limit.nullable(),
  }),
})
const named = z.strictObject({ id, label: line(120) })

export const vendorRulesInput = z.strictObject({
  applications: z.strictObject({
    isOpen: z.boolean(),
    categories: z.array(line(60)).max(60),
    documents: z.array(named.extend({ isRequired: z.boolean() })).max(12),
    checklist: z.array(named).max(20),
    needsSecondPerson: z.boolean(),
    /** How long what was checked counts; null for good. */
    vettedDays: fewer(3_650).nullable(),
    /** Sanitised HTML; each change of it is a new version, and an application records which one was accepted. */
    terms: storable(40_000),
  }),
  training: z.strictObject({
    /** Whoever has passed is admitted without a further word from staff. */
    admitsByItself: z.boolean(),
  }),
  /** Over when everything that is set has been reached; without either there is none. */
  probation: z.strictObject({
    conversations: fewer(1_000).nullable(),
    days: fewer(365).nullable(),
    /** Each message of the vendor waits until a moderator has let it go. */
    holdsMessages: z.boolean(),
  }),
  standing: standingRules,
})

/** What somebody who wants to become a vendor tells. */
export const applicationFields = {
  company: line(80),
  contactName: line(80),
  email: z.email().max(254),
  phone: line(40).optional(),
  website: storable(300)
    .pipe(z.url({ protocol: /^https?$/ }))
    .optional(),
  about: text.pipe(storable(4_000)),
  categories: z.array(line(60)).max(20),
  /** The version of the terms they have accepted. */
  termsVersion: z.number().int().min(1),
}

const trainingSection = z.strictObject({
  heading: line(120),
  /** Sanitised HTML. */
  body: storable(20_000),
  picture: z.strictObject({ fileId: id, alt: line(200) }).nullable(),
})
const trainingQuestion = z.strictObject({
  text: line(300),
  choices: z
    .array(z.strictObject({ text: line(300), isRight: z.boolean() }))
    .min(2)
    .max(8),
})

export const vendorCommands = {
  listVendorProfiles: { input: none, action: 'vendor.standing', ...read },
  viewVendor: { input: z.strictObject({ vendorId: id }), action: 'vendor.view', ...read },
  /** The vendor by our id or by the marketplace's. */
  viewVendorStanding: { input: z.strictObject({ vendorId: id }), action: 'vendor.standing', ...read },
  viewOwnVendor: { input: none, action: 'vendor.viewOwn', ...read },

  /** `admit` ends the training. A link in the answer is shown once; where mail is set up it is sent instead. */
  reviewVendor: {
    input: z.strictObject({
      ...vendor,
      act: z.enum(['startReview', 'askForMore', 'approve', 'refuse', 'admit']),
      reason,
      to: z.enum(['training', 'probation', 'active']).optional(),
      checked: z.array(id).max(20).default([]),
      /** The marketplace's own id of the vendor, as signed identities name it. */
      externalId: id.optional(),
    }),
    action: 'vendor.review',
    ...onSite,
  },
  checkVendorDocument: {
    input: z.strictObject({
      ...vendor,
      documentId: id,
      verdict: z.enum(['accepted', 'refused']),
      expiresOn: z.iso.date().nullable().default(null),
    }),
    action: 'vendor.review',
    ...onSite,
  },
  disciplineVendor: {
    input: z.strictObject({
      ...vendor,
      act: z.enum(['warn', 'restrict', 'lift', 'suspend', 'endProbation']),
      reason,
      untilAt: z.iso.datetime().nullable().default(null),
      /** The cases the notice names. */
      conversationIds: z.array(id).max(50).default([]),
      /** What a restriction takes away. */
      capacity: fewer(50).nullable().default(null),
      closedTopics: z.array(id).max(60).default([]),
      areLinksOff: z.boolean().default(false),
    }),
    action: 'vendor.discipline',
    ...onSite,
  },
  /** By somebody other than who decided first. */
  decideVendorAppeal: {
    input: z.strictObject({
      ...vendor,
      verdict: z.enum(['grant', 'keep']),
      to: z.enum(['probation', 'active']).default('probation'),
      reason,
    }),
    action: 'vendor.discipline',
    ...onSite,
  },
  appealAsVendor: { input: z.strictObject({ requestId, text }), action: 'vendor.appeal', ...onSite },

  viewVendorRules: { input: none, action: 'vendor.view', ...read },
  saveVendorRules: {
    input: z.strictObject({ requestId, rules: vendorRulesInput }),
    action: 'vendorRules.manage',
    ...onSite,
  },
  /** What these limits would have done over the past 30 days; changes nothing. */
  tryVendorRules: {
    input: z.strictObject({ standing: standingRules }),
    action: 'vendorRules.manage',
    ...read,
  },

  /** The vendor by our id or by the marketplace's. With `isAll` what is not named is no longer the vendor's. */
  saveVendorProducts: {
    input: z.strictObject({
      ...vendor,
      products: z.array(z.strictObject({ productId: id, name: line(200) })).max(500),
      isAll: z.boolean().default(false),
    }),
    action: 'vendor.products',
    ...onSite,
  },
  /**
   * Hands in an application for whoever asked the marketplace. `token` is the application's own proof, for its
   * documents; a `link` for the applicant is answered only where no mail is set up.
   */
  submitApplication: {
    input: z.strictObject({ requestId, ...applicationFields }),
    action: 'vendor.apply',
    ...onSite,
  },

  listTraining: { input: none, action: 'training.take', ...read },
  /** Positions of the choices, for each question. */
  takeTraining: {
    input: z.strictObject({
      requestId,
      moduleId: id,
      version: z.number().int().min(1),
      answers: z.array(z.array(z.number().int().min(0).max(7)).max(8)).max(40),
    }),
    action: 'training.take',
    ...onSite,
  },
  listTrainingModules: { input: none, action: 'training.manage', ...read },
  saveTrainingModule: {
    input: z.strictObject({
      requestId,
      moduleId: id.nullable(),
      title: line(120),
      /** Null is asked of everybody who answers, whatever it is about. */
      topicId: id.nullable(),
      sections: z.array(trainingSection).min(1).max(20),
      questions: z.array(trainingQuestion).min(1).max(40),
      passPercent: z.number().int().min(1).max(100),
      attemptsPerDay: fewer(20),
      certificateDays: fewer(1_825),
      isPublished: z.boolean(),
    }),
    action: 'training.manage',
    ...onSite,
  },
} as const satisfies Record<string, CommandDefinition>
