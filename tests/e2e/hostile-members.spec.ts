// What somebody must not get at who holds less, or belongs elsewhere: invitations, groups, roles and programs of the console.

import { ada, alpine, ben, callerAs, eve, rita, skyway } from './support/administrators.ts'
import { answerOf, callApi, inviteTo } from './support/api.ts'
import type { Caller } from './support/caller.ts'
import { failureIn, screenOf, visibleText } from './support/html.ts'
import { newAddress } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'

let made = 0
const fresh = (word: string): string => {
  made += 1
  return `${word} ${process.pid.toString(36)} ${Date.now().toString(36)} ${made}`
}

const pages = [
  'invitations',
  'invitations/new',
  'groups',
  'groups/new',
  'roles',
  'roles/new',
  'programs',
  'programs/new',
]

/** Sends a form of the console and answers the code of the refusal that the page after it shows. */
const refusedWith = async (caller: Caller, form: string, fields: Record<string, string>, back: string) =>
  failureIn((await caller.answerAndFollow(`/organization/do/${form}`, { ...fields, back })).body)

test('whoever looks after nothing finds no page of it', async () => {
  const caller = await callerAs(ben, alpine())
  for (const page of pages) expect((await caller.see(`/organization/${page}`)).status, page).toBe(404)
})

test('whoever looks after people alone gets no further, by page or by form', async () => {
  const caller = await callerAs(eve, alpine())
  for (const page of ['roles/new', 'programs', 'programs/new']) {
    const reply = await caller.see(`/organization/${page}`)
    expect(reply.status, page).toBe(403)
    expect(screenOf(reply.body)).toBe('error')
  }
  const offered = (await caller.see('/organization/invitations/new')).body
  expect(offered).toContain('value="people-manager"')
  for (const role of ['owner', 'administrator', 'auditor']) expect(offered).not.toContain(`value="${role}"`)

  const back = '/organization/groups'
  expect(
    await refusedWith(caller, 'roles.create', { name: 'Mine', key: 'mine', permissions: 'people.read' }, back),
  ).toBe('authority.denied')
  expect(await refusedWith(caller, 'service-accounts.create', { name: 'Mine' }, back)).toBe('authority.denied')
  const emails = newAddress('pawn')
  for (const role of ['owner', 'administrator']) {
    expect(await refusedWith(caller, 'invitations.create', { emails, role }, '/organization/invitations/new')).toBe(
      'authority.exceeds_own',
    )
  }
  const higher = answerOf<{ id: string }>(
    await callApi('POST', '/organizations/~alpine/groups', { name: fresh('Bosses') }),
    201,
  )
  answerOf(
    await callApi('POST', '/organizations/~alpine/grants', {
      subject: { kind: 'group', id: higher.id },
      role: 'administrator',
    }),
    201,
  )
  const me = answerOf<{ items: { id: string }[] }>(
    await callApi('GET', `/organizations/~alpine/people?search=${encodeURIComponent(eve)}`),
  )
  const herself = { group: higher.id, person: me.items[0]?.id ?? '' }
  expect(await refusedWith(caller, 'groups.add-member', herself, back)).toBe('authority.exceeds_own')
  expect((await caller.see(`/organization/groups/${higher.id}`)).body).not.toContain('data-part="group.add"')
})

test('what belongs to another organization is not there', async () => {
  const caller = await callerAs(ada, alpine())
  const { id: invitation } = await inviteTo('pacifica', newAddress('elsewhere'))
  const make = async (path: string, body: unknown) =>
    answerOf<{ id: string }>(await callApi('POST', `/organizations/~pacifica${path}`, body), 201).id
  const group = await make('/groups', { name: fresh('Beach') })
  const role = await make('/roles', {
    key: `r-${Date.now().toString(36)}`,
    name: 'Beach',
    permissions: ['people.read'],
  })
  const account = await make('/service-accounts', { name: fresh('Tides') })
  for (const path of [
    `invitations/${invitation}`,
    `groups/${group}`,
    `groups/${group}/edit`,
    `groups/${group}/add`,
    `groups/${group}/give`,
    `groups/${group}/remove`,
    `roles/${role}`,
    `roles/${role}/edit`,
    `roles/${role}/remove`,
    `programs/${account}`,
    `programs/${account}/edit`,
    `programs/${account}/give`,
    `programs/${account}/tokens/new`,
    `programs/${account}/tokens/tok_0`,
  ]) {
    expect((await caller.see(`/organization/${path}`)).status, path).toBe(404)
  }
  const asked = await caller.see(`/organization/invitations/bulk?action=revoke&invitations=${invitation}`)
  expect(visibleText(asked.body)).toContain('Nothing is selected')

  const refusals: [string, Record<string, string>, string][] = [
    ['invitations.resend', { invitation }, 'invitations.unknown'],
    ['invitations.revoke', { invitation }, 'invitations.unknown'],
    ['groups.update', { group, name: 'Mine', version: '1' }, 'access.group_unknown'],
    ['groups.remove', { group, version: '1' }, 'access.group_unknown'],
    ['roles.remove', { role, version: '1' }, 'access.role_unknown'],
    ['service-accounts.suspend', { account }, 'tokens.account_unknown'],
    ['tokens.create', { account, name: 'Mine' }, 'tokens.account_unknown'],
    ['grants.give', { 'subject.kind': 'group', 'subject.id': group, role: 'auditor' }, 'access.group_unknown'],
  ]
  for (const [form, fields, code] of refusals) {
    expect(await refusedWith(caller, form, fields, '/organization/groups'), form).toBe(code)
    // The organization itself, which is beside this one, is not there either.
    const aimed = { ...fields, id: '~pacifica' }
    expect(await refusedWith(caller, form, aimed, '/organization/groups'), form).toBe('organizations.not_found')
  }
  const changed = await caller.answerAndFollow('/organization/do/invitations.change-in-bulk', {
    action: 'revoke',
    invitations: invitation,
    back: '/organization/invitations',
  })
  expect(visibleText(changed.body)).toContain('An invitation that isn’t here')
  const still = answerOf<{ state: string }>(await callApi('GET', `/organizations/~pacifica/invitations/${invitation}`))
  expect(still.state).toBe('pending')
})

test('ten thousand addresses, control characters and links are refused, and no form leads elsewhere', async () => {
  const caller = await callerAs(ada, alpine())
  const back = '/organization/invitations/new'
  const emails = newAddress('crowd')
  const crowd = Array.from({ length: 501 }, (_, index) => `a${index}@crowd.example`).join(' ')
  expect(await refusedWith(caller, 'invitations.create', { emails: crowd }, back)).toBe('input.too_long')
  const message = 'Come to https://evil.example'
  expect(await refusedWith(caller, 'invitations.create', { emails, message }, back)).toBe(
    'invitations.message_has_link',
  )
  for (const name of ['Crew\u202egnp.exe', '<img src=x>']) {
    expect(await refusedWith(caller, 'groups.create', { name }, '/organization/groups/new')).toBe('access.invalid')
  }
  for (const next of ['//evil.example', 'https://evil.example/', '/account', '/organization/../account']) {
    const reply = await caller.answer('/organization/do/groups.remove', {
      group: 'grp_0',
      version: '1',
      back: next,
      next,
    })
    expect(reply.headers.location).toBe('/o/alpine/organization')
  }
})

test('the root’s own people see the programs of the root, and its token nowhere', async () => {
  const caller = await callerAs(rita, skyway())
  const { body, status } = await caller.see('/organization/programs')
  expect(status).toBe(200)
  expect(body).not.toMatch(/livery_[0-7][0-9a-z]{25}_/)
})
