import type { ProofAsked } from '#core/account/contract'
import { explain } from '../explain.tsx'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { Ceremony } from '../parts/ceremony.tsx'
import { CodeField, PasswordField } from '../parts/field.tsx'
import { Form, KnownPerson, Outcome } from '../parts/form.tsx'
import { OpenRow, RowEnd, Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'
import styles from './security.module.css'

const screen = 'confirm'

export type ConfirmData = {
  person: SignedIn
  asked: ProofAsked
  /** The id of the answer that waits. */
  kept: string | null
  /** The page that it was given on. */
  back: string
}

type Props = { site: UiSite; data: ConfirmData } & Answered

const CancelLink = ({ site, data }: Props) => (
  <ButtonLink part="confirm.cancel" href={site.path(data.back)} kind="quiet" small>
    {site.texts.t('common.cancel')}
  </ButtonLink>
)

/** The quickest, where there is one: it stands in the place of everything else. */
function ByPasskey(props: Props & { isAlone: boolean }) {
  const { site, data, isAlone } = props
  const { t } = site.texts
  return (
    <Ceremony
      site={site}
      action="/account/confirm"
      act="get"
      part="confirm.passkey"
      hidden={{ kept: data.kept ?? undefined }}
      beside={isAlone ? <CancelLink {...props} /> : undefined}
    >
      {t('confirm.passkey')}
    </Ceremony>
  )
}

function ByWhatIsKnown(props: Props) {
  const { site, data, failure } = props
  const { t } = site.texts
  const { asked, kept, person } = data
  const labels = { current_password: t('field.password'), code: t('field.code') }
  const explained = explain(site, failure, labels)
  const isFocused = !failure && !asked.passkey
  return (
    <Form site={site} action="/account/confirm" part="confirm.form" hidden={{ kept: kept ?? undefined }}>
      <KnownPerson email={person.email} />
      {asked.password ? (
        <PasswordField
          site={site}
          screen={screen}
          explained={explained}
          name="current_password"
          label={labels.current_password}
          autoComplete="current-password"
          part="confirm.password"
          autoFocus={isFocused}
        />
      ) : null}
      {asked.code ? (
        <CodeField
          screen={screen}
          explained={explained}
          label={labels.code}
          hint={t('confirm.code-hint')}
          part="confirm.code"
          autoFocus={isFocused && !asked.password}
        />
      ) : null}
      <RowEnd>
        <Button part="confirm.submit" kind={asked.passkey ? 'secondary' : undefined} small>
          {t('confirm.submit')}
        </Button>
        <CancelLink {...props} />
      </RowEnd>
    </Form>
  )
}

function Proof(props: Props) {
  const { site, data, failure } = props
  const { t } = site.texts
  const { password, code, passkey } = data.asked
  const isKnown = password || code
  const labels: Record<string, string> = isKnown ? { current_password: t('field.password'), code: t('field.code') } : {}
  return (
    <>
      <Outcome site={site} screen={screen} explained={explain(site, failure, labels)} />
      {passkey ? <ByPasskey {...props} isAlone={!isKnown} /> : null}
      {passkey && isKnown ? <p className={styles.or}>{t('common.or')}</p> : null}
      {isKnown ? <ByWhatIsKnown {...props} /> : null}
    </>
  )
}

/** Whoever has neither proves themselves at the door. */
function Again(props: Props) {
  const { site } = props
  const { t } = site.texts
  return (
    <>
      <p>{t('confirm.again')}</p>
      <RowEnd>
        <ButtonLink part="confirm.sign-out" href={site.path('/sign-out')} small>
          {t('nav.sign-out')}
        </ButtonLink>
        <CancelLink {...props} />
      </RowEnd>
    </>
  )
}

/** Asked for before something sensitive, of whoever proved themselves a while ago. What they were about to do is done next. */
export function Confirm(props: Props) {
  const { site, data } = props
  const { t } = site.texts
  const { password, code, passkey } = data.asked
  return (
    <AccountFrame
      site={site}
      screen={screen}
      here={data.back}
      person={data.person}
      heading={t('confirm.title')}
      lead={t('confirm.lead')}
    >
      <Section title={t('confirm.section')} lead={t('confirm.section-lead')}>
        <OpenRow id="confirm">{password || code || passkey ? <Proof {...props} /> : <Again {...props} />}</OpenRow>
      </Section>
    </AccountFrame>
  )
}
