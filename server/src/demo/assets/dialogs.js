for (const button of document.querySelectorAll('button[data-wish]')) {
  const dialog = document.getElementById(button.dataset.opens)
  const line = button.closest('[data-context]')
  const { order: orderId, product: productId } = line.dataset

  button.form.addEventListener('submit', (event) => {
    event.preventDefault()
    const intent = button.dataset.wish
    window.Parley('setContext', { ...JSON.parse(line.dataset.context), intent })
    window.Parley('track', `${intent}_clicked`, { orderId, productId })
    dialog.returnValue = ''
    dialog.showModal()
  })
  dialog.addEventListener('close', () => {
    if (dialog.returnValue === 'ask') window.Parley('openTo', 'order', orderId)
  })
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close('close')
  })
}
