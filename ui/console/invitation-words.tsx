/** How an invitation stands, in words and marks. */
import { IconCircleCheck, IconClockX, IconHelpCircle, IconMailX, IconSend } from '@tabler/icons-react'
import type { HeldRole } from '#core/access/contract'
import type { InvitationView } from '#core/invitations/contract'
import type { UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge, type Tone } from './badge.tsx'
import { kindName, roleName } from './standing.tsx'

export const invitationsPath = '/organization/invitations'

/** What own roles are called, by id. */
export type RoleNames = Readonly<Record<string, string>>

export const heldRole = (role: string, names: RoleNames): HeldRole => ({ role, name: names[role] ?? null })

/** As what somebody is asked, and with which roles. */
export const asWhat = (site: UiSite, { kind, roles }: InvitationView, names: RoleNames): string =>
  [kindName(site, kind), ...roles.map(({ role }) => roleName(site, heldRole(role, names)))].join(' · ')

export const inviterName = (site: UiSite, { kind, name }: Pick<InvitationView['inviter'], 'kind' | 'name'>): string =>
  name ?? say(site, `invitations.by.${kind === 'service' ? 'program' : kind === 'person' ? 'gone' : 'system'}`)

type Mark = { word: string; tone: Tone; Icon: typeof IconSend }

/** What became of the newest mail. A mail that is forgotten by now was sent. */
const mailOf = ({ delivery, sends }: InvitationView): Mark => {
  switch (delivery?.status) {
    case 'waiting':
    case 'claimed':
      return delivery.attempts > 0 && delivery.error !== null
        ? { word: 'trying', tone: 'warning', Icon: IconSend }
        : { word: 'waiting', tone: 'info', Icon: IconSend }
    case 'dead':
      return { word: 'dead', tone: 'danger', Icon: IconMailX }
    case 'expired':
      return { word: 'late', tone: 'warning', Icon: IconClockX }
    default:
      return { word: sends > 1 ? 'sent-often' : 'sent', tone: 'plain', Icon: IconCircleCheck }
  }
}

/** Whoever asked for a new link is waiting for somebody: that comes before what became of the mail. */
const markOf = (invitation: InvitationView): Mark =>
  invitation.requestedAt !== null && invitation.requestedAt > invitation.lastSentAt
    ? { word: 'asked', tone: 'warning', Icon: IconHelpCircle }
    : mailOf(invitation)

export function MailBadge({ site, invitation }: { site: UiSite; invitation: InvitationView }) {
  const { word, tone, Icon } = markOf(invitation)
  return (
    <Badge tone={tone} icon={<Icon size={16} stroke={1.75} aria-hidden />}>
      {site.texts.t(`invitations.mail.${word}`, { count: invitation.sends })}
    </Badge>
  )
}

const tones: Record<InvitationView['state'], Tone> = {
  pending: 'info',
  expired: 'warning',
  accepted: 'success',
  revoked: 'danger',
}

export const StateBadge = ({ site, state }: { site: UiSite; state: InvitationView['state'] }) => (
  <Badge tone={tones[state]}>{site.texts.t(`invitations.state.${state}`)}</Badge>
)
