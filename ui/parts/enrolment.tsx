import { IconCopy, IconExternalLink } from '@tabler/icons-react'
import type { UiSite } from '../site.tsx'
import styles from './enrolment.module.css'

export type EnrolmentData = { secret: string; uri: string /** An SVG drawing. */; qr: string }

/** Typed by hand, a key is easier to follow in groups of four. */
const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/g, '$1 ')

/** The picture for another device, the link for this one, the key for everything else. */
export function Enrolment({ site, enrolment }: { site: UiSite; enrolment: EnrolmentData }) {
  const { t } = site.texts
  return (
    <div className={styles.enrolment} data-part="mfa-enrol.enrolment">
      <div className={styles.ways}>
        <p className={styles.scan}>{t('mfa-enrol.scan')}</p>
        <img
          className={styles.picture}
          src={`data:image/svg+xml;utf8,${encodeURIComponent(enrolment.qr)}`}
          alt={t('mfa-enrol.picture')}
          width={168}
          height={168}
        />
        <p className={styles.here}>
          <a href={enrolment.uri} data-part="mfa-enrol.open">
            <IconExternalLink size={18} stroke={1.75} aria-hidden />
            <span>{t('mfa-enrol.open')}</span>
          </a>
        </p>
        <div className={styles.key}>
          <p>{t('mfa-enrol.secret')}</p>
          <p className={styles.secret}>
            <code id="secret" dir="ltr" data-part="mfa-enrol.secret">
              {grouped(enrolment.secret)}
            </code>
            <button
              type="button"
              hidden
              className={styles.copy}
              data-copy={enrolment.secret}
              data-copied={t('common.copied')}
              data-part="mfa-enrol.copy"
            >
              <IconCopy size={16} stroke={1.75} aria-hidden />
              <span aria-live="polite">{t('common.copy')}</span>
            </button>
          </p>
        </div>
      </div>
    </div>
  )
}
