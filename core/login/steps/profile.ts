// What an organization would like to know of somebody, as far as their home does not know it yet.

import { z } from 'zod'
import {
  chosenUsername,
  failureOf,
  fields as formFields,
  hasUsernames,
  personName,
  phoneNumber,
  readAnswer,
  shownAgain,
  spread,
  updateProfile,
} from '#core/people'
import type { Answer, Person, ProfileChange } from '#core/people/contract'
import { withOrganization } from '#platform/database'
import { fail } from '#platform/failure'
import type { StepDetails } from '../contract.ts'
import { actorOf, organizationOf } from '../proven.ts'
import type { Run, Step, Taken } from '../step.ts'

const names = ['given_name', 'family_name', 'phone', 'username'] as const
type Name = (typeof names)[number]
type Field = { name: Name; required: boolean }

const field = z.strictObject({ name: z.enum(names), required: z.boolean().default(false) })
const isOnce = (fields: readonly Field[]): boolean => new Set(fields.map(({ name }) => name)).size === fields.length

const settings = z.strictObject({
  fields: z
    .array(field)
    .min(1)
    .max(names.length)
    .refine(isOnce, 'each field once')
    .default([{ name: 'phone', required: false }]),
})

const rules = {
  given_name: { ...formFields.given_name, required: false },
  family_name: { ...formFields.family_name, required: false },
  phone: formFields.phone,
  username: formFields.username,
} as const

const known: Record<Name, (person: Person) => string | null> = {
  given_name: ({ givenName }) => givenName,
  family_name: ({ familyName }) => familyName,
  phone: ({ phone }) => phone,
  username: ({ username }) => username,
}

/** What is not known, and was not left empty in this attempt. Names to sign in with only where people have some. */
const missing = (run: Run, person: Person): Field[] => {
  const read = settings.safeParse(run.settings)
  const { fields } = read.success ? read.data : fail('login.flow_broken')
  const left = run.inner.leftEmpty ?? []
  return fields.filter(
    ({ name, required }) =>
      !known[name](person) &&
      (required || !left.includes(name)) &&
      (name !== 'username' || hasUsernames(organizationOf(run.ctx))),
  )
}

const readers: Record<Name, (typed: string, run: Run) => ProfileChange> = {
  given_name: (typed) => ({ givenName: personName(typed, 'given_name') }),
  family_name: (typed) => ({ familyName: personName(typed, 'family_name') }),
  phone: (typed) => ({ phone: phoneNumber(typed) }),
  username: (typed, { ctx }) => ({ username: chosenUsername(typed, organizationOf(ctx)) }),
}

const changeIn = (run: Run, asked: readonly Field[], typed: Record<Name, string>): ProfileChange => {
  const change: ProfileChange = {}
  for (const { name, required } of asked) {
    if (typed[name] === '' && !required) continue
    if (typed[name] === '' && (name === 'phone' || name === 'username')) fail('input.missing', name)
    Object.assign(change, readers[name](typed[name], run))
  }
  return change
}

const save = async (run: Run, person: Person, change: ProfileChange): Promise<void> => {
  if (Object.keys(change).length === 0) return
  const { homeId, id: personId, version } = person
  const by = actorOf(run.ctx, person)
  await withOrganization(homeId, (tx) => updateProfile(tx, by, personId, change, version))
  await spread({ homeId, personId })
}

const take = async (run: Run, answer: Answer): Promise<Taken> => {
  const person = (await run.standing())?.person
  if (!person) return { failure: { code: 'login.expired' }, isOver: true }
  const asked = missing(run, person)
  const isSkipped = answer.intent === 'skip' && asked.every(({ required }) => !required)
  try {
    const typed = readAnswer(isSkipped ? {} : answer, rules)
    await save(run, person, changeIn(run, asked, typed))
    const left = asked.filter(({ name }) => typed[name] === '').map(({ name }) => name)
    return { answered: { inner: { leftEmpty: [...(run.inner.leftEmpty ?? []), ...left] } } }
  } catch (error) {
    const values = shownAgain(answer, Object.fromEntries(asked.map(({ name }) => [name, rules[name]])))
    return { failure: failureOf(error), values }
  }
}

const show = async (run: Run): Promise<Partial<StepDetails>> => {
  const person = (await run.standing())?.person
  if (!person) return {}
  const asked = missing(run, person)
  return { fields: asked.map(({ name, required }) => ({ name, isRequired: required, value: '' })) }
}

export const profile: Step = {
  id: 'profile',
  label: 'step.profile',
  purposes: ['sign-in', 'sign-up', 'invitation'],
  needs: 'proof',
  proves: null,
  settings,
  page: '/consent',
  enter: async (run) => {
    const person = (await run.standing())?.person
    return person && missing(run, person).length === 0 ? { answered: {} } : null
  },
  show,
  take,
}
