// The people of an organization as its administrators look after them: many at once, and by file.

import { readFile } from 'node:fs/promises'
import { counting, createPerson, signedInAs } from './support/console.ts'
import { newestMail } from './support/mail.ts'
import { newAddress } from './support/newcomers.ts'
import { expect, test } from './support/stories.ts'
import { addressIn } from './support/world.ts'

const alpine = () => addressIn('alpine', 'path')
const ada = 'ada@alpine.example'
const list = '/organization/people'

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
