import { Alert } from '@mantine/core'
import { IconAlertCircle, IconCircleCheck } from '@tabler/icons-react'
import type { TextValues } from '#core/texts/contract'
import type { Explained } from '../explain.tsx'
import type { UiSite } from '../site.tsx'
import { words } from '../words.tsx'
import { alertId } from './field.tsx'

/** What went wrong, before the form. It takes the focus, so that nobody has to look for it. */
export function FailureAlert({ screen, explained }: { screen: string; explained: Explained | null }) {
  if (!explained) return null
  return (
    <Alert
      id={alertId}
      role="alert"
      tabIndex={-1}
      autoFocus
      data-part={`${screen}.alert`}
      data-alert=""
      data-code={explained.code}
      icon={<IconAlertCircle size={20} stroke={1.75} aria-hidden />}
    >
      {explained.summary}
    </Alert>
  )
}

/** What has just gone well. */
export function Notice({
  site,
  screen,
  notice,
  values,
}: {
  site: UiSite
  screen: string
  notice?: string | null | undefined
  values?: TextValues | undefined
}) {
  const key = `notice.${notice}`
  if (!notice || !site.texts.has(key)) return null
  return (
    <Alert
      role="status"
      data-kind="success"
      data-part={`${screen}.notice`}
      icon={<IconCircleCheck size={20} stroke={1.75} aria-hidden />}
    >
      {words(site, key, values)}
    </Alert>
  )
}
