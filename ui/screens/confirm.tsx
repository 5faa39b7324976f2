import type { ProofAsked } from '#core/account/contract'
import { explain } from '../explain.tsx'
import { AccountFrame, type SignedIn } from '../frame/account-frame.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { CodeField, PasswordField } from '../parts/field.tsx'
import { Form, KnownPerson, Outcome } from '../parts/form.tsx'
import { OpenRow, RowEnd, Section } from '../parts/rows.tsx'
import type { Answered, UiSite } from '../site.tsx'

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

function Proof({ site, data, failure }: Props) {
  const { t } = site.texts
  const { asked, kept, person, back } = data
  const labels = { current_password: t('field.password'), code: t('field.code') }
  const explained = explain(site, failure, labels)
  return (
    <>
      <Outcome site={site} screen={screen} explained={explained} />
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
            autoFocus={!failure}
          />
        ) : null}
        {asked.code ? (
          <CodeField
            screen={screen}
            explained={explained}
            label={labels.code}
            hint={t('confirm.code-hint')}
            part="confirm.code"
            autoFocus={!failure && !asked.password}
          />
        ) : null}
        <RowEnd>
          <Button part="confirm.submit" small>
            {t('confirm.submit')}
          </Button>
          <ButtonLink part="confirm.cancel" href={site.path(back)} kind="quiet" small>
            {t('common.cancel')}
          </ButtonLink>
        </RowEnd>
      </Form>
    </>
  )
}

/** Whoever has neither proves themselves at the door. */
function Again({ site, data }: Props) {
  const { t } = site.texts
  return (
    <>
      <p>{t('confirm.again')}</p>
      <RowEnd>
        <ButtonLink part="confirm.sign-out" href={site.path('/sign-out')} small>
          {t('nav.sign-out')}
        </ButtonLink>
        <ButtonLink part="confirm.cancel" href={site.path(data.back)} kind="quiet" small>
          {t('common.cancel')}
        </ButtonLink>
      </RowEnd>
    </>
  )
}

/** Asked for before something sensitive, of whoever proved themselves a while ago. What they were about to do is done next. */
export function Confirm(props: Props) {
  const { site, data } = props
  const { t } = site.texts
  const { password, code } = data.asked
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
        <OpenRow id="confirm">{password || code ? <Proof {...props} /> : <Again {...props} />}</OpenRow>
      </Section>
    </AccountFrame>
  )
}
