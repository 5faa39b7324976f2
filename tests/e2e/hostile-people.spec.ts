// The pages and forms of people, met by those they are not for, and with what should never be sent to them.

import { expect, test } from '@playwright/test'
import { Caller } from './support/caller.ts'
import { callingAs, formOf, leadsTo, sendFile } from './support/console.ts'
import { failureIn, screenOf, visibleText } from './support/html.ts'
import { newAddress } from './support/newcomers.ts'
import { addressIn } from './support/world.ts'

const alpine = () => addressIn('alpine', 'path')
const list = '/organization/people'
const importing = `${list}/import`

const idOf = async (caller: Caller, email: string): Promise<string> => {
  const { body } = await caller.see(`${list}?search=${email}`)
  return /data-id="(per_[a-z0-9]+)"/.exec(body)?.[1] ?? ''
}

const ofPeople = (id: string) => [
  list,
  `${list}/new`,
  `${list}/import`,
  `${list}/bulk?action=suspend&people=${id}`,
  `${list}/export`,
  `${list}/import/template`,
  `${list}/${id}`,
  `${list}/${id}/access`,
  `${list}/${id}/suspend`,
]

test('whoever holds nothing finds no console, and whoever holds something else no people', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const id = await idOf(ada, 'ben@alpine.example')
  expect(id).not.toBe('')
  for (const [email, status] of [
    ['ben@alpine.example', 404],
    ['sofia@skyway.example', 403],
  ] as const) {
    const caller = await callingAs(alpine(), email)
    for (const path of ofPeople(id)) {
      const answer = await caller.see(path)
      expect([path, answer.status, screenOf(answer.body)]).toEqual([path, status, 'error'])
      expect(answer.body).not.toContain('ada@alpine.example')
    }
  }
  const nobody = new Caller(alpine())
  for (const path of ofPeople(id)) {
    const { status, headers } = await nobody.see(path)
    expect([303, 307], path).toContain(status)
    expect(headers.location, path).toContain('/sign-in/return?to=')
  }
})

test('a form does what whoever sends it may, whatever it is asked', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const id = await idOf(ada, 'ben@alpine.example')
  const own = await idOf(ada, 'ada@alpine.example')
  const fields = { person: id, reason: 'x', back: `${list}/${id}`, role: 'owner', reach: 'subtree', kind: 'staff' }
  const attempts: [string, Record<string, string>][] = [
    ['people.suspend', fields],
    ['people.remove', fields],
    ['people.reset-password', fields],
    ['people.change-kind', fields],
    ['people.give-role', fields],
    ['people.bulk', { ...fields, action: 'suspend', people: id }],
    ['people.create', { ...fields, email: newAddress(), given_name: 'X', family_name: 'Y' }],
  ]
  for (const email of ['ben@alpine.example', 'sofia@skyway.example']) {
    const caller = await callingAs(alpine(), email)
    for (const [name, sent] of attempts) {
      const answer = await caller.answer(formOf(name), sent)
      expect(answer.status, name).toBe(303)
    }
  }
  const eve = await callingAs(alpine(), 'eve@alpine.example')
  // Only she who holds all of it gives it, and nobody is suspended by somebody who holds less.
  await eve.answer(formOf('people.give-role'), { ...fields, person: await idOf(ada, 'eve@alpine.example') })
  await eve.answer(formOf('people.suspend'), { ...fields, person: own })
  const seen = visibleText((await ada.see(`${list}?search=ben@alpine.example`)).body)
  expect(seen).toContain('Active')
  expect(seen).toContain('Customer')
  expect((await ada.see(`${list}?role=owner`)).body).not.toContain('eve@alpine.example')
  expect(await ada.whoIsSignedIn()).toBe('ada@alpine.example')
})

test('people of another organization are people who do not exist', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const lia = await callingAs(addressIn('pacifica-lisbon', 'path'), 'lia@lisbon.example')
  const theirs = await idOf(lia, 'lia@lisbon.example')
  expect(theirs).not.toBe('')
  const unknown = `per_${'0'.repeat(26)}`
  for (const path of ['', '/access', '/suspend', '/remove']) {
    const [one, other] = [await ada.see(`${list}/${theirs}${path}`), await ada.see(`${list}/${unknown}${path}`)]
    expect([one.status, other.status]).toEqual([404, 404])
    expect(one.body).not.toContain('lisbon.example')
  }
  for (const [name, more] of [
    ['people.suspend', {}],
    ['people.remove', {}],
    ['people.give-role', { role: 'auditor', reach: 'organization' }],
    ['people.update', { given_name: 'Mallory', version: '1' }],
  ] as const) {
    const back = `${list}/bulk`
    const answer = await ada.answer(formOf(name), { person: theirs, reason: 'x', back: list, ...more })
    expect(leadsTo(ada, answer), `${name} ${back}`).toBe(list)
    expect(failureIn((await ada.see(list)).body), name).toBe('person.unknown')
  }
  const bulk = await ada.see(`${list}/bulk?action=remove&people=${theirs}`)
  expect(bulk.body).not.toContain('lisbon.example')
  expect(await lia.whoIsSignedIn()).toBe('lia@lisbon.example')
})

test('a form leads to pages of the console alone', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const id = await idOf(ada, 'ben@alpine.example')
  for (const next of [
    '//evil.test',
    'https://evil.test/organization',
    '/account',
    '/organization/../account',
    '\\evil',
  ]) {
    const answer = await ada.answer(formOf('people.end-sessions'), { person: id, back: next, next })
    expect(leadsTo(ada, answer), next).toBe('/organization')
  }
})

