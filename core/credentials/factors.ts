// Everything that one person can prove themselves with, together.

import type { Actor } from '#core/authority/contract'
import type { Tx } from '#platform/database'
import { removeTotp } from './authenticator-app.ts'
import type { EndedFactor, Factors } from './contract.ts'
import { readFactors } from './factors-store.ts'
import { endPasskeys, toPasskey } from './passkeys.ts'
import { deletePasskeys } from './passkeys-store.ts'
import { endPhones, toPhone } from './phones.ts'
import { deletePhones } from './phones-store.ts'
import { endRecoveryCodes } from './recovery-codes.ts'
import { deleteCodes } from './recovery-store.ts'
import { deletePassword, deleteTotp } from './store.ts'

const instant = (text: string): Date => new Date(text)
const instantOrNull = (text: string | null): Date | null => (text === null ? null : new Date(text))

/** What somebody at home here can prove themselves with. One query, for nobody as for somebody. */
export const factorsOf = async (tx: Tx, personId: string): Promise<Factors> => {
  const { passwords, passkeys, apps, phones, codes } = await readFactors(tx, personId)
  const [password] = passwords
  const [app] = apps
  return {
    password: password ? { changedAt: instant(password.changed_at), mustChange: password.must_change } : null,
    passkeys: passkeys.map((row) =>
      toPasskey({
        ...row,
        person_id: personId,
        credential_id: Buffer.from(row.credential_id, 'hex'),
        created_at: instant(row.created_at),
        last_used_at: instantOrNull(row.last_used_at),
      }),
    ),
    totp: app
      ? { name: app.name, addedAt: instant(app.created_at), lastUsedAt: instantOrNull(app.last_used_at) }
      : null,
    phones: phones.map((row) =>
      toPhone({
        ...row,
        verified_at: instant(row.verified_at),
        last_used_at: instantOrNull(row.last_used_at),
      }),
    ),
    recoveryCodesLeft: codes,
  }
}

/**
 * Takes every second factor away: they were lost, or are somebody else's now. Passkeys go as well where that is wanted: they
 * let somebody in by themselves, so that whoever has lost nothing but an app keeps them. Answers the kinds that there were.
 */
export const endFactors = async (
  tx: Tx,
  by: Actor,
  personId: string,
  why: string,
  { withPasskeys }: { withPasskeys: boolean },
): Promise<EndedFactor[]> => {
  const had: [EndedFactor, boolean][] = [
    ['totp', await removeTotp(tx, by, personId, why)],
    ['phone', (await endPhones(tx, by, personId, why)) > 0],
    ['recovery', (await endRecoveryCodes(tx, by, personId, why)) > 0],
  ]
  if (withPasskeys) had.push(['passkey', (await endPasskeys(tx, by, personId, why)) > 0])
  return had.filter(([, isGone]) => isGone).map(([kind]) => kind)
}

/** Erases what somebody proves themselves with: they are deleted. */
export const forget = async (tx: Tx, personId: string): Promise<void> => {
  await deletePassword(tx, personId)
  await deleteTotp(tx, personId)
  await deletePasskeys(tx, personId)
  await deletePhones(tx, personId)
  await deleteCodes(tx, personId)
}
