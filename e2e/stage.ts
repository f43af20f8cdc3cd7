import type { Browser } from 'playwright'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { picture } from './cast.ts'
import { type BrowserOptions, openBrowser, startParley, type World, type WorldOptions } from './world.ts'

export interface Stage {
  readonly world: World
  readonly browser: Browser
}

/**
 * A Parley and a browser for the tests of one file, and pictures of what failed. A second try of a test begins on new
 * ones: nothing that the first try has left may decide how it ends.
 */
export function openStage(
  { browser: browserOptions, ...options }: WorldOptions & { browser?: BrowserOptions } = {},
  prepare: (stage: Stage) => Promise<void> = async () => {},
): Stage {
  let world: World | undefined
  let browser: Browser | undefined
  const stage: Stage = {
    get world() {
      if (!world) throw new Error('The world is there once the tests of the file begin.')
      return world
    },
    get browser() {
      if (!browser) throw new Error('The browser is there once the tests of the file begin.')
      return browser
    },
  }

  async function open(): Promise<void> {
    world = await startParley(options)
    browser = await openBrowser(browserOptions)
    await prepare(stage)
  }

  async function close(): Promise<void> {
    await browser?.close()
    await world?.stop()
    browser = undefined
    world = undefined
  }

  beforeAll(open)
  beforeEach(async ({ task, onTestFailed }) => {
    onTestFailed(() => (browser ? picture(browser, task.name.slice(0, 40)) : undefined))
    if ((task.result?.retryCount ?? 0) === 0) return
    await close()
    await open()
  })
  afterAll(close)
  return stage
}
