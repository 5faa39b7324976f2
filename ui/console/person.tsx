/** One person as this organization sees them: who they are, what they may do here, and what can be done about it. */
import { IconHourglass } from '@tabler/icons-react'
import { Avatar } from '../parts/avatar.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { ConsoleFrame } from './frame.tsx'
import { ConsoleForm, failureAbove } from './panel.tsx'
import styles from './person.module.css'
import { Belonging, Who } from './person-about.tsx'
import { about, may, nameOf, type PersonProps, pathOf, peoplePath, screen } from './person-parts.tsx'
import { Groups, Roles } from './person-roles.tsx'
import { Access, Danger, Security, Sessions } from './person-security.tsx'
import { StatusBadge } from './standing.tsx'

/** Whoever waits is answered first, whatever else there is to see. */
function Waiting(props: PersonProps) {
  const { site, data } = props
  const { t } = site.texts
  const { personId } = data.profile.ref
  return (
    <div className={styles.waiting} data-part="person.waiting">
      <IconHourglass size={22} stroke={1.75} aria-hidden />
      <div>
        <h2>{about(site, data, 'person.waiting.title')}</h2>
        <p>{about(site, data, 'person.waiting.lead')}</p>
      </div>
      {may(props, 'sign-up.approve') ? (
        <div className={styles.ways}>
          <ConsoleForm
            site={site}
            operation="people.approve"
            back={pathOf(personId)}
            hidden={{ person: personId }}
            part="person.approve.form"
          >
            <Button part="person.approve" small>
              {t('person.approve')}
            </Button>
          </ConsoleForm>
          <ButtonLink part="person.decline" href={site.path(`${pathOf(personId)}/decline`)} kind="secondary" small>
            {t('person.decline')}
          </ButtonLink>
        </div>
      ) : null}
    </div>
  )
}

export function Person(props: PersonProps) {
  const { site, frame, data, edit, notice, told } = props
  const { profile } = data
  const { personId } = profile.ref
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={pathOf(personId)}
      heading={nameOf(data)}
      lead={
        <span className={styles.lead}>
          <Avatar person={profile} />
          <bdi dir="ltr">{profile.email}</bdi>
          <StatusBadge site={site} status={profile.status} />
        </span>
      }
      back={{ href: peoplePath, label: site.texts.t('console.people.title') }}
      notice={notice}
      told={told}
      alert={edit ? null : failureAbove(site, screen, props)}
    >
      <div className={styles.sections}>
        {profile.status === 'pending' ? <Waiting {...props} /> : null}
        <Who {...props} />
        <Belonging {...props} />
        <Roles {...props} />
        <Groups {...props} />
        <Access {...props} />
        <Security {...props} />
        <Sessions {...props} />
        <Danger {...props} />
      </div>
    </ConsoleFrame>
  )
}
