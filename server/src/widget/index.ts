export { createPageLimits } from './page-limits.ts'
export { weighRules } from './rules-source.ts'
export { createWidgetPages, type FoundSite } from './widget-pages.ts'
