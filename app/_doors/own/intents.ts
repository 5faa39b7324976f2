// A form with several buttons says in `intent` which of them was pressed.

import { fail } from '#platform/failure'
import type { OwnDoor, OwnOutcome } from '../form.ts'

type Act = (door: OwnDoor) => Promise<OwnOutcome>

export const byIntent =
  (acts: Readonly<Record<string, Act>>): Act =>
  async (door) => {
    const { intent } = door.answer
    const act = typeof intent === 'string' && Object.hasOwn(acts, intent) ? acts[intent] : undefined
    return act ? act(door) : fail('input.invalid', 'intent')
  }
