import { describe, expect, it } from 'vitest'
import { findMemoryFolder } from './memory-folder.mjs'

const gigabyte = 1024 ** 3
const machine = {
  mounts: 'proc /proc proc rw 0 0\ntmpfs /dev/shm tmpfs rw,relatime,size=24683620k 0 0\n',
  freeBytes: 24 * gigabyte,
  memoryBytes: 20 * gigabyte,
}

describe('what tests write and throw away', () => {
  it('lies in memory where Linux has room for it', () => {
    expect(findMemoryFolder(machine)).toBe('/dev/shm')
  })

  it.each([
    ['there is no such folder', { mounts: 'proc /proc proc rw 0 0\n' }],
    ['it lies on a disk', { mounts: '/dev/vda /dev/shm ext4 rw 0 0\n' }],
    ['no program may be run from there', { mounts: 'shm /dev/shm tmpfs rw,nosuid,nodev,noexec 0 0\n' }],
    ['it may not be written to', { mounts: 'shm /dev/shm tmpfs ro,relatime 0 0\n' }],
    ['it is as small as in most containers', { freeBytes: 64 * 1024 ** 2 }],
    ['memory is short', { memoryBytes: 4 * gigabyte }],
  ])('lies where temporary files do when %s', (_when, facts) => {
    expect(findMemoryFolder({ ...machine, ...facts })).toBeUndefined()
  })
})
