/**
 * Passkeys (WebAuthn Level 3): in pages that use them alone. What to ask the browser is asked of our own server; what it answers
 * goes into the hidden fields `credential` and `challenge` of a plain form. Looks for
 * - `button[data-passkey=get]` and `button[data-passkey=create]`: a passkey is used, or made, when they are pressed
 * - an input with `webauthn` in its autocomplete, beside such a form: the browser offers passkeys as it fills in
 * - `form[data-passkey=upgrade]`: one is made along the way, where the browser can, and sent without leaving the page
 * - `[data-passkey-signal]`: what the authenticators are told, as JSON by the name of the method
 * - `[data-passkey-says]`: where it is said that something was not finished
 */

const places = document.querySelector('script[data-options]').dataset
const Credential = globalThis.PublicKeyCredential
/** A challenge lives for ten minutes; one that waits for somebody is made anew before that. */
const refreshMs = 8 * 60_000

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const described = (list = []) => list.map((one) => ({ ...one, id: bytesOf(one.id) }))

const requestOf = (options) =>
  Credential.parseRequestOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytesOf(options.challenge),
    allowCredentials: described(options.allowCredentials),
  }

const creationOf = (options) =>
  Credential.parseCreationOptionsFromJSON?.(options) ?? {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: described(options.excludeCredentials),
  }

