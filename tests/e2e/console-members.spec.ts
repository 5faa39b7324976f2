// Who belongs to an organization, and with what: invitations by the dozen, groups, roles, and programs with their tokens.

import { ada, alpine, ben, signedInAs } from './support/administrators.ts'
import { answerOf, callApi } from './support/api.ts'
import { linkIn, newestMail } from './support/mail.ts'
import { newAddress } from './support/newcomers.ts'
import { ask } from './support/raw.ts'
import { expect, test } from './support/stories.ts'
import type { Visitor } from './support/visitor.ts'

let made = 0
const fresh = (word: string): string => {
  made += 1
  return `${word} ${process.pid.toString(36)} ${Date.now().toString(36)} ${made}`
}

const rowOf = ({ page }: Visitor, text: string) => page.locator('tbody tr', { hasText: text })
const leading = (visitor: Visitor, act: () => Promise<unknown>) =>
  Promise.all([visitor.page.waitForEvent('load'), act()])
const pathOf = ({ page, address }: Visitor): string => new URL(page.url()).pathname.slice(address.base.length)

for (const scripts of [true, false]) {
  const how = scripts ? 'with' : 'without'

  test(`people are invited, many at once, ${how} scripts`, async ({ visit }) => {
    test.slow()
    const boss = await signedInAs(visit, ada, alpine(), { scripts })
    const [first, second] = [newAddress('noor'), newAddress('luca')]

    await test.step('a word that is no address is named, and nothing that was typed is lost', async () => {
      await boss.open('/organization/invitations/new')
      const typed = `Noor <${first}>; hana@@alpine.example\n${second}, ${ben}`
      await boss.type('invite.emails', typed)
      await boss.part('invite.role').selectOption('people-manager')
      await expect(boss.part('power.people')).toBeVisible()
      await expect(boss.part('power.all')).toBeHidden()
      await boss.type('invite.message', '<b>See you</b> on Monday')
      await boss.press('invite.submit')
      await boss.seesScreen('invite')
      await expect(boss.page.locator('#emails-error')).toContainText('hana@@alpine.example is not an address')
      await expect(boss.part('invite.emails')).toHaveValue(typed)
      await expect(boss.part('invite.role')).toHaveValue('people-manager')
      await expect(boss.part('invite.message')).toHaveValue('<b>See you</b> on Monday')
    })

    if (scripts) {
      await test.step('the button says how many are asked, the foot what is chosen', async () => {
        await boss.type('invite.emails', `${first} ${first.toUpperCase()}, ${second}`)
        await expect(boss.part('invite.submit')).toHaveText('Send 2 invitations')
        await boss.part('invite.lifetime-days').selectOption('14')
        await expect(boss.page.locator('[data-says]')).toHaveText('In English · valid for 14 days')
      })
    }

    await test.step('each address is told what became of it', async () => {
      await boss.type('invite.emails', `${first}, ${first} ${second}\n${ben}`)
      await boss.press('invite.submit')
      await boss.seesScreen('invitations')
      await boss.seesNotice(/2 invitations are on their way.*1 address was not invited/)
      const results = boss.part('invitations.results').locator('li')
      await expect(results).toHaveCount(3)
      await expect(results.filter({ hasText: ben })).toContainText('Belongs here already')
      await boss.open('/organization/invitations')
      await expect(boss.part('invitations.results')).toHaveCount(0)
    })

    await test.step('the mail is there; what was written stands in it and on the page as text', async () => {
      const mail = await newestMail(first, 'invitation')
      expect(mail.html).not.toContain('<b>See you')
      await boss.open(`/organization/invitations?search=${encodeURIComponent(first)}`)
      await expect(rowOf(boss, first)).toContainText('People manager')
      await leading(boss, () => boss.page.locator(`a:has-text("${first}")`).click())
      await boss.seesScreen('one-invitation')
      await expect(boss.page.locator('main')).toContainText('<b>See you</b> on Monday')
      await expect(boss.page.locator('main')).toContainText('Ada Keller')
      const secret = new URL(linkIn(mail)).searchParams.get('ticket') ?? ''
      expect(secret).not.toBe('')
      expect(await boss.page.content()).not.toContain(secret)
    })

    await test.step('whoever presses too soon is told to wait', async () => {
      await boss.press('one-invitation.resend')
      await boss.seesScreen('one-invitation')
      await boss.seesAlert(/Wait a minute/)
    })

    await test.step('several are taken back at once, after they have been read once more', async () => {
      await boss.open(`/organization/invitations?search=${encodeURIComponent(second.split('@')[0] ?? '')}`)
      await rowOf(boss, second).locator('input[type="checkbox"]').check()
      await boss.press('invitations.bulk.revoke')
      await boss.seesScreen('invitations-bulk')
      await expect(boss.part('invitations-bulk.which')).toContainText(second)
      await boss.press('invitations-bulk.submit')
      await boss.seesScreen('invitations')
      await boss.seesNotice(/Done with 1 invitation/)
      await boss.open('/organization/invitations?state=revoked')
      await expect(rowOf(boss, second)).toHaveCount(1)
      const guest = await visit(alpine(), { scripts })
      await guest.page.goto(linkIn(await newestMail(second, 'invitation')))
      await expect(guest.page.locator('main')).toContainText('taken back')
    })
  })

  test(`a group holds roles for its people, ${how} scripts`, async ({ visit }) => {
    test.slow()
    const boss = await signedInAs(visit, ada, alpine(), { scripts })
    const name = fresh('Zürich')

    await test.step('it is made, and has nobody in it', async () => {
      await boss.open('/organization/groups/new')
      await boss.press('group-form.submit')
      await boss.seesScreen('group-form')
      await expect(boss.part('group-form.name')).toHaveAttribute('aria-invalid', 'true')
      await boss.type('group-form.name', name)
      await boss.press('group-form.submit')
      await boss.seesScreen('group')
      await boss.seesNotice(/decide who is in it/)
    })
    const at = pathOf(boss)

    await test.step('somebody of the organization is found and put in', async () => {
      await boss.press('group.add')
      await boss.type('group-members.search', 'ben')
      await leading(boss, () => boss.page.keyboard.press('Enter'))
      await leading(boss, () => rowOf(boss, ben).locator('[data-part="group-members.add"]').click())
      await boss.seesNotice(/Added/)
      await expect(rowOf(boss, ben)).toContainText('In it')
      await boss.open(at)
      await expect(rowOf(boss, ben)).toHaveCount(1)
    })

    await test.step('a role that nobody chose is asked for; one that was chosen is given and taken back', async () => {
      await boss.press('given.give')
      await boss.press('give-role.submit')
      await expect(boss.part('give-role.role')).toHaveAttribute('aria-invalid', 'true')
      await boss.part('give-role.role').selectOption('brand-editor')
      await boss.press('give-role.submit')
      await boss.seesScreen('group')
      await expect(boss.part('given.role')).toContainText('Brand editor')
      await boss.press('given.take-back')
      await boss.seesNotice(/taken back/)
      await expect(boss.part('given.role')).toHaveCount(0)
    })

    await test.step('somebody is taken out, and a rule decides from then on', async () => {
      await boss.press('group.remove-member')
      await expect(rowOf(boss, ben)).toHaveCount(0)
      await boss.press('group.edit')
      await boss.part('group-form.attribute.email_domain').check()
      await boss.type('group-form.value-email-domain', 'alpine.example')
      await boss.press('group-form.submit')
      await boss.seesScreen('group')
      await expect(boss.page.locator('main')).toContainText('Everybody with an address at alpine.example')
      await expect(rowOf(boss, ben)).toHaveCount(1)
      await expect(boss.part('group.add')).toHaveCount(0)
    })

    await test.step('it is deleted after a look at who loses what', async () => {
      await boss.press('group.remove')
      await boss.seesScreen('remove-group')
      await expect(boss.part('remove-group.goes')).toContainText(/\d people are in it/)
      await boss.press('remove-group.submit')
      await boss.seesScreen('groups')
      expect((await boss.open(at)).status()).toBe(404)
    })
  })
}

