export { vendorCommands } from './commands.ts'
export { startLetters } from './letters/letters.ts'
export { sellsProduct } from './products/sells-product.ts'
export { closeWays, openWays } from './review/applicant-ways.ts'
export {
  addDocument,
  answerApplication,
  applicantBy,
  applicationInput,
  apply,
  applyAgain,
  viewApplication,
  viewForm,
} from './review/apply.ts'
export { packApplicant } from './review/pack-applicant.ts'
export { shownStandingOf } from './standing/shown-standing.ts'
export { type VendorFacts, vendorStanding } from './standing/vendor-standing.ts'
export { actorAsNow } from './states/access.ts'
export { planVendorTimers, registerVendorTimers } from './sweep.ts'
