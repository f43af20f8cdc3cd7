import type { ConversationId, MemberId, MessageId, QueueId, VendorId } from '../ids.ts'
import type { AuditEntry, AuditVerdict } from './audit.ts'
import type { CommandName } from './commands.ts'
import type { PublicMember } from './events.ts'
import type { HeldPerson, LegalHold, ListedPerson, MemberExport, PersonExport } from './privacy.ts'
import type {
  BoardPage,
  Choices,
  ContactView,
  EventPage,
  InboxRow,
  Keyboard,
  Me,
  QueuePlace,
} from './reading.ts'
import type { Refusal } from './refusals.ts'
import type { Retention, RetentionCount } from './retention.ts'
import type { DisagreementPage, Review, ReviewPage, ReviewRow, ReviewSettings } from './reviews.ts'
import type { Comparison, Rollout } from './rollout.ts'
import type {
  ApiKey,
  CannedReply,
  IdentityKey,
  InstallationCheck,
  MemberSettings,
  QueueSettings,
  SessionEntry,
  SiteSettings,
  VendorSettings,
} from './settings.ts'
import type { TermRulesVersion, TermTrial } from './terms.ts'
import type { ConversationTone } from './tone.ts'
import type {
  ImportedTriggers,
  Trigger,
  TriggerList,
  TriggerReport,
  TriggerSettings,
  TriggerVersion,
} from './triggers.ts'
import type {
  OwnVendor,
  TrainingModule,
  TrainingModuleSettings,
  TrainingResult,
  TriedRules,
  VendorProfile,
  VendorRules,
  VendorStanding,
  VendorSummary,
} from './vendors.ts'
import type { Delivery, Webhook } from './webhooks.ts'

/** What a command that writes to a conversation's log answers: the asker's own head after the commit. */
export interface Written {
  conversationId: ConversationId
  /** Position, in the asker's stream, of the first event written; the head when it wrote none for that stream. */
  position: number
  at: string
}

interface SpecialAnswers {
  describeChoices: Choices
  startConversation: Written & { messageId: MessageId | null }
  listConversations: { rows: InboxRow[] }
  moveConversations: { moved: ConversationId[] }
  endVisit: Record<string, never>
  followConversation: { head: number }
  unfollowConversation: Record<string, never>
  readConversation: EventPage
  markConversation: Record<string, never>
  describePlace: { place: QueuePlace | null }
  sendMessage: Written & { messageId: MessageId }
  listInbox: { rows: InboxRow[]; cursor: string | null }
  /** `mentions`: conversations with a mention of the asker that is still open. */
  countInbox: {
    mine: number
    waiting: number
    team: number
    all: number
    rooms: number
    unread: number
    mentions: number
  }
  viewContact: ContactView
  revealContact: { value: string }
  setAvailability: { availability: 'available' | 'away'; capacity: number }
  listColleagues: {
    members: (PublicMember & { isAvailable: boolean; isOnline: boolean; vendorId: VendorId | null })[]
    queues: { queueId: QueueId; name: string; kind: 'support' | 'vendor' }[]
  }
  listMentionable: { members: { memberId: MemberId; name: string }[] }
  listCannedReplies: { replies: CannedReply[] }
  describeMe: Me
  viewSite: SiteSettings
  saveSite: SiteSettings
  createSite: { siteId: string; siteKey: string }
  replaceSiteKey: { siteKey: string }
  checkInstallation: InstallationCheck
  listQueues: { queues: QueueSettings[] }
  saveQueue: QueueSettings
  removeQueue: Record<string, never>
  listMembers: { members: MemberSettings[] }
  /** With mail the link has gone to the invited address as well, and is good for 15 minutes; without, for three days. */
  inviteMember: { memberId: string; link: string; isMailed: boolean }
  saveMember: MemberSettings
  disableMember: Record<string, never>
  resetSignIn: { link: string }
  listVendors: { vendors: VendorSettings[] }
  saveVendor: VendorSettings
  listIdentityKeys: { keys: IdentityKey[] }
  createIdentityKey: { kid: string; secret: string | null }
  revokeIdentityKey: Record<string, never>
  listApiKeys: { keys: ApiKey[] }
  createApiKey: { keyId: string; secret: string }
  revokeApiKey: Record<string, never>
  saveCannedReply: CannedReply
  removeCannedReply: Record<string, never>
  listSessions: { sessions: SessionEntry[] }
  endSession: Record<string, never>
  saveKeyboard: Keyboard
  listAudit: { entries: AuditEntry[]; before: string | null }
  listBoard: BoardPage
  watchConversation: { head: number }
  stopWatching: Record<string, never>
  whisper: Written & { messageId: MessageId }
  verifyAudit: AuditVerdict

