import { z } from 'zod'
import { nameOwnApp, nameOwnPasskey, ownFactors } from '#core/account'
import { type Factors, longestFactorName, type Passkey } from '#core/credentials/contract'
import { at, atOrNull, instant, operation } from './operation.ts'

const description =
  'A service account has none: it is refused. What changes more than a name is done in My Account alone, since it takes a fresh proof, which no token is.'
const fails = ['account.not_a_person']
/** Only a person has any. */
const example = { needs: 'own_passkey' }

const moments = { added_at: instant, last_used_at: instant.nullable() }

const passkeyShape = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable().describe('What its person calls it, or else its authenticator'),
    authenticator: z.string().nullable().describe('What keeps it, where that is known'),
    host: z.string().describe('The host that it is bound to'),
    synced: z.boolean().describe('A copy is kept elsewhere, so that it outlives the device'),
    ...moments,
  })
  .meta({ id: 'Passkey', description: 'A passkey of whoever asks' })

const factorsShape = z
  .strictObject({
    password: z.strictObject({ changed_at: instant }).nullable(),
    passkeys: z.array(passkeyShape),
    totp: z
      .strictObject({ name: z.string().nullable(), ...moments })
      .nullable()
      .describe('The authenticator app'),
    phones: z
      .array(z.strictObject({ id: z.string(), number: z.string(), ...moments }))
      .describe('Codes are sent there'),
    recovery_codes_left: z.int(),
  })
  .meta({ id: 'Factors', description: 'Everything that somebody can prove themselves with' })

const passkeyOf = (passkey: Passkey): z.infer<typeof passkeyShape> => ({
  id: passkey.id,
  name: passkey.name,
  authenticator: passkey.authenticator,
  host: passkey.rpId,
  synced: passkey.isSynced,
  added_at: at(passkey.addedAt),
  last_used_at: atOrNull(passkey.lastUsedAt),
})

const momentsOf = ({ addedAt, lastUsedAt }: { addedAt: Date; lastUsedAt: Date | null }) => ({
  added_at: at(addedAt),
  last_used_at: atOrNull(lastUsedAt),
})

const factorsOf = (factors: Factors): z.infer<typeof factorsShape> => ({
  password: factors.password && { changed_at: at(factors.password.changedAt) },
  passkeys: factors.passkeys.map(passkeyOf),
  totp: factors.totp && { name: factors.totp.name, ...momentsOf(factors.totp) },
  phones: factors.phones.map(({ id, number, verifiedAt, lastUsedAt }) => ({
    id,
    number,
    ...momentsOf({ addedAt: verifiedAt, lastUsedAt }),
  })),
  recovery_codes_left: factors.recoveryCodesLeft,
})

const readFactors = operation({
  id: 'me.factors.read',
  method: 'get',
  path: '/me/factors',
  summary: 'Read what you can prove yourself with',
  description,
  can: 'self',
  answer: factorsShape,
  fails,
  example,
  byItself: async ({ by }) => ({ body: factorsOf(await ownFactors(by)) }),
})

const nameShape = z.strictObject({
  name: z.string().max(longestFactorName).nullable().describe('Null: what it is called without a name of its own'),
})

const namePasskey = operation({
  id: 'me.passkeys.name',
  method: 'patch',
  path: '/me/passkeys/{passkey}',
  summary: 'Call one of your passkeys something else',
  description,
  can: 'self',
  body: nameShape,
  fails: [...fails, 'account.factor_unknown', 'factor.name_invalid'],
  example: { ...example, params: { passkey: '{{own_passkey}}' }, body: { name: 'Work laptop' } },
  byItself: async ({ by, params, body }) => {
    await nameOwnPasskey(by, params.passkey, body.name)
    return {}
  },
})

const nameApp = operation({
  id: 'me.totp.name',
  method: 'patch',
  path: '/me/totp',
  summary: 'Call your authenticator app something else',
  description,
  can: 'self',
  body: nameShape,
  fails: [...fails, 'account.factor_unknown', 'factor.name_invalid'],
  example: { ...example, body: { name: 'Work phone' } },
  byItself: async ({ by, body }) => {
    await nameOwnApp(by, body.name)
    return {}
  },
})

export const myFactorOperations = [readFactors, namePasskey, nameApp]
