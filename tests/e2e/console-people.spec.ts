// The people of an organization as its administrators look after them: one by one, many at once, by file.

import { readFile } from 'node:fs/promises'
import { createPerson, signedInAs } from './support/console.ts'
import { linkIn, newestMail } from './support/mail.ts'
import { newAddress, newPassword } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'
import { addressIn } from './support/world.ts'

const alpine = () => addressIn('alpine', 'path')
const ada = 'ada@alpine.example'
const list = '/organization/people'

/** How many things somebody does: one for each press, each field, each file. */
const counting = (visitor: Visitor) => {
  let steps = 0
  const counted =
    <Args extends unknown[]>(act: (...args: Args) => Promise<unknown>) =>
    async (...args: Args): Promise<void> => {
      steps += 1
      await act(...args)
    }
  return {
    press: counted(visitor.press),
    type: counted(visitor.type),
    choose: counted((part: string, name: string, content: string) =>
      visitor.part(part).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) }),
    ),
    steps: () => steps,
  }
}

for (const scripts of [true, false]) {
  test(`somebody is looked after from their first day to their last, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    test.slow()
    const owner = await signedInAs(visit, alpine(), ada, { scripts })
    const noa = await visit(alpine(), { scripts })
    let made = { id: '', email: '', path: '' }

    await test.step('is created, and chooses a password that nobody else sees', async () => {
      made = await createPerson(owner)
      await owner.seesNotice(/link to choose their password/)
      await noa.page.goto(linkIn(await newestMail(made.email, 'account-created')))
      noa.who = { ...noa.who, email: made.email }
      await noa.setNewPassword(newPassword())
      await noa.answerSignIn()
      await noa.seesScreen('account')
    })

    await test.step('has a profile that says at its field what is wrong', async () => {
      await owner.open(made.path)
      await owner.press('person.phone.edit')
      await owner.type('person.phone', '079 555')
      await owner.press('person.phone.save')
      await owner.seesAlert(/Phone/)
      await expect(owner.part('person.phone')).toHaveValue('079 555')
      await owner.type('person.phone', '+41 79 555 01 42')
      await owner.press('person.phone.save')
      await owner.seesNotice(/Saved/)
      await expect(owner.part('person.phone.value')).toHaveText('+41795550142')
    })

    await test.step('is given a role until a day, and it is taken back', async () => {
      await owner.press('person.role.open')
      await owner.part('person.role').selectOption('auditor')
      await owner.type('person.ends-at', '2099-12-31')
      await owner.press('person.role.save')
      await owner.seesNotice(/role is given/)
      await expect(owner.part('person.grant')).toContainText('31 December 2099')
      await owner.press('person.access.why')
      await owner.seesScreen('person-access')
      await expect(owner.part('person-access.reason')).toContainText('in person')
      await expect(owner.part('person-access.reason')).toContainText('Read the audit log')
      await owner.open(made.path)
      await owner.press('person.grant.take-back')
      await owner.seesNotice(/taken back/)
      await expect(owner.part('person.grant')).toHaveCount(0)
    })

    await test.step('is signed out everywhere', async () => {
      expect(await noa.isSignedIn()).toBe(true)
      await owner.open(made.path)
      await expect(owner.part('person.session').first()).toContainText('Chrome')
      await owner.press('person.end-sessions')
      await owner.seesNotice(/Signed out/)
      expect(await noa.isSignedIn()).toBe(false)
    })

    await test.step('is suspended for a reason, and not without one', async () => {
      await owner.press('person.suspend')
      await owner.press('person-act.submit')
      await owner.seesAlert(/Reason/)
      await owner.type('person-act.reason', 'On leave')
      await owner.press('person-act.submit')
      await owner.seesScreen('person')
      await owner.seesNotice(/Suspended/)
      await noa.signIn()
      await noa.seesScreen('sign-in')
    })

    await test.step('is resumed, and can enter with the same password', async () => {
      await owner.press('person.resume')
      await owner.press('person-act.submit')
      await owner.seesNotice(/Resumed/)
      await noa.signIn()
      await noa.seesScreen('account')
    })

    await test.step('is removed for good', async () => {
      await owner.press('person.remove')
      await owner.type('person-act.reason', 'Left the company')
      await owner.press('person-act.submit')
      await owner.seesScreen('people')
      await owner.seesNotice(/Removed/)
      expect((await owner.open(made.path)).status()).toBe(404)
      expect(await noa.isSignedIn()).toBe(false)
    })
  })
}

test('a lost password is reset in three steps, for a reason, and whoever does it never sees it', async ({ visit }) => {
  const owner = await signedInAs(visit, alpine(), ada)
  const made = await createPerson(owner)
  const noa = await visit(alpine())
  await noa.page.goto(linkIn(await newestMail(made.email, 'account-created')))
  noa.who = { ...noa.who, email: made.email }
  await noa.setNewPassword(newPassword())
  await owner.open(made.path)
  const { press, type, steps } = counting(owner)
  await press('person.reset-password')
  await type('person-act.reason', 'Asked by phone')
  await press('person-act.submit')
  expect(steps()).toBeLessThanOrEqual(3)
  await owner.seesNotice(/password is reset/)
  const mail = await newestMail(made.email, 'password-reset-by-administrator')
  const secret = new URL(linkIn(mail)).searchParams.get('ticket') ?? ''
  expect(secret.length).toBeGreaterThan(20)
  expect(await owner.page.content()).not.toContain(secret)
  await noa.signIn()
  await noa.seesAlert(/don’t match/)
  await noa.openLink(mail)
  await noa.setNewPassword(newPassword())
  await noa.answerSignIn()
  await noa.seesScreen('account')
})

const three = () => {
  const people = [newAddress('one'), newAddress('two'), newAddress('three')]
  const rows = people.map((email) => `${email},Kim,Import,staff`)
  return {
    people,
    file: ['email,given_name,family_name,kind', ...rows, 'not an address,Kim,Import,staff'].join('\r\n'),
  }
}

for (const scripts of [true, false]) {
  test(`a file is looked at before anything changes, then taken in as it was, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    const owner = await signedInAs(visit, alpine(), ada, { scripts })
    const { people, file } = three()
    await owner.open(list)
    const { press, choose, steps } = counting(owner)
    await press('people.import')
    await choose('people-import.file', 'people.csv', file)
    await press('people-import.submit')
    await owner.seesScreen('people-report')
    await expect(owner.part('people-report.created')).toHaveText('3')
    await expect(owner.part('people-report.refused')).toHaveText('1')
    await expect(owner.part('people-report.table')).toContainText('such as name@example.com')
    await expect(owner.part('people-report.submit')).toHaveText('Import 3 people')

    const beside = await signedInAs(visit, alpine(), ada)
    await beside.open(`${list}?search=${people[0]}`)
    await expect(beside.part('people.table')).toHaveCount(0)

    const looked = new URL(owner.page.url()).search
    await press('people-report.submit')
    expect(steps()).toBeLessThanOrEqual(4)
    await owner.seesNotice(/3 new/)
    await expect(owner.part('people-report.refused')).toHaveText('1')
    for (const email of people) await newestMail(email, 'account-created')
    await beside.open(`${list}?search=${people[0]}`)
    await expect(beside.part('people.table')).toContainText(people[0] ?? '')

    await test.step('and is not taken in twice', async () => {
      await owner.open(`${list}/import${looked}`)
      await owner.press('people-report.submit')
      await owner.seesAlert(/Choose it again/)
    })
  })
}

