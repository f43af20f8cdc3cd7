// Whatever is called before the chat has arrived waits in this queue.
window.Parley =
  window.Parley ||
  ((...call) => {
    window.Parley.q = window.Parley.q || []
    window.Parley.q.push(call)
  })

document.addEventListener('click', (event) => {
  const button = event.target instanceof Element ? event.target.closest('[data-chat]') : null
  // In a dialog the chat opens once the dialog has closed and given the focus back.
  if (!button || button.closest('dialog')) return
  if (button.dataset.chat === 'order') window.Parley('openTo', 'order', button.dataset.order)
  else window.Parley('open')
})

if (document.body.dataset.signedIn !== undefined) {
  window.Parley('on', 'identityExpiring', async () => {
    const answer = await fetch('/demo/identity-token')
    if (answer.ok) window.Parley('identify', (await answer.json()).token)
  })
}

// The chat forgets the person first; only then does the shop. A chat that cannot answer delays nobody.
const signOut = document.querySelector('form[data-sign-out]')
signOut?.addEventListener('submit', (event) => {
  const forgotten = window.Parley('logout')
  if (typeof forgotten?.then !== 'function') return
  event.preventDefault()
  const enough = new Promise((resolve) => setTimeout(resolve, 600))
  Promise.race([forgotten, enough]).finally(() => signOut.submit())
})
