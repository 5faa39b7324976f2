// The words of limits.

/** At most `max` tries by `subject` in `windowMs` milliseconds, counted from the first. */
export type Limit = {
  name: string
  subject: string
  max: number
  windowMs: number
  /** How many tries to count; one unless told. */
  times?: number
}

/** How a limit stands after a try. */
export type Standing = { ok: boolean; left: number; resetsAt: Date }