test('what is wrong with a whole file is said, and where', async ({ visit }) => {
  const owner = await signedInAs(visit, alpine(), ada)
  const send = async (content: string | Buffer) => {
    await owner.open(`${list}/import`)
    const buffer = Buffer.from(content)
    await owner.part('people-import.file').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer })
    await owner.press('people-import.submit')
    await owner.seesScreen('people-import')
  }
  await send('email,salary\nnoa@example.com,1')
  await owner.seesAlert(/nothing is known of/)
  await expect(owner.part('people-import.where')).toContainText('salary')
  await send('email,role\nnoa@example.com,owner')
  await owner.seesAlert(/Roles aren’t given by a file/)
  await send('email\n"noa@example.com')
  await owner.seesAlert(/Look at its quotes/)
  await send(Buffer.from('email\nnoa@example.com', 'utf16le'))
  await owner.seesAlert(/UTF-8/)
  await send('')
  await owner.seesAlert(/CSV file/)
  await send('given_name\nNoa')
  await owner.seesAlert(/no column for the email/)
})

test('rows may be pasted, and come back where they are refused', async ({ visit }) => {
  const owner = await signedInAs(visit, alpine(), ada, { scripts: false })
  await owner.open(`${list}/import`)
  await owner.page.locator('summary', { hasText: 'Or paste the rows' }).click()
  await owner.type('people-import.text', 'mail\nnoa@example.com')
  await owner.press('people-import.submit')
  await expect(owner.part('people-import.text')).toHaveValue('mail\nnoa@example.com')
  await owner.type('people-import.text', `email\n${newAddress('pasted')}`)
  await owner.press('people-import.submit')
  await owner.seesScreen('people-report')
  await expect(owner.part('people-report.table')).toContainText('pasted.')
})

