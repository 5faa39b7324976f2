// The gallery, as the typed list of touch points fills it: what there is to look at is read from its index.

import { ask } from './raw.ts'
import { origin } from './world.ts'

export type Shelf = { brand: string; locale: string; scheme: 'light' | 'dark' | 'system' }
export type Sample = { address: string; screen: string; state: string }

/** Every page and mail of one organization, in one language and scheme. */
export const samplesOn = async (shelf: Shelf): Promise<Sample[]> => {
  const { body } = await ask(`${origin()}/gallery?${new URLSearchParams(shelf)}`)
  const addresses = [...body.matchAll(/href="(\/gallery\/[^"]+)"/g)].map(([, address = '']) => address)
  return [...new Set(addresses)].map((address) => {
    const [screen = '', state = ''] = address.split('/').slice(5)
    return { address: origin() + address, screen, state }
  })
}

export const pagesOn = async (shelf: Shelf): Promise<Sample[]> =>
  (await samplesOn(shelf)).filter(({ screen }) => screen !== 'emails')

export const mailsOn = async (shelf: Shelf): Promise<Sample[]> =>
  (await samplesOn(shelf)).filter(({ screen }) => screen === 'emails')
