import { expect, test } from 'vitest'
import { judgeAdvisories } from './judge-advisories.mjs'

const advisory = {
  source: 1098392,
  name: 'ws',
  dependency: 'ws',
  title: 'ws affected by a DoS when handling a request with many HTTP headers',
  url: 'https://github.com/advisories/GHSA-3h5v-q93c-6h6q',
  severity: 'high',
  cwe: ['CWE-476'],
  cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
  range: '>=8.0.0 <8.17.1',
}
const affected = (via: unknown[], fixAvailable: unknown = true) => ({
  name: 'ws',
  severity: 'high',
  isDirect: false,
  via,
  effects: [],
  range: '8.0.0 - 8.17.0',
  nodes: ['node_modules/ws'],
  fixAvailable,
})
const report = (vulnerabilities: object, prod = 131) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities,
    metadata: { dependencies: { prod, dev: 0, optional: 40, peer: 0, peerOptional: 0, total: prod } },
  })

test('a report without anything passes, and says how much was asked about', () => {
  expect(judgeAdvisories(report({}))).toEqual({
    problems: [],
    told: [expect.stringContaining('131 packages')],
  })
})

test.each(['high', 'critical', 'of a new kind'])('%s fails, once, with where to read on', (severity) => {
  const found = { ws: affected([{ ...advisory, severity }]), 'engine.io': affected(['ws']) }
  const { problems } = judgeAdvisories(report(found))
  expect(problems).toEqual([expect.stringMatching(/^ws >=8.0.0 <8.17.1: .*GHSA-3h5v-q93c-6h6q.*npm update/)])
})

test.each(['info', 'low', 'moderate'])('%s is told and does not fail', (severity) => {
  const { problems, told } = judgeAdvisories(report({ ws: affected([{ ...advisory, severity }]) }))
  expect([problems, told]).toEqual([[], [expect.stringContaining(severity), expect.any(String)]])
})

test('what helps is said: an update, another version, or nothing yet', () => {
  const told = (fix: unknown) => judgeAdvisories(report({ ws: affected([advisory], fix) })).problems.join()
  expect(told({ name: 'socket.io', version: '5.0.0', isSemVerMajor: true })).toContain('with socket.io 5.0.0')
  expect(told(false)).toContain('No fix is known')
})

test('a registry that does not answer, or was asked about nothing, is no all-clear', () => {
  const refused = JSON.stringify({
    message: '405 Method Not Allowed - POST https://packages.example/-/npm/v1/security/advisories/bulk',
    statusCode: 405,
    error: { summary: '', detail: '' },
  })
  expect(judgeAdvisories(refused).problems).toEqual([expect.stringContaining('405 Method Not Allowed')])
  for (const output of ['', 'npm error', '{}', 'null', report({}, 0)])
    expect(judgeAdvisories(output).problems).toEqual([expect.stringContaining('Nothing is known')])
})
