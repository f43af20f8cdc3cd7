import { beforeAll, describe, expect, test } from 'vitest'
import { formatNamed } from './formats.ts'
import { recogniseFile } from './recognise-file.ts'
import * as samples from './samples.ts'

let png: Buffer
let jpeg: Buffer
beforeAll(async () => {
  png = await samples.picture(8, 8).png().toBuffer()
  jpeg = await samples.picture(8, 8).jpeg().toBuffer()
})

function recognise(name: string, declared: string, bytes: Buffer) {
  const format = formatNamed(name, declared)
  if (format === undefined) throw new Error(`${name} as ${declared} has no format`)
  return recogniseFile(format, bytes)
}

describe('what a file is', () => {
  test.each([
    ['lamp.png', 'image/png', () => png],
    ['lamp.JPG', 'image/jpeg', () => jpeg],
    ['bill.pdf', 'application/pdf', () => samples.pdf],
    ['note.txt', 'text/plain;charset=utf-8', () => samples.plainText],
    ['note.txt', 'text/plain', () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), samples.plainText])],
    ['call.mp3', 'audio/mpeg', () => samples.mp3],
    ['call.m4a', 'audio/x-m4a', () => samples.m4a],
    ['call.ogg', 'audio/ogg', () => samples.ogg],
    ['film.mp4', 'video/mp4', () => samples.mp4],
  ])('is taken when name, declared type and bytes agree: %s', async (name, declared, bytes) => {
    await expect(recognise(name, declared, bytes())).resolves.toBeUndefined()
  })

  test.each([
    ['lamp.svg', 'image/svg+xml'],
    ['page.html', 'text/html'],
    ['feed.xml', 'application/xml'],
    ['run.js', 'text/javascript'],
    ['files.zip', 'application/zip'],
    ['setup.exe', 'application/octet-stream'],
    ['lamp.png', 'image/jpeg'],
    ['lamp.png', 'application/octet-stream'],
    ['lamp.png.exe', 'image/png'],
    ['lamp', 'image/png'],
    ['sheet.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ])('has no place here when it is called %s and declared %s', (name, declared) => {
    expect(formatNamed(name, declared)).toBeUndefined()
  })

  test.each([
    ['a renamed program', 'lamp.png', 'image/png', () => samples.program],
    ['a program called text', 'note.txt', 'text/plain', () => samples.program],
    ['an SVG called PNG', 'lamp.png', 'image/png', () => samples.svg],
    ['an SVG called text', 'note.txt', 'text/plain', () => samples.svg],
    [
      'a page called text',
      'note.txt',
      'text/plain',
      () => Buffer.from(' \n<!DOCTYPE html><script>1</script>'),
    ],
    ['a script called text', 'note.txt', 'text/plain', () => Buffer.from('#!/bin/sh\nrm -rf /')],
    ['text in no known writing', 'note.txt', 'text/plain', () => Buffer.from([0x41, 0xff, 0xfe, 0x41])],
    ['a JPEG called PNG', 'lamp.png', 'image/png', () => jpeg],
    ['an archive called PDF', 'bill.pdf', 'application/pdf', () => samples.archive],
    ['an archive called text', 'note.txt', 'text/plain', () => samples.archive],
    ['a film called sound', 'call.mp3', 'audio/mpeg', () => samples.mp4],
    [
      'a PDF that is also an archive',
      'bill.pdf',
      'application/pdf',
      () => Buffer.concat([samples.pdf, samples.archive]),
    ],
    [
      'sound that is also an archive',
      'call.mp3',
      'audio/mpeg',
      () => Buffer.concat([samples.mp3, samples.archive]),
    ],
    ['a PDF without an end', 'bill.pdf', 'application/pdf', () => samples.pdf.subarray(0, 60)],
  ])('is refused when it is %s', async (_what, name, declared, bytes) => {
    await expect(recognise(name, declared, bytes())).rejects.toThrow('file.type')
  })
})
