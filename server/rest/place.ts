import type { Organization } from '#core/organizations/contract'
import type { Texts } from '#core/texts/contract'

/** Where and by whom the interface is met, before anything of the request is believed. */
export type Place = {
  /** The organization of the address. */
  organization: Organization
  /** Scheme, host and port, without a trailing slash. */
  origin: string
  /** '' or '/o/<handle>'. */
  base: string
  /** IP address of the peer. */
  address: string
  requestId: string
  userAgent: string | undefined
  texts: Texts
  /** There was more of a body than may be, and it has not been read. */
  isTooLarge?: boolean
}

export type RestEnv = { Bindings: Place }

export const interfacePath = '/api/v1'
export const readerPath = '/api/docs'

/** The interface's own address at this place. */
export const interfaceOf = ({ origin, base }: Place): string => `${origin}${base}${interfacePath}`