/** Some extensions hand out credentials that cannot spell themselves. */
const spelled = ({ id, rawId, type, response }) => {
  const said = { clientDataJSON: textOf(response.clientDataJSON) }
  for (const name of ['attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (response[name]) said[name] = textOf(response[name])
  }
  if (response.getTransports) said.transports = response.getTransports()
  return JSON.stringify({ id, rawId: textOf(rawId), type, response: said })
}

/** What the browser is to be asked; a refusal is thrown with the words that it came with. */
const ask = async (purpose, form) => {
  const body = new URLSearchParams({ for: purpose })
  const at = form?.elements.namedItem('at')?.value
  if (at) body.set('at', at)
  const answer = await fetch(places.options, { method: 'POST', body })
  const told = await answer.json()
  if (answer.ok) return told
  throw Object.assign(new Error(told.code), {
    code: told.code,
    words: [told.title, told.detail].filter(Boolean).join(' '),
  })
}

const fill = (form, credential, challenge) => {
  form.elements.namedItem('credential').value = spelled(credential)
  form.elements.namedItem('challenge').value = challenge
}

/** Where a browser keeps nothing, less is told to authenticators, and everything else is as ever. */
const kept = (use) => {
  try {
    return use(sessionStorage)
  } catch {
    return null
  }
}
const lastSent = 'livery-passkey'

/** Sent without the button: its own value is for whoever has no script. The page that follows may have to say which it was. */
const send = (form, credential, { options, challenge }) => {
  fill(form, credential, challenge)
  const { rpId } = options
  if (rpId) kept((store) => store.setItem(lastSent, JSON.stringify({ rpId, credentialId: credential.id })))
  form.requestSubmit()
}

const say = (form, words) => {
  const place = form.querySelector('[data-passkey-says]')
  if (!place) return
  // Taken away and written again, so that the same words are heard a second time.
  place.textContent = ''
  place.hidden = !words
  requestAnimationFrame(() => {
    place.textContent = words ?? ''
  })
}

const saysOf = (form) => form.querySelector('[data-passkey-says]')?.dataset ?? {}

/** Somebody who has changed their mind, or waited too long, has done nothing wrong. */
const explain = (form, { name, words }) => {
  const { cancelled, known, failed } = saysOf(form)
  if (name === 'NotAllowedError' || name === 'AbortError') return say(form, cancelled)
  say(form, words ?? (name === 'InvalidStateError' ? known : failed) ?? cancelled)
}

let turn = new AbortController()
/** The browser does one thing at a time: what waits for somebody to fill in gives way to what they have pressed. */
const take = () => {
  turn.abort()
  turn = new AbortController()
  return turn.signal
}

/** What a form's passkey is for, unless it says so: the page that it is answered at. */
const purposeOf = ({ form, dataset }) => {
  if (dataset.for) return dataset.for
  const path = new URL(form.action).pathname
  if (path.endsWith('/sign-in')) return 'sign-in'
  return path.endsWith('/mfa') ? 'second-step' : 'proof'
}

const use = async (button) => {
  const { form } = button
  const signal = take()
  const asked = await ask(purposeOf(button), form)
  send(form, await navigator.credentials.get({ publicKey: requestOf(asked.options), signal }), asked)
}

const make = async ({ form }) => {
  const signal = take()
  const asked = await ask('register', form)
  send(form, await navigator.credentials.create({ publicKey: creationOf(asked.options), signal }), asked)
}

const acts = { get: use, create: make }
const buttons = document.querySelectorAll('button[data-passkey]')

/** The page has been open for a while: whoever it is proves themselves first, and comes back. */
const begin = (form) => {
  const intent = form.elements.namedItem('intent')
  if (intent) intent.value = 'start'
  form.requestSubmit()
}

const press = async (button) => {
  if (button.dataset.busy !== undefined) return
  button.dataset.busy = ''
  say(button.form, null)
  try {
    await acts[button.dataset.passkey](button)
  } catch (error) {
    delete button.dataset.busy
    if (error.code === 'account.proof_needed') return begin(button.form)
    explain(button.form, error)
    offerAsFilledIn()
  }
}

for (const button of buttons) {
  const { form, name } = button
  button.hidden = !Credential
  button.addEventListener('click', (event) => {
    event.preventDefault()
    press(button)
  })
  if (Credential) continue
  // As one of several ways it is simply not there.
  if (name === 'way') form.hidden = true
  else say(form, saysOf(form).missing)
}

const untilSeen = () =>
  document.hidden
    ? new Promise((resolve) => document.addEventListener('visibilitychange', resolve, { once: true }))
    : Promise.resolve()

/** What to ask along the way; null where somebody has done something else meanwhile. */
const askAside = async (purpose, form) => {
  const before = turn
  const asked = await ask(purpose, form)
  return turn === before ? asked : null
}

/** Waits among what the browser fills in, until somebody chooses a passkey or does something else. */
const waitForChoice = async (form) => {
  for (;;) {
    await untilSeen()
    const asked = await askAside('sign-in', form)
    if (!asked) return
    const signal = take()
    const own = turn
    const refresh = setTimeout(() => own.abort('refresh'), refreshMs)
    try {
      const publicKey = requestOf(asked.options)
      const credential = await navigator.credentials.get({ publicKey, mediation: 'conditional', signal })
      if (credential) send(form, credential, asked)
      return
    } catch (error) {
      if (signal.reason !== 'refresh') throw error
    } finally {
      clearTimeout(refresh)
    }
  }
}

async function offerAsFilledIn() {
  const field = document.querySelector('input[autocomplete~=webauthn]')
  const button = document.querySelector('button[data-passkey=get]')
  if (!field || !button || !(await Credential?.isConditionalMediationAvailable?.())) return
  try {
    await waitForChoice(button.form)
  } catch {
    // Nobody has asked for anything, so nobody is told that there is nothing.
  }
}

const upgrade = async (form) => {
  const can = await Credential?.getClientCapabilities?.()
  const asked = can?.conditionalCreate ? await askAside('upgrade', form) : null
  if (!asked) return
  const publicKey = creationOf(asked.options)
  const credential = await navigator.credentials.create({ publicKey, mediation: 'conditional', signal: take() })
  if (!credential) return
  fill(form, credential, asked.challenge)
  await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), redirect: 'manual' })
}

// Where it cannot be done, nobody has asked for it.
for (const form of document.querySelectorAll('form[data-passkey=upgrade]')) upgrade(form).catch(() => {})

const signals = ['signalAllAcceptedCredentials', 'signalCurrentUserDetails', 'signalUnknownCredential']
const tell = (told) => {
  for (const name of signals) if (told[name]) Credential?.[name]?.(told[name])?.catch(() => {})
}

for (const { dataset } of document.querySelectorAll('[data-passkey-signal]')) tell(JSON.parse(dataset.passkeySignal))

/** The passkey that was just sent is of no use any more: its authenticator need not offer it again. */
const sent = kept((store) => store.getItem(lastSent))
kept((store) => store.removeItem(lastSent))
if (sent && document.querySelector('[data-code="passkey.unknown"]')) tell({ signalUnknownCredential: JSON.parse(sent) })

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return
  for (const button of buttons) delete button.dataset.busy
  offerAsFilledIn()
})
offerAsFilledIn()