test('a role of its own is made of what its maker holds, and stays while somebody has it', async ({ visit }) => {
  test.slow()
  const boss = await signedInAs(visit, ada, alpine(), { scripts: false })
  const name = fresh('Night desk')
  await boss.open('/organization/roles/new')
  await boss.type('role-form.name', name)
  await boss.press('role-form.submit')
  await expect(boss.part('role-form.name')).toHaveValue(name)
  await boss.seesAlert(/./)
  await boss.part('role-form.people.read').check()
  await boss.part('role-form.audit.read').check()
  await boss.press('role-form.submit')
  await boss.seesScreen('role')
  await expect(boss.page.locator('main')).toContainText('Read the audit log')
  const at = pathOf(boss)
  const role = at.split('/').at(-1) ?? ''

  const group = answerOf<{ id: string }>(
    await callApi('POST', '/organizations/~alpine/groups', { name: fresh('Guards') }),
    201,
  )
  await boss.open(`/organization/groups/${group.id}/give`)
  await boss.part('give-role.role').selectOption(role)
  await boss.press('give-role.submit')
  await boss.open(`${at}/remove`)
  await expect(boss.part('remove-role.goes')).toContainText('1 group')
  await boss.press('remove-role.submit')
  await boss.seesAlert(/Somebody has this role/)
  await boss.open(at)
  await boss.press('role.take-back')
  await boss.press('role.edit')
  await expect(boss.part('role-form.audit.read')).toBeChecked()
  await boss.part('role-form.audit.read').uncheck()
  await boss.press('role-form.submit')
  await expect(boss.page.locator('main')).not.toContainText('audit log')
  await boss.open(`${at}/remove`)
  await boss.press('remove-role.submit')
  await boss.seesScreen('roles')
  await expect(boss.page.locator('main')).not.toContainText(name)
})

