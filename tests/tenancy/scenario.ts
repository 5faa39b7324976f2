// What happens in an organization while every statement is watched: each operation of the REST interface, what people do at
// a door and with their account, what is published, and what is tidied. A store's new function takes its place here, unless
// an operation reaches it already.

import {
  addToGroup,
  createGroup,
  createRole,
  give,
  groupNames,
  groupPage,
  holdingsOf,
  lookAtGroup,
  roleHolders,
} from '#core/access'
import { changePassword, changeProfile, confirmTotp, profile, startTotp } from '#core/account'
import type { AccountContext } from '#core/account/contract'
import { eraseAbout, retain, standing, verify as verifySeals } from '#core/audit'
import { systemActor as by } from '#core/authority'
import { builtInRoles } from '#core/authority/contract'
import {
  countPasskeysByRpId,
  factorsOf,
  findPasskey,
  markPhoneUsed,
  passkeysOf,
  passwordOf,
  phonesOf,
  recoveryCodesLeft,
  refreshHash,
  removePasskey,
  removePhone,
  renamePasskey,
  renameTotp,
  usePasskey,
  useRecoveryCode,
} from '#core/credentials'
import { remember } from '#core/devices'
import { counts as countInvitations, invite } from '#core/invitations'
import {
  abandon,
  recover,
  recoverByCode,
  requestInvitation,
  reset,
  secondStep,
  signIn,
  signUp,
  verify,
} from '#core/login'
import { dropNote, keepNote, readNote, takeNote } from '#core/notes'
import { mostNotes } from '#core/notes/contract'
import { ask as askFor } from '#core/onboarding'
import { readAgain, update } from '#core/organizations'
import { findByIdentifier, listedByIds, spread, updateProfile, verifyPhone } from '#core/people'
import type { PersonRef } from '#core/people/contract'
import { counts as countPeople, exportPeople, homes, tidy as tidyRoster } from '#core/roster'
import { end, look, openOf } from '#core/sessions'
import { accountPage, createAccount, createToken } from '#core/tokens'
import { days, minutes, setClockForTests } from '#platform/clock'
import { type Tx, withOrganization, withPlatform } from '#platform/database'
import { at, codeOf, enter, newestMail, password, person } from '#support/engine'
import { giveFactors } from '#support/factors'
import { call, type Tree, tokenAt } from '#support/rest'
import { sampleOf } from '#support/rest-samples'
import { operations } from '#web/operations'
import { tidyOnce } from '../../server/tidying.ts'
import { publishAndTakeBack } from './publishing.ts'

const fresh = 'velvet-otter-marble-canyon'

/** Asks the REST interface as the owner of everything; answers the status. */
export type Asking = (method: string, path: string, body?: unknown, version?: number) => Promise<number>

export const askingAt = async ({ root }: Tree): Promise<Asking> => {
  const { text: token } = await tokenAt(root, { role: 'owner', scopes: builtInRoles.owner })
  return async (method, path, body, version) => {
    const headers: Record<string, string> = version === undefined ? {} : { 'if-match': `"${version}"` }
    return (await call(method, path, { token, body, headers })).status
  }
}

/** Every operation as its sample asks for it; answers those that were not done. */
export const operate = async ({ own }: Tree, ask: Asking): Promise<string[]> => {
  const failed: string[] = []
  for (const operation of operations) {
    const { params = {}, query = {}, body, version, done, undo } = await sampleOf(operation, own)
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === 'id' ? own : (params[name] ?? ''),
    )
    const status = await ask(operation.method.toUpperCase(), `${path}?${new URLSearchParams(query)}`, body, version)
    await undo?.()
    if (status !== (done?.status ?? operation.status)) failed.push(`${operation.id} was answered ${status}`)
  }
  return failed
}

const signInAt = async (organizationId: string, email: string, typed = password) => {
  const ctx = at(organizationId)
  const { secret, session } = await enter(ctx, await signIn(ctx, null, { username: email, password: typed }))
  const actor = { ...ctx.by, kind: 'person' as const, homeId: session.homeId, personId: session.personId }
  const account: AccountContext = { ...ctx, by: actor, session }
  return { ctx, account, secret, session }
}

/** Signing up, recovering and going back, with mails that come and links that are followed. */
export const comeIn = async ({ own }: Tree): Promise<void> => {
  const ctx = at(own)
  const form = { email: 'noa@own.example', given_name: 'Noa', family_name: 'Berg', password }
  const begun = await signUp(ctx, null, form)
  await verify(ctx, begun.attempt ?? null, { answer: { code: (await newestMail('verify-email')).code } })
  const recovery = await recover(ctx, null, { email: form.email })
  const mail = await newestMail('recover-password')
  const { link } = await recoverByCode(ctx, recovery.attempt ?? null, { code: mail.code })
  await reset(ctx, link ?? null, { new_password: fresh })
  const again = await signUp(ctx, null, { ...form, email: 'nobody@own.example' })
  await abandon(ctx, again.attempt ?? null)
}

