// How often anybody may try: bounded for each account, each mailbox and each network, without locking anybody else out.

import { expect, test } from '@playwright/test'
import { Caller, newMember } from './support/caller.ts'
import { failureIn, filledWith, screenOf, visibleText } from './support/html.ts'
import { mailsTo, newestMail } from './support/mail.ts'
import { newAddress, newcomer, newNetwork } from './support/newcomers.ts'
import { addressIn } from './support/world.ts'

const address = () => addressIn('alpine', 'name')
const signInAs = (email: string, password: string, network = newNetwork()) =>
  new Caller(address(), network).signIn(email, password)

test('after ten wrong passwords an account waits, whoever asks, and says how long; others do not', async () => {
  const member = await newMember(address())
  const neighbour = await newMember(address())
  for (let guess = 1; guess <= 10; guess += 1) {
    const { body } = await signInAs(member.email, `wrong password number ${guess}`)
    expect([guess, failureIn(body)]).toEqual([guess, 'login.wrong_credentials'])
  }
  const eleventh = await signInAs(member.email, 'wrong password number 11')
  expect(failureIn(eleventh.body)).toBe('login.too_many_tries')
  expect(visibleText(eleventh.body)).toMatch(/Wait 1[45] minutes/)
  expect(filledWith(eleventh.body, 'username')).toBe(member.email)
  // The right one tells nothing either; nor does another spelling of the address.
  for (const email of [member.email, member.email.toUpperCase(), ` ${member.email} `]) {
    const right = await signInAs(email, member.password)
    expect(failureIn(right.body)).toBe('login.too_many_tries')
  }
  // Whoever is signed in stays signed in, and another account is none of this.
  expect(await member.caller.whoIsSignedIn()).toBe(member.email)
  expect((await signInAs(neighbour.email, neighbour.password)).path).toBe('/account')
})

test('an address that nobody has waits as well', async () => {
  const nobody = newAddress('nobody')
  for (let guess = 1; guess <= 10; guess += 1) await signInAs(nobody, `wrong password number ${guess}`)
  expect(failureIn((await signInAs(nobody, 'any')).body)).toBe('login.too_many_tries')
})

test('what was mistyped before a success is forgiven', async () => {
  const member = await newMember(address())
  for (let round = 0; round < 2; round += 1) {
    for (let guess = 1; guess <= 6; guess += 1) await signInAs(member.email, `wrong password number ${guess}`)
    expect((await signInAs(member.email, member.password)).path).toBe('/account')
  }
})

test('a network that guesses at many accounts waits; what it claims about itself changes nothing', async () => {
  const network = newNetwork()
  const member = await newMember(address())
  for (let guess = 1; guess <= 60; guess += 1) await signInAs(newAddress('victim'), 'summer of 2026', network)
  expect(failureIn((await signInAs(member.email, member.password, network)).body)).toBe('login.too_many_tries')
  const claims: Record<string, string>[] = [
    { 'x-forwarded-for': `203.0.113.7, ${network}` },
    { 'x-forwarded-for': `${network}, ::ffff:${network}` },
    { 'x-forwarded-for': network, 'x-real-ip': '203.0.113.7' },
    { 'x-forwarded-for': network, forwarded: 'for=203.0.113.7', 'cf-connecting-ip': '203.0.113.7' },
    { 'x-forwarded-for': network, 'true-client-ip': '203.0.113.7', 'x-client-ip': '203.0.113.7' },
    { 'x-forwarded-for': network, 'x-livery-address': '203.0.113.7' },
  ]
  for (const headers of claims) {
    const caller = new Caller(address())
    await caller.answer('/sign-in', { username: member.email, password: member.password }, headers)
    expect(failureIn((await caller.see('/sign-in')).body)).toBe('login.too_many_tries')
  }
  expect((await signInAs(member.email, member.password)).path).toBe('/account')
})

test('a mailbox gets five mails an hour and no more, whoever asks for them', async () => {
  const { email } = await newMember(address())
  // One of the five was for the sign-up.
  for (let mail = 1; mail <= 4; mail += 1) {
    const { body } = await new Caller(address()).answerAndFollow('/recover', { email })
    expect([mail, screenOf(body)]).toEqual([mail, 'check-mail'])
  }
  const sixth = await new Caller(address()).answerAndFollow('/recover', { email })
  expect(failureIn(sixth.body)).toBe('login.too_many_tries')
  await newestMail(email, 'recover-password', 4)
  expect((await mailsTo(email)).filter(({ template }) => template === 'recover-password')).toHaveLength(4)
})

