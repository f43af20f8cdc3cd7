let pointerIsDown = false
const press = (isDown) => () => {
  pointerIsDown = isDown
}
document.addEventListener('pointerdown', press(true), true)
document.addEventListener('pointerup', press(false), true)
document.addEventListener('pointercancel', press(false), true)

// The same rules as the server's, read from the fields. The server asks again.
for (const form of document.querySelectorAll('form[data-validate]')) {
  form.noValidate = true
  const fields = [...form.querySelectorAll('[data-pattern]')]

  const problemOf = (field) => {
    if (field.type === 'checkbox') return field.checked ? '' : field.dataset.empty
    const value = field.type === 'password' ? field.value : field.value.trim()
    if (value === '') return field.dataset.empty
    return new RegExp(`^(?:${field.dataset.pattern})$`, 'u').test(value) ? '' : field.dataset.wrong
  }
  const show = (field) => {
    const problem = problemOf(field)
    const place = document.getElementById(`${field.name}-problem`)
    place.hidden = problem === ''
    place.querySelector('span').textContent = problem
    if (problem === '') field.removeAttribute('aria-invalid')
    else field.setAttribute('aria-invalid', 'true')
    return problem === ''
  }

  for (const field of fields) {
    field.addEventListener('blur', () => {
      if (field.value === '' || field.type === 'checkbox') return
      // A message that appears during a press would move the button away from under the pointer.
      if (pointerIsDown) document.addEventListener('click', () => show(field), { once: true })
      else show(field)
    })
    field.addEventListener('input', () => {
      if (field.hasAttribute('aria-invalid')) show(field)
    })
  }

  form.addEventListener('submit', (event) => {
    const wrong = fields.filter((field) => !show(field))
    if (wrong.length === 0) return
    event.preventDefault()
    wrong[0].focus()
    const failures = form.elements.namedItem('failures')
    if (!failures) return
    failures.value = String(Number(failures.value) + 1)
    if (failures.value === '3') window.Parley('track', form.dataset.failedEvent, { field: wrong[0].name })
  })
}
