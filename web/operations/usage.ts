import { z } from 'zod'
import { usageOf } from '#core/usage'
import { mostDays } from '#core/usage/contract'
import { below, operation } from './operation.ts'

const usual = 30

const days = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, `a whole number from 1 to ${mostDays}`)
  .transform(Number)
  .optional()
  .describe(`How many days back, at most ${mostDays}; ${usual} unless told`)

const usageShape = z
  .strictObject({
    people: z.int().describe('How many belong to the organization now'),
    sign_ins: z.int(),
    mails: z.int(),
    days: z.array(
      z.strictObject({
        day: z.iso.date().describe('In UTC'),
        people: z.int().nullable().describe('Null where nobody counted that day'),
        sign_ins: z.int(),
        mails: z.int(),
      }),
    ),
  })
  .meta({ id: 'Usage', description: 'How much an organization is used, day by day, the oldest first' })

export const readUsage = operation({
  ...below('/usage'),
  id: 'usage.read',
  method: 'get',
  summary: 'Read how much the organization is used',
  can: 'usage.read',
  query: z.object({ days }),
  answer: usageShape,
  example: { params: { id: '{{organization}}' }, query: { days: '7' } },
  inOrganization: async (tx, { by, organization, query }) => {
    const usage = await usageOf(tx, by, organization.ancestors, query.days ?? usual)
    return {
      body: {
        people: usage.people,
        sign_ins: usage.signIns,
        mails: usage.mails,
        days: usage.days.map(({ day, people, signIns, mails }) => ({ day, people, sign_ins: signIns, mails })),
      },
    }
  },
})

export const usageOperations = [readUsage]