/** Everything that somebody proves themselves with: made, used, renamed and taken away. */
const lookAfterFactors = async (tx: Tx, id: string): Promise<void> => {
  const { passkey, phone, codes } = await giveFactors(tx, id)
  await findPasskey(tx, passkey.credentialId)
  await passkeysOf(tx, id)
  await usePasskey(tx, passkey.id, { counter: 1, isSynced: true, isVerified: true })
  await renamePasskey(tx, by, id, passkey.id, 'Phone')
  await countPasskeysByRpId(tx)
  await renameTotp(tx, by, id, 'Work phone')
  await phonesOf(tx, id)
  await markPhoneUsed(tx, id, phone.id)
  await useRecoveryCode(tx, by, id, String(codes[0]))
  await recoveryCodesLeft(tx, id)
  await factorsOf(tx, id)
  await removePasskey(tx, by, id, passkey.id)
  await removePhone(tx, by, id, phone.id)
}

/** Somebody with an account: their profile, password, second step and sessions. */
export const lookAfterOneself = async ({ own, parent }: Tree): Promise<void> => {
  const { id, email } = await person({ email: 'sofia@own.example', home: own, memberOf: [parent] })
  const other = await signInAt(own, email)
  const { account, secret } = await signInAt(own, email)
  await profile(account)
  await changeProfile(account, { phone: '+41 79 555 01 42', version: '1' })
  await changePassword(account, { current_password: password, new_password: fresh })
  await withOrganization(own, (tx) => openOf(tx, other.session, 2))
  const { sealed, enrolment } = await startTotp(account)
  await confirmTotp(account, sealed, { code: codeOf(enrolment.secret) })
  const ctx = at(own)
  const asked = await signIn(ctx, null, { username: email, password: fresh })
  await enter(ctx, await secondStep(ctx, asked.attempt ?? null, { code: codeOf(enrolment.secret, 1) }))
  await withOrganization(own, async (tx) => {
    const { phone, version } = await verifyPhone(tx, by, id, '+41 79 555 01 42')
    await updateProfile(tx, by, id, { username: 'sofia' }, version)
    await findByIdentifier(tx, { kind: 'phone', key: phone ?? '' })
    await findByIdentifier(tx, { kind: 'username', key: 'sofia' })
  })
  const hash = await withOrganization(own, async (tx) => (await passwordOf(tx, id))?.hash ?? '')
  await withOrganization(own, (tx) => refreshHash(tx, id, hash, hash))
  await withOrganization(own, async (tx) => {
    for (let note = 0; note <= mostNotes; note += 1) await keepNote(tx, id, `note ${note}`)
    const [one, two] = [await keepNote(tx, id, 'read'), await keepNote(tx, id, 'taken')]
    await readNote(tx, id, one)
    await dropNote(tx, one)
    await takeNote(tx, id, two)
  })
  await withOrganization(own, (tx) => lookAfterFactors(tx, id))
  setClockForTests(minutes(2))
  await look(own, secret)
  setClockForTests(0)
  await withOrganization(own, (tx) => end(tx, by, account.session.id, 'signed out'))
}

/** What the lists and the overview of a console count and name. */
const overlook = async (own: string, people: readonly PersonRef[], group: string): Promise<void> => {
  await withOrganization(own, async (tx) => {
    await createGroup(tx, by, { name: 'By a rule', rule: { attribute: 'kind', operator: 'is', value: 'consumer' } })
    await groupPage(tx, by, { limit: 10 })
    await lookAtGroup(tx, by, group)
    await groupNames(tx, [group])
    await roleHolders(tx, by)
    await holdingsOf(tx, people)
    const { id } = await createAccount(tx, by, { name: 'Looked over' })
    await createToken(tx, by, id, { name: 'Good', scopes: [] })
    await accountPage(tx, by, { limit: 10 })
  })
  await countPeople(own, by)
  await homes(own, by)
}