test('the list is carried away as a file that no spreadsheet computes, and the template beside it', async ({
  visit,
}) => {
  const owner = await signedInAs(visit, alpine(), ada)
  const made = await createPerson(owner, 'Exportmann')
  await owner.open(`${list}?search=${made.email}`)
  const saved = async (part: string) => {
    const [download] = await Promise.all([owner.page.waitForEvent('download'), owner.part(part).click()])
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') }
  }
  const people = await saved('people.export')
  expect(people.name).toBe('people-alpine.csv')
  const header = '\ufeffemail,given_name,family_name,phone,locale,kind,groups'
  expect(people.text.split('\r\n')).toEqual([header, `${made.email},Noa,Exportmann,,,staff,`, ''])
  await owner.open(`${list}/import`)
  const template = await saved('people-import.template')
  expect(template.name).toBe('people-template.csv')
  expect(template.text.split('\r\n')[0]).toBe(header)
})

for (const scripts of [true, false]) {
  test(`many are suspended at once, and who is left out is said first, ${scripts ? 'with' : 'without'} scripts`, async ({
    visit,
  }) => {
    const owner = await signedInAs(visit, alpine(), ada, { scripts })
    const family = `Bulkmann${scripts ? 'a' : 'b'}`
    for (let count = 0; count < 2; count += 1) await createPerson(owner, family)
    await owner.open(`${list}?search=${family}`)
    for (const box of await owner.page.locator('[data-choice]').all()) await box.check()
    await owner.press('people.bulk.suspend')
    await owner.seesScreen('people-bulk')
    await expect(owner.page.locator('h1')).toHaveText('Suspend 2 people')
    await expect(owner.part('people-bulk.submit')).toHaveText('Suspend 2 people')
    await owner.press('people-bulk.submit')
    await owner.seesAlert(/Reason/)
    await owner.type('people-bulk.reason', 'Season over')
    await owner.press('people-bulk.submit')
    await owner.seesScreen('people')
    await owner.seesNotice(/Done for 2 people/)
    await owner.open(`${list}?search=${family}&status=suspended`)
    await expect(owner.page.locator('[data-choice]')).toHaveCount(2)
  })
}

test('who holds more is left alone, and the page says so person by person', async ({ visit }) => {
  const owner = await signedInAs(visit, alpine(), ada)
  const made = await createPerson(owner, 'Untermann')
  const eve = await signedInAs(visit, alpine(), 'eve@alpine.example')
  await eve.open(`${list}?search=ada@alpine.example`)
  const id = await eve.page.locator('[data-choice]').getAttribute('value')
  await eve.open(`${list}/bulk?action=suspend&people=${id}&people=${made.id}`)
  await eve.type('people-bulk.reason', 'Trying it out')
  await eve.press('people-bulk.submit')
  await eve.seesScreen('people-bulk')
  await expect(eve.part('people-bulk.done')).toContainText('ada@alpine.example')
  await expect(eve.part('people-bulk.done')).toContainText('what you don’t hold yourself')
  await eve.open(`${list}/bulk?action=suspend&people=${id}`)
  expect(await owner.isSignedIn()).toBe(true)
})

test('somebody who lives above is taken in, explained, and let go again', async ({ visit }) => {
  const yara = await signedInAs(visit, addressIn('sahel', 'path'), 'yara@sahel.example')
  await yara.open(`${list}/new`)
  await expect(yara.part('person-new.given-name')).toHaveCount(0)
  await yara.type('person-new.email', 'rita@skyway.example')
  await yara.press('person-new.submit')
  await yara.seesScreen('person')
  const path = new URL(yara.page.url()).pathname.slice(yara.address.base.length)
  await expect(yara.part('person.home.value')).toHaveText('Skyway')
  await expect(yara.part('person.name.edit')).toHaveCount(0)
  await yara.open(`${path}/access`)
  await expect(yara.part('person-access.chain')).toContainText('Skyway')
  await yara.open(`${path}/remove`)
  await yara.type('person-act.reason', 'Was a visit')
  await yara.press('person-act.submit')
  await yara.seesScreen('people')
})
