/** How much somebody can do with a role: for a word of warning before it is handed out. */
import { IconShieldHalfFilled } from '@tabler/icons-react'
import type { GiveableRole } from '#core/access/contract'
import type { Permission } from '#core/authority/contract'
import type { SelectOption } from '../parts/field.tsx'
import type { UiSite } from '../site.tsx'
import { words } from '../words.tsx'
import styles from './invite.module.css'
import { roleName } from './standing.tsx'

const powers = ['all', 'people', 'brand'] as const
type Power = (typeof powers)[number]

const telling: readonly [Power, readonly Permission[]][] = [
  ['all', ['organization.delete', 'organization.transfer', 'organization.update', 'role.manage', 'token.manage']],
  ['people', ['people.suspend', 'people.reset', 'people.delete', 'invitation.manage', 'role.assign']],
  ['brand', ['theme.publish']],
]

const powerOf = (permissions: readonly Permission[]): Power | undefined =>
  telling.find(([, one]) => one.some((permission) => permissions.includes(permission)))?.[0]

export const roleOptions = (site: UiSite, roles: readonly GiveableRole[]): SelectOption[] =>
  roles.map(({ role, name, permissions }) => ({
    value: role,
    label: roleName(site, { role, name }),
    mark: powerOf(permissions),
  }))

/** One word for each power; the stylesheet shows that of the role that is chosen. It stands in `fields` of the same file. */
export const Powers = ({ site, roles }: { site: UiSite; roles: readonly GiveableRole[] }) =>
  powers
    .filter((power) => roles.some(({ permissions }) => powerOf(permissions) === power))
    .map((power) => (
      <div key={power} className={`${styles.warning} ${styles.power}`} data-power={power} data-part={`power.${power}`}>
        <IconShieldHalfFilled size={20} stroke={1.75} aria-hidden />
        <p>{words(site, `invite.power.${power}`)}</p>
      </div>
    ))

export const reachOptions = (site: UiSite): SelectOption[] =>
  (['organization', 'subtree'] as const).map((value) => ({
    value,
    label: site.texts.t(`invite.reach.${value}`, { organization: site.organization.name }),
  }))
