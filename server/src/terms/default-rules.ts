import { standardRoomRules, type TermRules } from '@parley/shared/protocol/terms.ts'

/** Masking spares people an argument; a moderator looks where money or a stranger's page is in it. Words alone are flagged. */
export const defaultTermRules: TermRules = {
  vendorToBuyer: {
    email: 'mask',
    phone: 'mask',
    link: 'hold',
    handle: 'mask',
    paymentAccount: 'refuse',
    offPlatformPayment: 'hold',
    abuse: 'flag',
    keyPhrase: 'flag',
  },
  buyerToVendor: {
    email: 'mask',
    phone: 'mask',
    link: 'flag',
    handle: 'mask',
    paymentAccount: 'mask',
    offPlatformPayment: 'flag',
    abuse: 'flag',
    keyPhrase: 'flag',
  },
  ...standardRoomRules,
  keyPhrases: [],
  blockedHosts: [],
  sentences: {},
  linksOff: { vendors: false, buyers: false, vendorIds: [] },
}
