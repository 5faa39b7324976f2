import type { Action } from '../action.ts'

export const peopleActions: readonly Action[] = [
  { operation: 'people.create', notice: 'person_created' },
  { operation: 'people.add-existing', notice: 'person_added' },
  { operation: 'people.update', notice: 'person_saved' },
  { operation: 'people.change-kind', notice: 'person_saved' },
  { operation: 'people.suspend', notice: 'person_suspended' },
  { operation: 'people.resume', notice: 'person_resumed' },
  { operation: 'people.end-sessions', notice: 'person_signed_out' },
]