  listVendorProfiles: { vendors: VendorSummary[] }
  viewVendor: VendorProfile
  viewOwnVendor: OwnVendor
  reviewVendor: { vendor: VendorProfile; link: string | null }
  checkVendorDocument: VendorProfile
  disciplineVendor: VendorProfile
  decideVendorAppeal: VendorProfile
  appealAsVendor: OwnVendor
  viewVendorRules: VendorRules
  saveVendorRules: VendorRules
  tryVendorRules: TriedRules
  saveVendorProducts: { products: number }
  viewVendorStanding: VendorStanding
  submitApplication: { vendorId: VendorId; token: string; link: string | null }
  listTraining: { modules: TrainingModule[] }
  takeTraining: TrainingResult
  listTrainingModules: { modules: TrainingModuleSettings[] }
  saveTrainingModule: TrainingModuleSettings
  listTriggers: TriggerList
  listTriggerVersions: { versions: TriggerVersion[] }
  readTriggerReport: TriggerReport
  exportTriggers: { yaml: string }
  saveTrigger: Trigger
  removeTrigger: Record<string, never>
  orderTriggers: Record<string, never>
  saveTriggerSettings: TriggerSettings
  importTriggers: ImportedTriggers
  listTermRules: { versions: TermRulesVersion[]; before: number | null }
  saveTermRules: TermRulesVersion
  switchLinks: TermRulesVersion
  tryTermRules: TermTrial
  listReviews: { reviews: ReviewRow[]; cursor: string | null }
  readReview: ReviewPage
  claimReview: Review
  pickReview: { reviewId: string }
  saveReview: Review
  listMyResults: { reviews: ReviewRow[]; cursor: string | null }
  disputeReview: Review
  decideDispute: Review
  listDisagreements: DisagreementPage
  viewReviewSettings: ReviewSettings
  saveReviewSettings: ReviewSettings
  listRollouts: { rollouts: Rollout[] }
  saveRollout: Rollout
  killRollout: Rollout
  compareRollout: Comparison
  viewTone: ConversationTone
  listWebhooks: { webhooks: Webhook[] }
  createWebhook: { webhook: Webhook; secret: string }
  saveWebhook: Webhook
  switchWebhook: Webhook
  rotateWebhookSecret: { webhook: Webhook; secret: string }
  removeWebhook: Record<string, never>
  sendTestEvent: { deliveryId: string }
  listDeliveries: { deliveries: Delivery[]; before: string | null }
  replayDelivery: Record<string, never>
  replayDeliveries: { replayed: number }
  findPeople: { people: ListedPerson[] }
  exportPerson: PersonExport
  erasePerson: { conversations: number }
  holdPerson: LegalHold
  releasePerson: Record<string, never>
  /** `total` also counts those that are not listed. */
  listHeldPeople: { people: HeldPerson[]; total: number }
  eraseApplicant: { documents: number }
  exportMember: MemberExport
  eraseMember: Record<string, never>
  viewRetention: Retention
  countRetention: RetentionCount
  saveRetention: Retention

  /** Vendors that this vendor can write to. */
  listRoomVendors: { vendors: { vendorId: VendorId; name: string }[] }
  startVendorRoom: Written & { messageId: MessageId }
  openBuyerRoom: { conversationId: ConversationId }
}

export type CommandAnswer<N extends CommandName> = N extends keyof SpecialAnswers
  ? SpecialAnswers[N]
  : Written

/** Every answer by its command: what the description of the API is made of. */
export type Answers = { [N in CommandName]: CommandAnswer<N> }

export type Outcome<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal }
