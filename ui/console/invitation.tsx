import { IconCircleCheck, IconSend, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { InvitationView } from '#core/invitations/contract'
import { nameOfLanguage } from '../frame/choices.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { IconRow, Section, ValueRow } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { heldRole, invitationsPath, inviterName, MailBadge, type RoleNames, StateBadge } from './invitation-words.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { kindName, roleName } from './standing.tsx'
import { withQuery } from './toolbar.tsx'

const screen = 'one-invitation'

export type InvitationData = {
  invitation: InvitationView
  roleNames: RoleNames
  groups: string[]
  history: {
    id: string
    at: Date
    what: string
    by: InvitationView['inviter']['kind'] | 'visitor'
    name: string | null
  }[]
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: InvitationData
  told?: Record<string, string | number> | undefined
} & Answered

const When = ({ site, at }: { site: UiSite; at: Date }) => (
  <time dateTime={at.toISOString()}>{site.texts.t('invitations.when', { at })}</time>
)

function Facts({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { invitation, roleNames, groups } = data
  const list = (words: readonly string[]) => new Intl.ListFormat(site.locale, { type: 'unit' }).format(words)
  const row = (part: string, value: ReactNode) => (
    <ValueRow part={`${screen}.${part}`} label={t(`invitations.fact.${part}`)} value={value} action={null} />
  )
  const roles = invitation.roles.map(({ role, reach }) => {
    const name = roleName(site, heldRole(role, roleNames))
    return reach === 'subtree' ? t('invitations.role-below', { name }) : name
  })
  return (
    <Section title={t('invitations.facts.title')} lead={t('invitations.facts.lead')}>
      {row('state', <StateBadge site={site} state={invitation.state} />)}
      {row('kind', kindName(site, invitation.kind))}
      {roles.length > 0 ? row('roles', <span dir="auto">{list(roles)}</span>) : null}
      {groups.length > 0 ? row('groups', <span dir="auto">{list(groups)}</span>) : null}
      {row('by', <span dir="auto">{inviterName(site, invitation.inviter)}</span>)}
      {row('until', <When site={site} at={invitation.expiresAt} />)}
      {row('language', invitation.locale ? nameOfLanguage(invitation.locale) : t('invitations.language-usual'))}
      {invitation.message ? row('message', <span dir="auto">{invitation.message}</span>) : null}
    </Section>
  )
}

function Delivery({ site, data: { invitation } }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  const { delivery } = invitation
  return (
    <Section title={t('invitations.delivery.title')} lead={t('invitations.delivery.lead')}>
      <ValueRow
        part={`${screen}.mail`}
        label={t('invitations.fact.mail')}
        value={<MailBadge site={site} invitation={invitation} />}
        action={null}
      />
      <ValueRow
        part={`${screen}.sent`}
        label={t('invitations.fact.sent')}
        value={
          <>
            <When site={site} at={invitation.lastSentAt} /> · {t('invitations.sends', { count: invitation.sends })}
          </>
        }
        action={null}
      />
      {delivery?.error ? (
        <ValueRow
          part={`${screen}.error`}
          label={t('invitations.fact.error')}
          value={<Isolated>{delivery.error}</Isolated>}
          action={null}
        />
      ) : null}
      {invitation.requestedAt ? (
        <ValueRow
          part={`${screen}.requested`}
          label={t('invitations.fact.requested')}
          value={<When site={site} at={invitation.requestedAt} />}
          action={null}
        />
      ) : null}
    </Section>
  )
}

const known: ReadonlySet<string> = new Set(['sent', 'sent_again', 'revoked', 'accepted'])
const icons: Record<string, typeof IconSend> = { revoked: IconTrash, accepted: IconCircleCheck }

function History({ site, data: { history } }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  return (
    <Section title={t('invitations.history.title')} lead={t('invitations.history.lead')}>
      {history
        .filter(({ what }) => known.has(what))
        .map(({ id, at, what, by, name }) => {
          const Icon = icons[what] ?? IconSend
          return (
            <IconRow
              key={id}
              part={`${screen}.event`}
              icon={<Icon size={20} stroke={1.75} aria-hidden />}
              title={t(`invitations.event.${what}`)}
              detail={
                <>
                  <When site={site} at={at} />
                  {by === 'visitor' ? null : (
                    <>
                      {' · '}
                      <bdi>{inviterName(site, { kind: by, name })}</bdi>
                    </>
                  )}
                </>
              }
            />
          )
        })}
    </Section>
  )
}

function Actions({ site, invitation }: { site: UiSite; invitation: InvitationView }) {
  const { t } = site.texts
  if (invitation.state === 'accepted' || invitation.state === 'revoked') return null
  const revoke = withQuery(`${invitationsPath}/bulk`, { action: 'revoke', invitations: invitation.id })
  return (
    <>
      <ButtonLink part={`${screen}.revoke`} href={site.path(revoke)} kind="danger" small>
        {t('invitations.revoke')}
      </ButtonLink>
      <ConsoleForm
        site={site}
        operation="invitations.resend"
        back={`${invitationsPath}/${invitation.id}`}
        hidden={{ invitation: invitation.id }}
        part={`${screen}.resend-form`}
      >
        <Button part={`${screen}.resend`} small icon={<IconSend size={18} stroke={1.75} aria-hidden />}>
          {t('invitations.resend')}
        </Button>
      </ConsoleForm>
    </>
  )
}

/** One address that is asked to join: as what, by whom, and what became of it. */
export function OneInvitation(props: Props) {
  const { site, frame, data, notice, told } = props
  const { invitation } = data
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="invitations"
      screen={screen}
      here={`${invitationsPath}/${invitation.id}`}
      heading={invitation.email}
      lead={say(site, `invitations.state-lead.${invitation.state}`)}
      back={{ href: invitationsPath, label: site.texts.t('console.invitations.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={<Actions site={site} invitation={invitation} />}
    >
      <Facts site={site} data={data} />
      <Delivery site={site} data={data} />
      <History site={site} data={data} />
    </ConsoleFrame>
  )
}
