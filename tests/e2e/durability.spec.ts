// What was acknowledged is kept, whatever happens to the process; and what was kept follows when the server moves.

import { once } from 'node:events'
import { expect, test } from '@playwright/test'
import { freePort } from '../support/free-port.ts'
import { Caller } from './support/caller.ts'
import { failureIn, unescaped } from './support/html.ts'
import { codeIn, linkIn, mailsTo, newestMail } from './support/mail.ts'
import { newAddress, newcomer, newNetwork } from './support/newcomers.ts'
import { launch, newDataDirectory, OwnServer, removeDataDirectory } from './support/server.ts'
import { notesIn } from './support/world.ts'

let directory = ''
const running: { stop: () => Promise<unknown> }[] = []

const start = async (wish: { port: number; settings?: Record<string, string> }): Promise<OwnServer> => {
  const server = await OwnServer.start({ directory, ...wish })
  running.push(server)
  return server
}

test.beforeEach(() => {
  directory = newDataDirectory()
})
test.afterEach(async () => {
  for (const server of running.splice(0)) await server.stop()
  removeDataDirectory(directory)
})
// Three servers one after the other, and mails that a dead one had in its hands: they wait for a minute.
test.describe.configure({ timeout: 240_000 })

/** Somebody who changes their name again and again; what was acknowledged is written down. */
class Editor {
  readonly caller: Caller
  version: number
  acknowledged = 0
  tried = 0

  constructor(caller: Caller, version: number) {
    this.caller = caller
    this.version = version
  }

  async write(): Promise<void> {
    this.tried += 1
    const reply = await this.caller.answer('/account/profile', {
      version: String(this.version),
      given_name: `Name number ${this.tried}`,
    })
    if (reply.headers.location !== '/o/alpine/account/profile') throw new Error(`refused: ${reply.headers.location}`)
    this.version += 1
    this.acknowledged = this.tried
  }

  /** The number in the name that is stored now, and the version that the next change has to name. */
  async look(): Promise<{ number: number; version: number }> {
    const { body } = await this.caller.see('/account/profile?edit=name')
    const number = /name="given_name"[^>]*value="Name number (\d+)"/.exec(unescaped(body))?.[1]
    const version = /name="version"[^>]*value="(\d+)"/.exec(body)?.[1]
    return { number: Number(number ?? 0), version: Number(version) }
  }
}

type SignUp = { email: string; password: string; caller: Caller }

test('no acknowledged write is lost when the process is killed, twice in a row', async () => {
  const port = await freePort()
  let server = await start({ port })
  const { password } = notesIn(directory)
  const alpine = () => server.addressOf('alpine')

  const editors: Editor[] = []
  for (const email of ['ada@alpine.example', 'ben@alpine.example', 'eve@alpine.example']) {
    const caller = new Caller(alpine())
    await caller.signIn(email, password)
    const editor = new Editor(caller, 0)
    editor.version = (await editor.look()).version
    editors.push(editor)
  }
  const signedUp: SignUp[] = []
  const signUp = async (): Promise<void> => {
    const { email, givenName, familyName, password: wanted } = newcomer('durable')
    const caller = new Caller(alpine())
    const answer = { email, given_name: givenName, family_name: familyName, password: wanted }
    const { headers } = await caller.answer('/sign-up', answer)
    if (headers.location !== '/o/alpine/verify') throw new Error(`refused: ${headers.location}`)
    signedUp.push({ email, password: wanted, caller })
  }

  for (const round of [1, 2]) {
    // Everybody writes until the process is gone; it is killed once so and so much was acknowledged.
    const enough = 8 + round * 3
    const before = signedUp.length
    const isGone = { now: false }
    const goOn = async (write: () => Promise<void>) => {
      while (!isGone.now)
        await write().catch((error: NodeJS.ErrnoException) => {
          if (!isGone.now && error.code === undefined) throw error
        })
    }
    const writing = Promise.all([...editors.map((editor) => goOn(() => editor.write())), goOn(signUp), goOn(signUp)])
    await expect.poll(() => signedUp.length - before, { intervals: [20] }).toBeGreaterThanOrEqual(enough)
    await server.kill()
    isGone.now = true
    await writing

    server = await start({ port })
    for (const editor of editors) {
      const found = await editor.look()
      // What was under way may have been written; nothing that was acknowledged may be missing.
      expect([editor.acknowledged, editor.acknowledged + 1, editor.tried]).toContain(found.number)
      expect(found.number).toBeGreaterThanOrEqual(editor.acknowledged)
      Object.assign(editor, { version: found.version, acknowledged: found.number, tried: found.number })
    }
  }

  expect(signedUp.length).toBeGreaterThan(20)
  for (const { email, password: wanted, caller } of signedUp) {
    const mail = await newestMail(email, 'verify-email', 1, { at: server.origin, patienceMs: 90_000 })
    const proven = await caller.answerAndFollow('/verify', { code: codeIn(mail) })
    expect([email, proven.path]).toEqual([email, '/account'])
    expect((await new Caller(alpine()).signIn(email, wanted)).path).toBe('/account')
  }
})

