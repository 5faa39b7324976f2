// One password for everybody in the sample world: made once for each data directory, four words that can be typed.

import { randomInt } from 'node:crypto'
import { dictionary } from '@zxcvbn-ts/language-common'

const words = 4
const typeable = /^[a-z]{4,7}$/

/** About 48 bits; enough for a world without secrets that somebody may leave running. */
export const newPassphrase = (): string => {
  const list = dictionary['diceware-common'].filter((word) => typeable.test(word))
  return Array.from({ length: words }, () => list[randomInt(list.length)]).join('-')
}
