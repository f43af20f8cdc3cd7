export { createWidgetPages, type FoundSite } from './widget-pages.ts'
