import { readingWith } from '#platform/reading'

export const read = readingWith('recovery.invalid')
