// What the form before left to be listed: what became of each address.

import type { ResultLine } from '#ui/console/results'
import type { Flash } from '../../../_doors/flash.ts'

const isLine = (given: unknown): given is ResultLine =>
  typeof given === 'object' && given !== null && 'outcome' in given && 'email' in given

export const resultsIn = (flash: Flash | null): ResultLine[] =>
  Array.isArray(flash?.details) ? flash.details.filter(isLine) : []
