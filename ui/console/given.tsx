/** The roles that a group or a program has: what each reaches and until when, with the way to give and to take back. */
import { IconId } from '@tabler/icons-react'
import type { HeldRole, RoleGrant } from '#core/access/contract'
import { Button, ButtonLink } from '../parts/button.tsx'
import { IconRow, Section } from '../parts/rows.tsx'
import type { UiSite } from '../site.tsx'
import styles from './members.module.css'
import { ConsoleForm } from './panel.tsx'
import { roleName } from './standing.tsx'

export type Given = Pick<RoleGrant, 'id' | 'reach' | 'endsAt'> & HeldRole & { canTakeBack: boolean }

type Props = {
  site: UiSite
  title: string
  lead: string
  none: string
  given: readonly Given[]
  /** The page that it stands on. */
  here: string
  /** Absent for whoever gives no roles. */
  give?: string | undefined
}

const reachAndEnd = (site: UiSite, { reach, endsAt }: Given): string => {
  const where = site.texts.t(`given.reach.${reach}`, { organization: site.organization.name })
  return endsAt ? `${where} · ${site.texts.t('given.until', { at: endsAt })}` : where
}

export function GivenRoles({ site, title, lead, none, given, here, give }: Props) {
  const { t } = site.texts
  return (
    <Section title={title} lead={lead}>
      {given.length === 0 ? <p className={styles.note}>{none}</p> : null}
      {given.map((one) => (
        <IconRow
          key={one.id}
          part="given.role"
          icon={<IconId size={20} stroke={1.75} aria-hidden />}
          title={<bdi>{roleName(site, one)}</bdi>}
          detail={reachAndEnd(site, one)}
          action={
            one.canTakeBack ? (
              <ConsoleForm
                site={site}
                operation="grants.take-back"
                back={here}
                hidden={{ grant: one.id }}
                part="given.take-back-form"
              >
                <Button part="given.take-back" kind="secondary" small>
                  {t('given.take-back')}
                </Button>
              </ConsoleForm>
            ) : null
          }
        />
      ))}
      {give ? (
        <div className={styles.note}>
          <ButtonLink part="given.give" href={site.path(give)} kind="secondary" small>
            {t('given.give')}
          </ButtonLink>
        </div>
      ) : null}
    </Section>
  )
}