test('a program signs in with a token that is shown once', async ({ visit }) => {
  test.slow()
  const boss = await signedInAs(visit, ada, alpine())
  const whoAmI = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` }
    return (await ask(`${alpine().url}/api/v1/me`, { headers })).status
  }

  await test.step('it may do nothing until it is given a role', async () => {
    await boss.open('/organization/programs/new')
    await boss.type('program-form.name', fresh('Import'))
    await boss.press('program-form.submit')
    await boss.seesScreen('program')
    await boss.press('program.new')
    await expect(boss.part('token-form.nothing')).toBeVisible()
    await boss.press('token-form.cancel')
    await boss.press('given.give')
    await boss.part('give-role.role').selectOption('auditor')
    await boss.press('give-role.submit')
  })
  const at = pathOf(boss)
  let token = ''

  await test.step('its token stands on one page, once', async () => {
    await boss.press('program.new')
    await boss.type('token-form.name', 'Server')
    await boss.part('token-form.people.read').check()
    await boss.press('token-form.submit')
    await boss.seesScreen('program')
    token = (await boss.read('program.secret')).trim()
    expect(token).toMatch(/^livery_/)
    expect(await whoAmI(token)).toBe(200)
    await boss.open(at)
    await expect(boss.part('program.secret')).toHaveCount(0)
    expect(await boss.page.content()).not.toContain(token)
  })

  await test.step('it is suspended and resumed; its token is revoked for good', async () => {
    await boss.press('program.suspend')
    expect(await whoAmI(token)).toBe(401)
    await boss.press('program.resume')
    expect(await whoAmI(token)).toBe(200)
    await boss.press('program.revoke')
    await boss.seesScreen('revoke-token')
    await boss.press('revoke-token.submit')
    await boss.seesNotice(/Revoked/)
    expect(await whoAmI(token)).toBe(401)
  })

  await test.step('it is deleted', async () => {
    await boss.press('program.remove')
    await boss.press('remove-program.submit')
    await boss.seesScreen('programs')
    expect((await boss.open(at)).status()).toBe(404)
  })
})