/** Somebody from above who belongs here with all that one can be given; asked for in every way, looked after, and removed. */
export const beLookedAfter = async ({ own, parent }: Tree, ask: Asking): Promise<void> => {
  await withPlatform((tx) => update(tx, by, own, { peopleFrom: 'mixed' }))
  await readAgain(own)
  const ada = await person({ email: 'ada@parent.example', home: parent, memberOf: [own] })
  const ref = { homeId: parent, personId: ada.id }
  const rest = await person({ email: 'rest@own.example', home: own, memberOf: [own] })
  const { group, role } = await withOrganization(own, async (tx) => {
    const made = await createGroup(tx, by, { name: 'Everything' })
    const [one, two] = [ref, { homeId: own, personId: rest.id }]
    for (const member of [one, two]) {
      await addToGroup(tx, by, made.id, member)
      await give(tx, by, { kind: 'person', homeId: member.homeId, id: member.personId }, { role: 'owner' })
    }
    const wanted = await createRole(tx, by, { key: 'given', name: 'Given', permissions: ['people.read'] })
    await give(tx, by, { kind: 'group', homeId: own, id: made.id }, { role: wanted.id })
    return { group: made.id, role: wanted.id }
  })
  await signInAt(own, ada.email)
  await withOrganization(parent, (tx) => updateProfile(tx, by, ada.id, { givenName: 'Adele' }, 1))
  await spread(ref)
  await withOrganization(own, (tx) => listedByIds(tx, [ada.id, rest.id]))
  await overlook(own, [ref, { homeId: own, personId: rest.id }], group)
  for (const query of [`group=${group}`, `role=${role}`, 'search=ad', 'kind=consumer', 'sort=newest']) {
    await ask('GET', `/organizations/${own}/people?${query}`)
  }
  for await (const lines of exportPeople(own, by)) void lines
  await ask('GET', `/organizations/${own}/groups/${group}/members`)
  await ask('DELETE', `/organizations/${own}/roles/${role}`, undefined, 1)
  await ask('POST', `/organizations/${own}/people/${ada.id}/end-sessions`)
  await ask('POST', `/organizations/${own}/people/${rest.id}/reset-password`, { reason: 'Asked for it' })
  await ask('DELETE', `/organizations/${own}/people/${ada.id}`)
  const bo = await person({ email: 'bo@parent.example', home: parent, memberOf: [own] })
  await withOrganization(parent, async (tx) => {
    await keepNote(tx, bo.id, 'left behind')
    await giveFactors(tx, bo.id)
    await remember(tx, by, { homeId: parent, personId: bo.id }, null, { trust: true })
  })
  await ask('DELETE', `/organizations/${parent}/people/${bo.id}`)
  await tidyRoster(own)
}

/** An invitation that comes twice, is over, and is asked for again; and a program that is called something else. */
export const askTwice = async ({ own }: Tree, ask: Asking): Promise<void> => {
  for (let time = 0; time < 2; time += 1) await invite(own, by, { emails: ['waits@own.example'], lifetimeDays: 1 })
  const { ticket } = await newestMail('invitation')
  setClockForTests(days(1) + minutes(1))
  await requestInvitation(at(own), ticket)
  await countInvitations(own, by)
  setClockForTests(0)
  const names = ['One', 'Two']
  const [one] = await withOrganization(own, async (tx) => {
    const made = []
    for (const name of names) made.push(await createAccount(tx, by, { name }))
    return made
  })
  await ask('PATCH', `/organizations/${own}/service-accounts/${one?.id}`, { name: 'Two' }, 1)
  await askForOne(own, ask)
}

/** Two businesses that want the same handle, and the list of those who wait. */
const askForOne = async (own: string, ask: Asking): Promise<void> => {
  const names = { givenName: 'Noa', familyName: 'Berg', locale: 'en', passwordHash: 'made for a test' }
  const business = { ...names, name: 'Glacier', handle: 'glacier', email: 'first@glacier.example' }
  await withOrganization(own, (tx) => askFor(tx, by, business))
  const second = withOrganization(own, (tx) => askFor(tx, by, { ...business, email: 'second@glacier.example' }))
  await second.catch(() => undefined)
  for (const query of ['', '?status=waiting']) await ask('GET', `/organizations/${own}/business-requests${query}`)
}

/** What is published, sealed, counted and forgotten, as time goes by. */
export const goOn = async ({ own }: Tree, ask: Asking): Promise<void> => {
  await withOrganization(own, publishAndTakeBack)
  await tidyOnce(() => false)
  await ask('GET', `/organizations/${own}/usage`)
  for (const later of [minutes(6), minutes(20), days(200), days(401)]) {
    setClockForTests(later)
    await tidyOnce(() => false)
  }
  setClockForTests(0)
  await verifySeals(own)
  await withOrganization(own, (tx) => standing(tx, by, [own]))
  await withOrganization(own, async (tx) => {
    const somebody = { id: 'per_gone', email: 'gone@own.example' }
    await eraseAbout(tx, by, { kind: 'person', id: somebody.id }, [somebody])
    await retain(tx, by, new Date(Date.now() + days(1)))
  })
}
