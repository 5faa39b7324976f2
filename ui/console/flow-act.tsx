/** What is done with a flow on a page of its own: begin anew, publish, discard the draft, go back to what is inherited. */
import type { ReactNode } from 'react'
import type { ConsolePermission } from '#core/authority/contract'
import type { Flow, FlowFinding, FlowView } from '#core/flows/contract'
import { explain } from '../explain.tsx'
import { ChoiceField, Field } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ChangeFields } from './flow-change.tsx'
import { DocumentFields } from './flow-document.tsx'
import { flowCalled, flowPath } from './flow-words.tsx'
import type { ConsoleFrameData } from './frame.tsx'
import type { PanelProps } from './panel.tsx'
import { Question } from './question.tsx'

/** Each with what it takes. */
export const flowActs = {
  change: 'flow.edit',
  choose: 'flow.edit',
  document: 'flow.edit',
  discard: 'flow.edit',
  publish: 'flow.publish',
  unpublish: 'flow.publish',
} as const satisfies Record<string, ConsolePermission>
export type FlowAct = keyof typeof flowActs

export type FlowActData = {
  view: FlowView
  /** The draft, or what counts where nobody is working on one. */
  flow: Flow
  /** As it is stored: also what this build cannot read. */
  document: string
  readyMade: readonly { key: string }[]
  /** What is wrong with a document that was typed and refused. */
  findings: readonly FlowFinding[]
}

type Props = { site: UiSite; frame: ConsoleFrameData; act: FlowAct; data: FlowActData } & Answered

type Asked = Omit<PanelProps, 'site' | 'screen' | 'cancel' | 'explained' | 'part' | 'back' | 'children'> & {
  children: ReactNode
}

const noteField = ({ site, values = {}, failure }: Props) => {
  const label = site.texts.t('flow.note')
  return (
    <Field
      screen="flow-act"
      name="note"
      label={label}
      explained={explain(site, failure, { note: label })}
      hint={site.texts.t('flow.note.hint')}
      value={values.note}
      required={false}
      autoComplete="off"
    />
  )
}

const ReadyMadeField = ({ site, data, values = {}, failure }: Props) => {
  const legend = site.texts.t('flow.ready-made')
  return (
    <ChoiceField
      screen="flow-act"
      name="ready_made"
      legend={legend}
      explained={explain(site, failure, { ready_made: legend })}
      chosen={[values.ready_made ?? data.readyMade[0]?.key ?? '']}
      options={data.readyMade.map(({ key }) => ({
        value: key,
        label: site.texts.t(`flow.made.${key}`),
        hint: site.texts.t(`flow.made.${key}-lead`),
      }))}
    />
  )
}

const operations: Record<FlowAct, string> = {
  change: 'flows.change',
  choose: 'flows.begin',
  document: 'flows.save-draft',
  discard: 'flows.discard-draft',
  publish: 'flows.publish',
  unpublish: 'flows.unpublish',
}

const fieldsOf: Record<FlowAct, (props: Props) => ReactNode> = {
  change: (props) => <ChangeFields {...props} flow={props.data.flow} document={props.data.document} />,
  choose: (props) => <ReadyMadeField {...props} />,
  document: (props) => <DocumentFields {...props} document={props.data.document} findings={props.data.findings} />,
  discard: ({ site }) => <p>{site.texts.t('flow.discard.words')}</p>,
  publish: noteField,
  unpublish: ({ site }) => <p>{site.texts.t('flow.unpublish.words')}</p>,
}

const asked = (props: Props): Asked => {
  const { site, act, data } = props
  return {
    operation: operations[act],
    next: flowPath(data.view.name),
    hidden: { flow: data.view.name, version: String(data.view.draftVersion) },
    submit: site.texts.t(`flow.${act}.submit`),
    danger: act === 'discard' || act === 'unpublish',
    // Nothing is replaced where nobody has begun.
    consequence: site.texts.t(`flow.${act === 'choose' && data.view.draft === null ? 'change' : act}.consequence`),
    children: fieldsOf[act](props),
  }
}

export function FlowActPage(props: Props) {
  const { site, frame, act, data, values, failure, notice } = props
  const { t } = site.texts
  const { name } = data.view
  return (
    <Question
      site={site}
      frame={frame}
      screen="flow-act"
      section="flows"
      heading={t(`flow.${act}`)}
      lead={say(site, `flow.${act}.lead`)}
      above={{ href: flowPath(name), label: flowCalled(site, name) }}
      labels={{
        note: t('flow.note'),
        document: t('flow.document.field'),
        ready_made: t('flow.ready-made'),
        label: t('flow.label'),
      }}
      panel={{ ...asked(props), back: `${flowPath(name)}/${act}` }}
      values={values}
      failure={failure}
      notice={notice}
    />
  )
}
