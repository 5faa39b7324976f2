// People, invitations, the trail and usage as a program meets them. Who may is rights.test.ts's.

import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createGroup } from '#core/access'
import { systemActor } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import { addTotp, newTotpSecret } from '#core/credentials'
import { setClockForTests } from '#platform/clock'
import { withOrganization } from '#platform/database'
import { forgetProcessState } from '#platform/process'
import { freshDatabase } from '#support/database'
import { codeOf, mails } from '#support/engine'
import { type Answer, buildTree, call, fresh, ownersOf, type Tree, tokenAt } from '#support/rest'

freshDatabase()
let tree: Tree
let own: string
beforeAll(async () => {
  tree = await buildTree()
  own = (await ownersOf(tree)).own
}, 60_000)
beforeEach(() => forgetProcessState('server.rest.limits'))

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  call(method, `/organizations/${tree.own}${path}`, { token: own, body, headers })

const create = async (more: Record<string, unknown> = {}): Promise<string> => {
  const wanted = { email: `${fresh('person')}@people.example`, given_name: 'Ada', family_name: 'Keller' }
  const answer = await ask('POST', '/people', { ...wanted, ...more })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('location')).toMatch(new RegExp(`/organizations/${tree.own}/people/${answer.json.id}$`))
  return String(answer.json.id)
}
const ids = async (query: string) => ((await ask('GET', `/people?${query}`)).json.items ?? []).map(({ id }) => id)

it('no answer carries what somebody proves themselves with', async () => {
  const secret = newTotpSecret()
  const answers: Answer[] = []
  const keep = async (...args: Parameters<typeof ask>) => {
    const answer = await ask(...args)
    expect(answer.status).toBeLessThan(300)
    answers.push(answer)
    return answer
  }
  const { json } = await keep('POST', '/people', {
    email: 'secret@people.example',
    given_name: 'Noa',
    family_name: 'B',
  })
  const path = `/people/${json.id}`
  await withOrganization(tree.own, (tx) => addTotp(tx, systemActor, String(json.id), secret, codeOf(secret)))
  await keep('POST', `${path}/reset-password`, { reason: 'Asked' })
  await keep('GET', path)
  await keep('POST', `${path}/reset-second-step`, { reason: 'Asked' })
  setClockForTests(-5 * 60_000)
  const invited = await keep('POST', '/invitations', { emails: ['guest@people.example'] })
  setClockForTests(0)
  const [{ invitation_id: invitation } = {}] = invited.json.results as { invitation_id?: string }[]
  await keep('POST', `/invitations/${invitation}/resend`)
  await keep('GET', `/invitations/${invitation}`)
  for (const list of ['/people', '/invitations', '/audit?limit=200', `${path}/access`]) await keep('GET', list)
  const sent = (await mails()).filter(({ ticket }) => ticket !== '')
  expect(new Set(sent.map(({ template }) => template)).size).toBeGreaterThanOrEqual(3)
  const secrets = [secret, ...sent.flatMap(({ ticket, code }) => [ticket, code])].filter((text) => text.length > 3)
  expect(secrets.length).toBeGreaterThan(4)
  for (const { text } of answers) for (const hidden of secrets) expect(text).not.toContain(hidden)
})

