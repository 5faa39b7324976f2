/** The field in which people say who they are: of the kind that the organization takes, and no wider. */
import { type IdentifierKind, identifiersOf } from '#core/people/contract'
import type { UiSite } from '../site.tsx'

type Typed = {
  type: 'email' | 'tel' | 'text'
  inputMode: 'email' | 'tel' | 'text'
  autoComplete: string
  label: string
}

const alone: Record<IdentifierKind, Pick<Typed, 'type' | 'inputMode'>> = {
  email: { type: 'email', inputMode: 'email' },
  phone: { type: 'tel', inputMode: 'tel' },
  username: { type: 'text', inputMode: 'text' },
}

/** In the order in which they are named, whatever order they were chosen in. */
const named: readonly IdentifierKind[] = ['email', 'phone', 'username']

export function identifierField(site: UiSite): Typed {
  const chosen = identifiersOf(site.organization)
  const kinds = named.filter((kind) => chosen.includes(kind))
  const [only = 'email', ...others] = kinds
  // With an address among several, the keyboard of addresses has everything that the others need.
  const typed =
    others.length === 0 ? alone[only] : { type: 'text', inputMode: kinds.includes('email') ? 'email' : 'text' }
  return {
    ...(typed as Pick<Typed, 'type' | 'inputMode'>),
    autoComplete: 'username webauthn',
    label: site.texts.t(others.length === 0 ? `field.${only}` : `field.${kinds.join('-or-')}`),
  }
}
