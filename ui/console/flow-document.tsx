/** A flow as the text that it is, for whoever knows its language. */
import type { FlowFinding } from '#core/flows/contract'
import { explain } from '../explain.tsx'
import { AreaField } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { FlowFindings } from './flow-findings.tsx'

type Props = { site: UiSite; document: string; findings?: readonly FlowFinding[] } & Answered

export function DocumentFields({ site, document, findings = [], values = {}, failure }: Props) {
  const label = site.texts.t('flow.document.field')
  return (
    <>
      {findings.length > 0 ? <FlowFindings site={site} findings={findings} /> : null}
      <AreaField
        screen="flow-act"
        name="document"
        label={label}
        explained={explain(site, failure, { document: label })}
        hint={site.texts.t('flow.document.hint')}
        value={values.document ?? document}
        rows={24}
        leftToRight
      />
    </>
  )
}
