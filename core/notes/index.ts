// Owns notes: what one page leaves for the next that no cookie holds, such as what became of two hundred invitations, or a
// file that was looked at and is about to be imported. Each is sealed, belongs to whoever left it, and is gone after a
// while.
// Calls nothing; called by the doors of forms.

import { minutes, now } from '#platform/clock'
import type { Tx } from '#platform/database'
import { fail, registerStatuses } from '#platform/failure'
import { newId } from '#platform/ids'
import { seal, unseal } from '#platform/secrets'
import { failures, longestNote, mostNotes } from './contract.ts'
import { deleteExpired, deleteNote, deleteNotesOf, dropOlder, insertNote, selectNote, takeStored } from './store.ts'

export { belongings } from './store.ts'

registerStatuses(failures)

const purpose = 'notes'

/** Keeps a note of somebody for a while, and answers its id. Fails with `notes.too_long`. */
export const keepNote = async (tx: Tx, personId: string, content: string, keptMs = minutes(60)): Promise<string> => {
  if (Buffer.byteLength(content) > longestNote) return fail('notes.too_long')
  const id = newId('nte')
  const expiresAt = new Date(now().getTime() + keptMs)
  await insertNote(tx, { id, personId, content: seal(purpose, content), expiresAt })
  await dropOlder(tx, personId, mostNotes)
  return id
}

/** A note of this person; null when there is none, when it is somebody else's, or over. */
export const readNote = async (tx: Tx, personId: string, id: string): Promise<string | null> => {
  const sealed = await selectNote(tx, id, personId, now())
  return sealed && unseal(purpose, sealed)
}

/** The same for whoever may use it once: it is gone with this. */
export const takeNote = async (tx: Tx, personId: string, id: string): Promise<string | null> => {
  const sealed = await takeStored(tx, id, personId, now())
  return sealed && unseal(purpose, sealed)
}

export const dropNote = (tx: Tx, id: string): Promise<void> => deleteNote(tx, id)

/** Somebody is gone, and so is what they left. */
export const dropNotesOf = (tx: Tx, personId: string): Promise<void> => deleteNotesOf(tx, personId)

export const tidy = (tx: Tx): Promise<void> => deleteExpired(tx, now())
