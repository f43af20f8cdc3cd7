import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../server/scripts/root.mjs'
import { neededToRun } from './bill-of-materials.mjs'

const component = (ref: string) => ({ 'bom-ref': ref, name: ref, version: '1' })
const refs = [
  '@parley/server@1',
  '@parley/console@1',
  '@parley/e2e@1',
  'sharp@1',
  'libvips@1',
  'vite@1',
  '@a/b@1',
]

test('what one workspace runs on stays in, though another needs it for its tests alone', () => {
  const bill = neededToRun(
    {
      metadata: { component: { name: 'parley' } },
      components: refs.map(component),
      dependencies: [
        { ref: 'parley@1', dependsOn: refs },
        { ref: '@parley/server@1', dependsOn: ['sharp@1', 'vite@1'] },
        { ref: '@parley/console@1', dependsOn: ['sharp@1', '@a/b@1'] },
        { ref: '@parley/e2e@1', dependsOn: ['vite@1'] },
        { ref: 'sharp@1', dependsOn: ['libvips@1'] },
      ],
    },
    { '@parley/server': ['sharp'], '@parley/console': ['@a/b'] },
  )
  const left = ['@parley/server@1', '@parley/console@1', 'sharp@1', 'libvips@1', '@a/b@1']
  expect(bill.components.map((each) => each['bom-ref'])).toEqual(left)
  expect(bill.dependencies).toContainEqual({ ref: '@parley/console@1', dependsOn: ['@a/b@1'] })
  expect(bill.dependencies.map(({ ref }) => ref).sort()).toEqual(['parley@1', ...left].sort())
})

test('the bill names everything that runs, with its hash, and nothing that only builds or tests', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bill-'))
  try {
    const file = join(folder, 'bill.json')
    execFileSync(process.execPath, [join(root, 'e2e/scripts/sbom.mjs'), file], { stdio: 'pipe' })
    const { bomFormat, metadata, components } = JSON.parse(readFileSync(file, 'utf8'))
    expect([bomFormat, metadata.component.name]).toEqual(['CycloneDX', 'parley'])
    const names = components.map(({ 'bom-ref': ref }: { 'bom-ref': string }) =>
      ref.slice(0, ref.lastIndexOf('@')),
    )
    for (const workspace of ['server', 'shared', 'widget', 'console']) {
      const manifest = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8'))
      expect(names).toEqual(
        expect.arrayContaining([manifest.name, ...Object.keys(manifest.dependencies ?? {})]),
      )
    }
    expect(names).toEqual(expect.arrayContaining(['ws', 'socket.io-parser', '@img/sharp-libvips-linux-x64']))
    for (const tool of [
      'vite',
      'vitest',
      'typescript',
      'axe-core',
      'playwright',
      '@parley/e2e',
      'smtp-server',
    ])
      expect(names).not.toContain(tool)
    for (const { purl, hashes } of components)
      expect([purl, hashes?.length ?? 0]).toEqual([purl, purl.startsWith('pkg:npm/%40parley/') ? 0 : 1])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
