import { IconKey, IconKeyOff } from '@tabler/icons-react'
import type { ApiToken, ServiceAccount } from '#core/tokens/contract'
import { Button, ButtonLink } from '../parts/button.tsx'
import { IconRow, Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { Badge, type Tone } from './badge.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { type Given, GivenRoles } from './given.tsx'
import styles from './members.module.css'
import { ConsoleForm, failureAbove } from './panel.tsx'
import { HowToSignIn, type NewToken, TokenOnce } from './program-token.tsx'
import { ProgramStatus, programsPath } from './programs.tsx'
import { RowButtons, RowLink } from './row-buttons.tsx'
import { Moment } from './standing.tsx'
import { Card, type Column, Empty, type Row, Table, Twofold } from './table.tsx'

const screen = 'program'

export type ProgramData = {
  program: ServiceAccount
  /** Null for whoever may not see who holds what. */
  given: Given[] | null
  canGive: boolean
  tokens: ApiToken[]
  /** One that has just been made. */
  newToken: NewToken | null
  address: string
}

type Props = {
  site: UiSite
  frame: ConsoleFrameData
  data: ProgramData
  told?: Record<string, string | number> | undefined
} & Answered

const standingOf = ({ revokedAt, expiresAt }: ApiToken): { word: string; tone: Tone } => {
  if (revokedAt !== null) return { word: 'revoked', tone: 'danger' }
  return expiresAt <= new Date() ? { word: 'expired', tone: 'warning' } : { word: 'good', tone: 'plain' }
}

const rowOf = (site: UiSite, { program }: ProgramData, token: ApiToken): Row => {
  const { t } = site.texts
  const { word, tone } = standingOf(token)
  return {
    id: token.id,
    cells: {
      name: <Twofold name={token.name} detail={t('tokens.scopes', { count: token.scopes.length })} />,
      created: <Moment site={site} at={token.createdAt} />,
      used: <Moment site={site} at={token.lastUsedAt} />,
      until: <Moment site={site} at={token.expiresAt} />,
      state: <Badge tone={tone}>{t(`tokens.state.${word}`)}</Badge>,
    },
    end:
      word === 'good' ? (
        <RowButtons>
          <RowLink
            href={site.path(`${programsPath}/${program.id}/tokens/${token.id}`)}
            label={say(site, 'tokens.revoke.label', { name: token.name })}
            part="program.revoke"
            icon={<IconKeyOff size={18} stroke={1.75} aria-hidden />}
          />
        </RowButtons>
      ) : undefined,
  }
}

const columnsOf = (site: UiSite): Column[] => {
  const { t } = site.texts
  return [
    { key: 'name', label: t('tokens.column.name'), kind: 'main' },
    { key: 'created', label: t('tokens.column.created') },
    { key: 'used', label: t('tokens.column.used') },
    { key: 'until', label: t('tokens.column.until') },
    { key: 'state', label: t('tokens.column.state'), kind: 'state' },
  ]
}

function Tokens({ site, data }: Pick<Props, 'site' | 'data'>) {
  const { t } = site.texts
  return (
    <section aria-labelledby="tokens">
      <div className={styles.chapter}>
        <h2 id="tokens">{t('tokens.title')}</h2>
        <p>{t('tokens.lead')}</p>
      </div>
      <Card>
        {data.tokens.length === 0 ? (
          <Empty
            icon={<IconKey size={26} stroke={1.5} aria-hidden />}
            title={t('tokens.empty.title')}
            lead={t('tokens.empty.lead')}
          />
        ) : (
          <Table
            part="program.tokens"
            caption={t('tokens.title')}
            columns={columnsOf(site)}
            rows={data.tokens.map((token) => rowOf(site, data, token))}
          />
        )}
      </Card>
    </section>
  )
}

function Standing({ site, program }: { site: UiSite; program: ServiceAccount }) {
  const { t } = site.texts
  const at = `${programsPath}/${program.id}`
  const verb = program.status === 'active' ? 'suspend' : 'resume'
  return (
    <Section title={t('programs.standing.title')} lead={t('programs.standing.lead')}>
      <IconRow
        part="program.standing"
        icon={null}
        title={<ProgramStatus site={site} program={program} />}
        detail={t(`programs.${verb}.detail`)}
        action={
          <ConsoleForm
            site={site}
            operation={`service-accounts.${verb}`}
            back={at}
            hidden={{ account: program.id }}
            part={`program.${verb}-form`}
          >
            <Button part={`program.${verb}`} kind="secondary" small>
              {t(`programs.${verb}.submit`)}
            </Button>
          </ConsoleForm>
        }
      />
      <IconRow
        part="program.remove-row"
        icon={null}
        title={say(site, 'programs.remove.row', { name: program.name })}
        detail={t('programs.remove.detail')}
        action={
          <ButtonLink part="program.remove" href={site.path(`${at}/remove`)} kind="danger" small>
            {t('programs.remove.open')}
          </ButtonLink>
        }
      />
    </Section>
  )
}

/** One program: what it may do, the tokens it signs in with, and how. */
export function ProgramPage(props: Props) {
  const { site, frame, data, notice, told } = props
  const { t } = site.texts
  const { program, given, canGive, newToken, address } = data
  const at = `${programsPath}/${program.id}`
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="programs"
      screen={screen}
      here={at}
      heading={program.name}
      lead={<span dir="auto">{program.description || t('programs.no-description')}</span>}
      back={{ href: programsPath, label: t('console.programs.title') }}
      notice={notice}
      told={told}
      alert={failureAbove(site, screen, props)}
      actions={
        <>
          <ButtonLink part="program.edit" href={site.path(`${at}/edit`)} kind="secondary" small>
            {t('common.edit')}
          </ButtonLink>
          {program.status === 'active' ? (
            <ButtonLink
              part="program.new"
              href={site.path(`${at}/tokens/new`)}
              small
              icon={<IconKey size={18} stroke={1.75} aria-hidden />}
            >
              {t('tokens.new')}
            </ButtonLink>
          ) : null}
        </>
      }
    >
      {newToken ? <TokenOnce site={site} token={newToken} /> : null}
      {given ? (
        <GivenRoles
          site={site}
          title={t('programs.roles.title')}
          lead={t('programs.roles.lead')}
          none={t('programs.roles.none')}
          given={given}
          here={at}
          give={canGive ? `${at}/give` : undefined}
        />
      ) : null}
      <Tokens site={site} data={data} />
      <div className={styles.chapter}>
        <HowToSignIn site={site} address={address} />
        <Standing site={site} program={program} />
      </div>
    </ConsoleFrame>
  )
}