test('a second process on the same data is refused in words, and the first goes on', async () => {
  const port = await freePort()
  const server = await start({ port })
  const second = launch({ directory, port: await freePort() })
  const [code] = await once(second.child, 'close')
  expect(code).toBe(1)
  expect(second.said()).toMatch(/Process \d+ has .+ open.+LIVERY_DATA_DIR/)
  expect(second.said()).not.toMatch(/\n\s+at /)
  expect((await new Caller(server.addressOf('alpine')).see('/sign-in')).status).toBe(200)
  expect(await server.stop()).toBe(0)
})

test('a port that is taken is said in words', async () => {
  const port = await freePort()
  await start({ port })
  const other = newDataDirectory()
  const second = launch({ directory: other, port })
  const [code] = await once(second.child, 'close')
  removeDataDirectory(other)
  expect(code).toBe(1)
  expect(second.said()).toContain(`port ${port} is taken`)
  expect(second.said()).not.toMatch(/\n\s+at /)
})

test('another port on kept data breaks no link, also of mails that were still waiting', async () => {
  const [firstPort, nobodysPort] = [await freePort(), await freePort()]
  // A mail server that is down: what is sent waits.
  const first = await start({ port: firstPort, settings: { SMTP_URL: `smtp://127.0.0.1:${nobodysPort}` } })
  const { password } = notesIn(directory)
  const waiting = newcomer('waiting')
  const before = new Caller(first.addressOf('alpine', 'name'))
  const answer = { email: waiting.email, given_name: waiting.givenName, family_name: waiting.familyName }
  await before.answer('/sign-up', { ...answer, password: waiting.password })
  const signedIn = new Caller(first.addressOf('alpine'))
  await signedIn.signIn('ada@alpine.example', password)
  expect(await first.stop()).toBe(0)

  const second = await start({ port: await freePort() })
  const moved = second.addressOf('alpine', 'name')
  const mail = await newestMail(waiting.email, 'verify-email', 1, { at: second.origin, patienceMs: 60_000 })
  expect(linkIn(mail).startsWith(`${moved.url}/verify?`)).toBe(true)
  expect(mail.text + mail.html).not.toContain(`:${firstPort}`)
  // The browser is the same, and so is what it keeps: cookies know no ports.
  const after = new Caller(moved)
  for (const [name, value] of before.jar) after.jar.set(name, value)
  const link = new URL(linkIn(mail))
  await after.see(link.pathname + link.search)
  const proven = await after.answerAndFollow('/verify', { intent: 'confirm' })
  expect([proven.path, failureIn(proven.body)]).toEqual(['/account', null])

  const still = new Caller(second.addressOf('alpine'))
  for (const [name, value] of signedIn.jar) still.jar.set(name, value)
  expect(await still.whoIsSignedIn()).toBe('ada@alpine.example')
  await new Caller(second.addressOf('alpine')).answer('/recover', { email: 'ben@alpine.example' })
  const recovery = await newestMail('ben@alpine.example', 'recover-password', 1, { at: second.origin })
  expect(linkIn(recovery).startsWith(`${second.addressOf('alpine').url}/reset?`)).toBe(true)
  expect(notesIn(directory).origin).toBe(second.origin)
})

test('another public origin on kept data is the one that every link names', async () => {
  const port = await freePort()
  const first = await start({ port })
  expect(await first.stop()).toBe(0)
  const publicly = `http://accounts.localhost:${port}`
  await start({ port, settings: { LIVERY_ORIGIN: publicly } })
  const root = { handle: 'skyway', form: 'root', url: publicly, origin: publicly, base: '' } as const
  const email = newAddress('moved')
  const caller = new Caller(root, newNetwork())
  await caller.answer('/sign-up', {
    email,
    given_name: 'Inês',
    family_name: 'Okonkwo',
    password: 'lantern quartz meadow',
  })
  const mail = await newestMail(email, 'verify-email', 1, { at: publicly })
  expect(linkIn(mail).startsWith(`${publicly}/verify?`)).toBe(true)
  const named = await new Caller({ ...root, url: `http://alpine.accounts.localhost:${port}` }).see('/sign-in')
  expect(named.status).toBe(200)
  const old = await new Caller({ ...root, url: `http://localhost:${port}` }).see('/sign-in')
  expect(old.status).toBe(421)
  expect(await mailsTo(email, publicly)).toHaveLength(1)
})
