/**
 * Small comforts for pages that are whole without them: no framework, no state, nothing that a page waits for. Every
 * piece looks for its own data- attributes and does nothing where there are none.
 */

/** Show or hide a password. The button is hidden until it can work. */
for (const button of document.querySelectorAll('[data-reveal]')) {
  const field = document.getElementById(button.dataset.reveal)
  const [show, hide] = [button.getAttribute('aria-label'), button.dataset.hide]
  const reveal = (shown) => {
    field.type = shown ? 'text' : 'password'
    button.setAttribute('aria-pressed', String(shown))
    button.setAttribute('aria-label', shown ? hide : show)
  }
  button.hidden = false
  button.addEventListener('click', () => {
    reveal(field.type === 'password')
    field.focus()
  })
  // A password that is sent in the clear type may be kept by the browser as a plain entry.
  field.form?.addEventListener('submit', () => reveal(false))
}

/** A password that does not fit is often one in capitals. */
for (const part of document.querySelectorAll('[data-caps-lock]')) {
  const words = part.firstElementChild
  const field = document.getElementById(part.dataset.capsLock)
  const tell = (event) => {
    // A password manager types without keys.
    if (event.getModifierState) words.hidden = !event.getModifierState('CapsLock')
  }
  field.addEventListener('keydown', tell)
  field.addEventListener('keyup', tell)
  field.addEventListener('blur', () => {
    words.hidden = true
  })
}

/**
 * The way by which somebody signed in here the last time. It stays in this browser: what was tried is kept until they are in,
 * and only then remembered.
 */
const wayHere = `livery-way-${document.documentElement.dataset.organization}`
try {
  const tried = sessionStorage.getItem(wayHere)
  if (tried !== null && document.querySelector('form[action$="/sign-out"]')) {
    localStorage.setItem(wayHere, tried)
    sessionStorage.removeItem(wayHere)
  }
  const last = localStorage.getItem(wayHere)
  for (const badge of document.querySelectorAll('[data-last-used]')) badge.hidden = badge.dataset.lastUsed !== last
  for (const form of document.querySelectorAll('form[data-way]')) {
    form.addEventListener('submit', () => sessionStorage.setItem(wayHere, form.dataset.way))
  }
} catch {
  // A browser that keeps nothing shows no badge.
}

/** A form is sent once; its button says that something happens. */
for (const form of document.querySelectorAll('form[data-once]')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent !== undefined) return event.preventDefault()
    form.dataset.sent = ''
    form.setAttribute('aria-busy', 'true')
    const button = event.submitter ?? form.querySelector('[type=submit]')
    button?.setAttribute('data-busy', '')
  })
}

/** Come back with the back button, and everything can be sent again. */
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const form of document.querySelectorAll('form[data-sent]')) {
    form.removeAttribute('data-sent')
    form.removeAttribute('aria-busy')
    for (const button of form.querySelectorAll('[data-busy]')) button.removeAttribute('data-busy')
  }
})

/** What went wrong is read first; otherwise what has just been opened. */
document.querySelector('[data-alert]')?.focus()

/** A code may be pasted with everything around it, and is sent when it is complete. */
for (const group of document.querySelectorAll('[data-code-field]')) {
  const field = group.querySelector('input')
  const complete = () => /^\d{6}$/.test(field.value.replace(/\D/g, ''))
  let mayCheck = group.dataset.codeField === 'submit'
  const check = () => {
    if (!mayCheck || !complete()) return
    mayCheck = false
    field.form.requestSubmit()
  }
  field.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text') ?? ''
    const code = /(?<!\d)\d{3}[\s-]?\d{3}(?!\d)/.exec(text)?.[0]
    if (!code) return
    event.preventDefault()
    field.value = code.replace(/\D/g, '')
    check()
  })
  field.addEventListener('input', check)
}

/** A name in addresses follows the business's name until somebody writes one of their own, and shows how it will read. */
for (const preview of document.querySelectorAll('[data-preview]')) {
  const [name, handle] = ['name', 'handle'].map((id) => document.getElementById(id))
  const sample = preview.textContent
  let isOwn = handle.value !== ''
  const slug = (text) =>
    text
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\u0300-\u036f'’.]/g, '')
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replace(/^-+|-+$/g, '')
  const show = () => {
    const typed = handle.value.trim().toLowerCase()
    preview.textContent = typed === '' ? sample : preview.dataset.preview.replace('{handle}', typed)
  }
  name?.addEventListener('input', () => {
    if (isOwn) return
    handle.value = slug(name.value)
    show()
  })
  handle.addEventListener('input', () => {
    isOwn = handle.value !== ''
    show()
  })
}

