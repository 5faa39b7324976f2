// A CRM brings customers in, as examples/crm-onboarding does it: one by its page, and a whole list by its command.

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { freePort } from '../support/free-port.ts'
import { type Guarded, startGuarded } from '../support/guarded.ts'
import { answerOf, callApi, word } from './support/api.ts'
import { linkIn, mailsTo, newestMail } from './support/mail.ts'
import { newAddress } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import { notes, origin } from './support/world.ts'

const example = join(import.meta.dirname, '../../examples/crm-onboarding')
const environment = () => ({ LIVERY_URL: origin(), LIVERY_TOKEN: notes().apiToken ?? '' })

let crm: Guarded
let at = ''
test.beforeAll(async () => {
  const port = await freePort()
  crm = startGuarded(process.execPath, ['server.mjs'], { cwd: example, env: { ...environment(), PORT: String(port) } })
  at = `http://127.0.0.1:${port}`
  await expect.poll(() => crm.said()).toContain(at)
})
test.afterAll(async () => {
  expect(await crm.stop()).toBe(0)
})

type Customer = { crmId: string; name: string; handle: string; email: string }
const newCustomer = (): Customer => {
  const handle = word('customer')
  return { crmId: handle.toUpperCase(), name: `Customer & "Sons" ${handle}`, handle, email: newAddress('admin') }
}

const fillIn = async (page: Page, { crmId, name, handle, email }: Customer): Promise<void> => {
  for (const [field, value] of Object.entries({ crm_id: crmId, name, handle, email })) {
    await page.locator(`[name="${field}"]`).fill(value)
  }
}
const send = (page: Page) => Promise.all([page.waitForEvent('load'), page.locator('button').click()])

test('by its page: a name that is free, an organization, and an administrator who is in', async ({ page, visit }) => {
  const customer = newCustomer()
  await page.goto(at)
  const free = page.locator('#free')
  await page.locator('[name="handle"]').pressSequentially('alpine')
  await expect(free).toHaveText('Not free (organizations.handle_taken)')
  await fillIn(page, customer)
  await expect(free).toHaveText('Free')
  await send(page)
  await expect(page.locator('[data-result="created"]')).toContainText(customer.name)
  await expect(page.locator('[data-invited]')).toHaveText('invited')
  expect(await page.content()).not.toContain(notes().apiToken)

  const address = { handle: customer.handle, form: 'path', origin: origin(), base: `/o/${customer.handle}` } as const
  const noor = await visit({ ...address, url: origin() + address.base })
  await noor.page.goto(linkIn(await newestMail(customer.email, 'invitation')))
  await noor.seesScreen('invitation')
  await expect(noor.part('invitation.roles')).toHaveText('Owner')
  await noor.type('invitation.given-name', 'Noor')
  await noor.type('invitation.family-name', 'Haddad')
  await noor.type('invitation.password', noor.who.password)
  await noor.press('invitation.submit')
  await noor.seesScreen('account')
})

test('what is sent again is done once, and what is refused is said in words', async ({ page }) => {
  const customer = newCustomer()
  await page.goto(at)
  await fillIn(page, customer)
  await send(page)
  await expect(page.locator('[data-result="created"]')).toBeVisible()
  await newestMail(customer.email, 'invitation')
  await fillIn(page, customer)
  await send(page)
  await expect(page.locator('[data-result="existing"]')).toBeVisible()
  await expect(page.locator('[data-invited]')).toHaveText('invited')
  expect(await mailsTo(customer.email)).toHaveLength(1)
  for (const [change, code] of [
    [{ handle: 'alpine' }, 'organizations.handle_taken'],
    [{ handle: 'admin' }, 'organizations.handle_reserved'],
    [{ name: '<script>alert(1)</script>' }, 'organizations.name_invalid'],
  ] as const) {
    await fillIn(page, { ...newCustomer(), ...change })
    await send(page)
    await expect(page.locator('[role="alert"]')).toHaveAttribute('data-code', code)
    if ('name' in change) await expect(page.locator('[name="name"]')).toHaveValue(change.name)
  }
})

test('nobody else’s page sends its form', async () => {
  const body = new URLSearchParams({ crm_id: 'X', name: 'X', handle: word('x'), email: newAddress() })
  for (const origins of [['http://evil.test'], []]) {
    const headers = origins.map((one): [string, string] => ['origin', one])
    expect((await fetch(at, { method: 'POST', body, headers })).status).toBe(403)
  }
})

/** Runs the command; answers its exit code and the first words of each line. */
const bulk = (file: string): Promise<{ code: number; lines: string[][] }> =>
  new Promise((resolve) => {
    const options = { cwd: example, env: { ...process.env, ...environment() } }
    execFile(process.execPath, ['bulk.mjs', file], options, (error, said) => {
      const lines = said.trim().split('\n')
      resolve({ code: error ? Number(error.code) : 0, lines: lines.map((line) => line.split('\t')) })
    })
  })

test('by its command: a list, again and again, and a line for each that says what became of it', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'livery-story-'))
  const file = join(directory, 'customers.csv')
  const [one, two, wrong] = [newCustomer(), newCustomer(), { ...newCustomer(), handle: 'alpine' }]
  const row = ({ crmId, name, handle, email }: Customer) =>
    [crmId, `"${name.replaceAll('"', '""')}"`, handle, email].join(',')
  try {
    writeFileSync(file, `\ufeffcrm_id,name,handle,admin_email\r\n${[one, two, wrong].map(row).join('\r\n')}\r\n`)
    const first = await bulk(file)
    const url = ({ handle }: Customer) => `${origin()}/o/${handle}`
    expect(first.code).toBe(1)
    expect(first.lines.map((line) => line.slice(0, 4))).toEqual([
      [one.crmId, 'created', url(one), 'invited'],
      [two.crmId, 'created', url(two), 'invited'],
      [wrong.crmId, 'failed', 'organizations.handle_taken', 'This name is in use already. Choose another one.'],
    ])
    const known = answerOf(await callApi('GET', `/organizations/~${one.handle}`))
    expect(known).toMatchObject({ name: one.name, attributes: { crm_id: one.crmId } })
    for (const { email } of [one, two]) await newestMail(email, 'invitation')
    writeFileSync(file, `handle,admin_email,crm_id,name\n${two.handle},${two.email},${two.crmId},Two`)
    const second = await bulk(file)
    expect(second).toMatchObject({ code: 0, lines: [[two.crmId, 'existing', url(two), 'invited']] })
    expect(await mailsTo(two.email)).toHaveLength(1)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})
