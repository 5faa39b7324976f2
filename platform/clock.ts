// The time, in one place, so that a test can stand at any moment of it.

import { processState } from './process.ts'

const offset = () => processState('clock', () => ({ ms: 0 }))

/** This moment. */
export const now = (): Date => new Date(Date.now() + offset().ms)

/** Durations in milliseconds. */
export const seconds = (count: number): number => count * 1000
export const minutes = (count: number): number => seconds(count * 60)
export const hours = (count: number): number => minutes(count * 60)
export const days = (count: number): number => hours(count * 24)

/** The moment `ms` milliseconds from now; before now when negative. */
export const fromNow = (ms: number): Date => new Date(now().getTime() + ms)

/** Moves the clock of this process by so many milliseconds from the real time; 0 sets it right. Tests only. */
export const setClockForTests = (ms: number): void => {
  offset().ms = ms
}
