/** Choosing a file of people: what it has to look like, and where it is sent. Nothing is changed by it yet. */
import { IconDownload } from '@tabler/icons-react'
import { type CsvColumn, csvColumnsOf } from '#core/roster/contract'
import { explain } from '../explain.tsx'
import { FailureAlert } from '../parts/alert.tsx'
import { Button, ButtonLink } from '../parts/button.tsx'
import { AreaField } from '../parts/field.tsx'
import type { Answered, UiSite } from '../site.tsx'
import { say } from '../words.tsx'
import { ConsoleFrame, type ConsoleFrameData } from './frame.tsx'
import { panelStyles } from './panel.tsx'
import styles from './people-import.module.css'
import { peoplePath } from './person-parts.tsx'

const screen = 'people-import'
export const importPath = `${peoplePath}/import`

type Props = { site: UiSite; frame: ConsoleFrameData; told?: Record<string, string | number> | undefined } & Answered

/** Where in the file, as far as that is known. */
function Where({ site, told = {} }: Pick<Props, 'site' | 'told'>) {
  const { t } = site.texts
  const { row, column } = told
  if (row === undefined && column === undefined) return null
  return (
    <p className={styles.where} data-part="people-import.where">
      {row === undefined ? null : t('import.where.row', { row })}
      {column === undefined ? null : (
        <>
          {t('import.where.column')} <code dir="auto">{column}</code>
        </>
      )}
    </p>
  )
}

function Columns({ site }: { site: UiSite }) {
  const { t } = site.texts
  const needed: CsvColumn = 'email'
  return (
    <section className={styles.columns}>
      <h2>{t('import.columns.title')}</h2>
      <dl>
        {csvColumnsOf(site.organization).map((column) => (
          <div key={column}>
            <dt>
              <code dir="ltr">{column}</code>
            </dt>
            <dd>
              {t(`import.column.${column.replaceAll('_', '-')}`)}
              {column === needed ? <strong> {t('import.needed')}</strong> : null}
            </dd>
          </div>
        ))}
      </dl>
      <ButtonLink
        part="people-import.template"
        href={site.path(`${importPath}/template`)}
        kind="secondary"
        small
        icon={<IconDownload size={18} stroke={1.75} aria-hidden />}
      >
        {t('import.template')}
      </ButtonLink>
    </section>
  )
}

export function PeopleImport(props: Props) {
  const { site, frame, told, values = {}, failure } = props
  const { t } = site.texts
  const labels = { file: t('import.file'), text: t('import.paste') }
  const explained = explain(site, failure, labels)
  const isPasted = Boolean(values.text)
  return (
    <ConsoleFrame
      site={site}
      frame={frame}
      section="people"
      screen={screen}
      here={importPath}
      heading={t('import.title')}
      lead={say(site, 'import.lead')}
      back={{ href: peoplePath, label: t('console.people.title') }}
    >
      <div className={styles.page}>
        <form
          method="post"
          action={site.path(importPath)}
          encType="multipart/form-data"
          noValidate
          className={panelStyles.panel}
          data-part="people-import.form"
          data-once=""
        >
          {explained ? (
            <div className={panelStyles.alert}>
              <FailureAlert screen={screen} explained={explained} />
              <Where site={site} told={told} />
            </div>
          ) : null}
          <div className={panelStyles.fields}>
            <div className={styles.file}>
              <label htmlFor="file">{labels.file}</label>
              <input
                id="file"
                type="file"
                name="file"
                accept=".csv,text/csv,text/plain"
                aria-invalid={explained?.marked.includes('file') || undefined}
                aria-describedby={explained?.messages.file ? 'file-error' : 'file-hint'}
                data-part="people-import.file"
              />
              {explained?.messages.file ? (
                <p id="file-error" className={styles.error}>
                  {explained.messages.file}
                </p>
              ) : (
                <p id="file-hint">{t('import.file-hint')}</p>
              )}
            </div>
            <details className={styles.paste} open={isPasted || undefined}>
              <summary>{t('import.or-paste')}</summary>
              <AreaField
                screen={screen}
                name="text"
                label={labels.text}
                rows={8}
                leftToRight
                required={false}
                value={values.text}
              />
            </details>
          </div>
          <div className={panelStyles.foot}>
            <p>{t('import.follows')}</p>
            <div className={panelStyles.ways}>
              <ButtonLink part="people-import.cancel" href={site.path(peoplePath)} kind="secondary" small>
                {t('common.cancel')}
              </ButtonLink>
              <Button part="people-import.submit" small>
                {t('import.look')}
              </Button>
            </div>
          </div>
        </form>
        <Columns site={site} />
      </div>
    </ConsoleFrame>
  )
}
