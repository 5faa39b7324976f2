// For tests: people who have everything that one can prove oneself with, made without a browser.

import { systemActor as by } from '#core/authority'
import { addPasskey, addPhone, makeRecoveryCodes } from '#core/credentials'
import type { Passkey, Phone, VerifiedPasskey } from '#core/credentials/contract'
import type { Tx } from '#platform/database'

/** A passkey with which nobody can prove anything. */
export const passkeyOf = (personId: string): VerifiedPasskey => ({
  credentialId: Buffer.from(`passkey of ${personId}`),
  publicKey: Buffer.from('a public key'),
  counter: 0,
  transports: ['internal'],
  aaguid: null,
  rpId: 'login.alpine.example',
  deviceType: 'multi',
  isSynced: true,
  isVerified: true,
})

/** A passkey, a phone and recovery codes, in a unit of work of their home. */
export const giveFactors = async (
  tx: Tx,
  personId: string,
): Promise<{ passkey: Passkey; phone: Phone; codes: string[] }> => ({
  passkey: await addPasskey(tx, by, personId, passkeyOf(personId)),
  phone: await addPhone(tx, by, personId, '+41 79 555 01 42'),
  codes: await makeRecoveryCodes(tx, by, personId),
})
