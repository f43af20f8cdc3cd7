import { timers } from './000-timers.ts'
import { spine } from './001-spine.ts'
import { moderation } from './002-moderation.ts'
import { vendors } from './003-vendors.ts'
import { terms } from './004-terms.ts'
import { audit } from './005-audit.ts'
import { triggers } from './006-triggers.ts'
import { reviews } from './007-reviews.ts'
import { rollout } from './008-rollout.ts'
import { judgedVendors } from './009-judged-vendors.ts'
import { tone } from './010-tone.ts'
import { apiKeys } from './011-api-keys.ts'
import { mentions } from './011-mentions.ts'
import { toldTraining } from './012-told-training.ts'
import { webhooks } from './012-webhooks.ts'
import { erasure } from './013-erasure.ts'
import { retention } from './014-retention.ts'
import { sso } from './014-sso.ts'
import { foundPeople } from './015-found-people.ts'
import { erasedApplicants } from './016-erased-applicants.ts'
import { keyboard } from './016-keyboard.ts'
import { rooms } from './016-rooms.ts'
import { erasedMembers } from './017-erased-members.ts'
import { listsByHour } from './018-lists-by-hour.ts'
import { oneRollOut } from './018-one-roll-out.ts'
import { renewedVisits } from './019-renewed-visits.ts'
import { usedIdentities } from './020-used-identities.ts'
import { searchedNames } from './021-searched-names.ts'
import { contactReveals } from './022-contact-reveals.ts'
import { followedOrders } from './023-followed-orders.ts'
import { legalHolds } from './023-legal-holds.ts'
import { notices } from './023-notices.ts'
import { sealedFields } from './023-sealed-fields.ts'
import { revocations } from './024-revocations.ts'
import { readByVendor } from './025-read-by-vendor.ts'
import type { Migration } from './migrate.ts'

/** In order, never changed once released: a new step is a new file. */
export const migrations: readonly Migration[] = [
  timers,
  spine,
  moderation,
  vendors,
  terms,
  audit,
  triggers,
  reviews,
  rollout,
  judgedVendors,
  tone,
  apiKeys,
  mentions,
  toldTraining,
  webhooks,
  erasure,
  retention,
  sso,
  foundPeople,
  erasedApplicants,
  keyboard,
  rooms,
  erasedMembers,
  listsByHour,
  oneRollOut,
  renewedVisits,
  usedIdentities,
  searchedNames,
  contactReveals,
  followedOrders,
  legalHolds,
  notices,
  sealedFields,
  revocations,
  readByVendor,
]
