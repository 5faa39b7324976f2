import { IconMail } from '@tabler/icons-react'
import type { InvitationChange, InvitationView } from '#core/invitations/contract'
import { Isolated, say } from '../words.tsx'
import { ConsoleFrame } from './frame.tsx'
import { invitationsPath } from './invitation-words.tsx'
import members from './members.module.css'
import { Question, type QuestionPage } from './question.tsx'
import { Card, Empty } from './table.tsx'

type Props = QuestionPage & { action: InvitationChange; invitations: InvitationView[]; back: string | null }

/** Nothing that is still open was chosen: by somebody else it was answered, or taken back, in the meantime. */
function NothingChosen({ site, frame, list }: Pick<Props, 'site' | 'frame'> & { list: string }) {
  const { t } = site.texts
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="invitations"
      screen="invitations-bulk"
      here={invitationsPath}
      heading={t('invitations.bulk.none.title')}
      back={{ href: list, label: t('console.invitations.title') }}
      narrow
    >
      <Card>
        <Empty
          icon={<IconMail size={26} stroke={1.5} aria-hidden />}
          title={t('invitations.bulk.none.title')}
          lead={t('invitations.bulk.none.lead')}
        />
      </Card>
    </ConsoleFrame>
  )
}

/** Before many invitations are sent once more, or one or many are taken back: which ones. */
export function InvitationsBulk(props: Props) {
  const { site, action, invitations, back } = props
  const { t } = site.texts
  const count = invitations.length
  const ids = invitations.map(({ id }) => id)
  const list = back ?? invitationsPath
  if (count === 0) return <NothingChosen site={site} frame={props.frame} list={list} />
  const asked = new URLSearchParams([['action', action], ...ids.map((id) => ['invitations', id])])
  return (
    <Question
      {...props}
      screen="invitations-bulk"
      section="invitations"
      heading={t(`invitations.bulk.${action}.heading`, { count })}
      lead={say(site, `invitations.bulk.${action}.lead`, { count })}
      above={{ href: list, label: t('console.invitations.title') }}
      panel={{
        operation: 'invitations.change-in-bulk',
        back: count > 40 ? invitationsPath : `${invitationsPath}/bulk?${asked}`,
        next: list,
        hidden: { action, invitations: ids },
        submit: t(`invitations.bulk.${action}.submit`, { count }),
        danger: action === 'revoke',
        consequence: t(`invitations.bulk.${action}.consequence`),
        children: (
          <ul className={members.list} data-part="invitations-bulk.which">
            {invitations.map(({ id, email }) => (
              <li key={id}>
                <Isolated>{email}</Isolated>
              </li>
            ))}
          </ul>
        ),
      }}
    />
  )
}
