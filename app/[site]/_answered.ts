import type { Answered, FormFailure } from '#ui/site'

type View = { values: Record<string, string>; failure: FormFailure | null } | null
type Flash = {
  code: string
  kind: 'success' | 'failure'
  field?: string
  retryAt?: string
  values?: Record<string, string>
} | null

/** What the last answer led to: the attempt knows, or else the note that was left for this page. */
export function answered(view: View, flash: Flash): Answered {
  const said = flash?.kind === 'failure' ? { code: flash.code, field: flash.field, retryAt: flash.retryAt } : null
  return {
    values: view?.values ?? flash?.values,
    failure: view?.failure ?? said,
    notice: flash?.kind === 'success' ? flash.code : null,
  }
}