/** Copy a key that nobody wants to type. */
for (const button of document.querySelectorAll('[data-copy]')) {
  if (!navigator.clipboard) continue
  button.hidden = false
  const label = button.querySelector('[aria-live]')
  const before = label.textContent
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy)
    label.textContent = button.dataset.copied
    setTimeout(() => {
      label.textContent = before
    }, 2000)
  })
}

/** Print the page that one is on. */
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => print())
}

/** "Send again" counts down until it would be accepted. */
for (const button of document.querySelectorAll('[data-resend-at]')) {
  const at = Date.parse(button.dataset.resendAt)
  const label = button.querySelector('span span') ?? button
  const ready = label.textContent
  const stop = (event) => {
    if (button.getAttribute('aria-disabled') === 'true') event.preventDefault()
  }
  const tick = () => {
    const left = Math.ceil((at - Date.now()) / 1000)
    // A clock that is far off must not lock the button for hours.
    if (left <= 0 || left > 120) {
      button.removeAttribute('aria-disabled')
      label.textContent = ready
      return
    }
    button.setAttribute('aria-disabled', 'true')
    const time = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    label.textContent = button.dataset.waiting.replace('{time}', time)
    setTimeout(tick, 1000)
  }
  button.addEventListener('click', stop)
  tick()
}

/** Escape leaves an open row, as its hint says. */
for (const hint of document.querySelectorAll('[data-keys]')) {
  hint.hidden = false
  const form = hint.closest('form')
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') form.querySelector('a[data-part$=".cancel"]')?.click()
  })
}

/** A list of choices closes with Escape, and when the attention goes elsewhere. */
for (const details of document.querySelectorAll('details[data-dismissable]')) {
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return
    details.open = false
    details.querySelector('summary').focus()
  })
  document.addEventListener('click', (event) => {
    if (!details.contains(event.target)) details.open = false
  })
  details.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false
  })
}

/** A list to choose from says how many are chosen, and chooses all of them. */
for (const form of document.querySelectorAll('[data-choosing]')) {
  const boxes = [...form.querySelectorAll('[data-choice]')]
  const all = form.querySelector('[data-all]')
  const label = form.querySelector('[data-selection]')
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length
    if (label)
      label.textContent = label.dataset.selection.replace(
        '{count}',
        count.toLocaleString(document.documentElement.lang),
      )
    if (!all) return
    const box = all.querySelector('input')
    box.checked = count > 0 && count === boxes.length
    box.indeterminate = count > 0 && count < boxes.length
  }
  if (all && boxes.length > 0) all.hidden = false
  all?.addEventListener('change', (event) => {
    for (const box of boxes) box.checked = event.target.checked
    tell()
  })
  form.addEventListener('change', tell)
  form.addEventListener('reset', () => setTimeout(tell))
  tell()
}

/** A sentence that says what is chosen in the fields above it. */
for (const sentence of document.querySelectorAll('[data-says]')) {
  const form = sentence.closest('form')
  const chosen = (name) => form.elements[name]?.selectedOptions?.[0]?.textContent
  const tell = () => {
    sentence.textContent = sentence.dataset.says.replace(/\{([a-z_]+)\}/g, (whole, name) => chosen(name) ?? whole)
  }
  form.addEventListener('change', tell)
}

/** A button says how many addresses stand in a field, and a warning which of them are of nobody here. */
for (const part of document.querySelectorAll('[data-addresses]')) {
  const field = part.querySelector('textarea')
  const button = field.form.querySelector('[type=submit]')
  const label = button.querySelector('span span') ?? button
  const before = label.textContent
  const language = document.documentElement.lang
  const counted = (forms, count) =>
    (forms[new Intl.PluralRules(language).select(count)] ?? forms.other).replace('#', count.toLocaleString(language))
  const addresses = () => {
    const words = field.value.split(/[\n\r,;]+/).flatMap((one) => /<([^<>]*)>\s*$/.exec(one)?.[1] ?? one.split(/\s+/))
    const found = words
      .map((word) => word.trim().toLowerCase())
      .filter((word) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(word))
    return [...new Set(found)]
  }
  const warning = part.querySelector('[data-outside]')
  const domains = part.dataset.domains?.split(' ') ?? []
  const warn = (all) => {
    const outside = all.filter((address) => !domains.includes(address.slice(address.lastIndexOf('@') + 1)))
    warning.hidden = outside.length === 0
    if (warning.hidden) return
    const named = outside.slice(0, 3)
    const list = new Intl.ListFormat(language).format(outside.length > 3 ? [...named, '…'] : named)
    const sentence = counted(JSON.parse(part.dataset.outsideWords), outside.length)
    warning.querySelector('span').textContent = sentence.replace('{addresses}', list)
  }
  const tell = () => {
    const all = addresses()
    label.textContent = all.length === 0 ? before : counted(JSON.parse(part.dataset.counted), all.length)
    if (warning) warn(all)
  }
  field.addEventListener('input', tell)
  tell()
}