describe('people', () => {
  it('are listed by what they are, in parts without gaps', async () => {
    const group = await withOrganization(tree.own, (tx) => createGroup(tx, systemActor, { name: 'Listed' }))
    const made: string[] = []
    for (let index = 0; index < 5; index += 1) {
      made.push(await create({ given_name: 'Zoe', kind: 'staff', groups: [group.id] }))
    }
    const [first = '', second = ''] = made
    await ask('POST', `/people/${first}/suspend`, {})
    await ask('PUT', `/people/${second}/kind`, { kind: 'consumer' })
    const seen: unknown[] = []
    let cursor: unknown = ''
    while (cursor !== null) {
      const answer: Answer = await ask('GET', `/people?search=zoe&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(answer.json).toMatchObject({ items: expect.any(Array) })
      seen.push(...(answer.json.items ?? []).map(({ id }) => id))
      cursor = answer.json.next_cursor
    }
    expect(seen.sort()).toEqual(made.sort())
    expect(await ids(`group=${group.id}&status=suspended`)).toEqual([first])
    expect(await ids(`group=${group.id}&kind=consumer`)).toEqual([second])
    expect(await ids('search=zoe&role=owner')).toEqual([])
    expect((await ask('GET', '/people?group=grp_none')).json.code).toBe('access.group_unknown')
  })

  it('are changed only as they were looked at', async () => {
    const id = await create()
    const etag = (await ask('GET', `/people/${id}`)).headers.get('etag') ?? ''
    const patch = { family_name: 'Brunner', phone: '+41 79 555 01 42' }
    const changed = await ask('PATCH', `/people/${id}`, patch, { 'if-match': etag })
    expect(changed.json).toMatchObject({ family_name: 'Brunner', phone: '+41795550142', given_name: 'Ada' })
    expect(changed.headers.get('etag')).not.toBe(etag)
    const late = await ask('PATCH', `/people/${id}`, { family_name: 'Late' }, { 'if-match': etag })
    expect(late.json).toMatchObject({ status: 412, code: 'person.changed_elsewhere' })
    expect((await ask('PATCH', `/people/${id}`, patch)).json.code).toBe('request.version_missing')
    expect((await ask('PATCH', `/people/${id}`, { email: 'x@y.example' }, { 'if-match': etag })).status).toBe(400)
  })

  it('are suspended, resumed and removed', async () => {
    const id = await create()
    const status = async () => (await ask('GET', `/people/${id}`)).json.status
    expect((await ask('POST', `/people/${id}/suspend`, { reason: 'On leave' })).status).toBe(204)
    expect(await status()).toBe('suspended')
    expect((await ask('GET', `/people/${id}/access`)).json).toMatchObject({ can_enter: false })
    expect((await ask('POST', `/people/${id}/reset-password`, { reason: 'x' })).json.code).toBe('roster.not_active')
    expect((await ask('POST', `/people/${id}/resume`, {})).status).toBe(204)
    expect(await status()).toBe('active')
    expect((await ask('DELETE', `/people/${id}`)).status).toBe(204)
    expect((await ask('GET', `/people/${id}`)).json).toMatchObject({ status: 404, code: 'person.unknown' })
    const trail = await ask('GET', `/audit?target=${id}&action=person.`)
    expect((trail.json.items ?? []).map(({ action }) => action)).toContain('person.suspended')
  })

  it('are made once, whoever asks for it how often', async () => {
    const body = { email: 'once@people.example', given_name: 'Ada', family_name: 'Keller' }
    const key = { 'idempotency-key': fresh('key') }
    const [first, again] = [await ask('POST', '/people', body, key), await ask('POST', '/people', body, key)]
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.json).toEqual(first.json)
    expect((await ask('POST', '/people', body)).json).toMatchObject({ status: 409, code: 'person.exists' })
  })

  it('are not acted on by who holds less, nor without a reason where one is kept', async () => {
    const id = await create()
    const body = { subject: { kind: 'person', id }, role: 'owner' }
    expect((await ask('POST', '/grants', body)).status).toBe(201)
    const { text: token } = await tokenAt(tree.own, {
      role: 'people-manager',
      scopes: builtInRoles['people-manager'],
    })
    const path = `/organizations/${tree.own}/people/${id}`
    for (const [action, sent] of [
      ['suspend', {}],
      ['end-sessions', undefined],
      ['reset-password', { reason: 'Asked' }],
    ] as const) {
      const { json } = await call('POST', `${path}/${action}`, { token, body: sent })
      expect({ action, code: json.code }).toEqual({ action, code: 'authority.exceeds_own' })
    }
    expect((await ask('POST', `/people/${id}/reset-password`, {})).json.code).toBe('request.invalid')
    const { json } = await ask('GET', `/people/${id}/access`)
    const held = json.permissions as { permission: string; reasons: { role: string; through: string }[] }[]
    expect(held.find(({ permission }) => permission === 'people.delete')?.reasons).toMatchObject([
      { role: 'owner', through: 'person' },
    ])
  })
})

describe('invitations', () => {
  it('say of each address what became of it', async () => {
    await create({ email: 'member@people.example' })
    const emails = ['New@people.example', 'member@people.example', 'nobody', 'new@people.example']
    const { json } = await ask('POST', '/invitations', { emails })
    expect(json.results).toMatchObject([
      { email: 'new@people.example', outcome: 'invited' },
      { email: 'member@people.example', outcome: 'already_member' },
      { email: 'nobody', outcome: 'invalid', problem: { code: 'email.invalid', status: 400 } },
    ])
    const again = await ask('POST', '/invitations', { emails: ['new@people.example'] })
    expect(again.json.results).toMatchObject([
      { outcome: 'refused', problem: { code: 'invitations.sent_just_now', status: 429 } },
    ])
  })

  it('are taken back once', async () => {
    const { json } = await ask('POST', '/invitations', { emails: ['back@people.example'], message: 'Welcome' })
    const [{ invitation_id: id } = {}] = json.results as { invitation_id?: string }[]
    const path = `/invitations/${id}`
    expect((await ask('GET', path)).json).toMatchObject({ state: 'pending', message: 'Welcome', sends: 1 })
    expect((await ask('POST', `${path}/resend`)).json.code).toBe('invitations.sent_just_now')
    expect((await ask('DELETE', path)).status).toBe(204)
    expect((await ask('DELETE', path)).json).toMatchObject({ status: 409, code: 'invitations.not_pending' })
    const listed = await ask('GET', '/invitations?state=revoked&search=back@')
    const part = await ask('GET', '/invitations?limit=1')
    const rest = await ask('GET', `/invitations?limit=1&cursor=${part.json.next_cursor}`)
    expect(rest.json.items).toHaveLength(1)
    expect(rest.json.items?.[0]?.id).not.toBe(part.json.items?.[0]?.id)
    expect((listed.json.items ?? []).map((one) => one.id)).toEqual([id])
  })

  it('give nothing that the inviter does not hold, and carry no links', async () => {
    const { text: token } = await tokenAt(tree.own, { permissions: ['invitation.manage', 'role.assign'] })
    const path = `/organizations/${tree.own}/invitations`
    const more = { emails: ['more@people.example'], roles: [{ role: 'owner' }] }
    expect((await call('POST', path, { token, body: more })).json.code).toBe('authority.exceeds_own')
    const link = await ask('POST', '/invitations', { emails: ['l@people.example'], message: 'See www.example.com' })
    expect(link.json).toMatchObject({ status: 400, code: 'invitations.message_has_link' })
  })
})

describe('the trail', () => {
  it('is read in parts, the newest first, by what is asked', async () => {
    const from = new Date().toISOString()
    for (let index = 0; index < 3; index += 1) await create()
    const query = `action=person.created&from=${from}`
    const first = await ask('GET', `/audit?${query}&limit=2`)
    const second = await ask('GET', `/audit?${query}&limit=2&cursor=${first.json.next_cursor}`)
    const found = [...(first.json.items ?? []), ...(second.json.items ?? [])]
    expect(found.map(({ action }) => action)).toEqual(Array(3).fill('person.created'))
    expect(found.map(({ id }) => id)).toEqual(
      found
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
    expect(second.json.next_cursor).toBeNull()
    expect(found[0]?.actor).toMatchObject({ kind: 'service', home_id: tree.own })
    expect((await ask('GET', `/audit?until=${from}&from=${from}`)).json.items).toEqual([])
    expect((await ask('GET', '/audit?from=yesterday')).json.code).toBe('request.invalid')
  })
})

it.each([
  ['', 200, 30],
  ['?days=7', 200, 7],
  ['?days=5000', 200, 92],
  ['?days=0', 400, undefined],
  ['?days=1.5', 400, undefined],
])('usage%s is answered %i', async (query, status, count) => {
  const answer = await ask('GET', `/usage${query}`)
  expect(answer.status).toBe(status)
  expect((answer.json.days as unknown[] | undefined)?.length).toBe(count)
})

it('what is wrong with a filter is said of the parameter, and of a field where it stands', async () => {
  const unknown = await ask('GET', '/people?group=grp_nobody')
  expect(unknown.json).toMatchObject({
    code: 'access.group_unknown',
    errors: [{ parameter: 'group', code: 'access.group_unknown' }],
  })
  expect(unknown.text).not.toContain('pointer')
  const { etag } = Object.fromEntries((await call('GET', `/organizations/${tree.child}`, { token: own })).headers)
  const refused = await call('DELETE', `/organizations/${tree.child}?confirm=another`, {
    token: own,
    headers: { 'if-match': etag ?? '' },
  })
  expect(refused.json.errors).toEqual([expect.objectContaining({ parameter: 'confirm' })])
  const body = { email: `${fresh('person')}@people.example`, given_name: 'A', family_name: 'B', phone: '1' }
  expect((await ask('POST', '/people', body)).json.errors).toEqual([expect.objectContaining({ pointer: '#/phone' })])
})
