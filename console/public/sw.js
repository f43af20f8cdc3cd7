// Keeps the console's own files, so that it opens without a network. Conversations are never kept here:
// everything below /api and /socket goes past this worker.
const shell = 'parley-console-1'
const page = '/console/'

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell)
      .then((cache) => cache.add(page))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== shell).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(page)) return
  if (request.mode === 'navigate') event.respondWith(freshPage(request))
  else if (url.pathname.startsWith('/console/assets/')) event.respondWith(keptFile(request))
})

// The newest page when the network answers; the kept one when it does not.
async function freshPage(request) {
  const cache = await caches.open(shell)
  try {
    const answer = await fetch(request)
    if (answer.ok) {
      await cache.put(page, answer.clone())
      void dropOldFiles(cache, await answer.clone().text())
    }
    return answer
  } catch {
    return (await cache.match(page)) ?? Response.error()
  }
}

// Names carry a hash of the content: what was kept once is right for ever.
async function keptFile(request) {
  const cache = await caches.open(shell)
  const held = await cache.match(request)
  if (held) return held
  const answer = await fetch(request)
  if (answer.ok) await cache.put(request, answer.clone())
  return answer
}

// A new page names new files: those of earlier versions go, all but a few that it loads later.
async function dropOldFiles(cache, html) {
  const entry = /assets\/index-[\w-]+\.js/.exec(html)?.[0]
  const files = await cache.keys()
  const isKnown = entry === undefined || files.some((file) => file.url.endsWith(entry))
  if (isKnown) return
  await Promise.all(files.filter((file) => file.url.includes('/assets/')).map((file) => cache.delete(file)))
}
