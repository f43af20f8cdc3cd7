import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import { keptByDefault } from '@parley/shared/protocol/retention.ts'
import { standardCriteria } from '@parley/shared/review/rubric.ts'
import { standardRules } from '../reviews/index.ts'
import { defaultSettings } from '../sites/index.ts'
import { defaultTermRules } from '../terms/index.ts'
import { defaultRules } from '../vendors/rules/default-rules.ts'

/** What a wish can be about. Whether it is there, and whose it is, is for the test to choose. */
export interface Things {
  conversationId: string
  messageId: string
  memberId: string
  queueId: string
  vendorId: string
  cannedReplyId: string
  sessionId: string
  kid: string
  keyId: string
  triggerId: string
  webhookId: string
  contactId: string
  reviewId: string
}

export const nothing: Things = {
  conversationId: 'cnv_absent',
  messageId: 'msg_absent',
  memberId: 'mem_absent',
  queueId: 'que_absent',
  vendorId: 'ven_absent',
  cannedReplyId: 'can_absent',
  sessionId: 'ses_absent',
  kid: 'kid_absent',
  keyId: 'key_absent',
  triggerId: 'trg_absent',
  webhookId: 'whk_absent',
  contactId: 'con_absent',
  reviewId: 'rev_absent',
}

let count = 0
function requestId(): string {
  count += 1
  return `wish-${process.pid}-${count}`
}

type Wishes = { [N in CommandName]: (about: Things) => CommandWish<N> }

const write = ({ conversationId }: Things) => ({ requestId: requestId(), conversationId })
const read = ({ conversationId }: Things) => ({ conversationId })

const webhook = {
  url: 'https://hooks.example/parley',
  label: 'Warehouse',
  eventTypes: ['messageSent' as const],
}

const vendorWish = (vendorId: string) => ({ requestId: requestId(), vendorId, reason: 'For a test' })

