import type { z } from 'zod'
import type { ConversationId, FileId, MemberId, QueueId, VendorId } from '../ids.ts'
import type { VendorAct, VendorState } from '../vendors/life-cycle.ts'
import type { vendorRulesInput } from './vendor-commands.ts'

export type VendorRulesContent = z.output<typeof vendorRulesInput>
export type StandingRules = VendorRulesContent['standing']

export interface VendorRules {
  rules: VendorRulesContent
  termsVersion: number
  savedAt: string | null
  savedBy: string | null
}

export const standingMetrics = [
  'rating',
  'score',
  'flagRate',
  'firstReplyMinutes',
  'nextReplyMinutes',
] as const
export type StandingMetric = (typeof standingMetrics)[number]
export type StandingVerdict = 'good' | 'warning' | 'hard'

/** One measure over the window; formulas in docs/vendors.md. */
export interface Figure {
  metric: StandingMetric
  /** Null without a single case. */
  value: number | null
  sample: number
  /** `none`: too few cases, or no limit is set. */
  verdict: StandingVerdict | 'none'
  limit: { warn: number; hard: number } | null
}

export interface Standing {
  at: string
  windowDays: number
  leastSample: number
  verdict: StandingVerdict
  figures: Figure[]
}

/** A case behind a figure. */
export interface StandingCase {
  metric: StandingMetric
  conversationId: ConversationId
  at: string
  value: number
}

/** What happened to a vendor: who, when, why. */
export interface VendorStep {
  at: string
  by: string
  isByRule: boolean
  act: VendorAct | 'added'
  from: VendorState | null
  to: VendorState
  why: string
  untilAt: string | null
  conversationIds: ConversationId[]
}

export interface VendorLimits {
  capacity: number | null
  closedTopics: string[]
  areLinksOff: boolean
}

export interface VendorSummary {
  vendorId: VendorId
  name: string
  externalId: string
  state: VendorState
  sinceAt: string
  untilAt: string | null
  members: number
  rating: { average: number; count: number } | null
  verdict: StandingVerdict | null
  /** An application, an answer or an appeal is waiting for staff. */
  waitsFor: 'review' | 'appeal' | null
}

/** Where a vendor stands, for the marketplace's own server: no person, no conversation. */
export interface VendorStanding extends VendorSummary {
  limits: VendorLimits
  probation: { conversations: number | null; conversationsDone: number; endsAt: string | null } | null
  standing: Standing
}

export interface VendorDocument {
  documentId: string
  label: string
  fileId: FileId
  name: string
  bytes: number
  givenAt: string
  verdict: 'accepted' | 'refused' | null
  checkedBy: string | null
  expiresOn: string | null
}

export interface VendorAppeal {
  at: string
  by: string
  text: string
  decision: { at: string; by: string; verdict: 'grant' | 'keep'; reason: string } | null
}

/** What an applicant told, and what was said about it since. */
export interface VendorApplication {
  company: string
  contactName: string
  email: string
  isEmailConfirmed: boolean
  phone: string | null
  website: string | null
  about: string
  categories: string[]
  termsVersion: number
  appliedAt: string
  talk: { at: string; side: 'staff' | 'applicant'; by: string; text: string }[]
}

export interface VendorMember {
  memberId: MemberId
  name: string
  isDisabled: boolean
  isInvited: boolean
  certificates: { moduleId: string; title: string; expiresAt: string; isCurrent: boolean }[]
}

export interface VendorProfile extends VendorSummary {
  queueId: QueueId | null
  vettedUntilAt: string | null
  limits: VendorLimits
  probation: { conversations: number | null; conversationsDone: number; endsAt: string | null } | null
  steps: VendorStep[]
  application:
    | (VendorApplication & {
        checked: { id: string; by: string; at: string }[]
        firstApproval: { by: string; byId: MemberId; at: string } | null
        isErased: boolean
      })
    | null
  documents: VendorDocument[]
  people: VendorMember[]
  standing: Standing
  cases: StandingCase[]
  appeal: VendorAppeal | null
  /** Who took the step that may be appealed: somebody else decides. */
  decidedBy: MemberId | null
  products: number
}

/** A vendor's own page: no cases of others, no names of who reviewed. */
export interface OwnVendor {
  vendorId: VendorId
  name: string
  state: VendorState
  sinceAt: string
  untilAt: string | null
  limits: VendorLimits
  probation: VendorProfile['probation']
  /** What the marketplace has told it, newest first. */
  notices: Pick<VendorStep, 'at' | 'act' | 'to' | 'why' | 'untilAt' | 'conversationIds'>[]
  standing: Standing
  cases: StandingCase[]
  appeal: VendorAppeal | null
  mayAppeal: boolean
  /** The site sends letters. */
  hasMail: boolean
}

export interface TrainingQuestion {
  text: string
  choices: string[]
  /** How many are right, so that one or several are asked for. */
  rightCount: number
}

export interface TrainingSection {
  heading: string
  body: string
  picture: { fileId: FileId; alt: string } | null
}

/** A module as whoever takes it sees it: what is right stays with the server. */
export interface TrainingModule {
  moduleId: string
  version: number
  title: string
  topicId: string | null
  topic: string | null
  sections: TrainingSection[]
  questions: TrainingQuestion[]
  passPercent: number
  attemptsLeft: number
  certificate: { expiresAt: string; isCurrent: boolean } | null
}

export interface TrainingModuleSettings {
  moduleId: string
  version: number
  title: string
  topicId: string | null
  sections: TrainingSection[]
  questions: { text: string; choices: { text: string; isRight: boolean }[] }[]
  passPercent: number
  attemptsPerDay: number
  certificateDays: number
  isPublished: boolean
  savedAt: string
  savedBy: string
  /** Members with a certificate that counts now. */
  certified: number
}

export interface TrainingResult {
  percent: number
  hasPassed: boolean
  /** Which questions were answered rightly. */
  right: boolean[]
  expiresAt: string | null
  attemptsLeft: number
}

/** One thing the rules would have done. */
export interface TriedStep {
  vendorId: VendorId
  name: string
  on: string
  act: 'warn' | 'restrict' | 'suspend' | 'lift'
  why: string
  conversationIds: ConversationId[]
}

export interface TriedRules {
  fromAt: string
  toAt: string
  vendors: number
  steps: TriedStep[]
}
