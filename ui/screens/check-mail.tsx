import { IconMail } from '@tabler/icons-react'
import { explain } from '../explain.tsx'
import { EntryFrame } from '../frame/entry-frame.tsx'
import { Button } from '../parts/button.tsx'
import { CodeField } from '../parts/field.tsx'
import { Form, formStyles, Outcome } from '../parts/form.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { address, words } from '../words.tsx'

const screen = 'check-mail'

/**
 * The same page whether an account exists or not: a mail is on its way, and its code may be typed here. Of a sign-up and
 * of a start it stands at /verify, of a recovery at /recover.
 */
export function CheckMail({
  site,
  of,
  email,
  minutes = 30,
  resendAt,
  failure,
  notice,
}: {
  site: UiSite
  of: 'sign-up' | 'start' | 'recovery'
  /** Masked, as the attempt has it. */
  email: string
  minutes?: number | undefined
  resendAt?: string | undefined
} & Answered) {
  const { t } = site.texts
  const path = of === 'recovery' ? '/recover' : '/verify'
  const begun = of === 'recovery' ? '/recover' : `/${of}`
  const label = t('field.code')
  const explained = explain(site, failure, { code: label })
  return (
    <EntryFrame
      site={site}
      screen={screen}
      here={path}
      emblem={<IconMail size={24} stroke={1.75} aria-hidden />}
      heading={t('check-mail.title')}
      lead={words(
        site,
        of === 'recovery' ? 'check-mail.recovery-lead' : 'check-mail.lead',
        { email, minutes },
        address,
      )}
    >
      <Outcome site={site} screen={screen} explained={explained} notice={notice} />
      <Form site={site} action={path} part="verify.form">
        <CodeField
          screen="verify"
          label={label}
          hint={t('check-mail.code-lead')}
          explained={explained}
          autoFocus={!explained}
          autoSubmit={!explained}
        />
        <Button part="verify.submit" wide>
          {t('check-mail.submit')}
        </Button>
      </Form>
      <hr className={formStyles.rule} />
      <p>{t('check-mail.nothing')}</p>
      <div className={formStyles.links}>
        <Form site={site} action={path} part="verify.resend-form" hidden={{ intent: 'resend' }}>
          <Button
            part="verify.resend"
            kind="link"
            resendAt={resendAt}
            waiting={t('check-mail.resend-in', { time: '{time}' })}
          >
            {t('check-mail.resend')}
          </Button>
        </Form>
        <a href={site.path(`${begun}?again=1`)} data-part="verify.change-address">
          {t('check-mail.change-address')}
        </a>
        <a href={site.path('/sign-in')} data-part="verify.sign-in">
          {t('common.back-to-sign-in')}
        </a>
      </div>
    </EntryFrame>
  )
}