test('what was uploaded is for whoever uploaded it, here, and once', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const email = newAddress('theirs')
  const looked = leadsTo(
    ada,
    await sendFile(ada, importing, { content: `email,given_name,family_name\n${email},A,B\n` }),
  )
  const report = new URLSearchParams(looked.split('?')[1]).get('report') ?? ''
  expect(report).toMatch(/^nte_/)
  const eve = await callingAs(alpine(), 'eve@alpine.example')
  expect((await eve.see(looked)).status).toBe(404)
  expect(leadsTo(eve, await eve.answer(importing, { report }))).toBe(importing)
  expect(failureIn((await eve.see(importing)).body)).toBe('roster.file_over')
  expect((await ada.see(`${list}?search=${email}`)).body).not.toContain('data-id=')
  const twice = await Promise.all([ada.answer(importing, { report }), ada.answer(importing, { report })])
  const ends = twice.map((answer) => leadsTo(ada, answer).split('?')[0])
  expect(ends).toEqual([importing, importing])
  expect(twice.filter((answer) => leadsTo(ada, answer).includes('report=nte_'))).toHaveLength(1)
  expect((await ada.see(`${list}?search=${email}`)).body).toContain('data-id=')
  // A report that is no report: the note of something else, or of nobody.
  for (const made of ['nte_unknown', '', 'per_1', '../x']) {
    expect(leadsTo(ada, await ada.answer(importing, { report: made }))).toBe(importing)
  }
})

test('a file is text to be read, never anything else', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const rows = [
    '<img src=x onerror=alert(1)>',
    '\u202Egro.live@x',
    'x'.repeat(900),
    '=HYPERLINK("http://evil.test")',
    '"<b>"',
  ]
  const quoted = rows.map((row) => `"${row.replaceAll('"', '""')}"`)
  const looked = leadsTo(
    ada,
    await sendFile(ada, importing, { content: ['email', ...quoted].join('\n'), name: '<script>x</script>.csv' }),
  )
  const { status, body } = await ada.see(looked)
  expect([status, screenOf(body)]).toEqual([200, 'people-report'])
  expect(body).not.toMatch(/<img src=x|<script>x|<b>"/)
  expect(visibleText(body)).toContain('<img src=x onerror=alert(1)>')
  expect(body).not.toContain('data-part="people-report.submit"')
})

test('an address is one plain address, however it is written in a file', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const addresses = [
    'noa@visitor.example, eve@visitor.example',
    '"x@evil.test x"@visitor.example',
    'noa(comment)@visitor.example',
    '<noa@visitor.example>',
    'noa%evil.test@visitor.example@visitor.example',
    'noa@[192.0.2.1]',
    'noa@visitor.example\u202E',
    `${'n'.repeat(320)}@visitor.example`,
  ]
  const rows = addresses.map((address) => `"${address.replaceAll('"', '""')}",Noa,Keller`)
  const looked = leadsTo(
    ada,
    await sendFile(ada, importing, { content: ['email,given_name,family_name', ...rows].join('\n') }),
  )
  const { body } = await ada.see(looked)
  expect(/data-part="people-report\.refused">(\d+)</.exec(body)?.[1]).toBe(String(addresses.length))
  const file = await ada.see(looked.replace('import?', 'import/refused?'))
  expect(file.headers['content-disposition']).toBe('attachment; filename="people-left-out.csv"')
  expect(file.body.trim().split('\r\n')).toHaveLength(addresses.length + 1)
  const eve = await callingAs(alpine(), 'eve@alpine.example')
  expect((await eve.see(looked.replace('import?', 'import/refused?'))).status).toBe(404)
})

test('what is too much is not read, and what is too large is said', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const large = await sendFile(ada, importing, { content: `email\n${'a'.repeat(5_000_001)}` })
  expect(leadsTo(ada, large)).toBe(importing)
  expect(failureIn((await ada.see(importing)).body)).toBe('csv.too_large')
  const many = ['email', ...Array.from({ length: 10_001 }, (_, index) => `p${index}@visitor.example`)].join('\n')
  expect(leadsTo(ada, await sendFile(ada, importing, { content: many }))).toBe(importing)
  expect(failureIn((await ada.see(importing)).body)).toBe('csv.too_many_rows')
  const elsewhere = await ada.answer(formOf('people.import'), { csv: 'x'.repeat(70_000) }).catch(() => null)
  if (elsewhere) expect(elsewhere.status).toBe(413)
  const nobody = await sendFile(new Caller(alpine()), importing, { content: 'x'.repeat(70_000) }).catch(() => null)
  if (nobody) expect(nobody.status).toBe(413)
})

test('a file leaves as a file: nothing of it is shown, kept or computed', async () => {
  const ada = await callingAs(alpine(), 'ada@alpine.example')
  const { status, headers, body } = await ada.see(`${list}/export?search=ada@alpine.example&kind=staff&sort=newest&x=y`)
  expect(status).toBe(200)
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(headers['content-disposition']).toBe('attachment; filename="people-alpine.csv"')
  expect(headers['cache-control']).toBe('no-store')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(body).toContain('ada@alpine.example')
  // A phone number begins with what a spreadsheet would compute.
  expect(body).toContain(",'+41446681800,")
  expect(body).not.toMatch(/(?:^|,)[=+@-]/m)
})
