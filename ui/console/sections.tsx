/** The sections of the console, in the order of its navigation, and who is shown each. */
import {
  IconChartBar,
  IconId,
  IconLayoutDashboard,
  IconListSearch,
  IconMail,
  IconRobot,
  IconRoute,
  IconSettings,
  IconSitemap,
  IconUsers,
  IconUsersGroup,
  IconWorld,
} from '@tabler/icons-react'
import type { ConsolePermission } from '#core/authority/contract'

type Section = {
  name: string
  path: string
  Icon: typeof IconUsers
  /** Shown to whoever holds one of these; to everybody in the console without any. */
  can: readonly ConsolePermission[]
}

const section = (name: string, Icon: typeof IconUsers, ...can: ConsolePermission[]): Section => ({
  name,
  path: name === 'overview' ? '/organization' : `/organization/${name}`,
  Icon,
  can,
})

/** Groups with the last part of the key of their label; the first has none. */
export const sections: readonly { label: string | null; items: readonly Section[] }[] = [
  {
    label: null,
    items: [
      section('overview', IconLayoutDashboard),
      section('people', IconUsers, 'people.read'),
      section('invitations', IconMail, 'invitation.manage'),
      section('groups', IconUsersGroup, 'group.manage'),
      section('roles', IconId, 'role.manage', 'role.assign'),
    ],
  },
  {
    label: 'business',
    items: [
      section('organizations', IconSitemap, 'organization.read'),
      section('domains', IconWorld, 'domain.manage'),
      section('flows', IconRoute, 'flow.read'),
      section('programs', IconRobot, 'token.manage'),
    ],
  },
  {
    label: 'oversight',
    items: [
      section('audit', IconListSearch, 'audit.read'),
      section('usage', IconChartBar, 'usage.read'),
      section('settings', IconSettings, 'organization.update'),
    ],
  },
]

export const isShownTo = ({ can }: Pick<Section, 'can'>, held: readonly string[]): boolean =>
  can.length === 0 || can.some((permission) => held.includes(permission))
