/** What somebody may do, each thing in a sentence, by area: to read, and to choose from. */
import { IconCheck } from '@tabler/icons-react'
import { permissions as all, type ConsolePermission, type Permission } from '#core/authority/contract'
import type { Explained } from '../explain.tsx'
import type { UiSite } from '../site.tsx'
import styles from './permissions.module.css'

const areaOf = (permission: Permission): string => {
  const [thing = ''] = permission.split('.')
  if (permission.includes(':')) return 'applications'
  if (thing === 'organization' || thing === 'domain') return 'organization'
  if (thing === 'role' || thing === 'token') return 'rights'
  if (thing === 'theme') return 'brand'
  return thing === 'audit' || thing === 'usage' ? 'oversight' : 'people'
}

const areas = ['organization', 'people', 'rights', 'brand', 'oversight', 'applications'] as const

const byArea = (permissions: readonly Permission[]) =>
  areas.flatMap((area) => {
    const those = permissions.filter((permission) => areaOf(permission) === area)
    return those.length > 0 ? [{ area, those }] : []
  })

/** A permission of an application says what it is by its name alone: its words are the application's. */
const Sentence = ({ site, permission }: { site: UiSite; permission: Permission }) => {
  const key = `permission.${permission}`
  return site.texts.has(key) ? <span>{site.texts.t(key)}</span> : <code dir="ltr">{permission}</code>
}

export const PermissionList = ({ site, permissions }: { site: UiSite; permissions: readonly Permission[] }) => (
  <div className={`${styles.areas} ${styles.inside}`}>
    {byArea(permissions).map(({ area, those }) => (
      <div key={area} className={styles.area}>
        <h3>{site.texts.t(`permissions.area.${area}`)}</h3>
        <ul>
          {those.map((permission) => (
            <li key={permission} className={styles.one}>
              <IconCheck size={18} stroke={2} aria-hidden />
              <Sentence site={site} permission={permission} />
            </li>
          ))}
        </ul>
      </div>
    ))}
  </div>
)

type ChoiceProps = {
  site: UiSite
  screen: string
  name: string
  /** What is offered. */
  permissions: readonly Permission[]
  chosen: readonly string[]
  /** What whoever chooses holds: nobody hands out what they do not have. */
  held: readonly string[]
  explained: Explained | null
}

/** Check boxes, one for each; what may not be handed out is shown, and cannot be ticked. */
export function PermissionChoices({ site, screen, name, permissions, chosen, held, explained }: ChoiceProps) {
  const message = explained?.messages[name]
  return (
    <div className={styles.areas} id={name} tabIndex={-1}>
      <input type="hidden" name={name} value="" />
      {byArea(permissions).map(({ area, those }) => (
        <fieldset key={area} className={styles.area}>
          <legend>{site.texts.t(`permissions.area.${area}`)}</legend>
          {those.map((permission) => (
            <label key={permission} className={styles.one}>
              <input
                type="checkbox"
                name={name}
                value={permission}
                defaultChecked={chosen.includes(permission)}
                disabled={!held.includes(permission)}
                data-part={`${screen}.${permission}`}
              />
              <Sentence site={site} permission={permission} />
            </label>
          ))}
        </fieldset>
      ))}
      {message ? <p className={styles.error}>{message}</p> : null}
    </div>
  )
}

export const consolePermissions = Object.keys(all) as ConsolePermission[]
