export const cspReportsPath = '/api/v1/csp-reports'

/** How the policy of a page of ours asks browsers to tell what they kept it from: the header names where, the directives use it. */
export const cspReporting = {
  header: { 'Reporting-Endpoints': `csp="${cspReportsPath}"` },
  directives: { 'report-uri': cspReportsPath, 'report-to': 'csp' },
} as const