test('a network causes thirty mails an hour and no more, to whatever addresses', async () => {
  const network = newNetwork()
  for (let mail = 1; mail <= 30; mail += 1) {
    const { body } = await new Caller(address(), network).answerAndFollow('/recover', { email: newAddress('anybody') })
    expect([mail, screenOf(body)]).toEqual([mail, 'check-mail'])
  }
  const refused = await new Caller(address(), network).answerAndFollow('/recover', { email: newAddress('anybody') })
  expect(failureIn(refused.body)).toBe('login.too_many_tries')
})

test('a mail is not sent again before half a minute has passed', async () => {
  const caller = new Caller(address())
  const { email, password, givenName, familyName } = newcomer('hasty')
  await caller.answer('/sign-up', { email, password, given_name: givenName, family_name: familyName })
  for (let again = 0; again < 3; again += 1) {
    const { body } = await caller.answerAndFollow('/verify', { intent: 'resend' })
    expect(failureIn(body)).toBe('login.resend_too_soon')
  }
  await newestMail(email, 'verify-email')
  expect(await mailsTo(email)).toHaveLength(1)
})

test('the code of a mail is guessed five times; then not even the right one helps', async () => {
  const caller = new Caller(address())
  const { email, password, givenName, familyName } = newcomer('guessed')
  await caller.answer('/sign-up', { email, password, given_name: givenName, family_name: familyName })
  const { text } = await newestMail(email, 'verify-email')
  const right = /\b(\d{3}) ?(\d{3})\b/.exec(text)?.slice(1).join('') ?? ''
  for (let guess = 1; guess <= 5; guess += 1) {
    const wrong = String((Number(right) + guess) % 1_000_000).padStart(6, '0')
    expect(failureIn((await caller.answerAndFollow('/verify', { code: wrong })).body)).toBe('ticket.wrong_code')
  }
  expect(failureIn((await caller.answerAndFollow('/verify', { code: right })).body)).toBe('ticket.expired')
  expect(await caller.whoIsSignedIn()).toBe('')
})

test('the code of an app is guessed five times; then the password is asked for again', async () => {
  const { email, password, app } = await newMember(addressIn('pacifica', 'name'))
  if (!app) throw new Error('Pacifica asks for a second step')
  const caller = new Caller(addressIn('pacifica', 'name'))
  await caller.answer('/sign-in', { username: email, password })
  for (let guess = 1; guess <= 5; guess += 1) {
    const { body } = await caller.answerAndFollow('/mfa', { intent: 'challenge', code: app.wrongCode() })
    expect([guess, failureIn(body)]).toEqual([guess, 'login.wrong_code'])
  }
  const code = await app.nextCode()
  const sixth = await caller.answerAndFollow('/mfa', { intent: 'challenge', code })
  expect([sixth.path, failureIn(sixth.body)]).toEqual(['/sign-in', 'login.too_many_tries'])
  expect(await caller.whoIsSignedIn()).toBe('')
  // The old way is closed, also with the right code.
  expect((await caller.see('/mfa')).headers.location).toBe('/sign-in')
})

test('the code of an app is good for one sign-in, also when two ask at the same moment', async () => {
  const place = addressIn('pacifica', 'name')
  const { email, password, app } = await newMember(place)
  if (!app) throw new Error('Pacifica asks for a second step')
  const callers = Array.from({ length: 6 }, () => new Caller(place))
  for (const caller of callers) await caller.answer('/sign-in', { username: email, password })
  const code = await app.nextCode()
  await Promise.all(callers.map((caller) => caller.answer('/mfa', { intent: 'challenge', code })))
  const entered = await Promise.all(callers.map((caller) => caller.whoIsSignedIn()))
  expect(entered.filter((who) => who === email)).toHaveLength(1)
})

test('the link of a mail is good for one use, also when two ask at the same moment', async () => {
  const { email } = await newMember(address())
  await new Caller(address()).answer('/recover', { email })
  const { text } = await newestMail(email, 'recover-password')
  const link = new URL(/http\S+ticket=[\w-]+/.exec(text)?.[0] ?? '')
  const callers = Array.from({ length: 6 }, () => new Caller(address()))
  for (const caller of callers) await caller.see(link.pathname + link.search)
  const answers = await Promise.all(
    callers.map((caller, index) => caller.answer('/reset', { new_password: `lantern quartz number ${index}` })),
  )
  const led = answers.map(({ headers }) => headers.location)
  expect(led.filter((location) => location === '/sign-in')).toHaveLength(1)
  const works = await Promise.all(callers.map((_, index) => signInAs(email, `lantern quartz number ${index}`)))
  expect(works.filter(({ path }) => path === '/account')).toHaveLength(1)
})