/** One well-formed wish for every command, so that only rights decide what is answered. */
export const wishes: Wishes = {
  describeChoices: () => ({}),
  startConversation: () => ({
    requestId: requestId(),
    with: { kind: 'support' },
    answers: { role: 'buyer', name: 'Guest', topic: 'product', description: 'Is it oven-proof?' },
  }),
  listConversations: () => ({}),
  moveConversations: ({ conversationId }) => ({ requestId: requestId(), conversationIds: [conversationId] }),
  endVisit: () => ({ requestId: requestId() }),
  followConversation: read,
  unfollowConversation: read,
  readConversation: read,
  markConversation: ({ conversationId, messageId }) => ({ conversationId, readTo: messageId }),
  describePlace: read,
  sendMessage: (about) => ({ ...write(about), text: 'a message' }),
  addNote: (about) => ({ ...write(about), text: 'a note', mentions: [about.memberId] }),
  listMentionable: read,
  closeConversation: (about) => ({ ...write(about), reason: 'For a test' }),
  reopenConversation: write,
  rateConversation: (about) => ({ ...write(about), stars: 4 }),
  requestTranscript: write,
  listInbox: () => ({ view: 'all' }),
  countInbox: () => ({}),
  viewContact: read,
  revealContact: (about) => ({ ...write(about), field: 'email', reason: 'For a test' }),
  takeConversation: write,
  acceptOffer: write,
  declineOffer: write,
  transferConversation: (about) => ({
    ...write(about),
    to: { kind: 'queue', queueId: about.queueId },
    reason: 'It is about a payment',
  }),
  snoozeConversation: (about) => ({
    ...write(about),
    untilAt: new Date(Date.now() + 3_600_000).toISOString(),
  }),
  unsnoozeConversation: write,
  setAvailability: () => ({ availability: 'available' }),
  listColleagues: () => ({}),
  listCannedReplies: () => ({}),
  describeMe: () => ({}),
  viewSite: () => ({}),
  saveSite: () => ({ requestId: requestId(), settings: defaultSettings('Marlow') }),
  createSite: () => ({ requestId: requestId(), name: 'Second' }),
  replaceSiteKey: () => ({ requestId: requestId() }),
  checkInstallation: () => ({}),
  listQueues: () => ({}),
  saveQueue: ({ queueId }) => ({
    requestId: requestId(),
    queueId,
    name: 'Renamed',
    memberIds: [],
    mode: 'pick',
    offerSeconds: 60,
  }),
  removeQueue: ({ queueId }) => ({ requestId: requestId(), queueId }),
  listMembers: () => ({}),
  inviteMember: () => ({
    requestId: requestId(),
    name: 'Lena Vogt',
    email: 'lena@marlow.example',
    role: 'csr',
    vendorId: null,
  }),
  saveMember: ({ memberId }) => ({
    requestId: requestId(),
    memberId,
    name: 'Renamed',
    role: 'csr',
    capacity: 1,
  }),
  disableMember: ({ memberId }) => ({ requestId: requestId(), memberId, isDisabled: true }),
  resetSignIn: ({ memberId }) => ({ requestId: requestId(), memberId }),
  listVendors: () => ({}),
  saveVendor: ({ vendorId }) => ({
    requestId: requestId(),
    vendorId,
    name: 'Renamed',
    externalId: 'renamed',
  }),
  listIdentityKeys: () => ({}),
  createIdentityKey: () => ({ requestId: requestId(), algorithm: 'HS256' }),
  revokeIdentityKey: ({ kid }) => ({ requestId: requestId(), kid }),
  listApiKeys: () => ({}),
  createApiKey: () => ({ requestId: requestId(), name: 'Catalogue', scopes: ['vendors.read'] }),
  revokeApiKey: ({ keyId }) => ({ requestId: requestId(), keyId }),
  saveCannedReply: ({ cannedReplyId }) => ({
    requestId: requestId(),
    cannedReplyId,
    shortcut: 'taken-over',
    title: 'Taken over',
    text: 'Changed by somebody else',
  }),
  removeCannedReply: ({ cannedReplyId }) => ({ requestId: requestId(), cannedReplyId }),
  listSessions: () => ({}),
  saveKeyboard: () => ({ requestId: requestId(), keys: { resolve: ['Shift+E'] }, hasSingleKeys: true }),
  endSession: ({ sessionId }) => ({ requestId: requestId(), sessionId }),
  listTriggers: () => ({}),
  listTriggerVersions: ({ triggerId }) => ({ triggerId }),
  readTriggerReport: () => ({}),
  exportTriggers: () => ({}),
  saveTrigger: ({ triggerId }) => ({
    requestId: requestId(),
    triggerId,
    version: 1,
    name: 'Returns',
    isOn: true,
    rule: { when: [{ on: 'exit' }], do: { show: 'badge' }, often: { times: 1, days: 1 } },
  }),
  removeTrigger: ({ triggerId }) => ({ requestId: requestId(), triggerId }),
  orderTriggers: ({ triggerId }) => ({ requestId: requestId(), triggerIds: [triggerId] }),
  saveTriggerSettings: () => ({
    requestId: requestId(),
    settings: {
      perPage: 1,
      perDay: 2,
      quietHours: 24,
      excluded: [],
      neverOn: [],
      measure: 'unlessAsked',
      segments: [],
    },
  }),
  importTriggers: () => ({ requestId: requestId(), yaml: 'parley: triggers\ntriggers: []\n' }),
  listAudit: () => ({}),
  listBoard: () => ({}),
  watchConversation: read,
  stopWatching: read,
  whisper: (about) => ({ ...write(about), text: 'a whisper', reason: 'To help' }),
  joinConversation: (about) => ({ ...write(about), reason: 'It is getting loud' }),
  leaveConversation: (about) => ({ ...write(about), reason: 'It is calm again' }),
  takeOverConversation: (about) => ({ ...write(about), reason: 'Payment elsewhere' }),
  handBackConversation: (about) => ({ ...write(about), reason: 'It is settled' }),
  startHolding: (about) => ({ ...write(about), reason: 'Payment elsewhere' }),
  stopHolding: (about) => ({ ...write(about), reason: 'It is settled' }),
  releaseMessage: (about) => ({ ...write(about), messageId: about.messageId, reason: 'An order number' }),
  rejectMessage: (about) => ({
    ...write(about),
    messageId: about.messageId,
    reason: 'A phone number',
    words: 'Please keep to the chat',
  }),
  restoreMessage: (about) => ({ ...write(about), messageId: about.messageId, reason: 'A shoe size' }),
  redactMessage: (about) => ({ ...write(about), messageId: about.messageId, reason: 'A home address' }),
  resolveFlags: (about) => ({ ...write(about), messageId: about.messageId, verdict: 'dismissed' }),
  reportConversation: (about) => ({ ...write(about), messageId: about.messageId, reason: 'Rude' }),
  raiseHand: (about) => ({ ...write(about), reason: 'I am not sure' }),
  lowerHand: write,
  blockCustomer: (about) => ({ ...write(about), reason: 'Threats' }),
  unblockCustomer: (about) => ({ ...write(about), reason: 'Said sorry' }),
  verifyAudit: () => ({}),

  listVendorProfiles: () => ({}),
  viewVendor: ({ vendorId }) => ({ vendorId }),
  viewOwnVendor: () => ({}),
  reviewVendor: ({ vendorId }) => ({ ...vendorWish(vendorId), act: 'startReview' }),
  checkVendorDocument: ({ vendorId }) => ({
    requestId: requestId(),
    vendorId,
    documentId: 'doc_absent',
    verdict: 'accepted',
  }),
  disciplineVendor: ({ vendorId }) => ({ ...vendorWish(vendorId), act: 'suspend' }),
  decideVendorAppeal: ({ vendorId }) => ({ ...vendorWish(vendorId), verdict: 'keep' }),
  appealAsVendor: () => ({ requestId: requestId(), text: 'Please look again' }),
  viewVendorRules: () => ({}),
  saveVendorRules: () => ({ requestId: requestId(), rules: defaultRules }),
  tryVendorRules: () => ({ standing: defaultRules.standing }),
  saveVendorProducts: ({ vendorId }) => ({
    requestId: requestId(),
    vendorId,
    products: [{ productId: 'prd_taken', name: 'Taken over' }],
  }),
  viewVendorStanding: ({ vendorId }) => ({ vendorId }),
  submitApplication: () => ({
    requestId: requestId(),
    company: 'Fern & Fold',
    contactName: 'Ada Fern',
    email: `ada-${requestId()}@fern.example`,
    about: 'Baskets',
    categories: [],
    termsVersion: 1,
  }),
  listTraining: () => ({}),
  takeTraining: () => ({ requestId: requestId(), moduleId: 'trn_absent', version: 1, answers: [[0]] }),
  listTrainingModules: () => ({}),
  saveTrainingModule: () => ({
    requestId: requestId(),
    moduleId: 'trn_absent',
    title: 'Returns',
    topicId: null,
    sections: [{ heading: 'Returns', body: '<p>Be kind.</p>', picture: null }],
    questions: [
      {
        text: 'What to be?',
        choices: [
          { text: 'Kind', isRight: true },
          { text: 'Not', isRight: false },
        ],
      },
    ],
    passPercent: 80,
    attemptsPerDay: 3,
    certificateDays: 365,
    isPublished: false,
  }),

  listTermRules: () => ({}),
  saveTermRules: () => ({ requestId: requestId(), from: 0, rules: defaultTermRules }),
  tryTermRules: () => ({ rules: defaultTermRules }),
  switchLinks: ({ vendorId }) => ({
    requestId: requestId(),
    vendorId,
    isOff: true,
    reason: 'Links to a shop elsewhere',
  }),
  listReviews: () => ({ view: 'queue' }),
  readReview: ({ reviewId }) => ({ reviewId }),
  claimReview: ({ reviewId }) => ({ requestId: requestId(), reviewId, isMine: true }),
  pickReview: ({ conversationId }) => ({ requestId: requestId(), pickedId: conversationId }),
  saveReview: ({ reviewId }) => ({
    requestId: requestId(),
    reviewId,
    marks: { decision: 'yes' },
    comments: [],
    summary: '',
    isFinished: false,
  }),
  listMyResults: () => ({}),
  disputeReview: ({ reviewId }) => ({ requestId: requestId(), reviewId, words: 'I do not agree' }),
  decideDispute: ({ reviewId }) => ({
    requestId: requestId(),
    reviewId,
    isUpheld: true,
    words: 'It stands',
  }),
  listDisagreements: () => ({}),
  viewReviewSettings: () => ({}),
  listRollouts: () => ({}),
  saveRollout: () => ({
    requestId: requestId(),
    feature: 'vendorChat',
    from: 0,
    rule: { isKilled: false, sharePercent: 5, vendorIds: [], cohort: null, holdOutPercent: 0 },
  }),
  killRollout: () => ({ requestId: requestId(), feature: 'vendorChat' }),
  compareRollout: () => ({ feature: 'vendorChat' }),
  listWebhooks: () => ({}),
  createWebhook: () => ({ requestId: requestId(), ...webhook }),
  saveWebhook: ({ webhookId }) => ({ requestId: requestId(), webhookId, ...webhook }),
  switchWebhook: ({ webhookId }) => ({ requestId: requestId(), webhookId, isOn: false }),
  rotateWebhookSecret: ({ webhookId }) => ({ requestId: requestId(), webhookId }),
  removeWebhook: ({ webhookId }) => ({ requestId: requestId(), webhookId }),
  sendTestEvent: ({ webhookId }) => ({ requestId: requestId(), webhookId }),
  listDeliveries: ({ webhookId }) => ({ webhookId }),
  replayDelivery: ({ webhookId }) => ({ requestId: requestId(), webhookId, deliveryId: 'dlv_absent' }),
  replayDeliveries: ({ webhookId }) => ({
    requestId: requestId(),
    webhookId,
    from: '2026-11-01T00:00:00Z',
    to: '2026-11-02T00:00:00Z',
  }),
  findPeople: () => ({ search: 'Marta' }),
  exportPerson: ({ contactId }) => ({ contactId }),
  erasePerson: ({ contactId }) => ({ requestId: requestId(), contactId, reason: 'They asked' }),
  holdPerson: ({ contactId }) => ({ requestId: requestId(), contactId, reason: 'A court asked' }),
  releasePerson: ({ contactId }) => ({ requestId: requestId(), contactId, reason: 'It is decided' }),
  listHeldPeople: () => ({}),
  eraseApplicant: ({ vendorId }) => ({ requestId: requestId(), vendorId, reason: 'They asked' }),
  exportMember: ({ memberId }) => ({ memberId }),
  eraseMember: ({ memberId }) => ({ requestId: requestId(), memberId, reason: 'They asked' }),
  viewRetention: () => ({}),
  countRetention: () => ({ retention: keptByDefault }),
  saveRetention: () => ({ requestId: requestId(), retention: keptByDefault }),
  viewTone: ({ conversationId }) => ({ conversationId }),
  listRoomVendors: () => ({}),
  startVendorRoom: ({ vendorId }) => ({ requestId: requestId(), vendorId, text: 'Do you ship together?' }),
  openBuyerRoom: () => ({
    requestId: requestId(),
    name: 'Weavers',
    members: [
      { sub: 'sub-absent', name: 'Ada' },
      { sub: 'sub-absent-too', name: 'Bo' },
    ],
  }),
  saveReviewSettings: () => ({ requestId: requestId(), criteria: standardCriteria, rules: standardRules }),
}
