// Passkeys of people at home in the transaction's organization.

import { record } from '#core/audit'
import type { Actor } from '#core/authority/contract'
import { forgetTrust } from '#core/devices'
import type { Tx } from '#platform/database'
import { fail } from '#platform/failure'
import { newId } from '#platform/ids'
import { authenticatorName } from './authenticators.ts'
import {
  type KnownPasskey,
  mostPasskeys,
  type Passkey,
  type PasskeysByHost,
  type VerifiedPasskey,
  type VerifiedUse,
} from './contract.ts'
import { lockFactors } from './factors-store.ts'
import { factorName } from './names.ts'
import {
  countByHost,
  countUse,
  deletePasskeys,
  insertPasskey,
  type PasskeyRow,
  readPasskey,
  readPasskeys,
  writePasskeyName,
} from './passkeys-store.ts'

export const toPasskey = (row: Omit<PasskeyRow, 'public_key' | 'counter'>): Passkey => {
  const authenticator = authenticatorName(row.aaguid)
  return {
    id: row.id,
    personId: row.person_id,
    credentialId: row.credential_id.toString('base64url'),
    rpId: row.rp_id,
    name: row.name ?? authenticator,
    authenticator,
    aaguid: row.aaguid,
    transports: row.transports,
    deviceType: row.device_type,
    isSynced: row.is_synced,
    isVerified: row.is_verified,
    addedAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }
}

const person = (id: string) => ({ kind: 'person', id })

/** Keeps a passkey that was just made. At most 20 of one person: `passkey.too_many`. */
export const addPasskey = async (
  tx: Tx,
  by: Actor,
  personId: string,
  verified: VerifiedPasskey,
  name: string | null = null,
): Promise<Passkey> => {
  await lockFactors(tx, personId)
  if ((await readPasskeys(tx, personId)).length >= mostPasskeys) return fail('passkey.too_many')
  const row = {
    id: newId('pky'),
    person_id: personId,
    credential_id: Buffer.from(verified.credentialId),
    public_key: Buffer.from(verified.publicKey),
    counter: verified.counter,
    transports: verified.transports,
    aaguid: verified.aaguid,
    rp_id: verified.rpId,
    name: factorName(name),
    device_type: verified.deviceType,
    is_synced: verified.isSynced,
    is_verified: verified.isVerified,
  }
  if (!(await insertPasskey(tx, row))) return fail('passkey.exists')
  const added = (await readPasskey(tx, row.credential_id)) ?? fail('passkey.unknown')
  const passkey = toPasskey(added)
  await record(tx, by, 'passkey.added', person(personId), { name: passkey.name, host: passkey.rpId })
  return passkey
}

/**
 * Whose passkey this is, by the id that the browser says. Null: removed, of somebody at home elsewhere, or not of the person
 * who has proven something else before.
 */
export const findPasskey = async (tx: Tx, credentialId: string, personId?: string): Promise<KnownPasskey | null> => {
  const row = await readPasskey(tx, Buffer.from(credentialId, 'base64url'))
  if (!row || (personId !== undefined && row.person_id !== personId)) return null
  return { ...toPasskey(row), homeId: tx.organizationId, publicKey: row.public_key, counter: row.counter }
}

/**
 * Counts a use that was verified. `passkey.refused` when it was used elsewhere in between with a counter as high as this: then
 * two have the key, or one answer came twice.
 */
export const usePasskey = async (tx: Tx, id: string, { counter, isSynced }: VerifiedUse): Promise<void> => {
  if (!(await countUse(tx, id, counter, isSynced))) fail('passkey.refused')
}

/** The oldest first. */
export const passkeysOf = async (tx: Tx, personId: string): Promise<Passkey[]> =>
  (await readPasskeys(tx, personId)).map(toPasskey)

/** Calls a passkey something else; without a name it is called after its authenticator. False when they have no such passkey. */
export const renamePasskey = async (
  tx: Tx,
  by: Actor,
  personId: string,
  id: string,
  name: string | null,
): Promise<boolean> => {
  const wanted = factorName(name)
  const before = (await readPasskeys(tx, personId)).find((row) => row.id === id)
  if (!before) return false
  if (before.name === wanted) return true
  await writePasskeyName(tx, id, wanted)
  const details = { before: { name: before.name }, after: { name: wanted } }
  await record(tx, by, 'passkey.renamed', person(personId), details)
  return true
}

const recordRemoved = async (tx: Tx, by: Actor, personId: string, gone: PasskeyRow[], why?: string): Promise<void> => {
  if (gone.length > 0) await forgetTrust(tx, personId)
  for (const { name, host } of gone.map(toPasskey).map(({ name, rpId }) => ({ name, host: rpId }))) {
    await record(tx, by, 'passkey.removed', person(personId), { name, host, ...(why && { why }) })
  }
}

/** Takes one of a person's passkeys away; answers it, for the browser to forget it as well. */
export const removePasskey = async (tx: Tx, by: Actor, personId: string, id: string): Promise<Passkey | null> => {
  const [gone] = await deletePasskeys(tx, personId, id)
  if (!gone) return null
  await recordRemoved(tx, by, personId, [gone])
  return toPasskey(gone)
}

/** Takes all of a person's passkeys away; answers how many there were. */
export const endPasskeys = async (tx: Tx, by: Actor, personId: string, why: string): Promise<number> => {
  const gone = await deletePasskeys(tx, personId)
  await recordRemoved(tx, by, personId, gone, why)
  return gone.length
}

/** How many passkeys of people at home here are bound to which host: what stops working when a host is given up. */
export const countPasskeysByRpId = async (tx: Tx): Promise<PasskeysByHost[]> =>
  (await countByHost(tx)).map(({ rp_id, passkeys, people }) => ({ rpId: rp_id, passkeys, people }))
