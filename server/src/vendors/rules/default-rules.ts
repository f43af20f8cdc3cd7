import type { VendorRulesContent } from '@parley/shared/protocol/vendors.ts'

/** What holds before a site has written rules of its own: nobody can apply, nothing is weighed. */
export const defaultRules: VendorRulesContent = {
  applications: {
    isOpen: false,
    categories: [],
    documents: [{ id: 'registration', label: 'Business registration', isRequired: true }],
    checklist: [
      { id: 'business', label: 'The business exists and is who it says' },
      { id: 'goods', label: 'The goods may be sold here' },
      { id: 'contact', label: 'The contact speaks for the business' },
    ],
    needsSecondPerson: false,
    vettedDays: 365,
    terms: '',
  },
  training: { admitsByItself: false },
  probation: { conversations: 10, days: null, holdsMessages: false },
  standing: {
    isOn: false,
    windowDays: 30,
    leastSample: 10,
    cureDays: 7,
    restrictedCapacity: 2,
    limits: {
      rating: { warn: 4, hard: 3.5 },
      score: { warn: 70, hard: 50 },
      flagRate: { warn: 5, hard: 10 },
      firstReplyMinutes: { warn: 60, hard: 240 },
      nextReplyMinutes: { warn: 60, hard: 240 },
    },
  },
}
