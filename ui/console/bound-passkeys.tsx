import type { ReactNode } from 'react'
import type { PasskeysByHost } from '#core/credentials/contract'
import type { UiSite } from '../site.tsx'
import { address, words } from '../words.tsx'
import { panelStyles } from './panel.tsx'

type Props = {
  site: UiSite
  /** What is bound to hosts that would go. */
  bound: readonly PasskeysByHost[]
  part: string
  /** Why it matters, where that is not plain from the page. */
  lead?: ReactNode
}

/** How many passkeys stop working with an address, said before it goes; nothing where there are none. */
export function BoundPasskeys({ site, bound, part, lead }: Props) {
  if (bound.length === 0) return null
  return (
    <div className={panelStyles.warning} data-part={part}>
      {lead ? <p>{lead}</p> : null}
      {bound.map(({ rpId, passkeys, people }) => (
        <p key={rpId}>{words(site, 'bound-passkeys.count', { passkeys, people, host: rpId }, address)}</p>
      ))}
      <p>{site.texts.t('bound-passkeys.stop')}</p>
    </div>
  )
}
