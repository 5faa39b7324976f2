/** What can be changed about a flow without knowing its language: its name, and the settings of its steps. */
import { type Flow, type FlowNode, secondMethods, usualSecondMethods } from '#core/flows/contract'
import { explain } from '../explain.tsx'
import { ChoiceField, Field } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import styles from './flow.module.css'
import { kebab, stepCalled } from './flow-words.tsx'

/** Yes and no, with what is so where nothing was said. */
const switches: Partial<Record<FlowNode['step'], Record<string, boolean>>> = {
  password: { withIdentifier: false },
  'email-code': { withIdentifier: false },
  'sms-code': { withIdentifier: false },
  'second-step': { required: false, always: false },
  details: { password: true },
}

type NodeProps = { site: UiSite; id: string; node: FlowNode; values: Record<string, string> }

function SwitchField({ site, id, name, isOn }: { site: UiSite; id: string; name: string; isOn: boolean }) {
  return (
    <ChoiceField
      screen="flow-act"
      name={`set.${id}.${name}`}
      legend={site.texts.t(`flow.setting.${kebab(name)}`)}
      chosen={[String(isOn)]}
      options={[true, false].map((value) => ({
        value: String(value),
        label: site.texts.t(`flow.setting.${kebab(name)}.${value}`),
      }))}
    />
  )
}

function MethodsField({ site, id, node, values }: NodeProps) {
  const field = `set.${id}.methods`
  const set = node.settings?.methods
  const now = Array.isArray(set) ? set.map(String) : [...usualSecondMethods]
  return (
    <ChoiceField
      screen="flow-act"
      name={field}
      legend={site.texts.t('flow.setting.methods')}
      many
      chosen={values[field]?.split('\n') ?? now}
      options={secondMethods.map((value) => ({ value, label: stepCalled(site, value) }))}
    />
  )
}

function NodeFields(props: NodeProps) {
  const { site, id, node, values } = props
  return (
    <section className={styles.group}>
      <h2>{stepCalled(site, node.step)}</h2>
      {Object.entries(switches[node.step] ?? {}).map(([name, usual]) => {
        const typed = values[`set.${id}.${name}`]
        const set = node.settings?.[name]
        const isOn = typed === undefined ? (typeof set === 'boolean' ? set : usual) : typed === 'true'
        return <SwitchField key={name} site={site} id={id} name={name} isOn={isOn} />
      })}
      {node.step === 'second-step' ? <MethodsField {...props} /> : null}
    </section>
  )
}

type Props = { site: UiSite; flow: Flow; document: string } & Answered

export function ChangeFields({ site, flow, document, values = {}, failure }: Props) {
  const label = site.texts.t('flow.label')
  const settable = Object.entries(flow.nodes).filter(([, { step }]) => switches[step] !== undefined)
  return (
    <>
      <input type="hidden" name="document" value={document} />
      <Field
        screen="flow-act"
        name="label"
        label={label}
        explained={explain(site, failure, { label })}
        hint={site.texts.t('flow.label.hint')}
        value={values.label ?? flow.label}
        autoComplete="off"
      />
      {settable.map(([id, node]) => (
        <NodeFields key={id} site={site} id={id} node={node} values={values} />
      ))}
    </>
  )
}
